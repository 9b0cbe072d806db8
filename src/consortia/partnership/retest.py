"""The choice tested again on draws that it was not made on: the winner of a comparison looks better than it is.

Source: methods.md 9.5 (winner's curse: re-evaluate on fresh draws, report how often the choice survives). What was
chosen in the central case, at the levels chosen there, is priced in every draw beside the best of that draw. Nothing
here knows of councils.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from consortia.partnership.grouping import Grouping, best_value, limited
from consortia.partnership.masks import BoolArray
from consortia.partnership.sensitivity import SAME_VALUE
from consortia.partnership.value import GroupModel, GroupValues, price_groups, total_value


@dataclass(frozen=True, slots=True)
class Retest:
    """How the chosen grouping does in draws; present values in the unit of the models."""

    central: float
    """What it was worth in the central case, on which it was chosen."""
    mean: float
    """What it is worth over the draws on average, at the levels chosen."""
    survives: float
    """Part of the draws in which it is (one of) the best, 0 to 1."""
    regret: float
    """What the best of each draw is worth more than it, on average over all draws."""
    draws: int

    @property
    def curse(self) -> float:
        """Give how much better it looked when it was chosen than it is on average."""
        return self.central - self.mean

    @property
    def misses_by(self) -> float | None:
        """Give what the best is worth more in those draws in which it is not; `None`: there are none."""
        return self.regret / (1 - self.survives) if self.survives < 1 else None


def retest(central: GroupModel, chosen: Grouping, *, allowed: BoolArray, drawn: Iterable[GroupModel]) -> Retest:
    """Give how a grouping chosen for `central` does in the models drawn around it.

    In every draw the best grouping is found anew, every group at its best level. A tie to within rounding counts as
    surviving. `ValueError` if nothing was drawn.
    """
    levels = price_groups(central).level
    held = [(mask, int(levels[mask])) for mask in chosen.groups]
    pairs = np.array([_pair(model, held, allowed) for model in drawn])
    if not pairs.size:
        raise ValueError("The choice is tested again on at least one draw.")
    best, own = pairs[:, 0], pairs[:, 1]
    loses = np.where(best - own <= SAME_VALUE * np.maximum(np.abs(best), 1.0), 0.0, best - own)
    return Retest(
        central=_worth(central, held),
        mean=float(own.mean()),
        survives=float((loses == 0).mean()),
        regret=float(loses.mean()),
        draws=len(pairs),
    )


def _pair(model: GroupModel, held: list[tuple[int, int]], allowed: BoolArray) -> tuple[float, float]:
    """What the best grouping of a draw is worth, and what the chosen one is."""
    return best_value(limited(total_value((model,)).value, allowed)), _worth(model, held)


def _worth(model: GroupModel, held: list[tuple[int, int]]) -> float:
    """A level that a draw leaves nothing of costs and saves nothing."""
    several = [(mask, level) for mask, level in held if level >= 0 and model.levels[level].factor > 0]
    tables = {level: _at(model, level) for level in {level for _, level in several}}
    return sum(float(tables[level].value[mask]) for mask, level in several)


def _at(model: GroupModel, level: int) -> GroupValues:
    return price_groups(replace(model, levels=(model.levels[level],), idle=()))
