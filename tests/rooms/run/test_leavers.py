"""Leavers of a project: what pensions cost, what is left out, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consortia.errors import BlockedByFindings, UnknownReference
from consortia.findings import Finding
from consortia.run.programme import appraise_projects, compile_programme
from consortia.run.programme.cost_tables import LEAVERS_IN_CASH, cost_tables
from consortia.run.programme.leavers import leavers_of, leaving_day, redundancy_paid, strain_findings, strain_paid
from consortia.run.programme.part_words import KIND_NAMES
from consortia.run.programme.stated_tables import stated_findings, stated_tables
from consortia.study import Definition
from consortia.study.projects import Redundancy

OLD = {"age": 58, "service_years": 25, "weekly_pay": 900}
YOUNG = {"age": 40, "service_years": 5, "weekly_pay": 500}


def a_study(*people: dict[str, Any], also: tuple[dict[str, Any], ...] = (), **cost: Any) -> Definition:
    leaving = {"kind": "redundancy", "key": "leave", "year": "2025-26", "people": people} | cost
    return Definition.model_validate(
        {
            "key": "s",
            "title": {"en": "S"},
            "base_year": "2024-25",
            "partners": [{"code": "E1", "name": {"en": "One"}}],
            "projects": [{"key": "p", "title": {"en": "P"}, "costs": [leaving, *also]}],
        }
    )


def cost_of(study: Definition) -> Redundancy:
    (cost, *_) = study.projects[0].costs
    assert isinstance(cost, Redundancy)
    return cost


def told(study: Definition) -> list[str]:
    return [finding.text() for finding in strain_findings(study, file="study.yaml")]


def test_a_strain_that_nobody_quoted_is_left_out_and_said_so() -> None:
    study = a_study(OLD, YOUNG)
    assert sum(strain_paid(cost_of(study), leavers_of(cost_of(study), study)).values()) == 0
    (said,) = told(study)
    assert said.startswith("Leavers of 55 or older whose pension strain is not known, and is left out: 1.")


@pytest.mark.parametrize("strain", [0, 62_000])
def test_a_strain_that_is_stated_raises_no_question(strain: int) -> None:
    study = a_study(OLD | {"pension_strain": strain})
    assert told(study) == []
    assert strain_paid(cost_of(study), leavers_of(cost_of(study), study)) == {"2025-26": strain}


def test_a_strain_stated_as_an_amount_of_its_own_raises_no_question() -> None:
    apart = {"kind": "pension_strain", "key": "strain", "amounts": {"2025-26": 90_000}}
    assert told(a_study(OLD, also=(apart,))) == []


def test_a_strain_may_be_paid_in_level_payments_of_the_same_worth() -> None:
    study = a_study(OLD | {"pension_strain": 60_000}, strain_payments=3, strain_rate=0.05)
    first, second, third = strain_paid(cost_of(study), leavers_of(cost_of(study), study)).values()
    assert first == second == third
    assert first * (1 + 1 / 1.05 + 1 / 1.05**2) == pytest.approx(60_000)


def test_a_day_without_a_known_limit_is_refused_unless_one_is_given() -> None:
    study = a_study(YOUNG, year="2031-32")
    with pytest.raises(UnknownReference, match="6 April 2031 is not known"):
        redundancy_paid(cost_of(study), leavers_of(cost_of(study), study))
    given = a_study(YOUNG, year="2031-32", weekly_limit=800)
    assert redundancy_paid(cost_of(given), leavers_of(cost_of(given), given)) == 5 * 500


def test_days_without_a_known_limit_are_told_together_with_their_places() -> None:
    again = {"kind": "redundancy", "key": "later", "year": "2028-29", "people": [YOUNG]}
    with pytest.raises(BlockedByFindings) as refused:
        compile_programme(a_study(YOUNG, also=(again,), year="2027-28"), file="case.yaml")
    for place, day in (("leave", "2027-04-06"), ("later", "2028-04-06")):
        assert f"[case.yaml, projects.p.costs.{place}]" in refused.value.what
        assert f"The limit on a week's pay on {day} is not known here" in refused.value.what
    assert "`weekly_limit`" in refused.value.what


def test_a_limit_that_is_written_lets_a_later_day_be_appraised() -> None:
    found = compile_programme(a_study(YOUNG, year="2027-28", weekly_limit=780)).findings
    assert "weekly-limit-unknown" not in {one.code for one in found}


def stated(code: str, *people: dict[str, Any], **cost: Any) -> list[Finding]:
    return [one for one in stated_findings(a_study(*people, **cost), file="case.yaml") if one.code == code]


@pytest.mark.parametrize("day", ["2025-03-31", "2026-04-01"])
def test_a_leaving_outside_the_year_of_its_payment_is_told(day: str) -> None:
    (found,) = stated("leaving-outside-its-year", YOUNG, on=day)
    assert str(found.place) == "case.yaml, projects.p.costs.leave"
    assert f"Leavers go on {day}, which is not in 2025-26" in found.text()


@pytest.mark.parametrize("day", ["", "2025-04-01", "2026-03-31"])
def test_a_leaving_in_the_year_of_its_payment_is_no_finding(day: str) -> None:
    assert stated("leaving-outside-its-year", YOUNG, on=day) == []


def test_leavers_too_new_for_redundancy_pay_are_counted() -> None:
    (found,) = stated("service-too-short", YOUNG | {"service_years": 1, "number": 3}, YOUNG | {"service_years": 2})
    assert str(found.place) == "case.yaml, projects.p.costs.leave"
    assert "fewer than 2 complete years of service, whose redundancy pay is zero: 3." in found.text()


def test_redundancy_is_left_out_of_what_is_to_be_funded_and_named_with_its_amount() -> None:
    """Five weeks of 500 for somebody of 40; 3 x 1.5 = 4.5 weeks of 600, and 30,000 of strain, for one of 58."""
    old = {"age": 58, "service_years": 3, "weekly_pay": 600, "pension_strain": 30_000}
    plain = a_study(YOUNG, old).to_plain()
    plain["projects"][0]["funding"] = [{"key": "f", "title": {"en": "F"}, "amounts": {"2025-26": 1}}]
    (table,) = stated_tables(Definition.model_validate(plain))
    (note,) = table.notes
    assert dict(note.values)["amount"].value == pytest.approx(5 * 500 + 4.5 * 600 + 30_000)


def test_leavers_without_a_day_go_when_the_years_limit_begins_and_the_record_says_so() -> None:
    study = a_study(YOUNG)
    assert leaving_day(cost_of(study)) == date(2025, 4, 6)
    assert "default: 6 April of the year" in str(Redundancy.model_fields["on"].description)


def test_the_reference_calls_a_rank_no_fraction() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "records.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| `rank`")]
    assert "a number from -1 to 1" in row


def ending(*, post: dict[str, Any], **effect: Any) -> list[Finding]:
    """What is found where a post ends in a project without any redundancy."""
    plain = a_study(YOUNG).to_plain()
    held = {"key": "head", "partner": "E1", "title": {"en": "Head", "cy": "Pennaeth"}, "salary": 60_000} | post
    plain["posts"] = [held]
    plain["projects"][0] |= {"costs": [], "effects": [{"kind": "posts", "key": "e", "posts": ["head"]} | effect]}
    return [one for one in stated_findings(Definition.model_validate(plain)) if one.code == "posts-end-unpaid"]


def test_a_post_that_ends_without_redundancy_is_told_with_its_holder() -> None:
    (found,) = ending(post={})
    assert found.text().startswith("Posts that somebody holds end, and no redundancy is among the costs: Head.")
    assert found.filled("cy")["posts"] == "Pennaeth"
    assert str(found.place) == "study.yaml, projects.p.effects.e"


def test_a_vacant_post_or_a_reason_asks_for_no_redundancy() -> None:
    assert ending(post={"vacant": True}) == []
    assert ending(post={}, reason="both heads move to other posts") == []


def test_the_table_of_costs_says_that_a_strain_is_cash_brought_to_prices_of_the_base_year() -> None:
    """£40,000 in the cash of 2025-26 / 1.03118 = £38,790 in prices of 2024-25."""
    found = appraise_projects(a_study(OLD | {"pension_strain": 40_000}))
    table, _ = cost_tables(found)
    strain = next(row for row in table.rows if row[1] == KIND_NAMES["pension_strain"])
    assert strain[4] == pytest.approx(38_790.5, abs=0.05)
    assert LEAVERS_IN_CASH in table.notes
