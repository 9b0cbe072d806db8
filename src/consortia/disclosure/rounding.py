"""Counts rounded to a base: the alternative to withholding them, for tables of counts only."""

from __future__ import annotations

from collections.abc import Mapping

from consortia.disclosure.attack import feasible_intervals
from consortia.disclosure.refusals import DisclosureRefused
from consortia.disclosure.rules import DisclosureRules, is_unsafe
from consortia.disclosure.tables import DisclosureTable

BASE = 5
LEAST_ROOM = 2.0  # a small count must be able to be three numbers at least [J]


def rounded_to_base(table: DisclosureTable, rules: DisclosureRules, *, base: int = BASE) -> Mapping[str, float]:
    """Gives every count to the nearest multiple of `base` (an odd number), each by itself: totals need not add up.

    DisclosureRefused for amounts, and when the rounded totals narrow a small count to one or two numbers.
    """
    if table.kind != "counts":
        raise DisclosureRefused(
            "Only counts are protected by rounding; amounts stay recognisable.", remedy="Withhold amounts instead."
        )
    rounded = {cell.key: float(base * round(cell.value / base)) for cell in table.cells if cell.shown}
    _check_room(table, rules, rounded, reach=base // 2)
    return rounded


def _check_room(table: DisclosureTable, rules: DisclosureRules, rounded: Mapping[str, float], *, reach: int) -> None:
    known = {key: (max(0.0, value - reach), value + reach) for key, value in rounded.items()}
    small = [cell.key for cell in table.cells if is_unsafe(cell, rules, kind="counts")]
    found = feasible_intervals(table, known, of=small)
    if any(interval.width < LEAST_ROOM - 1e-9 for interval in found.values()):
        raise DisclosureRefused(
            "Rounding does not protect this table: its totals narrow a small count to one or two numbers.",
            remedy="Withhold cells instead of rounding, or merge rows.",
        )
