"""The lines of a return as a table of the report room, so that every renderer words them alike."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse

from consortia.errors import ConsortiaError
from consortia.money import from_pence
from consortia.reference.taxonomy import service
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, msgid
from consortia.study import Return, Text
from consortia.web.studies.models import PartnerReturn

MEASURES = {
    "employees": msgid("Employees"),
    "running_expenses": msgid("Running expenses"),
    "third_party_payments": msgid("Third-party payments"),
    "transfer_payments": msgid("Transfer payments"),
    "support_services": msgid("Support services"),
    "internal_purchases": msgid("Internal purchases"),
    "capital_charges": msgid("Capital charges"),
    "total_expenditure": msgid("Total expenditure"),
    "sales_fees_charges": msgid("Sales, fees and charges"),
    "other_income": msgid("Other income"),
    "specific_grants": msgid("Specific grants"),
    "internal_income": msgid("Internal income"),
    "total_income": msgid("Total income"),
    "net_current_expenditure": msgid("Net current expenditure"),
}
COLUMNS = (
    Column("service", msgid("Service")),
    Column("measure", msgid("Measure")),
    Column("amount", msgid("Amount"), "unit_cost"),  # the kind that keeps the pence: what is signed is not rounded
    Column("source", msgid("Where it was read")),
)


def years_of(returned: Return) -> tuple[str, ...]:
    """The financial years that the return has lines of, latest first."""
    return tuple(sorted(returned.costs["year"].unique().to_list(), reverse=True))


def lines_table(returned: Return, *, year: str) -> Table:
    """The cost lines of one year as the partner sent them: nominal pounds, each with its source cell."""
    rows = list(returned.costs.filter(pl.col("year") == year).iter_rows(named=True))
    return Table(
        "lines",
        msgid("Lines of the return"),
        msgid("Every amount as it was sent, with the place where it was read."),
        COLUMNS,
        tuple(_cells(row) for row in rows),
        period=year,
        price_base=NOMINAL,
        figure_keys=tuple(("", "", "", row["key"] if row["file"] else "") for row in rows)
        if returned.is_from_ledger
        else (),
    )


def ledger_rows_address(row: PartnerReturn, line: str) -> str:
    """Where the ledger rows behind a line of the return are shown."""
    return f"{reverse('ledger-rows', args=[row.study.slug, row.partner])}?{urlencode({'line': line})}"


def _cells(row: dict[str, object]) -> tuple[Cell, ...]:
    place = ", ".join(str(row[part]) for part in ("file", "sheet", "cell") if row[part])
    measure = str(row["measure"])
    return service_name(str(row["service"])), MEASURES.get(measure, measure), _amount(row), place or Absent.NOT_KNOWN


def _keys(row: dict[str, object]) -> tuple[str, ...]:
    """The key that leads from where a line was read to its ledger rows; none for one without postings."""
    return ("", "", "", str(row["key"]) if row["file"] else "")


def _amount(row: dict[str, object]) -> Cell:
    if row["status"] == "not_provided":
        return Absent.NOT_PROVIDED
    pence = row["amount_pence"]
    return float(from_pence(pence)) if isinstance(pence, int) else Absent.NOT_KNOWN


@cache
def service_name(code: str) -> Text:
    """The name of a service; a code that the taxonomy does not hold is shown as it is."""
    try:
        found = service(code)
    except ConsortiaError:
        return Text(en=code, cy=code)
    return Text(en=found.name, cy=found.name_cy)
