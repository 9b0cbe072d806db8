"""Projects compiled to streams: what each document comes to, in plain amounts by year."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from consortia.appraisal.paths import FlooredIndex, Growth, Product, Survives
from consortia.appraisal.refusals import AppraisalCancelled
from consortia.appraisal.risk import risk_of
from consortia.errors import BlockedByFindings, StudyError
from consortia.findings import Severity
from consortia.run.programme import Compiled, appraise_projects, compile_programme
from consortia.run.programme.tables import TAKEN_UP_LATER, first_year_table
from consortia.study import Definition

LINES = [{"key": "ash", "partner": "E1", "amount": 1000}, {"key": "birch", "partner": "E2", "amount": 500}]


def compiled(*effects: dict[str, Any], scenario: str = "base", lines: Any = LINES, **project: Any) -> Compiled:
    """A programme of one project over four years after 2024-25."""
    return compile_programme(a_study(*effects, lines=lines, **project), scenario=scenario)


def a_study(*effects: dict[str, Any], lines: Any = LINES, scenarios: Any = (), **project: Any) -> Definition:
    fields = {
        "key": "x",
        "title": {"en": "X"},
        "base_year": "2024-25",
        "horizon_years": 4,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}, {"code": "E2", "name": {"en": "Birch"}}],
        "lines": lines,
        "projects": [{"key": "p", "title": {"en": "P"}, "maturity": "as_stated", "effects": effects} | project],
        "scenarios": scenarios,
    }
    return Definition.model_validate(fields)


def planned(found: Compiled) -> dict[str, list[float]]:
    """The planned amounts of each stream, rounded."""
    return {stream.key: [round(amount, 4) for amount in stream.planned] for stream in found.programme.streams}


def test_a_rate_falls_on_each_of_its_lines() -> None:
    found = compiled({"kind": "rate_of_line", "key": "r", "lines": ["ash", "birch"], "rate": 0.1})
    assert planned(found) == {"p.r.ash": [0, 0.1, 0.1, 0.1, 0.1], "p.r.birch": [0, 0.1, 0.1, 0.1, 0.1]}
    assert all(stream.of_line for stream in found.programme.streams)


def test_a_range_is_its_mean_times_a_multiplier_of_one() -> None:
    found = compiled(
        {"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": {"low": 0, "mode": 0.1, "high": 0.5}}
    )
    assert planned(found)["p.r.ash"][1] == pytest.approx((0 + 4 * 0.1 + 0.5) / 6, abs=1e-4)
    assert found.programme.inputs["p.r.rate"].central == 1


def test_amounts_hold_until_the_next_year_that_is_named() -> None:
    found = compiled({"kind": "amounts", "key": "a", "partner": "E1", "amounts": {"2025-26": 5, "2027-28": 8}})
    assert planned(found) == {"p.a": [0, 5, 5, 8, 8]}


def test_what_is_new_in_each_year_lasts_as_long_as_it_is_said_to() -> None:
    effect = {"kind": "amounts", "key": "a", "partner": "E1", "amounts": {"2025-26": 5, "2026-27": 8}}
    effect |= {"new_each_year": True, "persistence": {"lasts": "years", "further_years": 1}}
    assert planned(compiled(effect)) == {"p.a": [0, 5, 13, 8, 0]}


def test_amounts_without_a_line_are_split_by_the_weights_of_the_project() -> None:
    found = compiled({"kind": "amounts", "key": "a", "amounts": {"2025-26": 8}}, split={"E1": 3, "E2": 1})
    assert planned(found) == {"p.a.E1": [0, 6, 6, 6, 6], "p.a.E2": [0, 2, 2, 2, 2]}


def test_a_straight_adoption_is_full_in_its_last_year() -> None:
    adoption = {"curve": "linear", "years": 4}
    found = compiled({"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.4, "adoption": adoption})
    assert planned(found)["p.r.ash"] == [0, 0.1, 0.2, 0.3, 0.4]


def test_units_are_cost_times_volume_times_rate_growing_with_the_volume() -> None:
    effect = {"kind": "units", "key": "u", "unit": {"en": "claims"}, "partner": "E1", "unit_cost": 2, "volume": 100}
    found = compiled(effect | {"rate": 0.5, "growth": 0.03})
    assert planned(found)["p.u"] == [0, 100, 100, 100, 100]
    assert found.programme.paths["path|p.u"] == Growth(0.03)


def test_an_index_less_points_never_below_its_floor_is_a_path_of_the_price() -> None:
    effect = {"kind": "contract", "key": "c", "partner": "E1", "current": {"2024-25": 100}, "price": 90}
    found = compiled(effect | {"indexation": {"index": {"low": 0.01, "mode": 0.03, "high": 0.06}, "less": 0.03}})
    path = found.programme.paths["path|p.c.price"]
    assert isinstance(path, Product)
    assert path.of[0] == FlooredIndex((0.03, "p.c.index"), 0.03, 0.0)
    assert planned(found) == {"p.c.now": [0, 100, 100, 100, 100], "p.c.price": [0, -90, -90, -90, -90]}


@pytest.mark.parametrize(
    ("project", "told"),
    [
        ({"maturity": "outline_idea"}, ["projects.p.effects.c"]),
        ({"maturity": "as_stated"}, []),
        ({"maturity": "as_stated", "delay_months": 6}, ["projects.p.effects.c"]),
    ],
)
def test_a_contract_price_that_is_drawn_neither_late_nor_in_part_is_told(
    project: dict[str, Any], told: list[str]
) -> None:
    effect = {"kind": "contract", "key": "c", "partner": "E1", "current": {"2024-25": 100}, "price": 90}
    found = compiled(effect, **project)
    assert not any(one.delivered for one in found.programme.streams)
    assert [one.place and one.place.cell for one in found.findings if one.code == "priced-as-stated"] == told


def test_a_cost_is_spent_as_planned_by_whoever_is_to_pay() -> None:
    cost = {"kind": "capital", "key": "site", "amounts": {"2024-25": 90}, "split": {"E1": 2, "E2": 1}}
    found = compiled(costs=[cost])
    assert planned(found) == {"p.site.E1": [60, 0, 0, 0, 0], "p.site.E2": [30, 0, 0, 0, 0]}
    assert not any(stream.delivered for stream in found.programme.streams)


def test_a_contingent_cost_stands_at_its_expected_value_in_the_central_case() -> None:
    found = compiled(
        costs=[{"kind": "other", "key": "claim", "partner": "E1", "amounts": {"2025-26": 50}, "chance": 0.2}]
    )
    assert found.programme.inputs["p.claim.chance"].central == pytest.approx(0.2)


def test_redundancy_is_by_statute_with_the_limit_of_its_day() -> None:
    # 12 weeks for ten years at 45: four at 1.5 and six at 1; a week's pay of 500 is below the limit.
    cost = {"kind": "redundancy", "key": "r", "partner": "E1", "year": "2024-25"}
    found = compiled(costs=[cost | {"people": [{"age": 45, "service_years": 10, "weekly_pay": 500, "number": 2}]}])
    assert planned(found) == {"p.r": [2 * 12 * 500, 0, 0, 0, 0]}


def test_a_post_is_its_salary_with_on_costs() -> None:
    post = {"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 50000, "on_cost": 0.3, "fte": 0.5}
    definition = a_study({"kind": "posts", "key": "ends", "posts": ["head"]})
    study = Definition.model_validate(definition.to_plain() | {"posts": [post]})
    assert planned(compile_programme(study)) == {"p.ends.head": [0, 32500, 32500, 32500, 32500]}


def test_a_guarantee_is_a_settlement_and_may_fail_with_who_gives_it() -> None:
    term = {"kind": "guarantee", "key": "g", "partner": "E1", "amounts": {"2025-26": 300}, "default_chance": 0.05}
    found = compiled(terms=[term])
    assert found.programme.settlements[0].lower == (0, 300, 300, 300, 300)
    assert found.programme.paths["p.g.E1"] == Survives(0.05, "end|p.g.E1")


def test_an_effect_lasts_as_long_as_its_contract_or_the_extension() -> None:
    term = {"kind": "extension", "key": "longer", "ends": "2026-27", "extended_to": "2027-28", "chance": 0.4}
    found = compiled({"kind": "amounts", "key": "a", "partner": "E1", "amounts": {"2025-26": 4}}, terms=[term])
    path = found.programme.paths["path|p.a"]
    assert path.factors({"end|p.longer": np.array([0.3, 0.5])}, years=5, lanes=2)[:, 0].tolist() == [1, 1, 1, 1, 0]
    assert path.factors({"end|p.longer": np.array([0.3, 0.5])}, years=5, lanes=2)[:, 1].tolist() == [1, 1, 1, 0, 0]


def test_a_line_without_an_amount_takes_that_of_the_return() -> None:
    lines = [{"key": "ash", "partner": "E1", "service": "planning"}]
    rows = {"partner": ["E1"], "service": ["planning"], "year": ["2024-25"], "measure": ["total_cost"]}
    study = a_study({"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.1}, lines=lines)
    found = compile_programme(study, harmonised=pl.DataFrame(rows | {"amount_pence": [123_400]}))
    assert found.programme.lines[0].base == (1234.0,) * 5


def test_a_line_whose_amount_nobody_has_stated_blocks() -> None:
    with pytest.raises(BlockedByFindings, match=r"lines\.ash\.amount"):
        compiled(lines=[{"key": "ash", "partner": "E1"}])


def test_a_scenario_without_overrides_compiles_to_the_same_programme() -> None:
    study = a_study(
        {"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": {"low": 0, "mode": 0.1, "high": 0.5}},
        scenarios=[{"key": "same", "title": {"en": "Same"}}],
        maturity="outline_case",
    )
    one, other = compile_programme(study), compile_programme(study, scenario="same")
    assert (one.programme.streams, one.programme.inputs) == (other.programme.streams, other.programme.inputs)


def test_a_study_without_projects_is_told_where_to_put_them() -> None:
    with pytest.raises(StudyError, match="under `projects`"):
        compiled(active=False)


@pytest.mark.parametrize("asked", range(1, 5))
def test_an_appraisal_can_be_stopped_at_any_of_its_parts(asked: int) -> None:
    answers = iter([False] * (asked - 1) + [True])
    with pytest.raises(AppraisalCancelled):
        appraise_projects(
            a_study({"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.1}),
            cancelled=lambda: next(answers),
        )


def test_the_range_is_the_mean_of_sixteen_scrambles_with_errors_measured_over_them() -> None:
    effect = {"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": {"low": 0, "mode": 0.1, "high": 0.5}}
    found = appraise_projects(a_study(effect))
    once = risk_of(found.appraisal.worth())
    assert found.replicated is not None
    assert (len(found.replicated.seeds), found.replicated.count) == (16, 4096)
    assert found.risk() == found.replicated.group
    assert found.risk().p50 == pytest.approx(once.p50, abs=4 * once.errors.p50)
    assert 0 < found.risk().errors.p50 < once.errors.p50


def test_where_nothing_is_uncertain_there_is_nothing_to_replicate() -> None:
    found = appraise_projects(a_study({"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.1}))
    assert found.replicated is None
    assert found.risk().p10 == found.risk().p90 == pytest.approx(found.net_present_value)


def test_an_annual_grant_is_sure_for_its_first_year_and_then_renewed_or_gone() -> None:
    grant = {"kind": "contribution", "key": "g", "giver": {"en": "State"}, "amounts": {"2025-26": 10}}
    found = appraise_projects(a_study(terms=[grant | {"partner": "E1", "then": "continue", "renewal": 0.75}]))
    income = found.appraisal.account("income")[1:].mean(axis=0)
    assert income == pytest.approx([0, 10, 7.5, 5.625, 4.21875], abs=0.02)


FAULTY = {"key": "bold", "title": {"en": "Bold"}, "overrides": {"projects.p.effects.countr.rate": 0.2}}
SOUND = {"key": "more", "title": {"en": "More"}, "overrides": {"projects.p.effects.r.rate": 0.2}}


@pytest.mark.parametrize("scenario", ["base", "more"])
def test_a_fault_of_one_scenario_holds_up_neither_the_base_nor_the_others(scenario: str) -> None:
    effect = {"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.1}
    found = compile_programme(a_study(effect, scenarios=[FAULTY, SOUND]), scenario=scenario)
    told = [str(one) for one in found.findings if one.severity is Severity.WARNING]
    assert len(told) == 1
    assert "There is no 'countr' there." in told[0]
    assert "[study.yaml, scenarios.bold.overrides.projects.p.effects.countr.rate]" in told[0]


def test_a_faulty_scenario_is_refused_where_it_is_asked_for() -> None:
    effect = {"kind": "rate_of_line", "key": "r", "lines": ["ash"], "rate": 0.1}
    with pytest.raises(StudyError, match="There is no 'countr' there"):
        compile_programme(a_study(effect, scenarios=[FAULTY, SOUND]), scenario="bold")


def test_a_project_taken_up_over_years_has_its_first_year_apart_from_its_highest() -> None:
    """£42,000 in the first year and £85,000 from the next: the full-year effect of what begins first is no £85,000."""
    saved = {"kind": "amounts", "key": "s", "partner": "E1", "amounts": {"2025-26": 42_000, "2026-27": 85_000}}
    table = first_year_table(appraise_projects(a_study(saved)))
    (row,) = table.rows
    assert row[1:] == ("2025-26", 42_000, 42_000, 0, 85_000, "2026-27")
    assert TAKEN_UP_LATER in table.notes
