"""Every table of an appraisal of projects, in reading order."""

from __future__ import annotations

from consortia.report.tables import Table
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cost_tables import cost_tables
from consortia.run.programme.picture_tables import picture_tables
from consortia.run.programme.sensitivity_tables import sensitivity_tables
from consortia.run.programme.stated_tables import stated_tables
from consortia.run.programme.tables import projects_tables


def project_tables(found: Appraised) -> tuple[Table, ...]:
    """What the projects are worth, how that comes about, what it hangs on, and what the documents state beside it."""
    tables = (
        *projects_tables(found), *cost_tables(found), *picture_tables(found), *sensitivity_tables(found),
        *stated_tables(found.definition),
    )  # fmt: skip
    return tuple(table for table in tables if table.rows)
