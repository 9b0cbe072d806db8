"""Worked examples of how partners run what they share: pooled budget, shared post, needs; arithmetic spelled out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from consortia.delivery.needs import months_on, needs_on
from consortia.delivery.pooled import book_value, notice_payment, owners, pool_years
from consortia.money import to_pence
from consortia.partnership.parity import parity
from consortia.study import Text
from consortia.study.needs import NeedReview, PartnerNeed
from consortia.study.pooled import PooledAsset, PooledBudget, PooledContribution, PooledGrant, PooledSpend

ASH, BEECH, CEDAR, DOGWOOD, ELM, FIR = SIX = ("A", "B", "C", "D", "E", "F")


def pool(**changed) -> PooledBudget:
    """Six pay 40,000 a year, Elm 20,000 of staff beside it in the second; a grant of 500,000; a platform of 60,000."""
    paid = [PooledContribution(partner=p, year=y, amount=Decimal(40_000)) for y in ("2019-20", "2020-21") for p in SIX]
    staff = PooledContribution(partner=ELM, year="2020-21", amount=Decimal(20_000), kind="staff")
    fields = {
        "key": "joint",
        "title": Text(en="Joint"),
        "host": ASH,
        "contributions": (*paid, staff),
        "grants": (PooledGrant(giver="Government", year="2019-20", amount=Decimal(500_000)),),
        "spending": (
            spend("2019-20", 150_000),
            spend("2019-20", 430_000, from_grant=True),
            spend("2020-21", 250_000),
            spend("2020-21", 40_000, from_grant=True),
        ),
        "assets": (asset(),),
        "source": "Worked example",
    }
    return PooledBudget(**(fields | changed))


def spend(year: str, amount: int, *, from_grant: bool = False) -> PooledSpend:
    return PooledSpend(year=year, what=Text(en="Work"), amount=Decimal(amount), from_grant=from_grant)


def asset(**changed) -> PooledAsset:
    fields = {"key": "platform", "name": Text(en="Platform"), "year": "2019-20", "life": 5, "holder": ASH}
    return PooledAsset(**(fields | {"cost": Decimal(60_000)} | changed))


def test_the_account_runs_from_balance_to_balance() -> None:
    first, second = pool_years(pool())
    assert first.closing == (6 * 40_000 + 500_000 - 150_000 - 430_000 - 60_000) * 100 == 100_000_00
    assert first.returnable == (500_000 - 430_000) * 100
    assert second.opening == first.closing
    assert second.closing == (100_000 + 6 * 40_000 + 20_000 - 250_000 - 40_000) * 100 == 70_000_00
    assert second.returnable == (500_000 - 430_000 - 40_000) * 100 == 30_000_00


def test_what_is_left_belongs_to_the_partners_by_what_they_paid_in() -> None:
    # 70,000 less 30,000 of grant that goes back; the platform is worth 60,000 x 3/5 after two of five years.
    found = {one.partner: one for one in owners(pool(), "2020-21")}
    paid = 11 * 40_000 + 60_000
    assert [found[p].part for p in (BEECH, ELM)] == [80_000 / paid, 100_000 / paid] == [0.16, 0.2]
    assert found[BEECH].balance == 0.16 * 40_000 * 100
    assert found[ELM].assets == 0.2 * 36_000 * 100
    assert sum(one.balance for one in found.values()) == 40_000_00
    assert sum(one.assets for one in found.values()) == 36_000_00


def test_a_leaver_is_owed_its_part_less_what_it_takes_with_it() -> None:
    found = {one.partner: one for one in owners(pool(), "2020-21")}
    assert found[ELM].owed == (0.2 * 40_000 + 0.2 * 36_000) * 100 == 15_200_00
    # Ash holds the platform: 6,400 + 5,760 - 36,000.
    assert found[ASH].owed == (6_400 + 5_760 - 36_000) * 100 == -23_840_00
    assert sum(one.owed for one in found.values()) == 40_000_00


def test_notice_is_paid_at_the_contribution_of_the_last_year() -> None:
    assert notice_payment(pool(), ELM, "2020-21", months=6) == 60_000 * 6 // 12 * 100
    assert notice_payment(pool(), BEECH, "2020-21", months=12) == 40_000_00


def test_in_equal_parts_everybody_owns_a_sixth_and_an_overspend_is_owed_so() -> None:
    over = pool(owned="equal", spending=(spend("2020-21", 500_000),), grants=(), assets=())
    found = owners(over, "2020-21")
    assert pool_years(over)[-1].closing == (500_000 - 500_000) * 100
    assert {one.part for one in found} == {1 / 6}
    worse = owners(pool(owned="equal", spending=(spend("2020-21", 506_000),), grants=(), assets=()), "2020-21")
    assert [one.owed for one in worse] == [-1_000_00] * 6


def test_what_the_holder_owns_is_nobody_elses() -> None:
    found = {one.partner: one for one in owners(pool(assets=(asset(owned_by="holder"),)), "2020-21")}
    assert found[ASH].keeps == found[ELM].assets == 0
    assert found[ASH].owed == found[BEECH].owed


def test_an_asset_is_written_down_to_nothing_over_its_life() -> None:
    values = [book_value(asset(), f"{year}-{year - 1999:02d}") for year in range(2019, 2026)]
    assert values == [to_pence(Decimal(48_000 - 12_000 * used)) for used in range(5)] + [0, 0]


def test_a_bought_thing_met_from_grant_does_not_go_back() -> None:
    met = pool(assets=(asset(from_grant=True),))
    assert pool_years(met)[0].returnable == (500_000 - 430_000 - 60_000) * 100


def test_before_anybody_has_paid_nobody_owns_anything() -> None:
    with pytest.raises(ValueError, match="nobody has paid"):
        owners(pool(), "2018-19")


def test_a_shared_post_is_split_equally_unless_agreed_otherwise() -> None:
    even = parity([None, None], [800, 800], [None, None])
    assert [(one.agreed, one.reported, one.pays) for one in even] == [(0.5, 0.5, 0.5)] * 2


def test_more_than_a_tenth_from_what_was_agreed_is_out_of_parity() -> None:
    # 1,230 of 1,640 hours are 75%, where 60% were agreed; 1,148 are 70%: just in parity.
    assert [one.even for one in parity([0.6, 0.4], [1_230, 410], [None, None])] == [False, False]
    assert parity([0.6, 0.4], [1_230, 410], [None, None])[0].difference == pytest.approx(0.15)
    assert [one.even for one in parity([0.6, 0.4], [1_148, 492], [None, None])] == [True, True]


def test_without_everybodys_hours_parity_is_not_known() -> None:
    assert [one.even for one in parity([None, None], [800, None], [None, None])] == [None, None]


def test_a_need_comes_back_after_its_last_review_until_it_is_met() -> None:
    partly = NeedReview(on="2019-06-28", outcome="partly_met", said=Text(en="Late"), by="Directors")
    met = NeedReview(on="2020-01-10", outcome="met", said=Text(en="Done"), by="Directors")
    need = PartnerNeed(
        key="accounts", partner=CEDAR, what=Text(en="Accounts"), due="2019-06-30", every_months=6, reviews=(partly,)
    )
    found = needs_on([need], date(2020, 6, 30))[0]
    assert found.next == date(2019, 12, 28)
    assert found.days_late == (date(2020, 6, 30) - date(2019, 12, 28)).days == 185
    closed = needs_on([need.model_copy(update={"reviews": (partly, met)})], date(2020, 6, 30))[0]
    assert (closed.standing, closed.next) == ("closed", None)


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_on(date(2023, 8, 31), 6) == date(2024, 2, 29)
