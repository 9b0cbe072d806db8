"""The linear programme that prices players, over the groups taken in so far.

Choose parts of groups so that every player is in exactly one, for the highest value. What a player is worth to it is
the price of that player. Nothing here knows of councils.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import highspy
import numpy as np

from consortia.partnership.masks import FloatArray

UNCOVERED: Final = 1e-7
"""Less of a player than this left out of all groups is rounding."""


class PriceProgramme:
    """Groups are taken in as tuples of players; values are at most about one in size, so that tolerances are meant."""

    def __init__(self, players: int, most_groups: int | None = None) -> None:
        self.players, self.most_groups, self.solved = players, most_groups, 0
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for _ in range(players):
            self._solver.addRow(1.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
        if most_groups is not None:
            self._solver.addRow(-highspy.kHighsInf, float(most_groups), 0, np.zeros(0, np.int32), np.zeros(0))
        penalty = -(2.0 * players + 1.0)
        self._add_columns(np.full(players, penalty), [(player,) for player in range(players)])

    def take(self, groups: Iterable[Sequence[int]], values: FloatArray) -> None:
        """Take in groups with their values."""
        limit = () if self.most_groups is None else (self.players,)
        self._add_columns(values, [(*group, *limit) for group in groups])

    def solve(self) -> FloatArray:
        """Give the prices of the players and, last, less the price of a group."""
        self._solver.run()
        self.solved += 1
        duals = np.asarray(self._solver.getSolution().row_dual)
        return duals if self.most_groups is not None else np.append(duals, 0.0)

    @property
    def covered(self) -> bool:
        """Say whether the last solution leaves no player out of all groups."""
        return float(np.sum(self._solver.getSolution().col_value[: self.players])) <= UNCOVERED

    def _add_columns(self, costs: FloatArray, rows: Sequence[Sequence[int]]) -> None:
        starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        index = np.array([player for row in rows for player in row], np.int32)
        none, many = np.zeros(len(rows)), np.full(len(rows), highspy.kHighsInf)
        self._solver.addCols(len(rows), costs, none, many, index.size, starts[:-1], index, np.ones(index.size))
