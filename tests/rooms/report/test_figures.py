"""A figure opens to its formula, its assumptions and the source cells of its money."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.tree import Tree

from consortia.report.figures import Figure, FigureBook, UnknownFigure
from consortia.report.text import explanation


def printed(tree: Tree) -> str:
    console = Console(width=120, file=io.StringIO())
    console.print(tree)
    return console.file.getvalue()


def figure(key: str, *inputs: str) -> Figure:
    return Figure(key, 1.0, "£", "2024-25", "2024-25", "sum", inputs)


def test_an_explanation_goes_down_to_the_source_cells(book: FigureBook) -> None:
    tree = book.explain("tax.npv")
    saving, rate = tree.inputs
    assert rate.entry.key == "discount_rate"
    assert [leaf.entry.key for leaf in saving.inputs] == ["cell.a", "cell.b"]


def test_depth_says_how_far_down_and_counts_what_is_left_out(book: FigureBook) -> None:
    shallow = book.explain("tax.npv", depth=1)
    assert [branch.cut for branch in shallow.inputs] == [2, 0]


def test_breadth_limits_the_inputs_at_each_level(book: FigureBook) -> None:
    narrow = book.explain("tax.npv", breadth=1)
    assert (len(narrow.inputs), narrow.cut) == (1, 1)


def test_an_unknown_figure_suggests_the_nearest_key(book: FigureBook) -> None:
    with pytest.raises(UnknownFigure, match=r"There is no figure 'tax\.nvp'\. Did you mean tax\.npv"):
        book.explain("tax.nvp")


def test_what_was_explained_once_is_not_opened_again() -> None:
    figures = figure("whole", "part", "other"), figure("other", "part"), figure("part", "deep"), figure("deep")
    book = FigureBook(figures)
    other = book.explain("whole").inputs[1]
    assert other.inputs[0].seen
    assert other.inputs[0].inputs == ()


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stand twice: a"):
        FigureBook((figure("a"), figure("a")))


def test_a_figure_of_unknown_inputs_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown inputs: nowhere"):
        FigureBook((figure("a", "nowhere"),))


def test_the_terminal_shows_formula_evidence_and_cell(book: FigureBook) -> None:
    shown = printed(explanation(book.explain("tax.npv")))
    told = ("tax.npv = 1,234,567.00", "DF × (saving − cost)", "V: verified", "RSX, Q12", "£1,500,000.00", "not known")
    assert [words for words in told if words not in shown] == []


def test_the_terminal_explains_in_welsh_too(book: FigureBook) -> None:
    assert "anhysbys" in printed(explanation(book.explain("tax.saving"), language="cy"))
