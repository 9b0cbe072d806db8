"""A percentage of savings: the same lines above and below, in the same years; what is left out is named."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.report.words import Message, Quantity
from consortia.run.programme import appraise_projects
from consortia.run.programme.flow_figures import ProjectTrail, add_flows
from consortia.run.programme.headline_table import headline_table
from consortia.run.programme.keyed_tables import keyed
from consortia.study import Definition

STATED = {"maturity": "as_stated"}


def a_study(*projects: dict[str, Any], growth: float = 0.0) -> Definition:
    lines = [
        {"key": "legal", "partner": "E1", "amount": 1_000_000, "growth": growth},
        {"key": "grounds", "partner": "E1", "amount": 1_000_000, "growth": growth},
    ]
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 2, "lines": lines,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}], "projects": projects,
    }  # fmt: skip
    return Definition.model_validate(fields)


def a_project(key: str, *effects: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": key}, "effects": effects} | STATED | changes


RATE = {"kind": "rate_of_line", "key": "rate", "lines": ["legal"], "rate": 0.05}
ON_NO_LINE = {"kind": "amounts", "key": "calls", "amounts": {"2025-26": 52_000}}


def left_out(table: Any) -> dict[str, float]:
    """The amounts that the notes name, by the first words of the note."""
    found = {}
    for note in table.notes:
        values = dict(note.values) if isinstance(note, Message) else {}
        if isinstance(values.get("amount"), Quantity):
            found[note.msgid.split(",")[0]] = values["amount"].value
    return found


def test_savings_on_no_line_are_named_and_not_over_the_lines() -> None:
    """5% of the one million of legal, 50,000 a year, over two million of lines: 2.5%. With the 52,000: 5.1%."""
    table = headline_table(appraise_projects(a_study(a_project("team", RATE, ON_NO_LINE))))
    assert table.column("gross") == pytest.approx([0.025, 0.025, 0.05])
    assert left_out(table) == {
        "Left out above: cashable savings that fall on none of these lines": pytest.approx(2 * 52_000)
    }


def test_the_last_year_stands_over_the_budget_of_the_last_year() -> None:
    """Lines that grow by 10% a year: 2 x 1.21 million in the last year, of which 5% of 1.21 million are saved."""
    table = headline_table(appraise_projects(a_study(a_project("team", RATE), growth=0.1)))
    assert table.column("gross")[1] == pytest.approx(0.05 * 1_210_000 / (2 * 1_210_000))


def test_costs_of_projects_on_other_lines_are_not_taken_off() -> None:
    """The team costs 30,000 once: (100,000 - 30,000) / 4,000,000. What the calls cost is left out, and named."""
    costs = {"kind": "ict", "key": "ict"}
    study = a_study(
        a_project("team", RATE, costs=[costs | {"amounts": {"2024-25": 30_000}}]),
        a_project("calls", ON_NO_LINE, costs=[costs | {"amounts": {"2025-26": 7_000}}]),
    )
    table = headline_table(appraise_projects(study))
    assert table.column("net")[0] == pytest.approx(70_000 / 4_000_000)
    named = "Left out: what projects cost partners that save nothing on these lines by them"
    assert left_out(table)[named] == pytest.approx(7_000)


def test_income_and_receipts_are_no_saving_on_a_line() -> None:
    receipt = {"kind": "receipt", "key": "sale", "amounts": {"2025-26": 90_000}}
    table = headline_table(appraise_projects(a_study(a_project("team", RATE, costs=[receipt]))))
    assert table.column("net") == table.column("gross")
    assert left_out(table) == {"Left out: income": pytest.approx(90_000)}


def test_a_percentage_opens_to_the_streams_and_the_lines_that_it_is_of() -> None:
    """50,000 + 50,000 over the two lines of two years, four million; the 52,000 of calls are no part of it."""
    found = appraise_projects(a_study(a_project("team", RATE, ON_NO_LINE)))
    trail = ProjectTrail(found)
    add_flows(trail)
    (table,) = keyed((headline_table(found),), trail)
    inputs = {key: trail.figures[key].value for key in trail.figures[table.key_of(0, 1)].inputs}
    saved = sum(value for key, value in inputs.items() if key.startswith("stream."))
    lines = sum(value for key, value in inputs.items() if not key.startswith("stream."))
    assert (saved, lines) == pytest.approx((100_000, 4_000_000))


def test_what_a_project_costs_a_partner_that_saves_nothing_by_it_is_left_out_and_named_so() -> None:
    """The team saves for Ash, and brings Birch a cost of 8,000: Ash's percentage is not less for it."""
    cost = {"kind": "ict", "key": "ict", "partner": "E2", "amounts": {"2025-26": 8_000}}
    plain = a_study(a_project("team", RATE, costs=[cost])).to_plain()
    partners = [*plain["partners"], {"code": "E2", "name": {"en": "Birch"}}]
    table = headline_table(appraise_projects(Definition.model_validate(plain | {"partners": partners})))
    assert table.column("net") == table.column("gross")
    assert left_out(table) == {
        "Left out: what projects cost partners that save nothing on these lines by them": pytest.approx(8_000)
    }
