"""What makes the answer uncertain: common factors apart from what is each project's own, never more than the whole."""

from __future__ import annotations

import pytest

from consortia.report.language import translator
from consortia.report.text import table_text
from consortia.run.programme import appraise_projects
from consortia.run.programme.spread_table import _common, spread_table
from consortia.study import Definition

RANGE = {"low": 0.05, "mode": 0.1, "high": 0.2}


def a_study(maturity: str, rate: object, *correlations: dict, draws: int = 1024) -> Definition:
    """Two projects of one service and programme on two lines."""
    keys = ("a", "b")
    return Definition.model_validate(
        {
            "key": "x",
            "title": {"en": "X"},
            "base_year": "2024-25",
            "draws": draws,
            "partners": [{"code": "E1", "name": {"en": "Ash"}}],
            "lines": [{"key": key, "partner": "E1", "amount": 1000} for key in keys],
            "projects": [
                {
                    "key": key,
                    "title": {"en": key.upper()},
                    "maturity": maturity,
                    "service": "central",
                    "programme": "One platform",
                    "effects": [{"kind": "rate_of_line", "key": "r", "lines": [key], "rate": rate}],
                }
                for key in keys
            ],
            "correlations": correlations,
        }
    )


def test_what_projects_have_in_common_stands_apart_and_all_adds_up_to_the_whole():
    table = spread_table(appraise_projects(a_study("full_case", 0.1, draws=8192)))
    words = table_text(table, language="en")
    shares = table.column("share")
    assert sum(shares) == pytest.approx(1)
    assert list(shares[:-1]) == sorted(shares[:-1], reverse=True)
    assert all(in_all >= alone for alone, in_all in zip(shares[:-1], table.column("in_company")[:-1], strict=True))
    assert table_text(table, language="cy") != words
    named = str(table.rows)
    for said in ("In common to all", "one service", "one programme", "by itself"):
        assert said in named


def test_inputs_that_are_tied_stand_in_one_row():
    tie = {"between": ["a.r.rate", "b.r.rate"], "rank": 0.8}
    table = spread_table(appraise_projects(a_study("as_stated", RANGE, tie)))
    assert len(table.rows[0][0]) == 2
    assert table.rows[0][1] > 0.95


@pytest.mark.parametrize("study", [a_study("as_stated", 0.1), a_study("as_stated", RANGE, draws=64)])
def test_where_nothing_is_uncertain_or_draws_are_few_nothing_is_said(study):
    assert spread_table(appraise_projects(study)).rows == ()


def test_a_factor_of_a_shared_service_is_called_by_its_service() -> None:
    definition = Definition.model_validate(
        {
            "key": "two", "title": {"en": "Two"}, "base_year": "2024-25",
            "partners": [{"code": "W06000008", "name": {"en": "A"}}, {"code": "W06000023", "name": {"en": "B"}}],
            "initiatives": [{"key": "share-highways", "service": "highways"}],
        }
    )  # fmt: skip
    for key in ("share-highways", "highways"):
        said = translator("en").words(_common(f"delivery|service|{key}", definition))
        assert said == "In common to one service, Highways and transport: how much projects deliver"
