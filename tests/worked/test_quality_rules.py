"""Each quality rule on the smallest case that shows it: Q1 to Q13 of the method, 12.4, and the survey's own rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from consortia.findings import Severity
from consortia.intake.quality import RULES, Book, Entry, examine, rule, tidy, untidy
from consortia.intake.quality.counting import by_kind_of_data, eligible, ratio_of_means, with_approach

DISTRICT, UNITARY = "E07000117", "E06000008"  # Burnley, Blackburn with Darwen


def entry(measure: str, amount: object, **more: object) -> Entry:
    known = None if amount is None else Decimal(str(amount))
    fields = {"partner": UNITARY, "kind": "UA", "year": "2012-13", "service": "cultural", "status": "known"}
    fields |= more
    return Entry(
        key=f"{fields['partner']}/{fields['year']}/{fields['service']}/{measure}",
        measure=measure,
        amount=known,
        **fields,
    )  # type: ignore[arg-type]


def found(*entries: Entry, **more: object) -> dict[str, object]:
    """What each rule proposes: the amount, the status where there is none, or None where it only asks."""
    verdicts = examine(Book(entries, **more))  # type: ignore[arg-type]
    return {v.rule: v.after and (v.after.amount if v.after.amount is not None else v.after.status) for v in verdicts}


def test_q1_a_zero_outside_the_remit_is_not_provided() -> None:
    zero = entry("base", 0, partner=DISTRICT, kind="SD", service="adult_social_care")
    assert found(zero) == {"Q1": "not_provided"}
    assert found(replace(zero, kind="UA")) == {}


def test_q2_nothing_budgeted_yet_delivered_is_kept() -> None:
    assert found(entry("budgeted", 0), entry("delivered", 50)) == {"Q2": None}


def test_q3_a_thousandth_of_the_year_beside_it_is_proposed_times_a_thousand() -> None:
    years = entry("base", 412_300, year="2011-12"), entry("base", 413, year="2012-13")
    # 412,300 / 413 = 998.3, within 500 to 2,000
    assert found(*years)["Q3"] == 413_000


def test_q3_far_below_the_national_median_says_so() -> None:
    medians = {("UA", "cultural", "base"): Decimal(9_000_000)}
    assert found(entry("base", 44_999), medians=medians) == {"Q3": 44_999_000}  # 9,000,000 / 200 = 45,000
    assert found(entry("base", 45_001), medians=medians) == {}


def test_r101_what_nobody_can_read_is_proposed_for_removal() -> None:
    medians = {("UA", "cultural", "base"): Decimal(9_000)}
    assert found(entry("base", 1_800_001), medians=medians) == {"R101": "not_known"}  # 9,000 * 200 = 1,800,000


@pytest.mark.parametrize(
    ("service", "expected"), [("cultural", {"Q4": "not_known"}), ("highways.parking", {}), ("planning", {})]
)
def test_q4_only_planning_and_highways_may_be_negative(service: str, expected: dict[str, object]) -> None:
    assert found(entry("base", -100, service=service)) == expected


def test_q5_a_negative_saving_is_proposed_with_the_sign_turned() -> None:
    assert found(entry("budgeted", -120)) == {"Q5": 120}


@pytest.mark.parametrize(("budgeted", "proposed"), [(5_000, 500), (50_000, None)])
def test_q6_more_saved_than_spent_asks_and_tries_a_tenth(budgeted: int, proposed: int | None) -> None:
    assert found(entry("base", 1_000), entry("budgeted", budgeted)) == {"Q6": proposed}


def test_q7_delivered_exactly_as_budgeted_is_kept_and_marked() -> None:
    assert found(entry("budgeted", 70), entry("delivered", 70)) == {"Q7": None}


def test_q8_an_actual_of_the_future_is_taken_out() -> None:
    assert found(entry("delivered", 70, year="2014-15"), last_year="2012-13") == {"Q8": "not_known"}


def test_q9_an_other_line_that_is_listed_is_put_there_with_a_log() -> None:
    book, log = tidy(Book((entry("base", 10, service="other", text="Building control"),)))
    assert [one.service for one in book.entries] == ["planning.building_control"]
    assert [(one.rule, one.before.service) for one in log] == [("Q9", "other")]


def test_q10_a_total_off_its_parts_by_more_than_half_a_per_cent() -> None:
    parts = entry("employees", 600), entry("running_expenses", 400)
    assert found(*parts, entry("total_expenditure", 1_006)) == {"Q10": None}  # 6 / 1,006 = 0.6%
    assert found(*parts, entry("total_expenditure", 1_004)) == {}  # 4 / 1,004 = 0.4%


def test_q11_a_base_that_jumps_by_more_than_two_fifths() -> None:
    years = entry("base", 500_000, year="2011-12"), entry("base", 701_000, year="2012-13")
    assert found(*years) == {"Q11": None}  # 701,000 / 500,000 - 1 = 40.2%


def test_q12_two_partners_with_one_answer() -> None:
    one = [entry("base", 10 * n, service=s) for n, s in enumerate(("cultural", "housing", "planning"), 1)]
    other = [replace(e, partner="E06000009", key=f"b{e.key}") for e in one]
    assert found(*one, *other) == {"Q12": None}


def test_q13_kirklees_says_25_per_cent_where_the_numbers_say_37() -> None:
    # TRK-1: 27.7m budgeted, 17.4m delivered: (27.7 - 17.4) / 27.7 = 37.2%
    words = "The council was 25 per cent short of its target."
    verdicts = examine(Book((entry("budgeted", 27_700_000), entry("delivered", 17_400_000, text=words))))
    assert [v.rule for v in verdicts] == ["Q13"]
    assert "25%" in verdicts[0].finding.text()
    assert "37.2%" in verdicts[0].finding.text()


def test_several_rules_on_one_entry_are_applied_in_order_and_all_logged() -> None:
    line = entry("base", 0, partner=DISTRICT, kind="SD", service="other", text="Adult social care")
    book, log = tidy(Book((line,)))
    assert [one.rule for one in log] == ["Q9", "Q1"]
    assert (book.entries[0].service, book.entries[0].status) == ("adult_social_care", "not_provided")
    assert untidy(book, log).entries == (line,)


def test_doing_it_again_changes_nothing() -> None:
    book, log = tidy(
        Book((entry("delivered", 7, year="2014-15"), entry("base", 0, kind="SD", service="fire")), "2012-13")
    )
    assert len(log) == 2
    assert tidy(book) == (book, ())


def test_the_rules_that_mend_are_few_and_marked() -> None:
    assert [one.id for one in RULES if one.mends] == ["Q9", "Q8", "Q1"]
    assert {f"Q{n}" for n in range(1, 14)} | {"R101"} == {one.id for one in RULES}
    assert rule("Q6").severity is Severity.ERROR


@pytest.mark.parametrize(("service", "expected"), [("adult_social_care", 51), ("education", 51), ("housing", 87)])
def test_the_most_answers_a_service_can_have(service: str, expected: int) -> None:
    # The survey's returns: London 11, metropolitan 14, other unitary 16, county 10, district 46, fire 10.
    # Social care and education 11 + 14 + 16 + 10 = 51; housing 11 + 14 + 16 + 46 = 87.
    counts = {"LB": 11, "MD": 14, "UA": 16, "SC": 10, "SD": 46, "O": 10}
    assert eligible(service, counts) == expected


def test_an_average_saving_is_average_saving_over_average_base() -> None:
    assert ratio_of_means([10, 0], [100, 900]) == pytest.approx(0.01)  # 10 / 1,000, not the mean of 10% and 0%


def test_debt_repayment_has_no_approach_and_kinds_of_data_stand_apart() -> None:
    entries = entry("base", 1), entry("base", 1, service="debt_repayment", data="perception")
    assert len(with_approach(entries)) == 1
    assert by_kind_of_data(entries) == {"fact": 1, "perception": 1}
