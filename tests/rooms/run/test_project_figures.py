"""Every printed figure of projects has a key, and opens down to the documents and the cells of the returns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from consortia.report.figures import Branch, Figure, Ingredient, SourceCell
from consortia.report.language import translator
from consortia.report.page import page
from consortia.report.tables import Table
from consortia.report.text import explanation
from consortia.report.words import Message, Quantity
from consortia.run import Run, run_study
from consortia.study import Study

from .conftest import with_definition

DAY = date(2026, 11, 22)
CEREDIGION, PEMBROKESHIRE, POWYS = "W06000008", "W06000009", "W06000023"


@pytest.fixture(scope="module")
def run(three_councils: Study) -> Run:
    """A study that shares, with projects of many forms: rate, post, units, amounts on a line, gain share, funding."""
    study = with_definition(
        three_councils,
        funding_gap={"2026-27": 500_000},
        savings_target={"amount": 1_000_000},
        lines=[
            {"key": "education", "partner": CEREDIGION, "service": "education", "growth": 0.01},
            {"key": "ict", "partner": POWYS, "amount": 3_000_000, "floor": 1_000_000},
        ],
        posts=[{"key": "head", "partner": PEMBROKESHIRE, "title": {"en": "Head"}, "salary": 80_000, "on_cost": 0.28}],
        projects=[
            {
                "key": "team", "title": {"en": "One team", "cy": "Un tîm"},
                "effects": [
                    {"kind": "rate_of_line", "key": "rate", "lines": ["education", "ict"],
                     "rate": {"low": 0.0, "mode": 0.02, "high": 0.05, "grade": 3}},
                    {"kind": "posts", "key": "heads", "posts": ["head"]},
                    {"kind": "units", "key": "calls", "unit": {"en": "calls"}, "unit_cost": 4, "volume": 50_000,
                     "money": "non_cashable", "partner": POWYS},
                ],
                "costs": [
                    {"kind": "ict", "key": "move", "amounts": {"2025-26": 50_000},
                     "times": {"low": 1, "mode": 1, "high": 2}},
                    {"kind": "redundancy", "key": "leavers", "partner": PEMBROKESHIRE, "year": "2026-27",
                     "people": [{"age": 58, "service_years": 25, "weekly_pay": 900, "pension_strain": 40_000}]},
                ],
                "funding": [{"key": "fund", "title": {"en": "Fund"}, "amounts": {"2025-26": 50_000}, "repaid_over": 3}],
            },
            {
                "key": "energy", "title": {"en": "Energy"}, "maturity": "full_case",
                "effects": [{"kind": "amounts", "key": "price", "lines": ["ict"], "amounts": {"2026-27": 300_000}}],
                "terms": [{"kind": "gain_share", "key": "share", "partner": POWYS, "target": {"2026-27": 250_000}}],
                "outturns": [{"year": "2025-26", "planned": 10, "delivered": 8}],
            },
        ],
    )  # fmt: skip
    return run_study(study, made_on=DAY)


def numbers(table: Table) -> Iterator[tuple[str, float]]:
    """The key and the value of every number that a table shows."""
    for row, cells in enumerate(table.rows):
        for place, cell in enumerate(cells):
            value = cell.value if isinstance(cell, Quantity) else cell
            if isinstance(value, int | float):
                yield table.key_of(row, place), value


def value_of(run: Run, key: str) -> object:
    entry = run.figures.find(key)
    assert not isinstance(entry, SourceCell)
    return entry.value


def leaves(branch: Branch) -> Iterator[Ingredient | SourceCell]:
    if not isinstance(branch.entry, Figure):
        yield branch.entry
    for each in branch.inputs:
        yield from leaves(each)


def opened(run: Run, key: str) -> set[str]:
    return {one.key for one in leaves(run.figures.explain(key, depth=12, breadth=500))}


def test_every_number_of_a_project_table_has_a_figure_of_its_value(run: Run) -> None:
    tables = (*run.content.together, *run.content.projects)
    assert len(tables) > 20
    found = [(key, value) for table in tables for key, value in numbers(table)]
    assert [key for key, _ in found if key not in run.figures] == []
    assert [key for key, value in found if value_of(run, key) != value] == []


def test_a_figure_opens_down_to_the_document(run: Run) -> None:
    assert {"projects.team.effects.rate.rate", "posts.head.salary", "lines.ict.amount"} <= opened(
        run, "kinds.all.cashable"
    )


def test_a_line_without_an_amount_opens_down_to_the_cell_of_the_return(run: Run) -> None:
    assert any(key.startswith(f"cell.{CEREDIGION}.") for key in opened(run, "lines.education.today"))


def test_the_whole_opens_down_to_sharing_and_to_projects(run: Run) -> None:
    keys = opened(run, "measures.npv.value")
    assert "projects.team.costs.move.amounts" in keys
    assert any(key.startswith("assumption.saving.") for key in keys)


def test_a_cost_opens_to_its_amount_and_not_to_what_is_delivered(run: Run) -> None:
    keys = opened(run, f"costs.projects.team.costs.move.{CEREDIGION}.one_off_cost.total")
    assert "projects.team.costs.move.times" in keys
    assert not any(key.startswith("input.delivery") for key in keys)


def test_a_stated_value_says_that_it_is_stated_and_how_good_it_is(run: Run) -> None:
    rate = run.figures.find("projects.team.effects.rate.rate")
    assert isinstance(rate, Ingredient)
    assert rate.evidence == "P"
    assert isinstance(rate.note, Message)
    assert rate.note.msgid == "grade {grade} of 6"


def test_cash_says_that_it_is_cash_and_real_amounts_their_price_base(run: Run) -> None:
    cash, real = run.figures.find("plan.2026-27.recurrent"), run.figures.find("kinds.2026-27.cashable")
    assert isinstance(cash, Figure)
    assert isinstance(real, Figure)
    assert (cash.unit, cash.price_base) == ("pounds, cash of the year", "")
    assert (real.unit, real.price_base, real.period) == ("pounds", "2024-25", "2026-27")


def test_keys_need_no_quotes_on_a_command_line(run: Run) -> None:
    assert [one.key for one in run.figures.figures if set(one.key) & set("|&;<>*?$ ")] == []


def test_a_key_opens_in_welsh(run: Run) -> None:
    from rich.console import Console

    console = Console(width=200)
    with console.capture() as said:
        console.print(explanation(run.figures.explain("kinds.2026-27.cashable"), language="cy"))
    assert "swm y ffrydiau o'r math hwnnw" in said.get()


def test_the_page_links_a_project_figure_to_its_formula(run: Run) -> None:
    shown = page(run.content, language="en")
    assert 'href="#figure-measures.npv.value"' in shown
    assert 'id="figure-measures.npv.value"' in shown


def test_what_is_spent_as_planned_comes_out_of_its_formula_on_a_calculator(run: Run) -> None:
    figure = run.figures.find(f"flow.team.move.{CEREDIGION}.2025-26")
    assert isinstance(figure, Figure)
    assert isinstance(figure.formula, Message)
    parts = {name: float(str(value).replace(",", "")) for name, value in figure.formula.values}
    assert parts["multipliers"] == pytest.approx((1 + 4 * 1 + 2) / 6)
    assert parts["planned"] * parts["multipliers"] * parts["path"] == pytest.approx(figure.value, abs=0.01)


def test_a_slip_states_its_chance_and_that_the_central_case_takes_none(run: Run) -> None:
    slip = run.figures.find("input.slip:energy")
    assert isinstance(slip, Ingredient)
    said = translator("en").words(slip.unit)
    assert slip.value == 0
    assert "taken as none in the central case" in said
    assert "with a chance of" in said


def test_a_part_of_a_line_states_its_part_and_what_multiplies_it(run: Run) -> None:
    """PERT(0, 2%, 5%) has the mean (0 + 4 x 2% + 5%) / 6."""
    figure = run.figures.find("flow.team.rate.ict.2030-31")
    assert isinstance(figure, Figure)
    said = translator("en").words(figure.formula)
    parts = dict(figure.formula.values) if isinstance(figure.formula, Message) else {}
    assert float(str(parts["planned"])) == pytest.approx((4 * 0.02 + 0.05) / 6)
    assert (parts["multipliers"], parts["path"]) == ("1", "1")
    assert "drawn multipliers" not in said


def test_a_part_shared_says_the_numbers_that_multiply_it(run: Run) -> None:
    """The stream of a shared service is drawn in itself: its mean stands in the formula."""
    keys = [one.key for one in run.figures.figures if one.key.startswith("flow.") and "education" in one.key]
    told = [run.figures.find(key) for key in keys]
    parts = [dict(one.formula.values) for one in told if isinstance(one, Figure) and isinstance(one.formula, Message)]
    assert [one for one in parts if one.get("multipliers", "1") not in ("1", "")]
