"""Promised, budgeted, delivered: what the account books, refuses and says."""

from __future__ import annotations

import polars as pl
import pytest

from consortia.delivery import TESTS, ActualLine, PromisedLine, SavingsAccount, rows, table, totals
from consortia.periods import FinancialYear, PriceBase

AS_OF = FinancialYear(2026)
PASSED = {test.id: "yes" for test in TESTS if test.id != "evidence"} | {"evidence": "ledger 4711"}


def case() -> SavingsAccount:
    """Payroll shared by two partners: 100 pounds each in 2025-26, 200 in 2026-27, and a cost of 50 at the first."""
    lines = [PromisedLine("payroll", partner, "2025-26", 100_00) for partner in ("A", "B")]
    lines += [PromisedLine("payroll", partner, "2026-27", 200_00) for partner in ("A", "B")]
    return SavingsAccount.open([*lines, PromisedLine("payroll", "A", "2025-26", 50_00, "one_off_cost")])


def actual(amount: str, *, kind: str = "delivered", year: str = "2025-26", **other: str) -> ActualLine:
    """A line that passes every test, for payroll at A unless said otherwise."""
    return ActualLine(
        **{"initiative": "payroll", "partner": "A", "year": year, "kind": kind, "amount": amount} | PASSED | other
    )


def row(account: SavingsAccount, partner: str = "A", year: str = "2025-26"):
    """The one row of payroll at a partner in a year."""
    (found,) = [each for each in rows(account) if (each.partner, each.year) == (partner, year)]
    return found


def codes(account: SavingsAccount) -> list[str]:
    return [finding.code for finding in account.findings]


def test_the_three_amounts_stand_side_by_side() -> None:
    account = case().with_actuals([actual("90", kind="budgeted"), actual("70")], as_of=AS_OF)
    found = row(account)
    assert (found.promised_pence, found.budgeted_pence, found.cashable_pence) == (100_00, 90_00, 70_00)
    assert (found.variance.amount_pence, found.variance.share) == (-30_00, -0.3)


def test_what_is_not_reported_is_not_zero() -> None:
    account = case().with_actuals([actual("0")], as_of=AS_OF)
    assert row(account).cashable_pence == 0
    assert row(account, "B").cashable_pence is None
    assert row(account, "B").variance.amount_pence is None
    assert row(account, "B").verdict == "not_reported"


def test_what_is_not_cashable_stands_in_its_own_column_and_counts_nothing_towards_the_promise() -> None:
    lines = [actual("60"), actual("25", charges_unchanged="no"), actual("15", level_kept="unknown")]
    found = row(case().with_actuals(lines, as_of=AS_OF))
    assert found.delivered == {
        "cashable": 60_00, "efficiency": 0, "cost_avoidance": 0, "income": 25_00,
        "one_off": 0, "cut": 0, "unverified": 15_00,
    }  # fmt: skip
    assert found.variance.amount_pence == -40_00
    assert found.verdict == "mixed"
    assert "It comes from higher charges to users." in found.reason


def test_costs_of_the_case_are_not_netted_off_its_savings() -> None:
    assert (row(case()).promised_pence, row(case()).promised_cost_pence) == (100_00, 50_00)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"initiative": "parks"}, "initiative-not-in-case"),
        ({"partner": "C"}, "partner-not-in-case"),
        ({"year": "2019-20"}, "year-not-in-case"),
    ],
)
def test_a_line_that_the_case_does_not_hold_is_refused_with_a_finding(other: dict[str, str], code: str) -> None:
    account = case().with_actuals([actual("70", **other)], as_of=AS_OF)
    assert codes(account) == [code]
    assert len(account.refused) == 1
    assert account.entries == ()


def test_delivery_in_a_future_year_is_refused_but_a_budget_may_look_ahead() -> None:
    early = FinancialYear(2025)
    ahead = [actual("10", year="2026-27"), actual("10", year="2026-27", kind="budgeted")]
    account = case().with_actuals(ahead, as_of=early)
    assert codes(account) == ["delivered-in-future"]
    assert [entry.line.kind for entry in account.entries] == ["budgeted"]


def test_delivery_equal_to_the_budget_is_booked_and_flagged_as_possibly_assumed() -> None:
    account = case().with_actuals([actual("90", kind="budgeted"), actual("40"), actual("50.00")], as_of=AS_OF)
    assert codes(account) == ["delivered-equals-budgeted"]
    assert row(account).cashable_pence == 90_00


