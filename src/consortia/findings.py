"""Faults in data: gathered, located, each with one sentence and a remedy; never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | tuple[str, str]
"""What stands in a sentence: the same in both languages, or a name in English and in Welsh."""


def msgid(text: str) -> str:
    """Marks a text that readers meet for the catalogue of both languages, and gives it back."""
    return text


def named(english: str, welsh: str) -> Value:
    """A name as a value of a sentence: in both languages where there is a Welsh one."""
    return (english, welsh) if welsh and welsh != english else english


def listed(values: Iterable[Value], separator: str = ", ") -> Value:
    """Several values as one, in both languages."""
    pairs = [(value, value) if isinstance(value, str) else value for value in values]
    return named(separator.join(english for english, _ in pairs), separator.join(welsh for _, welsh in pairs))


class Severity(StrEnum):
    """How much a finding holds up: a note informs, a warning stands beside the figure, an error blocks sign-off."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in what was sent: the file, its sheet where it has sheets, and the cell or row."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or caution. `sentence` and `remedy` are templates in English (the key of their translation)."""

    code: str
    severity: Severity
    sentence: str
    remedy: str = ""
    place: Place | None = None
    values: tuple[tuple[str, Value], ...] = field(default=())

    def filled(self, language: str = "en") -> dict[str, str]:
        """The values in "en" or "cy", by the name of their place."""
        place = 1 if language == "cy" else 0
        return {name: value if isinstance(value, str) else value[place] for name, value in self.values}

    def text(self) -> str:
        """The sentence and the remedy in English, with the values filled in."""
        filled = f"{self.sentence} {self.remedy}".strip()
        return filled.format(**self.filled()) if self.values else filled

    def __str__(self) -> str:
        where = f" [{self.place}]" if self.place else ""
        return f"{self.severity.value}: {self.text()}{where}"


def blocks(findings: Iterable[Finding]) -> bool:
    """True when any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
