"""What is wrong with the form of a document: one finding for each place, by keys, with the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from .documents import faults_of

AMOUNTS = {"kind": "amounts", "key": "audits", "partner": "E1", "amounts": {"2026-27": 5}}


def effect(**fields: Any) -> dict[str, Any]:
    return project(effects=[AMOUNTS | fields])


def project(**fields: Any) -> dict[str, Any]:
    return {"projects": [{"key": "buying", "title": {"en": "Buying"}} | fields]}


@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        (project(maturty="full_case"), "projects.buying.maturty", "There is no field 'maturty' here. Did you mean"),
        (project(maturity="contract"), "projects.buying.maturity", "Did you mean 'contracted'?"),
        (effect(kind="amount"), "projects.buying.effects.audits.kind", "Did you mean 'amounts'?"),
        (effect(amounts={2028: 40_000}), "projects.buying.effects.audits.amounts.2028", "write it as 2024-25"),
        (effect(amounts={"2028-29": 40, 0: None}), "projects.buying.effects.audits.amounts.0", "40000, not 40,000"),
        (effect(amounts={"2028-29": "40,000"}), "projects.buying.effects.audits.amounts.2028-29", "Write 40000."),
        (effect(times="5%"), "projects.buying.effects.audits.times", "Write 0.05."),
        (effect(times={"low": 1, "mod": 2, "high": 3}), "projects.buying.effects.audits.times.mod", "'mode'"),
        (effect(lines="libraries"), "projects.buying.effects.audits.lines", "'libraries' is not a list."),
        (project(title="Buying"), "projects.buying.title", "Write `en` and `cy` below it"),
        (project(counts=[{"key": "staff", "parts": {}, "total": 1}]), "projects.buying.counts.staff.title", "missing"),
        (
            project(uptakes=[{"date": "May", "item": "bins", "share": "half"}]),
            "projects.buying.uptakes[1].share",
            "half",
        ),
        ({"horizon_years": "ten"}, "horizon_years", "'ten' is not a number."),
        ({"lines": [{"key": "parks", "partner": "E1", "amount": "£1.2m"}]}, "lines.parks.amount", "in digits alone"),
        ({"lines": [{"key": "parks", "partner": "E1", "amount": float("nan")}]}, "lines.parks.amount", "not a number"),
        ({"draws": 100}, "draws", "no power of two"),
        ({"partners": []}, "partners", "at least 1"),
    ],
)
def test_a_fault_of_form_is_one_finding_with_place_and_remedy(fields: dict[str, Any], place: str, said: str) -> None:
    (finding,) = faults_of(fields)
    assert finding.place is not None
    assert (finding.place.file, finding.place.cell) == ("study.yaml", place)
    assert said in finding.text()


def test_two_of_one_key_are_told_with_the_list_that_they_stand_in() -> None:
    twice = {"key": "buying", "title": {"en": "Buying"}}
    (finding,) = faults_of({"projects": [twice, twice]})
    assert (finding.code, finding.place and finding.place.cell) == ("twins", "projects")


def test_all_faults_of_form_are_told_together() -> None:
    found = faults_of(project(maturty="x", title="Buying", start="soon"))
    assert {one.place.cell for one in found if one.place} == {
        "projects.buying.maturty", "projects.buying.title", "projects.buying.start",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (
            project(costs=[{"kind": "redundancy", "key": "leavers"}]),
            "year",
            "Add it: a financial year such as 2026-27.",
        ),
        (
            project(costs=[{"kind": "ict", "key": "new"}]),
            "amounts",
            "Add it: values by name, such as {2026-27: 120000}.",
        ),
        (project(terms=[{"kind": "break", "key": "b", "first": "2026-27"}]), "chance", "Add it: a number."),
        ({"lines": [{"partner": "E1"}]}, "key", "Add it: a key, without spaces or full stops."),
    ],
)
def test_what_is_missing_is_told_with_the_sort_of_value_that_belongs_there(
    fields: dict[str, Any], field: str, said: str
) -> None:
    (finding,) = faults_of(fields)
    assert finding.place is not None
    assert finding.place.cell.endswith(field)
    assert said in finding.text()
