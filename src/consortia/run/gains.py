"""What sharing saves by the size of a group: by the reference range, or by the scale curve of the service.

Methods 8.1, rules 1 and 2. The curve is taken where an initiative asks for it and published spending shows an effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from consortia.appraisal import Pert
from consortia.partnership import DuplicatedWork, ScaleCurve
from consortia.partnership.value import Gain
from consortia.reference.authorities import authority
from consortia.run.assumptions import mean_of
from consortia.run.national import newest_edition
from consortia.run.scale import ScaleOfService, curve_for, scale_of
from consortia.study import Range


@dataclass(frozen=True)
class CurveUsed:
    """The scale curve that a proposal is priced by: for its members, with the band of the elasticity."""

    found: ScaleOfService
    curve: ScaleCurve
    low: float
    high: float

    def at(self, elasticity: float) -> ScaleCurve:
        """The curve with another elasticity."""
        return replace(self.curve, elasticity=elasticity)


def curve_of(service_code: str, members: Sequence[str]) -> CurveUsed | None:
    """The curve of a service from the newest national edition; None where it cannot tell or a volume is not known."""
    found = scale_of(service_code, newest_edition(authority(members[0]).nation))
    curve, finding = curve_for(found, members), found.finding
    if curve is None or finding.low is None or finding.high is None:
        return None
    return CurveUsed(found, curve, finding.low, finding.high)


def central_gain(saving: Range, curve: CurveUsed | None) -> Gain:
    """What groups are priced with in the central case."""
    return DuplicatedWork(mean_of(saving)) if curve is None else curve.curve


def views_of_gain(saving: Range, curve: CurveUsed | None) -> dict[str, Gain]:
    """The assumption at its lowest, most likely and highest saving; the less cost grows with size, the more."""
    if curve is None:
        rates = {"low": saving.low, "mode": saving.mode, "high": saving.high}
        return {name: DuplicatedWork(rate) for name, rate in rates.items()}
    return {"low": curve.at(curve.high), "mode": curve.curve, "high": curve.at(curve.low)}


def drawn_gain(saving: Range, curve: CurveUsed | None) -> Pert:
    """What is drawn: the saving rate, or the elasticity of the curve in its band."""
    if curve is None:
        return Pert(saving.low, saving.mode, saving.high)
    return Pert(curve.low, curve.curve.elasticity, curve.high)


def gain_at(curve: CurveUsed | None, drawn: float) -> Gain:
    """What groups are priced with where the saving rate, or the elasticity of the curve, is as drawn."""
    return DuplicatedWork(drawn) if curve is None else curve.at(drawn)


@dataclass(frozen=True, slots=True)
class SeenSaving:
    """The saving that one group sees: what is drawn, and the factor on it (None: by the number of its members)."""

    saving: Pert
    factor: float | None


def seen_saving(saving: Range, curve: CurveUsed | None, *, cost: Sequence[float], mask: int) -> SeenSaving:
    """The saving of a group as the appraisal takes it: parts of its addressable cost at full integration.

    By the curve, the range is what its band of elasticities gives this group, and the factor makes its mean the rate
    at the central elasticity, so that the central case is that of the grouping.
    """
    if curve is None:
        return SeenSaving(Pert(saving.low, saving.mode, saving.high), None)
    low, mode, high = (curve_rate(curve.at(b), cost, mask) for b in (curve.high, curve.curve.elasticity, curve.low))
    drawn = Pert(low, mode, high)
    return SeenSaving(drawn, mode / drawn.mean if drawn.mean else 1.0)


def curve_rate(curve: ScaleCurve, cost: Sequence[float], mask: int) -> float:
    """The part of a group's addressable cost that size saves at full integration by a scale curve, without a cap."""
    members = [place for place in range(len(cost)) if mask >> place & 1]
    limit = inf if curve.efficient_size is None else curve.efficient_size
    together = min(sum(curve.volumes[place] for place in members), limit)
    spent = sum(
        cost[place] * (together / min(curve.volumes[place], limit)) ** (curve.elasticity - 1) for place in members
    )
    return float(1 - spent / sum(cost[place] for place in members))
