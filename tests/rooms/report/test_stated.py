"""A traced figure is rounded and says unit, period and price base, in the same words wherever it stands."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from html import unescape

import docx
import pytest
from rich.console import Console

from consortia.report.document import document
from consortia.report.figures import Figure, FigureBook, Ingredient, SourceCell
from consortia.report.language import translator
from consortia.report.page import page
from consortia.report.paper import PaperContent
from consortia.report.plain import from_plain, to_plain
from consortia.report.stated import source_of, stated, value_of
from consortia.report.text import explanation
from consortia.report.words import Absent, say

WORTH = Figure(
    "tax.npv", 9_152_699.189999573, "pounds", say("{first} to {last}", first="2024-25", last="2034-35"), "2024-25",
    "sum over the services to be shared",
)  # fmt: skip
ENGLISH = "9,152,699.19 pounds, 2024-25 to 2034-35, in 2024-25 prices (real)"
WELSH = "9,152,699.19 o bunnoedd, 2024-25 i 2034-35, ym mhrisiau 2024-25 (real)"


@pytest.fixture
def traced(content: PaperContent) -> PaperContent:
    """The paper with a figure as a run makes it."""
    return replace(content, figures=FigureBook((WORTH,)))


def test_a_figure_is_rounded_and_says_period_and_price_base() -> None:
    assert stated(WORTH, translator("en")) == ENGLISH
    assert stated(WORTH, translator("cy")) == WELSH


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("cy", WELSH)])
def test_page_document_and_terminal_say_the_same(traced: PaperContent, language: str, words: str) -> None:
    formula = translator(language).words(WORTH.formula)
    paragraphs = [one.text for one in docx.Document(io.BytesIO(document(traced, language=language))).paragraphs]
    console = Console(width=200, file=io.StringIO())
    console.print(explanation(traced.figures.explain("tax.npv"), language=language))
    for shown in (unescape(page(traced, language=language)), "\n".join(paragraphs), console.file.getvalue()):  # type: ignore[attr-defined]
        assert words in shown
        assert formula in shown


def test_a_small_share_keeps_the_digits_that_it_needs() -> None:
    assert value_of(replace(WORTH, value=0.0123456789, unit="part of one"), translator("en")) == "0.0123457 part of one"


def test_what_never_comes_has_no_unit() -> None:
    never = replace(WORTH, value=Absent.NEVER, unit="years from the base year", price_base="")
    assert value_of(never, translator("cy")) == "byth o fewn y cyfnod"


def test_a_cell_shows_its_pounds_or_that_they_are_not_known() -> None:
    cell = SourceCell("cell.a", Decimal("-1500000.5"), "RSX", "", "Q12", "")
    assert value_of(cell, translator("en")) == "\N{MINUS SIGN}£1,500,000.50"
    assert value_of(replace(cell, amount=None), translator("cy")) == "anhysbys"


def test_the_source_of_an_assumption_is_worded_and_its_publication_named_as_published() -> None:
    source = say("this study: {reason}", reason="our own count")
    own = Ingredient("assumption.x", 0.1, "ratio", source, "2026-02", "J")
    assert source_of(own, translator("cy")) == "yr astudiaeth hon: our own count, 2026-02"


def test_worded_figures_survive_a_file() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(WORTH)))) == WORTH
