"""Costs that are mostly paid every year and are stated for some years alone, while what they make possible goes on."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.findings import Finding, Place, Severity
from consortia.periods import FinancialYear
from consortia.study import Definition
from consortia.study.effects import AmountsEffect, Effect
from consortia.study.project_findings import active_projects
from consortia.study.projects import OneOff, Project

EVERY_YEAR = frozenset({"vat", "pay_alignment"})
"""Kinds of cost that a finance officer expects to be paid as long as the change lasts."""


def stopping_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """A warning for each such cost whose last amount comes before the last saving, unless a reason is given."""
    for project in active_projects(definition):
        saved_until = max((_last(one, definition) for one in project.effects), default=definition.year)
        for cost in _stopping(project):
            last = FinancialYear.parse(max(cost.amounts))
            if last < saved_until:
                yield Finding(
                    "cost-stops",
                    Severity.WARNING,
                    "'{part}' has its last amount in {last}, while the project saves until {until}: a cost of this "
                    "kind mostly goes on.",
                    "Write `running: true`, so that the last amount goes on, or say in `reason` why it ends.",
                    Place(file, cell=f"projects.{project.key}.costs.{cost.key}"),
                    (("part", cost.key), ("last", str(last)), ("until", str(saved_until))),
                )


def _stopping(project: Project) -> Iterator[OneOff]:
    for cost in project.costs:
        if isinstance(cost, OneOff) and cost.kind in EVERY_YEAR and not cost.running and not cost.reason:
            yield cost


def _last(effect: Effect, definition: Definition) -> FinancialYear:
    """The last year in which an effect is stated to save; the end of the horizon where it goes on."""
    end = definition.year.plus(definition.horizon_years)
    if effect.until:
        return min(FinancialYear.parse(effect.until), end)
    if isinstance(effect, AmountsEffect) and effect.then == "stop" and not effect.new_each_year:
        return min(FinancialYear.parse(max(effect.amounts)), end)
    if isinstance(effect, AmountsEffect) and effect.new_each_year and effect.persistence.lasts == "years":
        return min(FinancialYear.parse(max(effect.amounts)).plus(effect.persistence.further_years), end)
    return end
