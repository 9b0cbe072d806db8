"""What is stated and would not be seen: after the last year, ended before it begins, below a floor; each is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.findings import Finding, Severity
from consortia.run.programme import compile_programme
from consortia.study import Definition

SAVING = {"kind": "amounts", "key": "s", "amounts": {"2025-26": 1000}}
CODES = {"outside-its-years", "beyond-the-horizon", "ends-before-it-starts", "floor-above-line", "after-the-horizon"}


def told(project: dict[str, Any] | None = None, **line: Any) -> list[Finding]:
    """What is found in a study of 2024-25 and two more years."""
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 2,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [{"key": "line", "partner": "E1", "amount": 1_000_000} | line],
        "projects": [{"key": "one", "title": {"en": "One"}, "effects": [SAVING]} | (project or {})],
    }  # fmt: skip
    found = compile_programme(Definition.model_validate(fields), file="case.yaml").findings
    return [one for one in found if one.code in CODES]


def amount(finding: Finding) -> str:
    return finding.filled()["amount"]


def test_what_is_within_the_years_is_no_finding() -> None:
    assert told({"costs": [{"kind": "ict", "key": "c", "amounts": {"2024-25": 10, "2026-27": 10}}]}) == []


def test_a_cost_after_the_last_year_is_told_with_its_amount_and_place() -> None:
    cost = {"kind": "ict", "key": "c", "amounts": {"2026-27": 10_000, "2027-28": 20_000, "2029-30": 5_000}}
    (found,) = told({"costs": [cost]})
    assert (found.code, found.severity) == ("beyond-the-horizon", Severity.WARNING)
    assert str(found.place) == "case.yaml, projects.one.costs.c"
    assert amount(found) == "25,000"
    assert found.filled()["years"] == "2027-28 to 2029-30"
    assert found.filled("cy")["years"] == "2027-28 i 2029-30"


def test_months_that_run_past_the_last_year_are_told() -> None:
    """120,000 a year for 30 months from April 2025: the last six, 60,000, fall in 2027-28."""
    (found,) = told(
        {"costs": [{"kind": "by_the_month", "key": "team", "cost_a_year": 120_000, "first": "2025-26", "months": 30}]}
    )
    assert amount(found) == "60,000"


def test_payments_of_pension_strain_past_the_last_year_are_told() -> None:
    """60,000 of strain in five level payments of 12,000 without interest: those of 2027-28 to 2029-30 are not seen."""
    person = {"age": 60, "service_years": 5, "weekly_pay": 600, "pension_strain": 60_000}
    (found,) = told(
        {"costs": [{"kind": "redundancy", "key": "r", "year": "2025-26", "people": [person], "strain_payments": 5}]}
    )
    assert (amount(found), found.filled()["years"]) == ("36,000", "2027-28 to 2029-30")


def test_funding_and_effects_after_the_last_year_are_told() -> None:
    later = {"2028-29": 700}
    found = told(
        {
            "effects": [SAVING | {"amounts": {"2025-26": 5, "2028-29": 600}}],
            "funding": [{"key": "f", "title": {"en": "F"}, "amounts": later}],
        }
    )
    assert [(str(one.place), amount(one)) for one in found] == [
        ("case.yaml, projects.one.effects.s", "600"), ("case.yaml, projects.one.funding.f", "700"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "place"),
    [
        ({"kind": "rate_of_line", "key": "s", "lines": ["line"], "rate": 0.1, "start": "2026-27", "until": "2025-26"},
         "until"),
        (SAVING | {"amounts": {"2026-27": 5}, "until": "2025-26"}, "until"),
        ({"kind": "rate_of_line", "key": "s", "lines": ["line"], "rate": 0.1, "start": "2030-31"}, "start"),
    ],
)  # fmt: skip
def test_an_effect_that_is_never_there_is_told(effect: dict[str, Any], place: str) -> None:
    (found,) = told({"effects": [effect]})
    assert found.code in {"ends-before-it-starts", "after-the-horizon"}
    assert str(found.place) == f"case.yaml, projects.one.effects.s.{place}"


def test_a_break_that_first_comes_after_the_last_year_is_told() -> None:
    (found,) = told({"terms": [{"kind": "break", "key": "b", "first": "2030-31", "chance": 0.1}]})
    assert (found.code, str(found.place)) == ("after-the-horizon", "case.yaml, projects.one.terms.b.first")
    assert told({"terms": [{"kind": "break", "key": "b", "first": "2026-27", "chance": 0.1}]}) == []


@pytest.mark.parametrize("years", [{"until": "2025-26"}, {"start": "2026-27", "amounts": {"2025-26": 7, "2026-27": 5}}])
def test_an_amount_outside_the_years_of_its_effect_is_told(years: dict[str, Any]) -> None:
    (found,) = told({"effects": [SAVING | {"amounts": {"2025-26": 5, "2026-27": 7}} | years]})
    assert (found.code, amount(found)) == ("outside-its-years", "7")
    assert str(found.place) == "case.yaml, projects.one.effects.s.amounts"


def test_a_floor_above_its_line_is_told_with_both_amounts() -> None:
    (found,) = told(floor=1_200_000)
    assert str(found.place) == "case.yaml, lines.line.floor"
    assert (found.filled()["floor"], amount(found)) == ("1,200,000", "1,000,000")


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.integers(2024, 2034), st.integers(1, 90_000), min_size=1))
def test_what_is_stated_is_either_counted_or_told(amounts: dict[int, int]) -> None:
    """Stated = what the streams hold + what the finding names, to the pound."""
    stated = {f"{year}-{(year + 1) % 100:02d}": pounds for year, pounds in amounts.items()}
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 4,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "projects": [{"key": "one", "title": {"en": "One"}, "effects": [SAVING],
                      "costs": [{"kind": "ict", "key": "c", "amounts": stated}]}],
    }  # fmt: skip
    compiled = compile_programme(Definition.model_validate(fields))
    counted = sum(sum(one.planned) for one in compiled.programme.streams if one.kind == "one_off_cost")
    unseen = [int(amount(one).replace(",", "")) for one in compiled.findings if one.code == "beyond-the-horizon"]
    assert counted + sum(unseen) == pytest.approx(sum(amounts.values()))
