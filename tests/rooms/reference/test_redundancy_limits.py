"""The limits on a week's pay: dated, without gaps, and never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from consortia.errors import UnknownReference
from consortia.reference.redundancy import weekly_limit, weekly_limits
from consortia.reference.sources import source


@pytest.mark.parametrize(
    ("ends", "amount"),
    [
        (date(2021, 5, 31), 544),
        (date(2025, 4, 5), 700),
        (date(2025, 4, 6), 719),
        (date(2026, 4, 5), 719),
    ],
)
def test_the_limit_is_that_of_the_day_on_which_the_employment_ends(ends: date, amount: int) -> None:
    assert weekly_limit(ends).amount == Decimal(amount)


def test_the_limits_follow_each_other_without_a_gap() -> None:
    assert all(after.first_day == before.last_day + timedelta(days=1) for before, after in pairwise(weekly_limits()))
    assert all(after.amount > before.amount for before, after in pairwise(weekly_limits()))


def test_a_day_outside_the_limits_held_is_refused_and_not_guessed() -> None:
    with pytest.raises(UnknownReference, match="on 1 May 2031 is not known here") as refused:
        weekly_limit(date(2031, 5, 1))
    assert "Give the limit yourself" in refused.value.remedy
    with pytest.raises(UnknownReference):
        weekly_limit(date(2009, 10, 1))


def test_each_limit_names_its_source() -> None:
    assert {source(limit.source).licence for limit in weekly_limits()} == {"facts only"}
    assert {limit.evidence for limit in weekly_limits()} == {"V"}
