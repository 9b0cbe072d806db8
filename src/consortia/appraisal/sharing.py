"""Sharing a service as streams: each member saves a part of its cost, pays its part of set-up and of coordination.

The sums are in docs/methods/appraisal.md, section 1. Source: methods.md 5, 6.4, 7, 8.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.bounded import Bounded
from consortia.appraisal.correlations import Correlations
from consortia.appraisal.discounting import DiscountBands, discount_factors
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.profiles import Phasing, cumulative_ramp, phased, running
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.streams import Line, Programme, Stream, Timing
from consortia.periods import FinancialYear

_NO_DEPTH = 1e-9
"""A level that reaches less of the full saving than this has no depth to speak of."""


def sharing_programme(
    cases: Iterable[ServiceCase],
    *,
    partners: Sequence[str],
    base_year: FinancialYear,
    horizon: int,
    schedule: DiscountBands,
    phasing: Phasing,
    correlations: Correlations,
) -> Programme:
    """The programme of all cases; each case is a project of its own, real pounds of `base_year`."""
    ordered = sorted(cases, key=lambda case: case.key)
    return Programme(
        partners=tuple(partners),
        lines=tuple(line for case in ordered for line in _lines(case, horizon)),
        streams=tuple(stream for case in ordered for stream in _streams(case, phasing, horizon)),
        inputs={_of(name, case): value for case in ordered for name, value in _inputs(case).items()},
        shares={_of(name, case): correlations.shares(name, case) for case in ordered for name in case.inputs},
        timings={case.key: _timing(case) for case in ordered},
        base_year=base_year,
        horizon=horizon,
        factors=discount_factors(schedule, horizon),
    )


def _of(name: str, case: ServiceCase) -> str:
    return f"{name}|{case.key}"


def _inputs(case: ServiceCase) -> dict[str, Distribution]:
    """The drawn inputs; the saving is the rate that a group of this size sees."""
    return {**case.inputs, "saving": Bounded(case.saving, case.size, case.cap)}


def _timing(case: ServiceCase) -> Timing:
    return Timing(delivery=_of("delivery", case), delay_months=_of("delay", case), slip=_of("slip", case))


def _line(case: ServiceCase, member: str) -> str:
    return f"{case.key}|{member}"


def _lines(case: ServiceCase, horizon: int) -> Iterator[Line]:
    """What each member spends on the service, as far as sharing can change it."""
    for member, cost in zip(case.members, case.base_cost, strict=True):
        yield Line(key=_line(case, member), partner=member, service=case.service, base=(cost,) * (horizon + 1))


def _streams(case: ServiceCase, phasing: Phasing, horizon: int) -> Iterator[Stream]:
    ramp = cumulative_ramp(phasing.benefits, start=case.start, horizon=horizon)
    spent = phased(phasing.costs, start=case.start, horizon=horizon)
    years = running(start=case.start, horizon=horizon)
    for member, weight in zip(case.members, case.weights, strict=True):
        yield _saving(case, member, ramp)
        yield _cost(case, member, "one_off_cost", "set-up", spent * weight * _setup_base(case, phasing), "setup")
        yield _cost(case, member, "running_cost", "fixed", years * weight * case.coordination_fixed)
        yield _depth(case, member, years * weight * (case.coordination - case.coordination_fixed))


def _saving(case: ServiceCase, member: str, ramp: FloatArray) -> Stream:
    """Rate x delivered part, along the ramp moved by the delay. A rate below zero is a real extra cost."""
    return Stream(
        key=f"saving|{_line(case, member)}",
        project=case.key,
        partner=member,
        kind="cashable",
        line=_line(case, member),
        planned=tuple(ramp.tolist()),
        of_line=True,
        inputs=(_of("saving", case), _of("level", case)),
    )


def _cost(case: ServiceCase, member: str, kind: str, what: str, planned: FloatArray, *drawn: str) -> Stream:
    """Paid from the plan: money is spent on what was promised, not on what arrives."""
    return Stream(
        key=f"{what}|{_line(case, member)}",
        project=case.key,
        partner=member,
        kind=kind,
        planned=tuple(planned.tolist()),
        inputs=tuple(_of(name, case) for name in drawn),
        delivered=False,
    )


def _depth(case: ServiceCase, member: str, planned: FloatArray) -> Stream:
    """Coordination that grows with how deep the level turns out to be, compared with its central value."""
    central = case.level_factor.central
    if central < _NO_DEPTH:
        return _cost(case, member, "running_cost", "depth", planned)
    return _cost(case, member, "running_cost", "depth", planned / central, "level")


def _setup_base(case: ServiceCase, phasing: Phasing) -> float:
    """Gross saving planned for the first two years, pounds, never below zero: what set-up cost is a share of."""
    return phasing.first_two_years * max(case.planned_saving, 0.0)
