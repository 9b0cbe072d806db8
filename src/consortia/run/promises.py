"""What an agreed run promises: the central case as whole pence per initiative, partner and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consortia.appraisal import Appraisal
from consortia.delivery import PromisedLine
from consortia.delivery.lines import PromisedMeasure
from consortia.money import to_pence
from consortia.run.decisions import Decision, GroupDecision
from consortia.run.programme.appraised import Appraised

MEASURES: dict[str, PromisedMeasure] = {
    "cashable": "saving",
    "one_off_cost": "one_off_cost",
    "running_cost": "running_cost",
}
"""The kinds that an account is kept of; income and what is not cashable are no savings to a budget."""


def promises(appraisal: Appraisal, decisions: Iterable[Decision]) -> tuple[PromisedLine, ...]:
    """The lines of the case: savings, one-off and running cost of the groups to be formed; real, of the base year."""
    return tuple(
        PromisedLine(decision.proposal.key, code, year, to_pence(f"{amount:.2f}"), measure)
        for decision in decisions
        for group in decision.formed
        for code in group.price.members
        for year, measure, amount in _flows(appraisal, decision, code, group.case.coordination * _part(group, code))
        if round(amount, 2)
    )


def promises_together(found: Appraised) -> tuple[PromisedLine, ...]:
    """The lines of a case with projects in it, theirs and those of the services shared beside them.

    What meets on one budget line is promised once: of sharing and projects on it each has its part.
    """
    together: dict[tuple[str, str, str, PromisedMeasure], float] = {}
    for stream, flow in zip(found.central.streams, found.central.flows, strict=True):
        if measure := MEASURES.get(stream.kind):
            for year, amount in zip(found.compiled.frame.years, flow, strict=True):
                place = stream.project.split("/")[0], stream.partner, year, measure
                together[place] = together.get(place, 0.0) + float(amount)
    return tuple(
        PromisedLine(initiative, partner, year, to_pence(f"{amount:.2f}"), measure)
        for (initiative, partner, year, measure), amount in together.items()
        if round(amount, 2)
    )


def _flows(
    appraisal: Appraisal, decision: Decision, code: str, running: float
) -> Iterator[tuple[str, PromisedMeasure, float]]:
    place = 0, appraisal.partners.index(code), appraisal.services.index(decision.proposal.key)
    for number, year in enumerate(appraisal.years):
        each_year = running if number >= decision.proposal.start else 0.0
        yield str(year), "saving", float(appraisal.saving[place][number])
        yield str(year), "running_cost", each_year
        yield str(year), "one_off_cost", float(appraisal.cost[place][number]) - each_year


def _part(group: GroupDecision, code: str) -> float:
    return group.case.weights[group.case.members.index(code)]
