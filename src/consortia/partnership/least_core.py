"""The core: divisions that no group would leave; and how far from having one, or how firmly inside, a game is.

Source: Gillies (1959); least core: Maschler, Peleg and Shapley (1979).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consortia.partnership.excess_programme import ExcessProgramme, scaled
from consortia.partnership.masks import FloatArray


@dataclass(frozen=True, slots=True)
class LeastCore:
    """The divisions whose worst treated group is treated as well as can be; one of them."""

    surplus: float
    """What the worst treated group is given above its worth alone, in the unit of the table. Below zero: the core is
    empty, and every group would have to be paid so much from outside to stay."""
    shares: FloatArray

    @property
    def has_core(self) -> bool:
        """Say whether there is a division that no group would leave (to the rounding of the arithmetic)."""
        return self.surplus >= -1e-9 * float(abs(self.shares).sum())


def least_core(value: FloatArray, groups: Sequence[int] = ()) -> LeastCore:
    """Give the least core of a table, in its unit: for one group of all, or for groups that each share their worth."""
    table, unit = scaled(value)
    shares, surplus = ExcessProgramme(table, groups=groups).solve()
    return LeastCore(surplus * unit, shares * unit)
