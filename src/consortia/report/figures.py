"""Figures and what they are made of: formula, ingredients with source and evidence mark, down to the source cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from consortia.errors import ConsortiaError, suggest
from consortia.report.words import Absent, Words


class UnknownFigure(ConsortiaError):
    """A key that no figure, assumption or source cell of the run has."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A calculated value: `formula` in plain words with symbols, `inputs` the keys of what it is made of.

    `price_base` is a financial year, or "" for what is no amount of money.
    """

    key: str
    value: float | int | Words | Absent | None
    unit: Words
    period: Words
    price_base: str
    formula: Words
    inputs: tuple[str, ...] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An assumption or published value: where it comes from and its evidence mark (S, V, R, U, D or J)."""

    key: str
    value: float | int | Words | None
    unit: Words
    source: Words
    date: str
    evidence: str
    note: Words = ""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """An amount where it was read: pounds as sent, and the file, sheet, cell and heading. `None` is not known."""

    key: str
    amount: Decimal | None
    file: str
    sheet: str
    cell: str
    heading: str


Leaf = Ingredient | SourceCell
Entry = Figure | Leaf


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry with the entries that it is made of; `cut` counts inputs left out, `seen` marks one shown before."""

    entry: Entry
    inputs: tuple[Branch, ...] = ()
    cut: int = 0
    seen: bool = False


@dataclass(frozen=True)
class FigureBook:
    """Every figure of a run with the leaves that they stand on. Keys are unique; ValueError when one stands twice."""

    figures: tuple[Figure, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    cells: tuple[SourceCell, ...] = ()
    _index: Mapping[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the entries; ValueError when a key stands twice or an input has no entry."""
        entries: tuple[Entry, ...] = (*self.figures, *self.ingredients, *self.cells)
        index = {entry.key: entry for entry in entries}
        if len(index) < len(entries):
            raise ValueError(f"figure keys stand twice: {', '.join(_twins(entry.key for entry in entries)[:5])}")
        unknown = sorted({key for figure in self.figures for key in figure.inputs} - index.keys())
        if unknown:
            raise ValueError(f"figures are made of unknown inputs: {', '.join(unknown[:5])}")
        object.__setattr__(self, "_index", index)

    def __contains__(self, key: str) -> bool:
        """True when the run has an entry of that key."""
        return key in self._index

    def find(self, key: str) -> Entry:
        """The entry with that key; UnknownFigure with the nearest keys when there is none."""
        if key not in self._index:
            near = suggest(key, self._index) or "Every figure of a paper shows its key; copy it from there."
            raise UnknownFigure(f"There is no figure '{key}'.", remedy=near)
        return self._index[key]

    def explain(self, key: str, *, depth: int = 6, breadth: int = 12) -> Branch:
        """The tree of what a figure is made of, `depth` levels down and at most `breadth` inputs wide at each.

        An entry met for the second time is marked as seen and not opened again. Raises UnknownFigure.
        """
        return self._branch(self.find(key), depth, breadth, set())

    def _branch(self, entry: Entry, depth: int, breadth: int, seen: set[str]) -> Branch:
        if not isinstance(entry, Figure):
            return Branch(entry)
        if entry.key in seen:
            return Branch(entry, seen=True)
        seen.add(entry.key)
        shown = entry.inputs[:breadth] if depth > 0 else ()
        inputs = tuple(self._branch(self._index[key], depth - 1, breadth, seen) for key in shown)
        return Branch(entry, inputs, cut=len(entry.inputs) - len(shown))


def _twins(keys: Iterable[str]) -> list[str]:
    listed = sorted(keys)
    return sorted({first for first, second in pairwise(listed) if first == second})
