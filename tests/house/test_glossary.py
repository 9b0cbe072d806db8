"""The glossary: both languages, a meaning, and the very word that the code uses."""

from __future__ import annotations

import re


def terms(root) -> list[list[str]]:
    """The rows of the glossary's tables as cells."""
    lines = (root / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "English"]


def test_every_term_has_both_languages_and_a_meaning(root) -> None:
    listed = terms(root)
    assert len(listed) > 40
    assert [row[0] for row in listed if len(row) != 4 or not all(row[:3])] == []


def test_no_term_stands_twice(root) -> None:
    english = [row[0].casefold() for row in terms(root)]
    assert sorted(english) == sorted(set(english))


def test_the_words_that_the_code_is_said_to_use_are_in_the_code(root, modules) -> None:
    words = {word for row in terms(root) for word in re.findall(r"`([^`]+)`", row[3])}
    text = "\n".join(module.text for module in modules)
    tables = "\n".join(path.name for path in (root / "src/consortia/reference/tables").glob("*"))
    assert sorted(word for word in words if word not in text and word not in tables) == []
