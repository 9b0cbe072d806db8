"""Contract terms that meet: two that both make good the same shortfall, so that it is paid for twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from consortia.findings import Finding, Place, Severity
from consortia.study.definition import Definition
from consortia.study.projects import GainShare, Guarantee, Project


def shortfall_twice(definition: Definition) -> Iterator[Finding]:
    """A warning for each two terms of an active project that pay for the same shortfall of the same partner."""
    for project in (one for one in definition.projects if one.active):
        for first, second in combinations(_makes_good(project), 2):
            if first.money == second.money and (
                first.partner == second.partner or not (first.partner and second.partner)
            ):
                yield Finding(
                    "shortfall-paid-twice",
                    Severity.WARNING,
                    "'{part}' and '{beside}' of '{project}' both pay for the same shortfall: it is counted twice.",
                    "Take one of them out, or set `share_below` to 0, unless the contract does pay both.",
                    Place("", cell=f"projects.{project.key}.terms.{second.key}"),
                    (("part", first.key), ("beside", second.key), ("project", project.key)),
                )


def _makes_good(project: Project) -> tuple[Guarantee | GainShare, ...]:
    """The terms by which the other side pays for what falls short."""
    return tuple(
        term
        for term in project.terms
        if isinstance(term, Guarantee) or (isinstance(term, GainShare) and term.share_below)
    )
