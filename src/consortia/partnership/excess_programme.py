"""The linear programme behind core, least core and nucleolus, with its groups added only as they are needed.

Its unknowns are the shares x and the smallest surplus t: make t as large as it can be while every group that is not
settled gets x(S) >= v(S) + t w(S), settled groups keep the surplus they were settled at, and all shares sum to v(N). A
scan of the table finds the groups that a solution treats too badly; they come in as rows, until no group is left.
Where the players stand in several groups already, each of those shares its own worth: x(G) = v(G).
"""

from collections.abc import Iterable, Sequence
from typing import Final

import highspy
import numpy as np

from consortia.partnership.excess_scan import DETERMINED, Scan, free_direction, free_space, indicators, scan
from consortia.partnership.masks import FloatArray, group_sizes, player_count, players_of

EXACT: Final = 1e-10
"""Tolerance of the solver and of the scan, for a table scaled so that its largest amount is 1."""
HELD: Final = 1e-6
"""A group whose dual price is above this has the same surplus in every best solution."""
ROWS_A_ROUND: Final = 40


class ExcessProgramme:
    """One programme over the life of a nucleolus: rows come in and are settled, and the solver starts where it was."""

    def __init__(self, value: FloatArray, *, groups: Sequence[int] = (), per_head: bool = False) -> None:
        """Begin with the singles and the groups that lack one player, which are most often the tight ones.

        `groups` hold every player once; none given: one group of all.
        """
        self.value = value
        self.groups = tuple(groups) or (value.size - 1,)
        self.players = player_count(value)
        self.per_head = per_head
        self.rows: dict[int, int] = {}
        self.settled: dict[int, float] = {}
        self.released: set[int] = set()
        self.scans = 0
        self.solves = 0
        self._space = free_space(self.players, self.groups)
        self._solver = self._new_solver()
        singles = [1 << player for player in range(self.players)]
        self._add([*singles, *(value.size - 1 ^ single for single in singles)])

    def solve(self) -> tuple[FloatArray, float]:
        """Give shares with the largest smallest surplus of the groups that are not settled, and that surplus."""
        direction = free_direction(self._space)
        self._release(direction)
        while True:
            self._solver.run()
            self.solves += 1
            solution = np.asarray(self._solver.getSolution().col_value)
            shares, surplus = solution[:-1], float(solution[-1])
            if not self._add_worst(scan(self.value, shares, direction, per_head=self.per_head), surplus):
                return shares, surplus

    def settle(self, surplus: float) -> tuple[int, ...]:
        """Settle, at that surplus, the groups that every best solution treats so; give them."""
        prices = np.abs(np.asarray(self._solver.getSolution().row_dual))
        held = tuple(mask for mask, row in self.rows.items() if mask not in self.settled and prices[row] > HELD)
        for mask in held:
            self.settled[mask] = surplus
            amount = float(self.value[mask]) + surplus * self._weight(mask)
            self._solver.changeCoeff(self.rows[mask], self.players, 0.0)
            self._solver.changeRowBounds(self.rows[mask], amount, amount)
        self._space = free_space(self.players, [*self.groups, *self.settled])
        return held

    def _release(self, direction: FloatArray) -> None:
        """Let go of the groups whose surplus the settled ones determine: it can not be made larger any more."""
        waiting = [mask for mask in self.rows if mask not in self.settled and mask not in self.released]
        moved = np.abs(indicators(self.players, waiting) @ direction)
        for mask, by in zip(waiting, moved, strict=True):
            if by <= DETERMINED:
                self.released.add(mask)
                self._solver.changeRowBounds(self.rows[mask], -highspy.kHighsInf, highspy.kHighsInf)

    @property
    def rank(self) -> int:
        """How many dimensions of the shares are settled, the total counted."""
        return self.players - len(self._space)

    def _add_worst(self, found: Scan, surplus: float) -> bool:
        """Add the worst treated groups; say whether there were any."""
        self.scans += 1
        worse = found.masks[found.surplus < surplus - EXACT][:ROWS_A_ROUND]
        return self._add(worse.tolist())

    def _add(self, masks: Iterable[int]) -> bool:
        """Add the groups that are not there yet and can form; say whether there were any."""
        fresh = [
            mask
            for mask in dict.fromkeys(masks)
            if mask not in self.rows and mask not in self.groups and np.isfinite(self.value[mask])
        ]
        if not fresh:
            return False
        first = self._solver.getNumRow()
        self.rows.update({mask: first + place for place, mask in enumerate(fresh)})
        parts = np.column_stack([indicators(self.players, fresh), [-self._weight(mask) for mask in fresh]])
        row, column = np.nonzero(parts)
        starts = np.searchsorted(row, np.arange(len(fresh)))
        worth = self.value[fresh]
        infinite = np.full(len(fresh), highspy.kHighsInf)
        self._solver.addRows(len(fresh), worth, infinite, row.size, starts, column, parts[row, column])
        return True

    def _weight(self, mask: int) -> float:
        return float(mask.bit_count()) if self.per_head else 1.0

    def _new_solver(self) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),
            ("primal_feasibility_tolerance", EXACT),
            ("dual_feasibility_tolerance", EXACT),
        ):
            solver.setOptionValue(option, setting)
        for least in (*least_shares(self.value, self.groups), -highspy.kHighsInf):
            solver.addVar(float(least), highspy.kHighsInf)
        solver.changeColCost(self.players, 1.0)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for group in self.groups:
            members, worth = players_of(group), float(self.value[group])
            solver.addRow(worth, worth, len(members), np.array(members), np.ones(len(members)))
        return solver


def least_shares(value: FloatArray, groups: Sequence[int]) -> FloatArray:
    """Give what each player must get: what it has alone; minus infinity where its group is worth less than its members
    alone, so that somebody has to lose."""
    alone = value[[1 << player for player in range(player_count(value))]].copy()
    for group in groups:
        members = list(players_of(group))
        if value[group] < alone[members].sum():
            alone[members] = -np.inf
    return np.asarray(alone)


def scaled(value: FloatArray) -> tuple[FloatArray, float]:
    """Give the table in units of its largest amount, with that unit; nobody is worth nothing."""
    finite = value[1:][np.isfinite(value[1:])]
    unit = float(np.abs(finite).max(initial=0.0)) or 1.0
    table = value / unit
    table[0] = 0.0
    return table, unit


def weights_of(value: FloatArray, *, per_head: bool) -> FloatArray:
    """Give the weight of every group: 1, or its number of members."""
    return group_sizes(player_count(value)).astype(np.float64) if per_head else np.ones(value.size)
