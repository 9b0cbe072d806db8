"""Invest to save in the budget: what a fund lends and is paid back stands in the plan and the gap, and is no gain."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.report.figures import Figure, Ingredient
from consortia.report.tables import Table
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.cautions import findings_of
from consortia.run.programme.repayments import lent_in_cash
from consortia.run.programme.tables import gap_table, partner_plan_table, plan_table
from consortia.run.projects_in_paper import figures_of_case
from consortia.study import Definition

FUND = {"key": "fund", "title": {"en": "Fund"}, "partner": "E1", "amounts": {"2024-25": 60_000}, "repaid_over": 3}


def a_study(*funding: dict[str, Any], **changes: Any) -> Definition:
    """£60,000 spent in the base year, in cash, and £50,000 saved a year from the next; the gap is £80,000 a year."""
    project = {
        "key": "p", "title": {"en": "P"}, "maturity": "as_stated", "prices": "nominal", "funding": funding,
        "effects": [{"kind": "amounts", "key": "s", "partner": "E1", "amounts": {"2025-26": 50_000, "2026-27": 50_000,
                     "2027-28": 50_000, "2028-29": 50_000}}],
        "costs": [{"kind": "ict", "key": "c", "partner": "E1", "amounts": {"2024-25": 60_000}}],
    }  # fmt: skip
    fields = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "horizon_years": 4, "projects": [project],
        "partners": [{"code": "E1", "name": {"en": "One"}}, {"code": "E2", "name": {"en": "Two"}}],
        "funding_gap": {"2024-25": 0, "2025-26": 80_000},
    }  # fmt: skip
    return Definition.model_validate(fields | changes)


def column(table: Table, name: str) -> list[float]:
    return [round(float(amount), 6) for amount in table.column(name)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found() -> Appraised:
    return appraise_projects(a_study(FUND))


def test_the_plan_has_what_is_lent_and_what_is_paid_back(found: Appraised) -> None:
    plan = plan_table(found)
    assert column(plan, "one_off") == [-60_000, 0, 0, 0, 0]
    assert column(plan, "lent") == [60_000, 0, 0, 0, 0]
    assert column(plan, "repaid") == [0, -20_000, -20_000, -20_000, 0]


def test_the_changes_up_to_a_year_are_what_its_budget_has(found: Appraised) -> None:
    """Saved 50,000 a year, of which 20,000 are paid back for three years: 0; +30,000; then +20,000 when it is paid."""
    assert column(plan_table(found), "change") == [0, 30_000, 0, 0, 20_000]


def test_the_gap_of_a_year_is_closed_by_what_is_left_after_repaying(found: Appraised) -> None:
    """80,000 less 50,000 saved is 30,000 for good; 20,000 repaid make it 50,000 in the year itself, until 2028-29."""
    gap = gap_table(found)
    assert column(gap, "left")[1:] == [30_000] * 4
    assert column(gap, "fund") == [60_000, -20_000, -20_000, -20_000, 0]
    assert column(gap, "left_in_year") == [0, 50_000, 50_000, 50_000, 30_000]


def test_both_tables_say_what_they_count(found: Appraised) -> None:
    assert "before anything is repaid" in " ".join(map(str, (*plan_table(found).notes, *gap_table(found).notes)))


def test_a_partner_that_borrowed_nothing_repays_nothing(found: Appraised) -> None:
    assert column(plan_table(found, partner="E2"), "repaid") == [0] * 5
    assert column(plan_table(found, partner="E1"), "repaid") == column(plan_table(found), "repaid")


def test_what_is_lent_is_no_gain_whoever_lends_it(found: Appraised) -> None:
    outside = appraise_projects(a_study({name: value for name, value in FUND.items() if name != "partner"}))
    assert outside.net_present_value == pytest.approx(found.net_present_value)
    assert column(plan_table(outside), "change") == column(plan_table(found), "change")


def test_a_grant_closes_the_gap_of_its_year_only() -> None:
    grant = {"key": "g", "title": {"en": "Grant"}, "amounts": {"2025-26": 10_000}}
    plan = plan_table(appraise_projects(a_study(grant)))
    assert column(plan, "one_off")[:2] == [-60_000, 10_000]
    assert column(plan, "recurrent")[1:] == [50_000] * 4


def test_a_study_without_loans_has_no_columns_for_them() -> None:
    keys = [one.key for one in plan_table(appraise_projects(a_study())).columns]
    assert keys == ["year", "recurrent", "incremental", "one_off", "change"]


def test_a_fund_that_is_owed_at_the_end_is_told_with_its_amount(found: Appraised) -> None:
    """60,000 over six years: four payments of 10,000 leave 20,000."""
    late = appraise_projects(a_study(FUND | {"repaid_over": 6}))
    (told,) = [one for one in findings_of(late) if one.code == "fund-still-owed"]
    assert (told.filled()["part"], told.filled()["amount"]) == ("Fund", "20,000")
    assert not [one for one in findings_of(found) if one.code == "fund-still-owed"]


def test_every_figure_of_a_fund_opens(found: Appraised) -> None:
    _, figures = figures_of_case(found)
    for key in (
        "plan.2025-26.repaid",
        "plan.2024-25.lent",
        "gap.2025-26.fund",
        "plan.2025-26.change",
        "partner_plans.E1.2025-26.recurrent",
    ):
        figure = figures.find(key)
        assert isinstance(figure, Figure)
        assert figure.inputs


def test_a_plan_says_that_a_reserve_is_not_taken_off() -> None:
    plan = plan_table(
        appraise_projects(a_study({name: value for name, value in FUND.items() if name != "repaid_over"}))
    )
    assert column(plan, "one_off")[0] == -60_000
    assert "reserves pay towards them is not taken off" in str(plan.notes)
    assert plan_table(appraise_projects(a_study())).notes == ()


def test_each_partner_has_a_plan_of_its_own_and_they_add_up_to_that_of_all(found: Appraised) -> None:
    table, whole = partner_plan_table(found), plan_table(found)
    years = len(whole.rows)
    changes = column(table, "change")
    assert changes[:years] == column(plan_table(found, partner="E1"), "change")
    both = [one + other for one, other in zip(changes[:years], changes[years:], strict=True)]
    assert both == pytest.approx(column(whole, "change"))


def test_what_is_lent_opens_to_the_amounts_that_the_study_states(found: Appraised) -> None:
    _, figures = figures_of_case(found)
    leaf = figures.find("projects.p.funding.fund")
    assert isinstance(leaf, Ingredient)
    assert "amounts 2024-25 60,000" in str(leaf.value)


def test_a_fund_stated_in_prices_of_the_base_year_says_why_its_cash_is_another_amount() -> None:
    """£60,000 in prices of 2024-25, lent in 2025-26, is £60,000 x 1.03118 = £61,871 in cash."""
    cash = a_study(FUND | {"amounts": {"2025-26": 60_000}})
    real = cash.model_copy(update={"projects": (cash.projects[0].model_copy(update={"prices": "real"}),)})
    found = appraise_projects(real)
    assert column(plan_table(found), "lent")[1] == pytest.approx(61_870.83, abs=0.01)
    assert lent_in_cash(found)[0] in plan_table(found).notes
    assert lent_in_cash(appraise_projects(cash)) == ()
