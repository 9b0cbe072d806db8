"""The percentages that could be said of the same savings, side by side: a headline must say which of them it is.

Like stands over like: savings on the study's budget lines over what the same lines would cost in the same years and
prices. Whatever has no place in such a percentage is left out of it, and named with its amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.headlines import Reading, readings
from consortia.appraisal.streams import COST_KINDS, Settlement, Stream
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Quantity, Words, msgid, say
from consortia.run.programme.appraised import Appraised

READINGS: dict[Reading, str] = {
    "part_of_all_spend": msgid("Savings of all years over the budgets of all years"),
    "part_in_last_year": msgid("Saving of the last year over its budget"),
    "sum_of_yearly_parts": msgid("The parts of each year added up"),
}
ONCE_OR_FROM_OUTSIDE = ("income", "one_off_saving")
HALF_A_POUND = 0.5


def headline_table(found: Appraised) -> Table:
    """Each reading of the cashable savings on the study's budget lines, before and after the costs of who saves there.

    No rows where the study has no lines, or nothing is saved on them: a percentage needs something that it is of.
    """
    years = found.compiled.frame.years[1:]
    budgets, gross = _budgets(found), _sum(found, saving_on_lines(found))
    rows = () if not all(budgets) or not years or not gross.any() else _rows(found, gross, budgets)
    return Table(
        "headlines",
        msgid("What a percentage of these savings would mean"),
        msgid("The same savings give every one of these: a headline says which, and whether costs are taken off."),
        (
            Column("reading", msgid("Reading")),
            Column("gross", msgid("Cashable savings"), "percent"),
            Column("net", msgid("Less the costs of the projects that save them"), "percent"),
        ),
        rows,
        notes=tuple(_notes(found)) if rows else (),
    )


def _budgets(found: Appraised) -> list[float]:
    """What the study's lines would cost in each year after the base year without any project, real pounds, central."""
    own = set(found.compiled.frame.lines)
    lines = [found.compiled.central_line(line) for line in found.compiled.programme.lines if line.key in own]
    return [sum(line[t] for line in lines) for t in range(1, found.compiled.frame.horizon + 1)]


def saving_on_lines(found: Appraised) -> tuple[Stream | Settlement, ...]:
    """The cashable streams on the study's own lines, those of shared services that fall on them among them."""
    return tuple(one for one in found.central.streams if one.kind == "cashable" and _falls_on(found, one))


def costs_of_savers(found: Appraised) -> tuple[Stream | Settlement, ...]:
    """The costs of who saves on the lines: of a project, for a partner."""
    saving = {(one.project, one.partner) for one in found.central.streams if _falls_on(found, one)}
    return tuple(one for one in _costs(found) if (one.project, one.partner) in saving)


def _costs(found: Appraised) -> tuple[Stream | Settlement, ...]:
    return tuple(one for one in found.central.streams if one.kind in COST_KINDS)


def _falls_on(found: Appraised, one: Stream | Settlement) -> bool:
    return getattr(one, "line", None) in found.compiled.frame.lines


def _sum(found: Appraised, streams: Iterable[Stream | Settlement]) -> FloatArray:
    """Real pounds of each year of some streams."""
    keys = {one.key for one in streams}
    places = [place for place, one in enumerate(found.central.streams) if one.key in keys]
    return np.asarray(found.central.flows[places].sum(axis=0))


def _rows(found: Appraised, gross: FloatArray, budgets: list[float]) -> tuple[tuple[Cell, ...], ...]:
    net = gross - _sum(found, costs_of_savers(found))
    net[1] += net[0] - gross[0]  # what is spent in the base year belongs to the first year of the claim
    before = readings([float(one) for one in gross[1:]], budgets=budgets, net=False)
    after = readings([float(one) for one in net[1:]], budgets=budgets, net=True)
    return tuple((READINGS[one.reading], one.part, two.part) for one, two in zip(before, after, strict=True))


def _notes(found: Appraised) -> Iterator[Words]:
    """What the percentages are of, and what is left out of them with its amount over all years."""
    years = found.compiled.frame.years
    yield say(
        msgid(
            "Savings on the budget lines of the study, over what these lines would cost in the same years without any "
            "project: {first} to {last}, real terms, central case."
        ),
        first=years[1],
        last=years[-1],
    )
    cashable = _sum(found, (one for one in found.central.streams if one.kind == "cashable"))
    once = _sum(found, (one for one in found.central.streams if one.kind in ONCE_OR_FROM_OUTSIDE))
    left_out = {
        msgid("Left out above: cashable savings that fall on none of these lines, {amount}."): (
            cashable - _sum(found, saving_on_lines(found))
        ),
        msgid("Left out: income, receipts and one-off savings, {amount}."): once,
        msgid("Left out: what projects cost partners that save nothing on these lines by them, {amount}."): (
            _sum(found, _costs(found)) - _sum(found, costs_of_savers(found))
        ),
    }
    for sentence, flow in left_out.items():
        if abs(float(flow.sum())) > HALF_A_POUND:
            yield say(sentence, amount=Quantity(float(flow.sum()), "money"))