def test_a_row_that_stands_twice_is_flagged() -> None:
    account = case().with_actuals([actual("10", cell="row 2"), actual("10", cell="row 3")], as_of=AS_OF)
    assert codes(account) == ["actual-twice"]


def test_a_negative_budgeted_saving_is_queried() -> None:
    assert codes(case().with_actuals([actual("-5", kind="budgeted")], as_of=AS_OF)) == ["budgeted-negative"]


def test_a_finding_names_the_cell() -> None:
    line = actual("1", partner="C", file="march.csv", cell="row 7")
    (finding,) = case().with_actuals([line], as_of=AS_OF).findings
    assert str(finding.place) == "march.csv, row 7"
    assert finding.text().startswith("In the agreed case C takes no part in 'payroll'.")


def test_actuals_are_brought_to_the_prices_of_the_case() -> None:
    prices = PriceBase(FinancialYear(2024))
    index = {"2024-25": 100.0, "2025-26": 102.5}
    account = SavingsAccount.open([PromisedLine("payroll", "A", "2025-26", 100_00)], price_base=prices, deflators=index)
    account = account.with_actuals([actual("102.50")], as_of=AS_OF)
    assert row(account).cashable_pence == 100_00  # 102.50 * 100.0 / 102.5
    assert table(account)["price_base"].to_list() == ["real, 2024-25 prices"]


def test_cash_of_a_year_without_a_deflator_is_refused() -> None:
    prices = PriceBase(FinancialYear(2024))
    promised = [PromisedLine("payroll", "A", "2025-26", 100_00)]
    account = SavingsAccount.open(promised, price_base=prices, deflators={"2024-25": 100.0})
    assert codes(account.with_actuals([actual("5")], as_of=AS_OF)) == ["deflator-missing"]


def test_a_real_account_cannot_be_opened_without_the_deflator_of_its_base_year() -> None:
    with pytest.raises(ValueError, match="needs the deflator of 2024-25"):
        SavingsAccount.open([PromisedLine("x", "A", "2025-26", 1)], price_base=PriceBase(FinancialYear(2024)))


def test_an_account_without_a_case_cannot_be_opened() -> None:
    with pytest.raises(ValueError, match="at least one promised line"):
        SavingsAccount.open([])


def test_a_promise_that_arrives_a_year_late_is_slippage_in_the_first_year_and_shortfall_in_the_last() -> None:
    lines = [actual("30"), actual("120", year="2026-27")]
    account = case().with_actuals(lines, as_of=AS_OF)
    first, last = row(account).gap, row(account, year="2026-27").gap
    assert first is not None
    assert (first.slippage_pence, first.shortfall_pence) == (70_00, 0)
    assert last is not None
    assert (last.slippage_pence, last.shortfall_pence) == (0, 80_00)


def test_totals_compare_only_the_rows_that_were_reported() -> None:
    account = case().with_actuals([actual("70")], as_of=AS_OF)
    (total,) = totals(table(account)).to_dicts()
    assert (total["promised_pence"], total["promised_reported_pence"]) == (600_00, 100_00)
    assert (total["variance_pence"], total["rows_reported"], total["rows"]) == (-30_00, 1, 4)


def test_totals_of_a_partner_that_reported_nothing_are_not_known() -> None:
    account = case().with_actuals([actual("70")], as_of=AS_OF)
    by_partner = totals(table(account), ["partner"])
    other = by_partner.filter(pl.col("partner") == "B").to_dicts()[0]
    assert other["cashable_pence"] is None
    assert other["variance_pence"] is None


def test_an_efficiency_on_top_of_a_promise_kept_in_full_stays_green() -> None:
    lines = [actual("100"), actual("5", base_budget_reduced="no", more_for_same="yes")]
    found = row(case().with_actuals(lines, as_of=AS_OF))
    assert found.rating is not None
    assert found.rating.colour == "green"


def test_new_actuals_replace_the_old_ones() -> None:
    account = case().with_actuals([actual("70")], as_of=AS_OF).with_actuals([actual("80")], as_of=AS_OF)
    assert row(account).cashable_pence == 80_00


def test_a_measure_that_a_case_does_not_know_is_an_error() -> None:
    with pytest.raises(ValueError, match="no measure of a case"):
        PromisedLine("x", "A", "2025-26", 1, "hope")  # type: ignore[arg-type]
