"""A partner's activities: the tables that its document allows, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from consortia.costing.allocation import Method, department_findings
from consortia.findings import Finding, blocks
from consortia.report.tables import Table
from consortia.run.activity_costs import PartnerCosts, cost_partner, departments_of
from consortia.run.cost_tables import NAMED, cost_tables, trace_table
from consortia.study import Text
from consortia.study.activities import Activities

EXAMPLE = Path(__file__).with_name("example.yaml")
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a document: tables, or the faults for which it cannot be costed."""

    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    traceable: tuple[tuple[str, Text], ...] = ()


def shown_costs(document: Activities, *, method: Method, trace: str) -> Shown:
    """Overheads by three methods and what follows from `method`; with `trace` that one code opened.

    Closed loops are findings. Raises BlockedByFindings and StudyError where it cannot be worked out for other reasons.
    """
    faults = department_findings(departments_of(document))
    if blocks(faults):
        return Shown(findings=faults)
    found = cost_partner(document, method=method)
    tables = (trace_table(trace, found),) if trace else cost_tables(found)
    return Shown(tables, found.findings, _traceable(found))


def _traceable(costs: PartnerCosts) -> tuple[tuple[str, Text], ...]:
    """The codes whose cost can be opened, with their names."""
    codes: set[str] = set()
    if costs.chosen:
        codes |= {*costs.chosen.traces["department"], *costs.chosen.traces["source"]}
    if costs.activities:
        flows = costs.activities.flows
        codes |= {*flows["cost_object"], *flows["resource"], *flows["activity"]}
    named = {one.code: one.name for what in NAMED for one in getattr(costs.document, what)}
    return tuple((code, name) for code, name in named.items() if code in codes)
