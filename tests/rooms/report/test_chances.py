"""A chance that is only near to none, or to certainty, is told alike wherever it stands, and never as 0% or 100%."""

from __future__ import annotations

import io

import openpyxl
import pytest
from xlsxwriter import Workbook

from consortia.report.language import translator
from consortia.report.words import Quantity
from consortia.report.workbook.sheet import Book, Sheet

TOLD = [(0.0, "0%"), (0.004, "less than 1%"), (0.03, "3%"), (0.996, "more than 99%"), (1.0, "100%")]


@pytest.mark.parametrize(("chance", "said"), TOLD)
def test_a_sentence_and_a_table_say_the_same_of_a_chance(chance: float, said: str) -> None:
    words = translator("en")
    assert words.cell(chance, "chance") == words.cell(Quantity(chance, "chance")) == said


@pytest.mark.parametrize(("chance", "said"), [(0.0, "less than 1%"), (0.03, "3%"), (1.0, "more than 99%")])
def test_what_no_draw_shows_is_not_said_to_be_nil(chance: float, said: str) -> None:
    words = translator("en")
    assert words.cell(chance, "drawn") == words.cell(Quantity(chance, "drawn")) == said


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_sheet_says_it_in_the_same_words_and_keeps_the_number(language: str) -> None:
    saved, words = io.BytesIO(), translator(language)
    book = Book(Workbook(saved, {"in_memory": True}), words)
    sheet = Sheet.add(book, "Decision")
    for row, (chance, _) in enumerate(TOLD):
        sheet.number(row, 0, chance, "chance")
    book.file.close()
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(saved.getvalue())).active.iter_rows()]
    assert [cell.value for cell in cells] == [chance for chance, _ in TOLD]
    shown = [cell.number_format for cell in cells]
    near = [f'"{words.chance(chance)}"' for chance in (0.004, 0.996)]
    assert shown == ["0%", near[0], "0%", near[1], "0%"]


def test_a_sheet_says_the_same_of_what_was_counted_in_draws() -> None:
    saved, words = io.BytesIO(), translator("en")
    book = Book(Workbook(saved, {"in_memory": True}), words)
    sheet = Sheet.add(book, "Decision")
    for row, chance in enumerate((0.0, 0.5, 1.0)):
        sheet.number(row, 0, chance, "drawn")
    book.file.close()
    page = openpyxl.load_workbook(io.BytesIO(saved.getvalue()))["Decision"]
    assert [row[0].number_format for row in page.iter_rows()] == ['"less than 1%"', "0%", '"more than 99%"']
