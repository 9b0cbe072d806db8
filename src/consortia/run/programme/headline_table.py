"""The percentages that could be said of the same savings, side by side: a headline must say which of them it is."""

from __future__ import annotations

from collections.abc import Mapping

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.headlines import Reading, readings
from consortia.appraisal.views import ONE_OFF, RECURRENT, net_of
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, msgid, say
from consortia.run.programme.appraised import Appraised

READINGS: dict[Reading, str] = {
    "part_of_all_spend": msgid("Savings of all years over the budgets of all years"),
    "part_in_last_year": msgid("Saving of the last year over its budget"),
    "sum_of_yearly_parts": msgid("The parts of each year added up"),
}


def headline_table(found: Appraised) -> Table:
    """Each reading of the cashable savings on the budget lines of the base year, before and after costs.

    No rows where the study has no lines: a percentage needs something that it is of.
    """
    frame = found.compiled.frame
    budget, flows = sum(frame.amounts.values()), _on_lines(found)
    years = frame.years[1:]
    rows = () if not budget or not years or not flows else _rows(_gross_and_net(flows), budget, len(years))
    return Table(
        "headlines",
        msgid("What a percentage of these savings would mean"),
        msgid("The same savings give every one of these: a headline says which, and whether costs are taken off."),
        (
            Column("reading", msgid("Reading")),
            Column("gross", msgid("Cashable savings"), "percent"),
            Column("net", msgid("Less all costs, with income and receipts"), "percent"),
        ),
        rows,
        notes=(
            say(
                msgid("Of the budget lines, by the projects on them: {first} to {last}, real terms, central case."),
                first=years[0] if years else "",
                last=years[-1] if years else "",
            ),
        ),
    )


def _on_lines(found: Appraised) -> dict[str, FloatArray]:
    """Real pounds of each year by kind, of the projects that take from a line: a percentage is of these lines."""
    projects = dict.fromkeys(one.project for one in found.central.streams if getattr(one, "line", None) is not None)
    together: dict[str, FloatArray] = {}
    for project in projects:
        for kind, flow in found.flows(project=project).items():
            together[kind] = together.get(kind, 0.0) + flow
    return together


def _gross_and_net(flows: Mapping[str, FloatArray]) -> tuple[list[float], list[float]]:
    """Cashable savings of each year after the base year, and the net of everything in cash."""
    gross = net_of(flows, RECURRENT[:1])
    net = net_of(flows, (*RECURRENT, *ONE_OFF))
    net[1] += net[0]  # what is spent in the base year belongs to the first year of the claim
    return [float(one) for one in gross[1:]], [float(one) for one in net[1:]]


def _rows(savings: tuple[list[float], list[float]], budget: float, years: int) -> tuple[tuple[Cell, ...], ...]:
    budgets = [budget] * years
    before = readings(savings[0], budgets=budgets, net=False)
    after = readings(savings[1], budgets=budgets, net=True)
    return tuple((READINGS[one.reading], one.part, two.part) for one, two in zip(before, after, strict=True))
