"""What must hold for any table: nobody is worked out, nothing more is withheld than needed, nothing wrong is shown."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.disclosure import (
    DisclosureRules,
    DisclosureTable,
    counts_table,
    exposures,
    feasible_intervals,
    protect,
    protection_needed,
    table_of_groupings,
    two_way,
)
from consortia.disclosure.refusals import DisclosureRefused
from consortia.disclosure.suppression import information

RULES = DisclosureRules(threshold=3)


def needs_of(table: DisclosureTable) -> dict[str, float]:
    needed = {cell.key: protection_needed(cell, RULES, kind=table.kind) for cell in table.cells}
    return {key: need for key, need in needed.items() if need > 0}


def is_protected(table: DisclosureTable, withheld: set[str]) -> bool:
    """An attack of its own, on the rules alone."""
    needs = needs_of(table)
    known = {cell.key: (cell.value, cell.value) for cell in table.cells if cell.key not in withheld}
    found = feasible_intervals(table, known, of=needs)
    value = {cell.key: cell.value for cell in table.cells}
    return all(
        found[key].high >= value[key] + need - 1e-6 and found[key].low <= max(0, value[key] - need) + 1e-6
        for key, need in needs.items()
    )


def brute_force(table: DisclosureTable) -> float | None:
    """The least information that any set of cells loses and protects the table; None when none does."""
    keys, losses = [cell.key for cell in table.cells], dict(zip(table.by_key, information(table), strict=True))
    primary = set(needs_of(table))
    others = [key for key in keys if key not in primary]
    sets = [primary | set(more) for size in range(len(others) + 1) for more in combinations(others, size)]
    for withheld in sorted(sets, key=lambda chosen: sum(losses[key] for key in chosen)):
        if is_protected(table, withheld):
            return float(sum(losses[key] for key in withheld))
    return None


def loss(table: DisclosureTable, withheld) -> float:
    losses = dict(zip(table.by_key, information(table), strict=True))
    return float(sum(losses[key] for key in withheld))


@pytest.mark.parametrize("seed", range(12))
def test_no_smaller_set_of_withheld_counts_would_do_as_trying_them_all_shows(seed: int) -> None:
    lot = np.random.default_rng(seed)
    counts = {(row, column): int(lot.integers(0, 12)) for row in "ab" for column in "xyz"}
    table = counts_table(counts)
    best = brute_force(table)
    if best is None:
        with pytest.raises(DisclosureRefused):
            protect(table, rules=RULES)
    else:
        assert loss(table, protect(table, rules=RULES).withheld) == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_no_smaller_set_of_withheld_amounts_would_do_as_trying_them_all_shows(seed: int) -> None:
    lot = np.random.default_rng(100 + seed)
    names = [f"council {number}" for number in range(8)]
    inner = {
        (row, column): {name: float(lot.lognormal(8, 1)) for name in lot.choice(names, lot.integers(2, 8), False)}
        for row in "ab"
        for column in "xyz"
    }
    table = two_way(inner)
    assert loss(table, protect(table, rules=RULES).withheld) == pytest.approx(brute_force(table), rel=1e-6)


tables = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(0, 30), min_size=4, max_size=16
)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_a_protected_table_withstands_the_attack_and_shows_nothing_but_true_values(counts) -> None:
    table = counts_table(counts)
    try:
        found = protect(table, rules=RULES)
    except DisclosureRefused:
        return
    assert is_protected(table, set(found.withheld))
    assert set(needs_of(table)) <= set(found.withheld)
    shown = {key: value for key, value in found.cells.items() if value is not None}
    assert shown == {key: table.by_key[key].value for key in shown}


@settings(max_examples=40, deadline=None)
@given(tables)
def test_the_interval_of_a_cell_always_holds_its_true_value(counts) -> None:
    table = counts_table(counts)
    margins = {cell.key: (cell.value, cell.value) for cell in table.cells if "total" in cell.key}
    inner = [cell.key for cell in table.cells if "total" not in cell.key]
    for key, interval in feasible_intervals(table, margins, of=inner).items():
        assert interval.low - 1e-6 <= table.by_key[key].value <= interval.high + 1e-6


partners = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 1000).map(float), min_size=7, max_size=7)
groups = st.lists(st.frozensets(st.sampled_from("ABCDEFG"), min_size=3), min_size=1, max_size=4, unique=True)


@settings(max_examples=40, deadline=None)
@given(partners, groups)
def test_what_is_left_of_overlapping_groupings_tells_nobody_apart(amounts, chosen) -> None:
    named = {f"group {number}": members for number, members in enumerate(chosen)}
    shown = protect(table_of_groupings(named, amounts), rules=RULES)
    left = {key: named[key] for key, value in shown.cells.items() if value is not None}
    assert not left or exposures(left, amounts, rules=RULES) == ()
