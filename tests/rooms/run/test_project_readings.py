"""Repayments of invest-to-save funds, and the readings of a percentage, from the case files."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.headline_table import headline_table
from consortia.run.programme.repayments import repayment_table
from consortia.run.programme.tables import projects_tables
from consortia.study import Definition
from consortia.study.store import read_definition

CASES = Path(__file__).resolve().parents[3] / "examples" / "cases"


def appraised(name: str) -> Appraised:
    return appraise_projects(read_definition(CASES / f"{name}.yaml"))


def test_a_fund_is_repaid_in_level_payments_beside_what_is_saved() -> None:
    """Hertfordshire: 2.5 million in five payments of half a million; 1.5 and then 1.0 million a year are saved."""
    found = appraised("hertfordshire")
    table = repayment_table(found)
    assert table.column("year") == ("2012-13", "2013-14", "2014-15", "2015-16", "2016-17")
    assert table.column("payment") == pytest.approx([500_000] * 5)
    assert table.column("owed")[1] == pytest.approx(2_000_000)
    in_cash = found.in_cash(found.flows()["cashable"])
    assert table.column("saving") == pytest.approx(list(in_cash[1:]))
    assert table.column("left")[0] == pytest.approx(in_cash[1] - 500_000)


def test_money_that_nobody_repays_has_no_schedule() -> None:
    assert repayment_table(appraised("toxteth")).rows == ()


def test_the_same_savings_of_lgss_give_three_percentages_before_and_after_costs() -> None:
    """Cash of 3.79 to 18.79 on 83 million, in prices of 2010-11."""
    found = appraised("lgss")
    real = found.flows()["cashable"][1:]
    gross = headline_table(found).column("gross")
    assert gross == pytest.approx([real.sum() / (5 * 83e6), real[-1] / 83e6, real.sum() / 83e6])
    net = headline_table(found).column("net")
    assert net[0] < gross[0]
    assert net[1] == gross[1]  # no costs fall in the last year


def test_a_study_without_lines_has_nothing_that_a_percentage_could_be_of() -> None:
    assert headline_table(appraised("barnet")).rows == ()


def test_both_stand_among_the_tables_only_where_they_say_something() -> None:
    keys = {name: [table.key for table in projects_tables(appraised(name))] for name in ("hertfordshire", "barnet")}
    assert keys["hertfordshire"][-2:] == ["repayments", "headlines"]
    assert not {"repayments", "headlines"} & set(keys["barnet"])


def test_a_fund_lent_in_cash_is_owed_in_cash() -> None:
    """250,000 of cash lent in 2026-27, when prices stand at 1.0541: two payments of 125,000 and no more."""
    study = Definition.model_validate(
        {
            "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 5,
            "partners": [{"code": "E1", "name": {"en": "Ash"}}],
            "projects": [{
                "key": "one", "title": {"en": "One"}, "maturity": "as_stated", "prices": "nominal",
                "effects": [{"kind": "amounts", "key": "a", "amounts": {"2027-28": 200_000}}],
                "funding": [{"key": "fund", "title": {"en": "Fund"}, "partner": "E1",
                             "amounts": {"2026-27": 250_000}, "repaid_over": 2}],
            }],
        }
    )  # fmt: skip
    assert repayment_table(appraise_projects(study)).column("payment") == pytest.approx([125_000] * 2)
