"""SDC-1 and SDC-2 (Handbook on Statistical Disclosure Control), and a small table protected by hand."""

from __future__ import annotations

import pytest

from consortia.disclosure import DisclosureCell, DisclosureRules, counts_table, is_unsafe, protect, protection_needed
from consortia.disclosure.rules import equivalent_dominance, fails_dominance, fails_p_percent

# Contributions of X = 100,000 (SDC-1) and X = 110,000 (SDC-2); the rest is spread over many.
SDC_1 = (50_000.0, 49_000.0, *(100.0,) * 10)
SDC_2 = (52_000.0, 50_000.0, *(800.0,) * 10)


def estimate_of_the_largest(parts: tuple[float, ...]) -> float:
    """What the second largest contributor gets by taking its own from the total."""
    return sum(parts) - parts[1]


def test_sdc_1_is_safe_by_dominance_of_one_and_yet_gives_the_largest_away() -> None:
    assert sum(SDC_1) == 100_000
    assert not fails_dominance(SDC_1, 1, 90)  # 50,000 <= 90,000
    assert estimate_of_the_largest(SDC_1) == 51_000  # 100,000 - 49,000
    assert estimate_of_the_largest(SDC_1) / SDC_1[0] - 1 == pytest.approx(0.02)  # only 2% too high
    assert fails_p_percent(SDC_1, 10)  # 100,000 - 49,000 - 50,000 = 1,000 < 5,000


def test_sdc_2_is_safe_by_p_percent_and_unsafe_by_the_equivalent_dominance() -> None:
    assert sum(SDC_2) == 110_000
    assert estimate_of_the_largest(SDC_2) == 60_000
    assert estimate_of_the_largest(SDC_2) / SDC_2[0] - 1 == pytest.approx(0.154, abs=0.0005)
    assert not fails_p_percent(SDC_2, 10)  # 110,000 - 50,000 - 52,000 = 8,000 >= 5,200
    assert equivalent_dominance(10) == pytest.approx(90.9, abs=0.01)  # 100 * 100 / 110
    assert pytest.approx(0.927, abs=0.0005) == (52_000 + 50_000) / 110_000
    assert fails_dominance(SDC_2, 2, equivalent_dominance(10))


def test_the_rules_together_hold_what_each_says() -> None:
    one, two = (DisclosureCell("cell", {str(i): part for i, part in enumerate(p)}) for p in (SDC_1, SDC_2))
    assert is_unsafe(one, DisclosureRules())
    assert not is_unsafe(two, DisclosureRules())
    assert is_unsafe(two, DisclosureRules(dominance=(2, equivalent_dominance(10))))
    assert protection_needed(one, DisclosureRules()) == 4_000  # 10% of 50,000 less the 1,000 that the rest hide


def test_one_small_count_takes_three_others_with_it_and_the_totals_stay() -> None:
    #            yes  no  total        3 is small; its row and column need one more each, and where those two
    #    north     3   9     12        lines cross the fourth: 9, 8 and 20, or 9, 7 and 6. 9 + 7 + 6 loses least.
    #    south     8  20     28
    #    west      7   6     13
    #    total    18  35     53
    counts = {("north", "yes"): 3, ("north", "no"): 9, ("south", "yes"): 8, ("south", "no"): 20,
              ("west", "yes"): 7, ("west", "no"): 6}  # fmt: skip
    found = protect(counts_table(counts))
    assert set(found.withheld) == {"north|yes", "north|no", "west|yes", "west|no"}
    assert found.cells["total|total"] == 53
