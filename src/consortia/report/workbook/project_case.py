"""The arithmetic of the sheets of projects, in the same steps as their formulas: the value that stands in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.profiles import MONTHS_IN_YEAR
from consortia.report.projects_model import FlowRow, LineRow, ProjectsModel, TermRow

SMALL_WEIGHT = 1e-9
"""Parts of a line that come to less than this together are told apart by their size, as their logarithms are."""
WHOLE_WEIGHT = -1e9
"""Stands for the logarithm of nothing: a part that takes the whole line."""


@dataclass(frozen=True)
class ProjectCase:
    """What every row of the sheets comes to in each year; real pounds of the base year."""

    model: ProjectsModel
    years: int

    def value(self, key: str) -> float:
        """The value used of an input; 0 where there is none."""
        return self.model.input(key).value if key else 0.0

    def planned(self, row: FlowRow) -> FloatArray:
        """The plan before any delay."""
        return np.asarray(np.array(row.profile) * prod(self.value(key) for key in row.scalars))

    def late(self, row: FlowRow) -> tuple[int, float]:
        """Whole years and the part of a year by which a flow comes late."""
        late = self.value(row.delay) / MONTHS_IN_YEAR + self.value(row.slip)
        return int(late), late - int(late)

    def moved(self, row: FlowRow) -> FloatArray:
        """The plan moved by the delay, pro rata between whole years."""
        planned, (whole, part) = self.planned(row), self.late(row)
        return np.asarray((1 - part) * _back(planned, whole) + part * _back(planned, whole + 1))

    def wanted(self, row: FlowRow) -> FloatArray:
        """What the flow would come to by itself: a part of its line, or pounds."""
        drawn = prod(self.value(key) for key in row.multipliers)
        delivered = self.value(row.delivery) if row.delivery else 1.0
        path = np.array(self.model.path_factors(row.path, self.years))
        return np.asarray(self.moved(row) * delivered * drawn * path)

    def part(self, row: FlowRow) -> FloatArray:
        """The part of its line that a flow takes, as far as its cap lets it."""
        return np.minimum(self.wanted(row), row.cap)

    def weight(self, row: FlowRow) -> FloatArray:
        """ln(1 - part): how what several parts take together is told apart."""
        part = self.part(row)
        kept = np.where(part >= 1, 1.0, 1 - part)
        return np.where(part >= 1, WHOLE_WEIGHT, np.log(kept))

    def cost(self, line: LineRow) -> FloatArray:
        """What a line costs without any project."""
        return np.asarray(line.amount * np.array(self.model.path_factors(line.path, self.years)))

    def room(self, line: LineRow) -> FloatArray:
        """What can be saved on a line above its floor."""
        return np.maximum(self.cost(line) - line.floor, 0.0)

    def on(self, line: LineRow, *, parts: bool) -> list[FlowRow]:
        """The flows on a line that are parts of it, or those that are amounts."""
        return [row for row in self.model.flows if row.line == line.key and row.of_line == parts]

    def left(self, line: LineRow) -> FloatArray:
        """The part of a line that its parts leave together."""
        kept = [1 - self.part(row) for row in self.on(line, parts=True)]
        return np.asarray(np.prod(kept or [np.ones(self.years)], axis=0))

    def weights(self, line: LineRow) -> FloatArray:
        """The sum of the weights of a line's parts."""
        weights = [self.weight(row) for row in self.on(line, parts=True)]
        return np.asarray(np.sum(weights or [np.zeros(self.years)], axis=0))

    def taken(self, line: LineRow) -> FloatArray:
        """What the parts of a line take together, at most what is above its floor."""
        return np.minimum(self.cost(line) * (1 - self.left(line)), self.room(line))

    @cached_property
    def flows(self) -> dict[str, FloatArray]:
        """What every flow comes to."""
        found = {row.key: self.wanted(row) for row in self.model.flows if not row.line}
        for line in self.model.lines:
            found |= self._on_line(line)
        return found

    def _on_line(self, line: LineRow) -> dict[str, FloatArray]:
        taken, room, whole = self.taken(line), self.room(line), self.weights(line)
        parts = self.on(line, parts=True)
        found = {row.key: self.share(row, line, taken, whole, alone=len(parts) == 1) for row in parts}
        so_far = taken.copy()
        for row in self.on(line, parts=False):
            found[row.key] = np.minimum(self.wanted(row), np.maximum(room - so_far, 0.0))
            so_far = so_far + found[row.key]
        return found

    def share(self, row: FlowRow, line: LineRow, taken: FloatArray, whole: FloatArray, *, alone: bool) -> FloatArray:
        """A flow's part of what the parts of its line take together."""
        if alone:
            return taken
        small = np.abs(whole) < SMALL_WEIGHT
        split = taken * self.weight(row) / np.where(small, 1.0, whole)
        return np.where(small, self.cost(line) * self.part(row), split)

    def delivered(self, term: TermRow) -> FloatArray:
        """What a contract term depends on."""
        return np.asarray(np.sum([self.flows[key] for key in term.of] or [np.zeros(self.years)], axis=0))

    def settled(self, term: TermRow) -> FloatArray:
        """What a contract term comes to."""
        delivered = self.delivered(term)
        below = term.share_below * np.maximum(0.0, np.array(term.lower or (0.0,) * self.years) - delivered)
        above = term.share_above * np.maximum(0.0, delivered - np.array(term.upper or (0.0,) * self.years))
        amount = below + above
        if term.floor is not None:
            amount = np.maximum(amount, np.array(term.floor))
        if term.cap is not None:
            amount = np.minimum(amount, np.array(term.cap))
        return np.asarray(amount * np.array(self.model.path_factors(term.path, self.years)))


def _back(amounts: FloatArray, years: int) -> FloatArray:
    """The amounts so many years later; nothing before the first."""
    moved = np.zeros_like(amounts)
    if years < amounts.size:
        moved[years:] = amounts[: amounts.size - years]
    return moved
