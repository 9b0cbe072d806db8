"""From cases to cash flows: saving and cost of every draw, partner, service and year in one array each.

Draw 0 is the central case. Amounts are float pounds in the prices of the base year. Source: methods.md 5, 6.4, 7, 8.1;
the model in plain words is docs/methods/appraisal.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.correlations import Correlations, draw_cases
from consortia.appraisal.discounting import DiscountBands, discount_factors
from consortia.appraisal.draws import Draws
from consortia.appraisal.profiles import MONTHS_IN_YEAR, Phasing, cumulative_ramp, delayed, phased, running
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.results import Appraisal
from consortia.periods import FinancialYear

LARGEST_ARRAY = 64 * 1024**2
"""Most amounts in one of the two arrays (half a gigabyte each)."""
DEFAULT_CORRELATIONS = Correlations()


def appraise(
    cases: Iterable[ServiceCase],
    *,
    partners: Sequence[str],
    base_year: FinancialYear,
    horizon: int,
    schedule: DiscountBands,
    phasing: Phasing,
    count: int,
    seed: int,
    correlations: Correlations = DEFAULT_CORRELATIONS,
) -> Appraisal:
    """Cash flows of all cases in `count` draws and the central case, real pounds of `base_year`, t = 0..`horizon`.

    The same seed gives the same numbers to the last bit, in whatever order cases and partners come. Raises
    AppraisalError when the arrays would be too large or a case starts after the horizon, ValueError when a partner
    would share the same service twice or a member is no partner.
    """
    ordered = sorted(cases, key=lambda case: case.key)
    services = tuple(sorted({case.service for case in ordered}))
    _check(ordered, partners, horizon)
    _check_size(len(partners), len(services), horizon + 1, count + 1)
    draws = draw_cases(ordered, count=count, seed=seed, correlations=correlations)
    savings = ((case, _saving(case, draws, phasing, horizon)) for case in ordered)
    costs = ((case, _cost(case, draws, phasing, horizon)) for case in ordered)
    shape = (len(partners), len(services), horizon + 1, count + 1)
    return Appraisal(
        saving=_laid_out(savings, shape, partners, services),
        cost=_laid_out(costs, shape, partners, services),
        partners=tuple(partners),
        services=services,
        base_year=base_year,
        factors=discount_factors(schedule, horizon),
        seed=seed,
    )


def _laid_out(
    flows: Iterable[tuple[ServiceCase, FloatArray]],
    shape: tuple[int, int, int, int],
    partners: Sequence[str],
    services: Sequence[str],
) -> FloatArray:
    """Each group's flow [year, draw] split among its members by cost, as [draw, partner, service, year].

    The draws lie next to each other in memory, so that a case is written, and a year discounted, in long runs.
    """
    amounts = np.zeros(shape)
    for case, flow in flows:
        for member, weight in zip(case.members, case.weights, strict=True):
            amounts[partners.index(member), services.index(case.service)] = weight * flow
    return np.moveaxis(amounts, -1, 0)


def _saving(case: ServiceCase, draws: Draws, phasing: Phasing, horizon: int) -> FloatArray:
    """Rate x cost x delivered part, along the ramp moved by the delay. A rate below zero is a real extra cost."""
    drawn = {name: draws[f"{name}|{case.key}"] for name in case.inputs}
    rate = drawn["level"] * np.minimum(drawn["saving"] * case.size, case.cap)
    ramp = cumulative_ramp(phasing.benefits, start=case.start, horizon=horizon)
    months = drawn["delay"] + MONTHS_IN_YEAR * drawn["slip"]
    return np.ascontiguousarray(delayed(ramp, months).T) * (case.cost * rate * drawn["delivery"])


def _cost(case: ServiceCase, draws: Draws, phasing: Phasing, horizon: int) -> FloatArray:
    """Set-up, from the plan: money is spent on what was promised, not on what arrives; and coordination for good."""
    setup = draws[f"setup|{case.key}"] * _setup_base(case, phasing)
    yearly = case.coordination_fixed + _depth(case, draws) * (case.coordination - case.coordination_fixed)
    spent = phased(phasing.costs, start=case.start, horizon=horizon)
    years = running(start=case.start, horizon=horizon)
    return spent[:, None] * setup + years[:, None] * yearly


def _setup_base(case: ServiceCase, phasing: Phasing) -> float:
    """Gross saving planned for the first two years, pounds, never below zero: what set-up cost is a share of."""
    return phasing.first_two_years * max(case.planned_saving, 0.0)


def _depth(case: ServiceCase, draws: Draws) -> FloatArray:
    """How deep the level turns out to be, compared with its central value; deeper working takes more coordination."""
    level = draws[f"level|{case.key}"]
    return level / case.level_factor.central if case.level_factor.central else np.ones_like(level)


def _check(cases: Sequence[ServiceCase], partners: Sequence[str], horizon: int) -> None:
    _refuse_twins("case", [case.key for case in cases])
    _refuse_twins("partner", list(partners))
    _refuse_twins("service of a partner", [f"{case.service} of {member}" for case in cases for member in case.members])
    strangers = sorted({member for case in cases for member in case.members} - set(partners))
    if strangers:
        raise ValueError(f"{', '.join(strangers)} are members of a case but no partners")
    late = [case.key for case in cases if case.start > horizon]
    if late:
        raise AppraisalError(
            f"{', '.join(late)} would start after the {horizon} years that are appraised.",
            remedy="Start earlier, or appraise more years.",
        )


def _refuse_twins(what: str, names: Sequence[str]) -> None:
    twins = sorted(name for name, times in Counter(names).items() if times > 1)
    if twins:
        raise ValueError(f"{what} {', '.join(twins)} would be appraised twice")


def _check_size(partners: int, services: int, years: int, draws: int) -> None:
    amounts = partners * services * years * draws
    if amounts > LARGEST_ARRAY:
        raise AppraisalError(
            f"{draws:,} draws of {partners} partners, {services} services and {years} years are {amounts:,} amounts; "
            f"at most {LARGEST_ARRAY:,} fit.",
            remedy="Ask for fewer draws, or appraise the services in parts.",
        )
