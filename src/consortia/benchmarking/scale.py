"""Does bigger cost less here? An elasticity of cost to size from many authorities, with a band and an honest verdict.

The logarithm of the whole cost is set against the logarithm of the volume. Cost per unit against volume would find an
effect of size where there is none, because an error in the volume stands on both sides (division bias).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from consortia.benchmarking.regression import Fit, Floats, least_squares
from consortia.findings import msgid

Verdict = Literal["bigger_costs_less", "bigger_costs_more", "cannot_tell"]

ERROR_RATE = 0.05  # how often an effect is found where there is none, at most
VOLUME_ERROR = 0.02  # relative error of a published volume, one standard deviation [J]
FEWEST_TO_SPARE = 15  # authorities beyond one for each coefficient [J]
FEWEST_OF_A_CLASS = 5  # a class of fewer authorities is left out: it would only explain itself [J]
LEAST_RANGE = 2.0  # the largest must be at least this many times the smallest [J]
MOST_LEFT_OUT = 0.25  # with more than this share left out, those that are left may be special [J]
FAR_OUT = 5.0  # a unit cost this many times above or below its class's median is another service [J]

TOO_FEW = msgid("There are too few authorities to tell size from everything else that differs.")
TOO_ALIKE = msgid("The authorities are too much of one size to see what size does.")
CROSSES_ONE = msgid("The band holds 1: cost may as well grow in step with size.")
MANY_LEFT_OUT = msgid("More than a quarter of the authorities are left out, and those that are left may be special.")
CONTROLS_DECIDE = msgid("With and without the controls the answer is not the same, so it is not taken for one.")
ASSOCIATION = msgid(
    "It compares councils of different size in one year; it does not show what happens to one that grows or shares."
)
BENDS = msgid("The effect is not the same for small and large authorities; the elasticity is that of the middle.")
NOT_BEYOND = msgid("It says nothing about groups larger than the largest authority in it.")
SOME_LEFT_OUT = msgid(
    "Authorities without cost, volume or controls, in a class of fewer than five, or with a unit cost five times off "
    "the median of their class (hosted elsewhere) are left out."
)


@dataclass(frozen=True, slots=True)
class ScaleFinding:
    """The elasticity b of total cost to volume: when volume doubles, cost grows by the factor 2 to the power b.

    `low` to `high` is the band that misses the truth at most at `error_rate` per service; all three are None where
    nothing was fitted. `n` authorities were used and `left_out` were not; `smallest` and `largest` are the volumes
    between which the finding holds.
    """

    verdict: Verdict
    elasticity: float | None
    low: float | None
    high: float | None
    n: int
    controls: tuple[str, ...]
    caveats: tuple[str, ...]
    left_out: int = 0
    smallest: float | None = None
    largest: float | None = None
    error_rate: float = ERROR_RATE

    @property
    def found_effect(self) -> bool:
        """True when size was found to matter, either way."""
        return self.verdict != "cannot_tell"

    def unit_cost_change(self, times: float = 2.0) -> tuple[float, float, float] | None:
        """Change of the unit cost as a share (low, central, high) when volume is multiplied; None without a fit."""
        if self.elasticity is None or self.low is None or self.high is None:
            return None
        low, middle, high = (times ** (b - 1) - 1 for b in (self.low, self.elasticity, self.high))
        return low, middle, high


def scale_curve(
    cost: Sequence[float | None],
    volume: Sequence[float | None],
    *,
    controls: Mapping[str, Sequence[float | None]] | None = None,
    classes: Sequence[str] | None = None,
    error_rate: float = ERROR_RATE,
    volume_error: float = VOLUME_ERROR,
) -> ScaleFinding:
    """Gives the elasticity of cost (pounds a year, one price base) to volume (any unit) over authorities.

    log cost = b log volume + controls + one constant for each class + noise, by least squares with HC3 errors; b is
    held against 1. The band is widened for an error in the volume, which draws b towards 0. "Bigger costs less" (or
    more) only if the band excludes 1 with and without the controls; otherwise "cannot tell". ValueError when the
    sequences differ in length. Method: methods page "scale"; double-log cost functions as in Andrews and Boyne 2009.
    """
    sample = _sample(cost, volume, controls or {}, classes or ["all"] * len(cost))
    finding = _nothing_yet(sample, len(cost), error_rate)
    columns = 1 + len(sample.names) + len(set(sample.classes))
    if sample.size - columns < FEWEST_TO_SPARE:
        return replace(finding, caveats=(TOO_FEW, *finding.caveats))
    if np.ptp(sample.volume) < np.log(LEAST_RANGE):
        return replace(finding, caveats=(TOO_ALIKE, *finding.caveats))
    return _fitted(finding, sample, error_rate=error_rate, volume_error=volume_error)


@dataclass(frozen=True, slots=True)
class _Sample:
    """Authorities with everything known: logarithms of cost and volume, controls by column, class of each."""

    cost: Floats
    volume: Floats
    controls: Floats
    classes: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.cost)

    def only(self, kept: np.ndarray) -> _Sample:
        classes = tuple(name for name, keep in zip(self.classes, kept, strict=True) if keep)
        return _Sample(self.cost[kept], self.volume[kept], self.controls[kept], classes, self.names)

    def design(self, *, controlled: bool = True) -> Floats:
        """Columns: the volume about its middle, the controls, one constant for each class."""
        kinds = sorted(set(self.classes))
        constants = np.array([[name == kind for kind in kinds] for name in self.classes], dtype=np.float64)
        middle = self.volume - np.median(self.volume)
        parts = [middle[:, None], *([self.controls] if controlled else []), constants]
        return np.hstack(parts)


def _sample(
    cost: Sequence[float | None],
    volume: Sequence[float | None],
    controls: Mapping[str, Sequence[float | None]],
    classes: Sequence[str],
) -> _Sample:
    if {len(volume), len(classes), *(len(each) for each in controls.values())} != {len(cost)}:
        raise ValueError("cost, volume, controls and classes must be given for the same authorities")
    held = _columns([*controls.values()], len(cost))
    whole = _Sample(_logarithms(cost), _logarithms(volume), held, tuple(classes), tuple(controls))
    known = ~(np.isnan(whole.cost) | np.isnan(whole.volume) | np.isnan(held).any(axis=1))
    return _without_small_classes(_without_far_out(whole.only(known)))


def _columns(columns: Sequence[Sequence[float | None]], rows: int) -> Floats:
    if not columns:
        return np.empty((rows, 0))
    return np.array([[np.nan if value is None else value for value in each] for each in columns], dtype=np.float64).T


def _logarithms(values: Sequence[float | None]) -> Floats:
    """Natural logarithms; what is missing, zero or below has none."""
    plain = np.array([np.nan if value is None or not value > 0 else value for value in values], dtype=np.float64)
    return np.asarray(np.log(plain))


def _without_far_out(sample: _Sample) -> _Sample:
    per_unit, kinds = sample.cost - sample.volume, np.array(sample.classes)
    middles = {kind: np.median(per_unit[kinds == kind]) for kind in set(sample.classes)}
    away = np.abs(per_unit - np.array([middles[kind] for kind in sample.classes]))
    return sample.only(away <= np.log(FAR_OUT))


def _without_small_classes(sample: _Sample) -> _Sample:
    kept = [sample.classes.count(kind) >= FEWEST_OF_A_CLASS for kind in sample.classes]
    return sample.only(np.array(kept, dtype=bool))


def _nothing_yet(sample: _Sample, asked: int, error_rate: float) -> ScaleFinding:
    left_out = asked - sample.size
    ends = np.exp([sample.volume.min(), sample.volume.max()]) if sample.size else (None, None)
    return ScaleFinding(
        verdict="cannot_tell",
        elasticity=None,
        low=None,
        high=None,
        n=sample.size,
        controls=sample.names,
        caveats=(SOME_LEFT_OUT,) if left_out else (),
        left_out=left_out,
        smallest=None if ends[0] is None else float(ends[0]),
        largest=None if ends[1] is None else float(ends[1]),
        error_rate=error_rate,
    )


def _fitted(finding: ScaleFinding, sample: _Sample, *, error_rate: float, volume_error: float) -> ScaleFinding:
    try:
        fit = least_squares(sample.cost, sample.design())
    except ValueError:  # a control that says the same as the classes do
        return replace(finding, caveats=(TOO_FEW, *finding.caveats))
    band = _widened(fit.band(0, error_rate=error_rate), sample, volume_error)
    bare = least_squares(sample.cost, sample.design(controlled=False)).band(0, error_rate=error_rate)
    verdict, reason = _judge(band, bare, left_out=finding.left_out / (finding.left_out + finding.n))
    bends = (BENDS,) if _bends(sample, error_rate) else ()
    caveats = (*reason, *bends, ASSOCIATION, NOT_BEYOND, *finding.caveats)
    return replace(finding, verdict=verdict, elasticity=_slope(fit), low=band[0], high=band[1], caveats=caveats)


def _slope(fit: Fit) -> float:
    return float(fit.coefficients[0])


def _widened(band: tuple[float, float], sample: _Sample, volume_error: float) -> tuple[float, float]:
    """The band with what it would be had the volumes the given error: errors in the volume draw b towards 0.

    Reliability = 1 - error² / variance of the log volume that the other columns leave (Fuller 1987, section 1.1).
    """
    design = sample.design()
    left = least_squares(design[:, 0], design[:, 1:]).residuals
    reliability = 1 - volume_error**2 / float(left @ left / (sample.size - design.shape[1] + 1))
    if reliability <= 0:
        return -np.inf, np.inf
    ends = (*band, band[0] / reliability, band[1] / reliability)
    return min(ends), max(ends)


def _judge(band: tuple[float, float], bare: tuple[float, float], *, left_out: float) -> tuple[Verdict, tuple[str, ...]]:
    if band[0] <= 1 <= band[1]:
        return "cannot_tell", (CROSSES_ONE,)
    if left_out > MOST_LEFT_OUT:
        return "cannot_tell", (MANY_LEFT_OUT,)
    if (band[1] < 1) != (bare[1] < 1) or (band[0] > 1) != (bare[0] > 1):
        return "cannot_tell", (CONTROLS_DECIDE,)
    return ("bigger_costs_less" if band[1] < 1 else "bigger_costs_more"), ()


def _bends(sample: _Sample, error_rate: float) -> bool:
    """Whether a square of the log volume adds to the fit."""
    design = sample.design()
    low, high = least_squares(sample.cost, np.hstack([design[:, :1] ** 2, design])).band(0, error_rate=error_rate)
    return low > 0 or high < 0
