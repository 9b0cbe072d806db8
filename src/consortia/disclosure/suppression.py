"""Which further cells to withhold, so that those withheld by a rule cannot be worked out from the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from consortia.disclosure.attack import Floats, knows_whole, own_part, sums_matrix
from consortia.disclosure.refusals import DisclosureRefused
from consortia.disclosure.tables import DisclosureTable

if TYPE_CHECKING:
    from scipy import sparse

# A deviation of one cell by its protection needs others to deviate by about as much; ten times is room enough, and
# keeps the numbers of the programme near one.
ROOM = 10.0

IMPOSSIBLE = DisclosureRefused(
    "The table cannot be protected: too much in it is already known, or it has too few cells.",
    remedy="Merge rows or columns, or publish only the totals.",
)


@dataclass(frozen=True, slots=True)
class _Deviation:
    """One way in which the true table must be able to differ: a cell up or down by an amount, as a viewer sees it."""

    place: int
    amount: float
    sign: float
    viewer: str


def information(table: DisclosureTable) -> Floats:
    """What withholding each cell loses: one for the cell and its part of all values, so that fewest cells come first.

    Cells that no table shows lose nothing.
    """
    values = np.array([cell.value for cell in table.cells])
    shown = np.array([cell.shown for cell in table.cells], dtype=np.float64)
    return np.asarray(shown * (1.0 + values / (1.0 + values.sum())))


def further_cells(
    table: DisclosureTable, needs: Mapping[str, float], *, fixed: AbstractSet[str], viewers: Sequence[str]
) -> frozenset[str]:
    """Gives the keys of all cells to withhold, the primary ones (`needs`) included, losing the least information.

    A mixed-integer programme, solved exactly by HiGHS: for each primary cell and direction there must be another table
    with the same shown cells in which it differs by its protection (Fischetti and Salazar 2001). DisclosureRefused when
    no set of cells does it without those `fixed` as known already.
    """
    deviations = [one for key in needs for one in _deviations(table, key, needs[key], viewers)]
    if not deviations:
        return frozenset(needs) | {cell.key for cell in table.cells if not cell.shown}
    programme = _programme(table, deviations, lower=_withheld(table, needs, fixed), fixed=fixed)
    chosen = programme.solve()
    return frozenset(key for key, out in zip(table.by_key, chosen, strict=True) if out)


def _withheld(table: DisclosureTable, needs: Mapping[str, float], fixed: AbstractSet[str]) -> Floats:
    hidden = (cell.key in needs or not cell.shown for cell in table.cells)
    return np.array([float(out and cell.key not in fixed) for cell, out in zip(table.cells, hidden, strict=True)])


def _deviations(table: DisclosureTable, key: str, need: float, viewers: Sequence[str]) -> Iterator[_Deviation]:
    place = list(table.by_key).index(key)
    for viewer in viewers if need > 0 else ():
        if knows_whole(table, key, viewer):
            continue
        yield _Deviation(place, need, 1.0, viewer)
        # Nothing can fall below what the viewer knows to be in it.
        below = min(need, table.by_key[key].value - own_part(table, key, viewer))
        if below > 0:
            yield _Deviation(place, below, -1.0, viewer)


@dataclass(frozen=True, slots=True)
class _Programme:
    goal: Floats
    rows: sparse.csr_matrix
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    cells: int

    def solve(self) -> npt.NDArray[np.bool_]:
        """Which cells to withhold; DisclosureRefused when none will do."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        whole = np.zeros(len(self.goal))
        whole[: self.cells] = 1
        limits = LinearConstraint(self.rows, self.row_low, self.row_high)
        found = milp(self.goal, constraints=limits, bounds=Bounds(self.low, self.high), integrality=whole)
        if found.x is None:
            raise IMPOSSIBLE
        return np.asarray(found.x[: self.cells] > 0.5)


def _programme(
    table: DisclosureTable, deviations: Sequence[_Deviation], *, lower: Floats, fixed: AbstractSet[str]
) -> _Programme:
    """First one binary for each cell (1: withheld), then for each deviation one flow for each cell, in its amount."""
    from scipy import sparse

    cells, sums = len(table.cells), sums_matrix(table)
    blocks = [_block(table, each) for each in deviations]
    flows = cells * len(blocks)
    balance = sparse.hstack(
        [sparse.csr_matrix((len(sums) * len(blocks), cells)), sparse.block_diag([sums] * len(blocks))]
    )
    up = sparse.hstack([-sparse.vstack([sparse.diags(high) for _, high in blocks]), sparse.identity(flows)])
    down = sparse.hstack([-sparse.vstack([sparse.diags(low) for low, _ in blocks]), sparse.identity(flows)])
    forced = np.concatenate([_forced(each, low, high) for each, (low, high) in zip(deviations, blocks, strict=True)])
    can = np.array([0.0 if key in fixed else 1.0 for key in table.by_key])
    return _Programme(
        goal=np.concatenate([information(table), np.zeros(flows)]),
        rows=sparse.csr_matrix(sparse.vstack([balance, up, down])),
        row_low=np.concatenate([np.zeros(balance.shape[0]), np.full(flows, -np.inf), np.zeros(flows)]),
        row_high=np.concatenate([np.zeros(balance.shape[0]), np.zeros(flows), np.full(flows, np.inf)]),
        low=np.concatenate([lower, forced[:, 0]]),
        high=np.concatenate([np.maximum(can, lower), forced[:, 1]]),
        cells=cells,
    )


def _block(table: DisclosureTable, each: _Deviation) -> tuple[Floats, Floats]:
    """How far each withheld cell may differ, down and up, in units of the deviation's amount."""
    keys = list(table.by_key)
    free = np.array([not knows_whole(table, key, each.viewer) for key in keys], dtype=np.float64)
    below = np.array([table.by_key[key].value - own_part(table, key, each.viewer) for key in keys])
    return -np.minimum(below / each.amount, ROOM) * free, ROOM * free


def _forced(each: _Deviation, low: Floats, high: Floats) -> Floats:
    """Bounds of the flows of one deviation: the cell itself differs by exactly its amount."""
    bounds = np.column_stack([low, high])
    bounds[each.place] = each.sign
    return bounds
