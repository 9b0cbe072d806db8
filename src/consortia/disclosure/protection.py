"""The one door: every table about named partners that has not been released goes through `protect`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from consortia.disclosure.attack import NOBODY, Interval, feasible_intervals, knows_whole, own_part
from consortia.disclosure.refusals import DisclosureRefused
from consortia.disclosure.rounding import rounded_to_base
from consortia.disclosure.rules import DisclosureRules, is_unsafe, protection_needed
from consortia.disclosure.suppression import IMPOSSIBLE, further_cells
from consortia.disclosure.tables import DisclosureTable

WITHHELD = "Some figures are withheld, so that no partner's own can be worked out from those shown."
ROUNDED = "Counts are rounded, so that nobody can be recognised in them; totals may differ from the sum of their parts."
TOLERANCE = 1e-6

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """What may be shown: the value by key, None where it is withheld, and the sentences to print below.

    It says neither which rule withheld a cell nor with which parameters: that would help to work it out.
    """

    cells: Mapping[str, float | None]
    notes: tuple[str, ...]

    @property
    def withheld(self) -> tuple[str, ...]:
        """The keys of the cells that are not shown."""
        return tuple(key for key, value in self.cells.items() if value is None)


def protect(
    table: DisclosureTable,
    *,
    rules: DisclosureRules | None = None,
    released: AbstractSet[str] = frozenset(),
    viewers: Sequence[str] = (NOBODY,),
    method: Literal["withhold", "round"] = "withhold",
) -> ProtectedTable:
    """Gives what may be shown of a table: unsafe cells withheld, and as few others as protect them from the sums.

    `released`: keys of cells that are public already; they stay, with all that follows from them. `viewers`: the
    partners who will read the table; each knows what it put in itself, and one who reads alone sees its own cells.
    `method` "round" rounds counts to base 5 instead. The result has been attacked by linear programming, down and up,
    before it is given. DisclosureRefused when the table cannot be protected. Source: methods page "disclosure".
    """
    chosen = rules or DisclosureRules()
    if method == "round":
        rounded = rounded_to_base(table, chosen)
        return ProtectedTable(dict(rounded), (ROUNDED,))
    known = _known_already(table, released, viewers)
    known |= _follows(table, known)
    needs = _needs(table, chosen, known)
    withheld = further_cells(table, needs, fixed=known, viewers=viewers) if needs else frozenset()
    _attack(table, needs, _seen(table, withheld, known), viewers=viewers)
    shown = {cell.key: None if cell.key in withheld else cell.value for cell in table.cells if cell.shown}
    return ProtectedTable(shown, (WITHHELD,) if None in shown.values() else ())


def _known_already(table: DisclosureTable, released: AbstractSet[str], viewers: Sequence[str]) -> frozenset[str]:
    own = (cell.key for cell in table.cells if len(viewers) == 1 and knows_whole(table, cell.key, viewers[0]))
    return frozenset(released) | frozenset(own)


def _follows(table: DisclosureTable, known: AbstractSet[str]) -> frozenset[str]:
    """What everybody can work out from what is public already: withholding it would hide nothing."""
    values = {key: (table.by_key[key].value, table.by_key[key].value) for key in known}
    open_cells = [key for key in table.by_key if key not in known] if known else []
    found = feasible_intervals(table, values, of=open_cells)
    slack = {key: TOLERANCE * max(1.0, table.by_key[key].value) for key in found}
    return frozenset(key for key, interval in found.items() if interval.width <= slack[key])


def _needs(table: DisclosureTable, rules: DisclosureRules, known: AbstractSet[str]) -> dict[str, float]:
    unsafe = (cell for cell in table.cells if cell.key not in known and is_unsafe(cell, rules, kind=table.kind))
    return {cell.key: protection_needed(cell, rules, kind=table.kind) for cell in unsafe}


def _seen(table: DisclosureTable, withheld: AbstractSet[str], known: AbstractSet[str]) -> Mapping[str, Bounds]:
    """What everybody who reads the table knows exactly."""
    seen = (cell for cell in table.cells if cell.key in known or (cell.shown and cell.key not in withheld))
    return {cell.key: (cell.value, cell.value) for cell in seen}


def _attack(
    table: DisclosureTable, needs: Mapping[str, float], seen: Mapping[str, Bounds], *, viewers: Sequence[str]
) -> None:
    """Refuse what the programme let through: the last word has the attack, not the optimisation."""
    for viewer in viewers:
        found = feasible_intervals(table, seen, of=needs, viewer=viewer)
        if not all(_is_hidden(table, key, needs[key], found[key], viewer) for key in needs):
            raise DisclosureRefused(IMPOSSIBLE.what, remedy=IMPOSSIBLE.remedy)


def _is_hidden(table: DisclosureTable, key: str, need: float, interval: Interval, viewer: str) -> bool:
    if knows_whole(table, key, viewer):
        return True
    value = table.by_key[key].value
    below = min(need, value - own_part(table, key, viewer))
    return interval.reaches(value - below, value + need, need=need)
