"""A reason says its limit and its price base, and stands in Welsh as in English."""

from __future__ import annotations

import pytest

from consortia.report.charts import charts_of
from consortia.report.language import translator
from consortia.report.worded import worded
from consortia.report.words import Message, Quantity
from consortia.run import Run, run_study
from consortia.run.results import _too_risky
from consortia.study import Assumption, Study

from .conftest import DAY, with_definition

ENGLISH, WELSH = translator("en"), translator("cy")


@pytest.fixture(scope="module")
def cautious(three_councils: Study) -> Run:
    """The run of councils that take almost no risk."""
    limit = Assumption(key="max_chance_of_loss", value=0.0001, reason="no loss can be borne")
    return run_study(with_definition(three_councils, assumptions=(limit,)), made_on=DAY)


def test_a_limit_is_said_and_said_to_be_judgement(cautious: Run) -> None:
    reasons = [ENGLISH.words(one) for one in _reasons(cautious)]
    assert any("above the limit of less than 1% that this study sets (judgement)." in one for one in reasons)


def test_a_chance_that_reads_like_the_limit_is_just_above_it() -> None:
    told = ENGLISH.words(_too_risky(0.334, 1 / 3))
    assert told == "The chance of a net loss is just above the limit of 33% that this study sets (judgement)."


def test_the_limit_reads_alike_among_the_assumptions(finished: Run) -> None:
    table = worded(finished.tables["assumptions"], ENGLISH)
    (row,) = [row for row in table.rows if row[0].text.startswith("Highest chance of a net loss")]
    assert "33%" in [cell.text for cell in row]


def test_no_money_of_a_reason_stands_without_its_price_base(finished: Run, cautious: Run) -> None:
    told = [one for run in (finished, cautious) for one in _reasons(run) if _has_money(one)]
    assert told
    assert [one for one in told if "(present value, 2024-25 prices)" not in ENGLISH.words(one)] == []


def test_every_period_of_tables_and_charts_is_worded(finished: Run) -> None:
    tables = [*finished.content.tables, *(chart.data for chart in charts_of(finished.content, WELSH))]
    assert [table.key for table in tables if " to " in WELSH.words(table.period)] == []


def _reasons(run: Run) -> list[Message]:
    return [one for one in run.tables["decision"].column("reason") if isinstance(one, Message)]


def _has_money(message: Message) -> bool:
    return any(isinstance(value, Quantity) and value.kind == "money" for _, value in message.values)
