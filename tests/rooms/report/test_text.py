"""The terminal shows the same words and rounding as the papers, and fits 80 columns."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from consortia.report.paper import PaperContent
from consortia.report.text import decision_text, table_text


def printed(thing: object, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO())
    console.print(thing)
    return console.file.getvalue()


def test_the_decision_table_holds_every_answer(content: PaperContent) -> None:
    shown = printed(decision_text(content.decision), width=140)
    told = ("100 / 1,235", "2,900", "3.4", "All of", "Yes", "Do not share this.", "Collaboration")
    assert [words for words in told if words not in shown] == []


def test_a_terminal_of_80_columns_is_enough(content: PaperContent) -> None:
    shown = printed(decision_text(content.decision))
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown


def test_tables_state_unit_price_base_and_period(content: PaperContent) -> None:
    shown = " ".join(printed(table_text(content.shares)).split())
    assert "Amounts in thousands of pounds (£k), rounded. In 2024-25 prices (real)." in shown
    assert "Period: 2024-25 to 2034-35." in shown


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_table_of_a_paper_prints(content: PaperContent, language: str) -> None:
    for table in content.tables:
        assert printed(table_text(table, language=language), width=160)


def test_a_range_shares_one_column(content: PaperContent) -> None:
    assert "90 / 1,500 / 2,800" in printed(table_text(content.by_partner), width=160)
