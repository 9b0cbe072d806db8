"""What holds for every savings account: nothing is lost, nothing counts twice, unknown is never cashable."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from consortia.delivery import (
    CATEGORIES,
    TESTS,
    ActualLine,
    PromisedLine,
    SavingsAccount,
    gaps,
    judge,
    rows,
    table,
    totals,
)
from consortia.money import to_pence
from consortia.periods import FinancialYear

YEARS = ("2024-25", "2025-26", "2026-27")
AS_OF = FinancialYear(2025)
answers = st.sampled_from(["yes", "no", "unknown"])
asked = {test.id: answers for test in TESTS if test.id != "evidence"}
amounts = st.decimals(min_value=-100_000, max_value=1_000_000, places=2)
actual_lines = st.builds(
    ActualLine,
    initiative=st.sampled_from(["payroll", "legal", "stranger"]),
    partner=st.sampled_from(["A", "B", "stranger"]),
    year=st.sampled_from(YEARS),
    kind=st.sampled_from(["budgeted", "delivered"]),
    amount=amounts,
    evidence=st.sampled_from(["", "ledger"]),
    **asked,
)
case = SavingsAccount.open(
    PromisedLine(initiative, partner, year, 1_000_00)
    for initiative in ("payroll", "legal")
    for partner in ("A", "B")
    for year in YEARS
)


@given(st.lists(actual_lines, max_size=20))
def test_every_penny_is_booked_once_or_refused(lines: list[ActualLine]) -> None:
    account = case.with_actuals(lines, as_of=AS_OF)
    booked = sum(entry.amount_pence for entry in account.entries)
    assert booked + sum(to_pence(line.amount) for line in account.refused) == sum(
        to_pence(line.amount) for line in lines
    )


@given(st.lists(actual_lines, max_size=20))
def test_the_rows_hold_exactly_what_was_booked(lines: list[ActualLine]) -> None:
    account = case.with_actuals(lines, as_of=AS_OF)
    in_rows = sum((row.budgeted_pence or 0) + sum((row.delivered or {}).values()) for row in rows(account))
    assert in_rows == sum(entry.amount_pence for entry in account.entries)


@given(st.lists(actual_lines, max_size=20))
def test_totals_by_partner_add_up_to_the_total(lines: list[ActualLine]) -> None:
    standing = table(case.with_actuals(lines, as_of=AS_OF))
    whole, parts = totals(standing), totals(standing, ["partner"])
    for name in ("promised_pence", "budgeted_pence", *(f"{category}_pence" for category in CATEGORIES)):
        assert (whole[name].sum() or 0) == (parts[name].sum() or 0)


@given(st.lists(actual_lines, max_size=20))
def test_a_refused_line_has_a_finding_that_says_why(lines: list[ActualLine]) -> None:
    account = case.with_actuals(lines, as_of=AS_OF)
    errors = [finding for finding in account.findings if finding.severity == "error"]
    assert bool(errors) == bool(account.refused)


@given(st.fixed_dictionaries({**asked, "evidence": answers, "more_for_same": answers}))
def test_a_verdict_is_cashable_only_when_every_answer_is_yes(given_answers: dict[str, str]) -> None:
    verdict = judge(given_answers)
    every = all(given_answers[test.id] == "yes" for test in TESTS)
    assert (verdict.category == "cashable") == every
    assert verdict.reasons


@given(st.lists(st.tuples(st.integers(0, 1000), st.none() | st.integers(-100, 1200)), max_size=8))
def test_slippage_and_shortfall_add_up_to_the_gap(years: list[tuple[int, int | None]]) -> None:
    found = gaps([promised for promised, _ in years], [delivered for _, delivered in years])
    for (promised, delivered), gap in zip(years, found, strict=True):
        assert (gap is None) == (delivered is None)
        assert gap is None or gap.amount_pence == max(0, promised - (delivered or 0))
        assert gap is None or min(gap.slippage_pence, gap.shortfall_pence) >= 0


def test_pence_survive_from_the_file_to_the_row() -> None:
    line = ActualLine(initiative="payroll", partner="A", year="2024-25", kind="budgeted", amount=Decimal("0.01"))
    assert rows(case.with_actuals([line], as_of=AS_OF))[0].budgeted_pence == 1
