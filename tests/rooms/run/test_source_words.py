"""Headings and rows of ledger lines are worded in both languages; those of published forms stay as printed."""

from __future__ import annotations

import pytest

from consortia.report.language import translator
from consortia.run.source_words import heading_words, place_words


@pytest.mark.parametrize(
    ("kept", "welsh"),
    [
        ("ledger codes 0101, 0102", "codau cyfriflyfr 0101, 0102"),
        ("ledger codes 1, 2, 3 and 4 more", "codau cyfriflyfr 1, 2, 3 a 4 arall"),
        ("ledger codes 1, credits", "credydau ar godau cyfriflyfr 1"),
        ("no posting in the ledger", "dim trafodiad yn y cyfriflyfr"),
        ("Housing - Employees (C1)", "Housing - Employees (C1)"),
    ],
)
def test_a_heading_in_welsh(kept: str, welsh: str) -> None:
    assert translator("cy").cell(heading_words(kept)) == welsh


@pytest.mark.parametrize(
    ("kept", "english", "welsh"),
    [
        ("row 7", "Ledger, row 7", "Ledger, rhes 7"),
        ("rows 7-14, 2 of them", "Ledger, rows 7-14, 2 of them", "Ledger, rhesi 7-14, 2 ohonynt"),
        ("rows 7-8", "Ledger, rows 7-8", "Ledger, rhesi 7-8"),
        ("Q312", "Ledger, Q312", "Ledger, Q312"),
    ],
)
def test_a_place_in_both_languages(kept: str, english: str, welsh: str) -> None:
    words = place_words("Ledger", kept)
    assert (translator("en").cell(words), translator("cy").cell(words)) == (english, welsh)
