"""Standard errors measured, not assumed: the same appraisal with several scrambles of the sequence, side by side.

Source: methods.md 7.3: a scrambled Sobol sequence is surer than independent draws, and only another scramble can say
by how much; 16 of them by default.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.risk import Risk, StandardErrors, chance_error, risk_of

REPLICATES = 16
QUANTILE_TOLERANCE = 0.01
"""Standard error of P10, P50 and P90 at which drawing may stop, as a part of the size of P50."""
CHANCE_TOLERANCE = 0.005
"""Standard error of a chance at which drawing may stop: half a percentage point."""

_CHANCES = ("chance_of_loss", "chance_of_target")


def replicate_seeds(seed: int, replicates: int = REPLICATES) -> tuple[int, ...]:
    """The seed of each scramble, derived from one seed by counting: number 3 is the same however many there are.

    Raises ValueError for fewer than two replicates: one alone cannot say how far another would differ.
    """
    if replicates < 2:
        raise ValueError(f"{replicates} replicates give no standard error; ask for two at least")
    children = np.random.default_rng(seed).spawn(replicates)
    return tuple(int(child.bit_generator.seed_seq.generate_state(1, np.uint64)[0]) for child in children)


def risk_of_replicates(values: FloatArray, *, target: float | None = None) -> Risk:
    """Sums up values [replicate, draw], the central one first in each: the mean of the replicates, and its error.

    The central value is that of the first replicate: it does not depend on the seed. Raises ValueError for fewer than
    two replicates.
    """
    if values.ndim != 2 or values.shape[0] < 2:
        raise ValueError("the errors need at least two replicates of the draws")
    each = [risk_of(row, target=target) for row in values]
    names = [field.name for field in fields(StandardErrors) if getattr(each[0], field.name) is not None]
    found = {name: np.array([getattr(risk, name) for risk in each]) for name in names}
    errors = {name: float(np.std(row, ddof=1)) / sqrt(row.size) for name, row in found.items()}
    draws = values[:, 1:].size
    for name in set(_CHANCES) & set(names):
        # All replicates may agree that something never happens; that is still not certain.
        if np.ptp(found[name]) == 0:
            errors[name] = chance_error(float(found[name].mean()) * draws, draws)
    means = {name: float(row.mean()) for name, row in found.items()}
    return Risk(central=float(values[0, 0]), target=target, errors=StandardErrors(**errors), **means)


@dataclass(frozen=True, slots=True)
class TooCoarse:
    """A number whose standard error is still larger than the stop rule allows."""

    measure: str
    error: float
    allowed: float


def too_coarse(risk: Risk) -> tuple[TooCoarse, ...]:
    """What the draws have not settled yet by the stop rule of methods.md 7.3; nothing: drawing may stop.

    P10, P50 and P90 to 1% of the size of P50, the chances to half a percentage point. Where P50 is near zero, the
    first is hard to meet for any number of draws; the errors stand beside the numbers for that case.
    """
    allowed = {name: QUANTILE_TOLERANCE * abs(risk.p50) for name in ("p10", "p50", "p90")}
    allowed |= {name: CHANCE_TOLERANCE for name in _CHANCES if getattr(risk, name) is not None}
    errors = {name: float(getattr(risk.errors, name)) for name in allowed}
    return tuple(TooCoarse(name, errors[name], allowed[name]) for name in allowed if errors[name] > allowed[name])
