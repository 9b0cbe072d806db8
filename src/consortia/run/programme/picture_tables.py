"""The tables that the charts of projects draw: present values by kind, cash in and out, the fan, the phasing."""

from __future__ import annotations

import numpy as np

from consortia.appraisal.measures import npv
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, msgid
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import project_title
from consortia.run.programme.tables import KIND_WORDS, NET, clean, period_of


def picture_tables(found: Appraised) -> tuple[Table, ...]:
    """The tables with a chart of their own, in reading order; no fan where nothing is uncertain."""
    fan = (fan_table(found),) if found.uncertain else ()
    return (waterfall_table(found), cash_flow_table(found), *fan, phasing_table(found))


def waterfall_table(found: Appraised) -> Table:
    """Present value of each kind that the net present value counts, with its sign, and their sum."""
    flows, factors = found.flows(), found.compiled.programme.factors
    rows: list[tuple[Cell, ...]] = [
        (KIND_WORDS[kind], sign * npv(flows[kind], factors)) for kind, sign in NET if kind in flows
    ]
    rows.append((msgid("Net present value"), clean(found.net_present_value)))
    return Table(
        "waterfall",
        msgid("From savings to net present value"),
        msgid("Present value of each kind of cash, central case; non-cashable savings and avoided cost are not in it."),
        (Column("step", msgid("Step")), Column("value", msgid("Present value"), "money")),
        tuple(rows),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def cash_flow_table(found: Appraised) -> Table:
    """What comes in and goes out each year, the net of it and the running total, real pounds, central case."""
    flows = found.flows()
    nothing = np.zeros(found.compiled.frame.horizon + 1)
    comes = sum((flows[kind] for kind, sign in NET if sign > 0 and kind in flows), nothing)
    goes = sum((flows[kind] for kind, sign in NET if sign < 0 and kind in flows), nothing)
    total = np.cumsum(comes - goes)
    rows = tuple(
        (year, float(comes[t]), -float(goes[t]), float(comes[t] - goes[t]), float(total[t]))
        for t, year in enumerate(found.compiled.frame.years)
    )
    return Table(
        "projects_cash_flow",
        msgid("Cash flow of the projects"),
        msgid("All partners, central case, not discounted."),
        (
            Column("year", msgid("Year"), "year"),
            Column("comes", msgid("Comes in"), "money"),
            Column("goes", msgid("Goes out"), "money"),
            Column("net", msgid("Net"), "money"),
            Column("total", msgid("Running total"), "money"),
        ),
        rows,
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def fan_table(found: Appraised) -> Table:
    """The running total of all partners' net cash: P10, P50 and P90 at the end of each year."""
    low, middle, high = np.quantile(np.cumsum(found.appraisal.net[1:], axis=1), (0.1, 0.5, 0.9), axis=0)
    rows = tuple(zip(found.compiled.frame.years, low.tolist(), middle.tolist(), high.tolist(), strict=True))
    return Table(
        "projects_fan",
        msgid("Running total of the projects, from cautious to hopeful"),
        msgid("Net cash of all partners up to each year, not discounted."),
        (
            Column("year", msgid("Year"), "year"),
            Column("low", msgid("Cautious view (P10)"), "money"),
            Column("middle", msgid("Middle view (P50)"), "money"),
            Column("high", msgid("Hopeful view (P90)"), "money"),
        ),
        rows,
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def phasing_table(found: Appraised) -> Table:
    """The cashable saving of each project by year, central case: how it comes in."""
    projects = [
        key for key in found.appraisal.projects if np.any(found.central.total(kinds=("cashable",), project=key))
    ]
    columns = [found.central.total(kinds=("cashable",), project=key) for key in projects]
    rows: list[tuple[Cell, ...]] = [
        (year, *(float(column[t]) for column in columns)) for t, year in enumerate(found.compiled.frame.years)
    ]
    return Table(
        "phasing",
        msgid("How the cashable savings come in"),
        msgid("Cashable saving of each project, central case; other kinds are not in it."),
        (
            Column("year", msgid("Year"), "year"),
            *(Column(key, project_title(key, found.definition), "money") for key in projects),
        ),
        tuple(rows),
        period=period_of(found),
        price_base=found.definition.base_year,
    )
