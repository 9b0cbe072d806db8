"""The one door for tables about named partners: who sees what, and what is refused."""

from __future__ import annotations

import pytest

from consortia.disclosure import (
    DisclosureCell,
    DisclosureRefused,
    DisclosureRules,
    DisclosureTable,
    Sum,
    counts_table,
    exposures,
    protect,
    table_of_groupings,
    two_way,
)

COUNCILS = ("Ashby", "Barrow", "Corby", "Derwent", "Exmoor", "Fenland")
COSTS = dict(zip(COUNCILS, (400.0, 350.0, 300.0, 320.0, 280.0, 390.0), strict=True))
SPENDING = two_way(
    {(name, service): {name: cost * part} for name, cost in COSTS.items() for service, part in
     (("legal", 0.4), ("payroll", 0.6))}
)  # fmt: skip


def test_of_a_table_of_named_partners_only_the_totals_of_all_are_shown() -> None:
    found = protect(SPENDING)
    assert {key for key, value in found.cells.items() if value is not None} == {
        "total|legal", "total|payroll", "total|total",
    }  # fmt: skip
    assert found.notes


def test_a_partner_sees_its_own_figures_and_only_the_totals_besides() -> None:
    found = protect(SPENDING, viewers=["Corby"])
    assert found.cells["Corby|legal"] == 120.0
    assert found.cells["Corby|total"] == 300.0
    assert found.cells["Ashby|legal"] is None
    assert found.cells["total|legal"] is not None


def test_what_is_public_already_stays() -> None:
    found = protect(SPENDING, released={f"{name}|legal" for name in COUNCILS})
    assert found.cells["Barrow|legal"] == 140.0
    assert found.cells["Barrow|payroll"] is None


def test_what_follows_from_what_is_public_is_public_too() -> None:
    found = protect(SPENDING, released={"Ashby|legal", "Ashby|total"})
    assert found.cells["Ashby|payroll"] == 240.0  # 400 - 160
    assert found.cells["Barrow|payroll"] is None


def test_a_total_that_all_but_one_have_published_gives_the_last_one_away_and_is_withheld() -> None:
    found = protect(SPENDING, released={f"{name}|payroll" for name in COUNCILS[1:]})
    assert found.cells["total|payroll"] is None
    assert found.cells["Ashby|payroll"] is None


def test_a_reader_who_is_a_partner_can_take_its_own_away() -> None:
    """Three rows of two respondents each: the row total hides them from outsiders, not from the one who is in it."""
    inner = {("a", "x"): {"P": 10.0, "Q": 30.0}, ("a", "y"): {"P": 5.0, "R": 20.0, "S": 20.0, "T": 21.0}}
    table, rules = two_way(inner), DisclosureRules(threshold=2, p_percent=5.0)
    alone, together = (protect(table, rules=rules, viewers=who) for who in ([""], ["", "P"]))
    assert set(alone.withheld) <= set(together.withheld)
    assert together.cells["a|x"] is None


def test_nothing_of_the_parameters_stands_in_what_is_given() -> None:
    rules = DisclosureRules(threshold=7, p_percent=13.0)
    assert "7" not in repr(rules)
    assert "13" not in repr(rules)
    found = protect(SPENDING, rules=DisclosureRules(threshold=6, p_percent=13.0))
    assert "13" not in " ".join(found.notes)
    assert not hasattr(found, "rules")


def test_a_safe_table_is_shown_whole_and_without_a_note() -> None:
    found = protect(counts_table({("a", "x"): 12, ("a", "y"): 9, ("b", "x"): 7, ("b", "y"): 30}))
    assert found.withheld == ()
    assert found.notes == ()


def test_a_contribution_below_zero_is_refused_with_what_to_do() -> None:
    with pytest.raises(DisclosureRefused, match="gross spending and income apart"):
        two_way({("a", "x"): {"P": -5.0}})


