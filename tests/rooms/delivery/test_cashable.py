"""The cashable test as a decision table."""

from __future__ import annotations

from typing import get_args

import pytest

from consortia.delivery import TESTS, ActualLine, judge, judge_line
from consortia.delivery.cashable import MORE_FOR_SAME
from consortia.delivery.lines import Answer

ALL_YES: dict[str, Answer] = {test.id: "yes" for test in TESTS}


def test_a_saving_that_passes_every_test_is_cashable() -> None:
    verdict = judge(ALL_YES)
    assert verdict.category == "cashable"
    assert verdict.reason == "Every test of a cashable saving is passed."


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
def test_a_single_unknown_makes_a_saving_unverified_and_names_the_question(test) -> None:
    verdict = judge({**ALL_YES, test.id: "unknown"})
    assert verdict.category == "unverified"
    assert verdict.reasons == ((test.id, test.unanswered),)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
def test_a_single_failed_test_makes_what_the_table_says_and_gives_its_sentence(test) -> None:
    verdict = judge({**ALL_YES, test.id: "no", "more_for_same": "no"})
    assert verdict.category == test.failing
    assert verdict.reasons == ((test.id, test.failed),)


@pytest.mark.parametrize(
    ("failed", "category"),
    [
        ("level_kept", "cut"),
        ("quality_kept", "cut"),
        ("voluntary_sector_kept", "cut"),
        ("charges_unchanged", "income"),
        ("no_windfall", "one_off"),
        ("recurrent", "one_off"),
        ("base_budget_reduced", "cost_avoidance"),
        ("measurable", "unverified"),
    ],
)
def test_the_definition_of_2014_is_kept(failed: str, category: str) -> None:
    assert judge({**ALL_YES, failed: "no", "more_for_same": "no"}).category == category


def test_more_or_better_service_for_the_same_budget_is_an_efficiency() -> None:
    verdict = judge({**ALL_YES, "base_budget_reduced": "no", "more_for_same": "yes"})
    assert verdict.category == "efficiency"
    assert verdict.reason == "The same budget now buys more or better service."


def test_a_cut_stays_a_cut_whatever_else_fails_and_every_reason_is_listed() -> None:
    verdict = judge({**ALL_YES, "recurrent": "no", "quality_kept": "no"})
    assert verdict.category == "cut"
    assert [test for test, _ in verdict.reasons] == ["quality_kept", "recurrent"]


def test_a_question_that_the_table_does_not_ask_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not ask colour"):
        judge({"colour": "yes"})


def test_every_question_is_a_field_of_the_line_that_is_reported() -> None:
    asked = {test.id for test in (*TESTS, MORE_FOR_SAME)} - {"evidence"}
    answered = {name for name, field in ActualLine.model_fields.items() if field.default == "unknown"}
    assert asked == answered
    assert set(get_args(Answer)) == {"yes", "no", "unknown"}


def test_barnet_council_tax_income_of_8_4m_is_not_a_cashable_saving() -> None:
    """The guaranteed stream of Barnet holds 8.4m from collecting more tax: income, whatever else is right about it."""
    answers = {name: "yes" for name in ALL_YES if name not in ("evidence", "charges_unchanged")}
    line = ActualLine(
        initiative="barnet", partner="E09000003", year="2013-14", kind="delivered", amount="8400000",
        evidence="contract", charges_unchanged="no", **answers,
    )  # fmt: skip
    assert judge_line(line).category == "income"


def test_a_line_without_named_evidence_is_unverified() -> None:
    answers = {name: "yes" for name in ALL_YES if name != "evidence"}
    line = ActualLine(initiative="payroll", partner="E1", year="2024-25", kind="delivered", amount="10", **answers)
    assert judge_line(line).category == "unverified"
    assert judge_line(line).reason == "No evidence is named."
