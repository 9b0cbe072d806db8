"""What one pound of each kind is worth over the horizon in the central case: the one place where groups are priced.

v(S) = saving factor x gross saving a year in the steady state - set-up factor x set-up cost
       - coordination factor x coordination cost a year
equals draw 0 of the net present value of the same group appraised (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consortia.appraisal.discounting import DiscountBands, discount_factors
from consortia.appraisal.profiles import Phasing, cumulative_ramp, delayed, phased, running
from consortia.appraisal.proposals import Maturity, delivery_inputs


@dataclass(frozen=True, slots=True)
class ValueFactors:
    """Present values per pound, price base that of the amounts they multiply."""

    saving: float
    """Of gross saving a year in the steady state, as planned: ramp, central delay and delivery are in the factor."""
    setup: float
    """Of set-up cost."""
    coordination: float
    """Of coordination cost a year."""
    first_two_years: float
    """No present value: gross saving planned for the first two years, per pound a year in the steady state."""


def value_factors(
    *,
    schedule: DiscountBands,
    horizon: int,
    phasing: Phasing,
    maturity: Maturity,
    offset: float = 0.0,
    start: int = 1,
) -> ValueFactors:
    """The factors of the central case for a service that starts to change in year `start` (t >= 1).

    `maturity` and `offset` are those of the appraised case; set-up cost is its share times the saving of the first
    two years, which no delivery ratio touches.
    """
    discount = discount_factors(schedule, horizon)
    central = {name: value.central for name, value in delivery_inputs(maturity, offset=offset).items()}
    ramp = cumulative_ramp(phasing.benefits, start=start, horizon=horizon)
    saving = central["delivery"] * float(np.sum(discount * delayed(ramp, central["delay"])[0]))
    return ValueFactors(
        saving=saving,
        setup=float(np.sum(discount * phased(phasing.costs, start=start, horizon=horizon))),
        coordination=float(np.sum(discount * running(start=start, horizon=horizon))),
        first_two_years=phasing.first_two_years,
    )
