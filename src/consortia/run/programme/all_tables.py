"""Every table of an appraisal of projects, in reading order."""

from __future__ import annotations

from dataclasses import replace

from consortia.report.tables import Table
from consortia.report.words import msgid
from consortia.run.assurance_tables import assurance_tables
from consortia.run.priority_tables import priority_tables
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cost_tables import cost_tables
from consortia.run.programme.picture_tables import picture_tables
from consortia.run.programme.sensitivity_tables import sensitivity_tables
from consortia.run.programme.stated_tables import stated_tables
from consortia.run.programme.tables import projects_tables
from consortia.run.programme.together import shares_services
from consortia.run.tracking_tables import tracking_tables

TITLES = {
    "measures": msgid("What projects and shared services are worth together"),
    "projects_by_partner": msgid("What each partner gains or pays: projects and shared services together"),
    "kinds": msgid("Savings and costs by kind and year: projects and shared services"),
    "kinds_cash": msgid("Savings and costs by kind and year, in cash: projects and shared services"),
    "partner_kinds": msgid("Savings and costs by kind and partner: projects and shared services"),
    "plan": msgid("The medium-term plan's view: projects and shared services"),
    "partner_plans": msgid("The medium-term plan of each partner: projects and shared services"),
    "gap": msgid("The funding gap and what closes it: projects and shared services"),
    "costs": msgid("Costs by item, partner and year: projects and shared services"),
    "costs_by_kind": msgid("Costs by kind: projects and shared services"),
    "waterfall": msgid("From savings to net present value: projects and shared services"),
    "projects_cash_flow": msgid("Cash flow of projects and shared services"),
    "projects_fan": msgid("Running total of projects and shared services, from cautious to hopeful"),
    "projects": msgid("What each project and each shared service is worth"),
}
"""Titles of tables that count the services to be shared beside the projects; the others name each in their rows."""


def project_tables(found: Appraised) -> tuple[Table, ...]:
    """What the projects are worth, how that comes about, what it hangs on, what is stated, and which to do."""
    tables = (
        *projects_tables(found), *cost_tables(found), *picture_tables(found), *sensitivity_tables(found),
        *stated_tables(found.definition), *tracking_tables(found),
        *assurance_tables(found.definition), *priority_tables(found),
    )  # fmt: skip
    shown = tuple(table for table in tables if table.rows)
    return tuple(map(_counting_both, shown)) if shares_services(found) else shown


def _counting_both(table: Table) -> Table:
    """The table under a title that says that it counts the services to be shared too."""
    return replace(table, title=TITLES.get(table.key, table.title))
