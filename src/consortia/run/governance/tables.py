"""Everything that a study states of how its partners run what they share: tables, and what needs attention on a day."""

from __future__ import annotations

from datetime import date

from consortia.findings import Finding
from consortia.report.tables import Table
from consortia.run.governance.lead_tables import lead_findings, lead_tables
from consortia.run.governance.pool_tables import pool_findings, pool_tables
from consortia.run.governance.post_tables import post_findings, post_tables
from consortia.run.governance.profile_tables import need_findings, need_tables, profile_tables
from consortia.run.governance.prompt_tables import prompt_findings, prompt_tables
from consortia.study import Definition

OPEN = ("leads", "profiles", "needs")
OPEN_KINDS = ("pool_", "post_")


def is_open_to_partners(table: Table) -> bool:
    """Say whether every partner may see all of a table: what they told each other, not what is worked out."""
    return table.key in OPEN or table.key.startswith(OPEN_KINDS)


def governance_tables(definition: Definition, today: date, *, prompts: bool) -> tuple[Table, ...]:
    """The tables of what is stated, as it stands on a day; the questions for a review with them where asked for."""
    found = (
        *lead_tables(definition),
        *pool_tables(definition),
        *post_tables(definition),
        *profile_tables(definition),
        *need_tables(definition, today),
    )
    return (*found, *prompt_tables(definition)) if prompts else found


def governance_findings(definition: Definition, today: date) -> tuple[Finding, ...]:
    """What needs attention on a day, in the same order."""
    return (
        *lead_findings(definition, today),
        *pool_findings(definition),
        *post_findings(definition),
        *need_findings(definition, today),
        *prompt_findings(definition),
    )
