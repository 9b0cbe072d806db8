"""How far apart the peers are: median, quartiles, robust scores, and what the gap could be worth at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

# Fewer peers than this are shown one by one, without quartiles [J].
FEWEST_FOR_QUARTILES = 8
# The usual consistency factors: they make MAD and mean absolute deviation estimate a normal standard deviation.
MAD_TO_SD = 1.4826
MEAN_DEVIATION_TO_SD = 1.2533
# Iglewicz and Hoaglin (1993): further out than this and the figure itself should be looked at first.
FAR_OUT = 3.5

TOO_FEW = "Fewer than 8 figures: no quartiles, look at each."
SOME_MISSING = "Some partners have no figure; they are left out, not read as zero."
NO_FIGURES = "There are no figures to compare."
UPPER_BOUND = "Upper bound: it takes every difference for inefficiency."
SHRUNK = "Drawn in by how far the differences between authorities last from year to year; still no promise."
FEWEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of one indicator among peers, in the indicator's own unit; quartiles are Hyndman-Fan type 7."""

    n: int
    missing: int
    lowest: float | None
    first_quartile: float | None
    median: float | None
    third_quartile: float | None
    highest: float | None
    caveats: tuple[str, ...]


def spread(values: Sequence[float | None]) -> Spread:
    """Gives the spread of the known values, with how many there are; fewer than 8 give no quartiles.

    Values in one unit and one price base. Method: methods page "comparison"; quartile type 7 (numpy's default).
    """
    known = _known(values)
    missing = len(values) - len(known)
    caveats = ((NO_FIGURES,) if not len(known) else (TOO_FEW,) if len(known) < FEWEST_FOR_QUARTILES else ()) + (
        (SOME_MISSING,) if missing else ()
    )
    if not len(known):
        return Spread(0, missing, None, None, None, None, None, caveats)
    lowest, first, median, third, highest = (float(cut) for cut in np.quantile(known, [0, 0.25, 0.5, 0.75, 1]))
    if len(known) < FEWEST_FOR_QUARTILES:
        return Spread(len(known), missing, lowest, None, median, None, highest, caveats)
    return Spread(len(known), missing, lowest, first, median, third, highest, caveats)


def robust_scores(values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Gives (x - median) / (1.4826 MAD) for each value, no unit; None where x is missing or no spread can be said.

    When more than half are the same (MAD 0) the mean absolute deviation times 1.2533 stands in for it.
    """
    known = _known(values)
    if not len(known):
        return tuple(None for _ in values)
    median = float(np.median(known))
    deviations = np.abs(known - median)
    scale = MAD_TO_SD * float(np.median(deviations)) or MEAN_DEVIATION_TO_SD * float(deviations.mean())
    return tuple(None if value is None or not scale else (value - median) / scale for value in values)


@dataclass(frozen=True, slots=True)
class Potential:
    """What an authority would save at the first quartile of its peers: pounds a year, never more than this."""

    service: str
    amount: float
    first_quartile: float
    n: int
    caveats: tuple[str, ...] = (UPPER_BOUND,)


def potential(service: str, unit_cost: float | None, *, volume: float | None, peers: Spread) -> Potential | None:
    """Gives max(0, unit cost - first quartile) x volume, pounds a year in the price base of the unit costs.

    None when the unit cost or the volume is missing, or there are too few peers for a quartile.
    """
    if unit_cost is None or volume is None or peers.first_quartile is None:
        return None
    above = max(0.0, unit_cost - peers.first_quartile)
    return Potential(service, above * volume, peers.first_quartile, peers.n, (UPPER_BOUND, *peers.caveats))


def reliability(unit_costs: Sequence[Sequence[float | None]]) -> float | None:
    """Gives lambda = tau² / (tau² + s²): the part of the spread that lasts, between 0 and 1.

    `unit_costs`: for each authority its unit costs in several years, in one price base. tau² is the variance between
    authorities and s² that from year to year within one, by one-way analysis of variance; lambda is that of one year's
    figure. None with fewer than 8 authorities of two known years. Years are of the same service: a lasting difference
    in need is as reliable as one in efficiency.
    """
    known = [_known(years) for years in unit_costs]
    full = [years for years in known if len(years) >= FEWEST_YEARS]
    if len(full) < FEWEST_FOR_QUARTILES:
        return None
    counts, means = np.array([len(years) for years in full]), np.array([years.mean() for years in full])
    within = sum(float(((years - years.mean()) ** 2).sum()) for years in full) / float((counts - 1).sum())
    whole = float((counts * means).sum() / counts.sum())
    between = float((counts * (means - whole) ** 2).sum()) / (len(full) - 1)
    typical = (counts.sum() - (counts**2).sum() / counts.sum()) / (len(full) - 1)
    lasting = max(0.0, (between - within) / float(typical))
    return lasting / (lasting + within) if lasting + within > 0 else None


def shrunk_potential(bound: Potential, reliable: float) -> Potential:
    """Gives a potential times the reliability of the spread (0 to 1), pounds a year; ValueError outside 0 to 1."""
    if not 0 <= reliable <= 1:
        raise ValueError(f"a reliability lies between 0 and 1, not at {reliable}")
    return replace(bound, amount=bound.amount * reliable, caveats=(*bound.caveats, SHRUNK))


def total_potential(potentials: Iterable[Potential]) -> float:
    """Adds up potentials, pounds a year; ValueError when two of them hold the same money (a service and its part)."""
    listed = tuple(potentials)
    for one, other in combinations(listed, 2):
        if _overlap(one.service, other.service):
            raise ValueError(f"'{one.service}' and '{other.service}' hold the same money and cannot be added")
    return sum((each.amount for each in listed), 0.0)


def _overlap(one: str, other: str) -> bool:
    return one == other or "total" in (one, other) or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _known(values: Sequence[float | None]) -> npt.NDArray[np.float64]:
    return np.array([value for value in values if value is not None], dtype=np.float64)