def test_two_partners_whose_total_is_public_cannot_be_hidden_from_each_other() -> None:
    cells = [DisclosureCell(name, {name: COSTS[name]}) for name in COUNCILS[:2]]
    both = DisclosureCell("both", {name: COSTS[name] for name in COUNCILS[:2]})
    table = DisclosureTable((*cells, both), (Sum("both", COUNCILS[:2]),))
    assert set(protect(table, released={"both"}).withheld) == set(COUNCILS[:2])
    with pytest.raises(DisclosureRefused, match="Merge rows"):
        protect(table, released={"both"}, viewers=["", "Ashby"])


def test_a_sum_that_does_not_add_up_is_an_error() -> None:
    cells = [DisclosureCell(name, {name: COSTS[name]}) for name in COUNCILS[:3]]
    with pytest.raises(ValueError, match="add up"):
        DisclosureTable(tuple(cells), (Sum("Ashby", COUNCILS[1:3]),))


def test_a_sum_of_cells_that_are_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="names no cell"):
        DisclosureTable((DisclosureCell("P", {"P": 5.0}),), (Sum("P", ("Z",)),))


def test_two_harmless_totals_that_differ_by_one_partner_give_it_away() -> None:
    groups = {"all six": set(COUNCILS), "the five": set(COUNCILS[:5])}
    (found,) = exposures(groups, COSTS)
    assert found.members == ("Fenland",)
    assert (found.interval.low, found.interval.high) == (pytest.approx(390.0), pytest.approx(390.0))


def test_one_of_two_overlapping_groupings_is_withheld() -> None:
    groups = {"all six": set(COUNCILS), "the five": set(COUNCILS[:5])}
    found = protect(table_of_groupings(groups, COSTS))
    assert found.cells == {"all six": None, "the five": 1650.0} or found.cells == {"all six": 2040.0, "the five": None}


def test_three_groupings_that_only_together_give_one_away() -> None:
    """A + B, B + C and A + C: half their sum less one of them is the third partner."""
    amounts = dict.fromkeys("ABC", 100.0)
    pairs = {"ab": {"A", "B"}, "bc": {"B", "C"}, "ac": {"A", "C"}}
    lax = DisclosureRules(threshold=1)
    assert {each.members for each in exposures(pairs, amounts, rules=lax)} >= {("A",), ("B",), ("C",)}


def test_counts_can_be_rounded_instead() -> None:
    counts = {("a", "x"): 3, ("a", "y"): 12, ("b", "x"): 21, ("b", "y"): 20}
    found = protect(counts_table(counts), method="round")
    assert found.cells["a|x"] == 5.0
    assert found.cells["total|total"] == 55.0  # 56 to the nearest 5
    assert all(value is not None and value % 5 == 0 for value in found.cells.values())
    assert found.notes


def test_rounding_that_its_own_totals_undo_is_refused() -> None:
    """3 shows as 5 (3 to 7), 9 as 10 (8 to 12), their total 12 as 10 (8 to 12): the first is 3 or 4."""
    with pytest.raises(DisclosureRefused, match="narrow a small count"):
        protect(counts_table({("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 20}), method="round")


def test_amounts_are_not_protected_by_rounding() -> None:
    with pytest.raises(DisclosureRefused, match="Only counts"):
        protect(SPENDING, method="round")


def test_a_table_of_eight_partners_and_ten_services_is_protected() -> None:
    """Counts of a size that nobody could try out: 80 inner cells, some of them small."""
    counts = {(f"p{i}", f"s{j}"): (7 * i + 5 * j + i * j) % 23 for i in range(8) for j in range(10)}
    found = protect(counts_table(counts))
    small = [f"{row}|{column}" for (row, column), count in counts.items() if 0 < count < 5]
    assert small
    assert set(small) <= set(found.withheld)
    assert found.cells["total|total"] == sum(counts.values())


def test_a_small_partner_is_protected_in_a_table_of_millions() -> None:
    """The solver's last digits on millions are pounds; a contribution of a few pounds must still be hidden."""
    inner = {("a", "x"): {"P": 12.0}, ("a", "y"): {f"Q{i}": 9e6 for i in range(6)},
             ("b", "x"): {f"R{i}": 8e6 for i in range(6)}, ("b", "y"): {f"S{i}": 7e6 for i in range(6)}}  # fmt: skip
    found = protect(two_way(inner))
    assert set(found.withheld) == {"a|x", "a|y", "b|x", "b|y"}
