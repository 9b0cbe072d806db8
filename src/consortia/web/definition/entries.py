"""What a form is made of: fields, groups of them under a heading, and groups that repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["text", "number", "area", "flag", "choice", "many", "years", "places", "list", "words"]
NUMBER = "*"
"""Stands in the name of a field that repeats for the number of its row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: its place inside the record, its label, what is typed, and what can be chosen.

    A name may end in `#` and a word: one of two ways to write what stands at its place. `foreign` are words that are
    in English only.
    """

    name: str
    label: str
    kind: Kind = "text"
    help: str = ""
    choices: str | tuple[str, ...] = ()
    default: Any = None
    optional: bool = True
    foreign: bool = False

    @property
    def steps(self) -> list[str]:
        """The steps to its place."""
        return self.name.partition("#")[0].split(".")

    def in_row(self, number: int) -> Entry:
        """The same field in a row of a group that repeats."""
        return replace(self, name=self.name.replace(NUMBER, str(number), 1))


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading; `rows` is the place of a list whose records each have them.

    `aside` is a group that most records leave empty: it is folded away until something stands in it.
    """

    title: str
    entries: tuple[Entry, ...]
    help: str = ""
    rows: str = ""
    aside: bool = False
    foreign: bool = False
