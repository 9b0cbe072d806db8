"""A table as disclosure control sees it: cells with what each contributor put in, and which cells add up to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from consortia.disclosure.refusals import DisclosureRefused

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class DisclosureCell:
    """A cell: what each contributor (a partner, a respondent) put in; its value is the sum, in the table's unit.

    `shown` is False for a cell that no table prints but that somebody could work out, such as one partner's own.
    """

    key: str
    contributions: Mapping[str, float]
    shown: bool = True

    @property
    def value(self) -> float:
        """The sum of the contributions."""
        return float(sum(self.contributions.values()))

    @property
    def largest_first(self) -> tuple[float, ...]:
        """The contributions above zero, largest first."""
        return tuple(sorted((each for each in self.contributions.values() if each > 0), reverse=True))


@dataclass(frozen=True, slots=True)
class Sum:
    """One cell that is the sum of others."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class DisclosureTable:
    """Cells and the sums between them; `kind` is counts (of respondents) or amounts (of money, of anything measured).

    Counts have one contributor of 1 for each unit counted. DisclosureRefused when a contribution is below zero;
    ValueError when a sum names no cell or does not add up.
    """

    cells: tuple[DisclosureCell, ...]
    sums: tuple[Sum, ...] = ()
    kind: Literal["counts", "amounts"] = "amounts"

    def __post_init__(self) -> None:
        """Refuse what no rule holds for."""
        if any(part < 0 for cell in self.cells for part in cell.contributions.values()):
            raise DisclosureRefused(
                "A contribution is below zero, and the rules hold only for contributions of zero or more.",
                remedy="Publish gross spending and income apart, or leave the net figure out.",
            )
        for each in self.sums:
            self._check(each)

    @cached_property
    def by_key(self) -> Mapping[str, DisclosureCell]:
        """The cells by their keys."""
        return {cell.key: cell for cell in self.cells}

    def _check(self, each: Sum) -> None:
        strange = [key for key in (each.total, *each.parts) if key not in self.by_key]
        if strange:
            raise ValueError(f"the sum {each.total} names no cell {strange[0]}")
        total, parts = self.by_key[each.total].value, sum(self.by_key[key].value for key in each.parts)
        if abs(total - parts) > 1e-9 * max(1.0, total):
            raise ValueError(f"{each.total} is {total} and its parts add up to {parts}")


def two_way(
    inner: Mapping[tuple[str, str], Mapping[str, float]], *, kind: Literal["counts", "amounts"] = "amounts"
) -> DisclosureTable:
    """Gives a table of rows and columns with all its totals; cells have keys "row|column", "row|total", "total|total".

    `inner` holds the contributions of each cell by (row, column).
    """
    rows = list(dict.fromkeys(row for row, _ in inner))
    columns = list(dict.fromkeys(column for _, column in inner))
    cells = [DisclosureCell(_key(row, column), inner.get((row, column), {})) for row in rows for column in columns]
    by_key = {cell.key: cell for cell in cells}
    margins = [(_key(row, TOTAL), [_key(row, column) for column in columns]) for row in rows]
    margins += [(_key(TOTAL, column), [_key(row, column) for row in rows]) for column in columns]
    cells += [_added(key, (by_key[part] for part in parts)) for key, parts in margins]
    whole = _added(_key(TOTAL, TOTAL), by_key.values())
    edges = [[_key(row, TOTAL) for row in rows], [_key(TOTAL, column) for column in columns]]
    sums = [Sum(key, tuple(parts)) for key, parts in margins] + [Sum(whole.key, tuple(edge)) for edge in edges]
    return DisclosureTable((*cells, whole), tuple(sums), kind)


def counts_table(counts: Mapping[tuple[str, str], int]) -> DisclosureTable:
    """Gives the table of counts by (row, column) with all its totals; each unit counted is its own contributor."""
    inner = {
        place: {f"{place[0]}|{place[1]}|{number}": 1.0 for number in range(count)} for place, count in counts.items()
    }
    return two_way(inner, kind="counts")


def added(contributions: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Contributions of several cells together, by contributor."""
    together: dict[str, float] = {}
    for each in contributions:
        for name, amount in each.items():
            together[name] = together.get(name, 0.0) + amount
    return together


def _added(key: str, cells: Iterable[DisclosureCell]) -> DisclosureCell:
    return DisclosureCell(key, added(cell.contributions for cell in cells))


def _key(row: str, column: str) -> str:
    return f"{row}|{column}"
