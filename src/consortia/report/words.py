"""What a table or a sentence may hold before it is worded in a language: messages, quantities, and what is absent.

A sentence is whole and stands in the catalogue under its English words (its msgid). Values go in at named places;
nothing is glued, because Welsh words change with what stands before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from consortia.findings import msgid as msgid
from consortia.study.definition import Text

Kind = Literal[
    "text", "money", "unit_cost", "percent", "chance", "drawn", "number", "year", "years", "date", "verdict", "evidence"
]
"""What a value is. "drawn" is a chance counted in draws: that none of them shows it is no proof that it is nil."""


class Absent(StrEnum):
    """Why there is no value; each is worded, none is ever shown as zero."""

    NOT_KNOWN = "not_known"
    NOT_PROVIDED = "not_provided"
    NOT_APPLICABLE = "not_applicable"
    NEVER = "never"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A raw value inside a sentence; `key` names its figure, so that it can be traced."""

    value: float | int | str | Absent | None
    kind: Kind
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words inside a sentence that lead to a place of the same paper; plain words where nothing can be led to."""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Message:
    """A whole sentence of the catalogue with values at named places; `plural` and `count` where the number matters."""

    msgid: str
    values: tuple[tuple[str, Cell], ...] = ()
    plural: str = ""
    count: int | None = None


Words: TypeAlias = str | Text | Message
"""Words to show: a msgid (or a proper name, the same in both languages), a bilingual name, or a sentence."""

Cell: TypeAlias = str | int | float | Text | Message | Quantity | Link | Absent | tuple[Words, ...] | None
"""A raw value of a table. `None` is not known; a tuple is a list of names or sentences."""


def finding_anchor(code: str) -> str:
    """Where the findings of a code stand in a paper."""
    return f"finding-{code}"


def say(text: str, /, **values: Cell) -> Message:
    """A sentence of the catalogue with its values."""
    return Message(text, tuple(values.items()))


def say_count(singular: str, plural: str, count: int, /, **values: Cell) -> Message:
    """A sentence whose words depend on a number; the number stands at `{count}`."""
    return Message(singular, (("count", count), *values.items()), plural, count)
