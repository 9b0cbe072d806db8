"""Whether the time of somebody who is shared goes where it was agreed: the parts reported beside those agreed.

Source: methods.md 15 (report time split v agreed split; a difference of more than a tenth is flagged [J]). Nothing
here knows of councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

TOLERANCE: Final = 0.10
"""A part reported that differs by more than this from the part agreed is out of parity [judgement]."""


@dataclass(frozen=True, slots=True)
class Parity:
    """One sharer's part of the time as agreed, as reported, and what it pays; parts of one."""

    agreed: float
    reported: float | None
    """`None`: no hours are known, or not of everybody."""
    pays: float

    @property
    def difference(self) -> float | None:
        """Give how much more it has than was agreed; `None`: not known."""
        return None if self.reported is None else self.reported - self.agreed

    @property
    def even(self) -> bool | None:
        """Say whether the time goes where it was agreed, to within a tenth; `None`: not known."""
        return None if self.difference is None else abs(self.difference) <= TOLERANCE + 1e-12


def parity(
    agreed: Sequence[float | None], hours: Sequence[float | None], pays: Sequence[float | None]
) -> tuple[Parity, ...]:
    """Give the parity of each sharer: equal parts of the time unless stated, cost by time unless stated.

    `ValueError` if the three do not hold the same sharers.
    """
    if not len(agreed) == len(hours) == len(pays) > 0:
        raise ValueError("The parts agreed, the hours and the parts paid are those of the same sharers.")
    known = [one for one in hours if one is not None]
    whole = sum(known) if len(known) == len(hours) else 0.0
    parts = [1 / len(agreed) if one is None else one for one in agreed]
    return tuple(
        Parity(part, None if not whole or spent is None else spent / whole, part if paid is None else paid)
        for part, spent, paid in zip(parts, hours, pays, strict=True)
    )
