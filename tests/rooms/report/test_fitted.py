"""Tables on narrow terminals: words are folded whole, and rows that cannot fit are set out as paragraphs."""

from __future__ import annotations

import io

from rich.console import Console

from consortia.report.fitted import FittedTable, fitted_widths

TABLE = FittedTable(
    ("Service", "Partner", "Cost (£)"),
    (("Environmental and regulatory services", "Canterbury", "1,234"), ("Central services", "Dover", "5")),
    (False, False, True),
    "How the partners compare",
    "In pounds.",
)


def printed(table: FittedTable, width: int) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width).print(table)
    return stream.getvalue()


def test_a_wide_terminal_shows_each_row_on_a_line() -> None:
    row = next(line for line in printed(TABLE, 100).splitlines() if "Environmental" in line)
    assert row.split() == ["Environmental", "and", "regulatory", "services", "Canterbury", "1,234"]


def test_a_narrow_terminal_folds_words_whole() -> None:
    shown = printed(TABLE, 42)
    assert {"Environmental", "Canterbury", "1,234"} <= set(shown.split())
    assert "…" not in shown


def test_what_cannot_fit_is_told_row_by_row() -> None:
    shown = printed(TABLE, 24)
    assert "Cost (£): 1,234" in shown
    assert "How the partners compare" in shown
    assert "In pounds." in shown


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in range(24, 90):
        assert all(len(line) <= width for line in printed(TABLE, width).splitlines())


def test_columns_share_what_is_left_over_without_cutting_a_word() -> None:
    assert fitted_widths([["a bb ccc"], ["dddd"]], 9) == [5, 4]
    assert fitted_widths([["a bb ccc"], ["dddd"]], 6) == []


def test_what_a_table_shows_stands_under_its_title() -> None:
    told = printed(FittedTable(("A",), (("b",),), title="The title", lead="What it shows.", caption="In pounds."), 60)
    assert told.index("The title") < told.index("What it shows.") < told.index("In pounds.")
