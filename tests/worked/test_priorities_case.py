"""Five projects within £1m (`examples/cases/priorities.yaml`), with every sum spelled out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consortia.report.language import translator
from consortia.report.text import table_text
from consortia.run.priorities import Prioritised, prioritise
from consortia.run.priority_tables import priority_tables
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.projects_in_paper import figures_of_case
from consortia.study import Definition
from consortia.study.scenarios import with_overrides
from consortia.study.store import read_definition

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "priorities.yaml"
A_POUND_A_YEAR = sum(1.035**-t for t in (1, 2, 3, 4))
"""£1 a year in four years: 3.673079."""
BOTH = 334_616 + 260_500 * A_POUND_A_YEAR - 550_000
"""Payroll shared, records and home working; the last two save 1 - 0.85 x 0.87 = 26.05% of £1m."""


@cache
def appraised() -> Appraised:
    return appraise_projects(read_definition(CASE), file=CASE.name)


def priorities(**overrides: Any) -> Prioritised:
    """The case with other values at places in `priorities`."""
    changed = {f"priorities.{place.replace('__', '.')}": value for place, value in overrides.items()}
    definition: Definition = with_overrides(read_definition(CASE), changed) if changed else read_definition(CASE)
    found = prioritise(appraise_projects(definition)) if changed else prioritise(appraised())
    assert found is not None
    return found


def chosen(found: Prioritised) -> list[str]:
    assert found.within
    assert found.within.best
    return [found.candidates[place].project.key for place in sorted(found.within.best.chosen)]


def test_each_project_by_itself_is_worth_its_savings_less_its_cost() -> None:
    worth = {one.project.key: round(one.worth) for one in priorities().candidates}
    sums = {"contact": (250_000, 600_000), "payroll": (200_000, 400_000), "own_payroll": (80_000, 150_000),
            "records": (150_000, 350_000), "home": (130_000, 200_000)}  # fmt: skip
    assert worth == {key: round(saving * A_POUND_A_YEAR - cost) for key, (saving, cost) in sums.items()}


def test_the_best_set_within_the_money_is_not_the_one_taken_by_worth_alone() -> None:
    found = priorities()
    assert found.within
    assert found.within.best
    assert chosen(found) == ["payroll", "records", "home"]
    assert found.within.best.worth == pytest.approx(BOTH, abs=1)
    assert found.within.best.spent == pytest.approx((400_000 + 350_000 + 200_000,))
    assert found.within.best.proved
    assert found.within.best.worth > 318_270 + 334_616  # contact centre and payroll shared: £1m spent


def test_deciding_a_project_the_other_way_loses_what_the_next_best_set_is_worth_less() -> None:
    found = priorities()
    assert found.within
    lost = dict(zip((one.project.key for one in found.candidates), found.within.lost, strict=True))
    assert lost["contact"] == pytest.approx(BOTH - (318_270 + 334_616), abs=2)  # with it: contact and payroll shared
    assert lost["payroll"] == pytest.approx(334_616 - 143_846, abs=2)  # without it: payroll kept in its place


def test_what_is_required_and_what_is_left_out_hold() -> None:
    assert chosen(priorities(must=["contact"])) == ["contact", "payroll"]
    assert chosen(priorities(leave_out=["records"])) == ["contact", "payroll"]  # home working waits for the records


def test_a_budget_by_year_holds_in_that_year() -> None:
    assert chosen(priorities(budget=None, by_year={"2024-25": 600_000})) == ["records", "home"]


def test_a_weighted_score_is_the_weighted_mean_of_the_places_on_the_scales() -> None:
    ranked = priorities().ranked
    assert ranked
    totals = dict(zip((one.project.key for one in ranked.projects), ranked.totals, strict=True))
    assert totals["payroll"] == pytest.approx(0.40 * 334_615.84 / 400_000 + 0.35 * 0.3 + 0.25 * 0.8, abs=1e-6)
    assert totals["home"] == pytest.approx(0.40 * 277_500.30 / 400_000 + 0.35 * 0.7 + 0.25 * 0.5, abs=1e-6)


def test_home_working_falls_behind_payroll_when_residents_count_a_twentieth_less() -> None:
    ranked = priorities().ranked
    assert ranked
    nearest = ranked.reversals[0]
    assert [ranked.projects[place].project.key for place in (nearest.above, nearest.below)] == ["home", "payroll"]
    lead = 0.40 * (277_500.30 - 334_615.84) / 400_000 + 0.35 * (0.7 - 0.3) + 0.25 * (0.5 - 0.8)
    assert nearest.change == pytest.approx(-lead / (0.35 * (0.7 - 0.3)), abs=1e-6)  # -5.6%
    assert {ranked.criteria[one.criterion].key for one in ranked.reversals} == {"worth", "residents", "ready"}
    ranges = {one.project.key: span for one, span in zip(ranked.projects, ranked.ranges, strict=True)}
    assert (ranges["contact"], ranges["home"], ranges["payroll"]) == ((1, 1), (2, 3), (2, 3))


def test_every_number_of_the_tables_opens_to_what_was_stated() -> None:
    tables, figures = figures_of_case(appraised())
    held = {table.key: table for table in tables}
    assert {"priorities", "rank_reversals", "score_evidence", "within_budget", "other_budgets"} <= held.keys()
    opened = {branch.entry.key for branch in figures.explain("priorities.payroll.total", depth=3).inputs}
    assert {"priorities.payroll.scores.residents", "priorities.criteria.ready.weight"} <= opened
    assert "projects.payroll.scores.ready" in str(figures.explain("priorities.payroll.scores.ready"))


def test_the_tables_speak_welsh() -> None:
    from rich.console import Console

    console = Console(width=300)
    with console.capture() as said:
        for table in priority_tables(appraised()):
            console.print(table_text(table, language="cy"))
    for words in ("Pa brosiectau y dylid eu gwneud o fewn yr arian hwn", "Beth fyddai'n newid y safleoedd", "Profwyd"):
        assert words in said.get()
    assert translator("cy").text("Do it") == "Ei wneud"
