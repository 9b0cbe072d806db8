"""A table holds raw values, states what they are, and comes back from JSON as it was."""

from __future__ import annotations

import json

import pytest

from consortia.report.paper import PaperContent
from consortia.report.plain import from_plain, to_plain
from consortia.report.tables import Column, Table
from consortia.report.words import Absent
from consortia.report.workbook_model import GroupInputs
from consortia.study.definition import Text


def table(*rows: tuple, **stated: str) -> Table:
    return Table("t", "Title", "Caption", (Column("a", "Service"), Column("b", "Cost", "money")), rows, **stated)


def test_money_without_period_and_price_base_is_refused() -> None:
    with pytest.raises(ValueError, match="state its period and its price base"):
        table(("x", 1.0))


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        table(("x",), period="2024-25", price_base="2024-25")


def test_a_column_is_found_by_its_key() -> None:
    assert table(("x", 1.0), ("y", None), period="2024-25", price_base="nominal").column("b") == (1.0, None)


def test_a_whole_paper_comes_back_from_json_as_it_was(content: PaperContent) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(content)))) == content


def test_the_figures_of_a_paper_come_back_and_still_explain_themselves(content: PaperContent) -> None:
    again = from_plain(json.loads(json.dumps(to_plain(content))))
    assert again.figures.explain("tax.npv") == content.figures.explain("tax.npv")


def test_what_is_absent_stays_apart_from_zero_in_json() -> None:
    cells = (Absent.NOT_KNOWN, Absent.NOT_PROVIDED, None, 0.0, 0)
    again = from_plain(json.loads(json.dumps(to_plain(cells))))
    assert again == cells
    assert [type(cell) for cell in again] == [type(cell) for cell in cells]


def test_inputs_of_the_workbook_come_back_from_json() -> None:
    group = GroupInputs("k", "tax", ("A", "B"), Text(en="Collaboration"), 0.55, 1, ((0.0, 1.5),), ((2.0, 0.1),))
    assert from_plain(json.loads(json.dumps(to_plain(group)))) == group


def test_what_is_no_content_is_refused() -> None:
    with pytest.raises(ValueError, match="a set is no content of a report"):
        to_plain({1, 2})
    with pytest.raises(ValueError, match="'Popen' is no content of a report"):
        from_plain({"is": "Popen", "args": "x"})
