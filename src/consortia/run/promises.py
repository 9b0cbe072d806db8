"""What an agreed run promises: the central case as whole pence per initiative, partner and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consortia.appraisal import Appraisal
from consortia.delivery import PromisedLine
from consortia.delivery.lines import PromisedMeasure
from consortia.money import to_pence
from consortia.run.decisions import Decision, GroupDecision


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
