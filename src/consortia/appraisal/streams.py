"""Streams: the plain amounts to which every saving and cost is brought before it is appraised.

A line is what is spent without any project; a stream is what one project saves or pays, for one partner, year by year.
One engine appraises streams (engine.py), so that no pound is saved twice. All amounts are real pounds of the base year,
one for each of t = 0..horizon, positive both for what comes in and for what goes out. Source: methods.md 5.6 to 5.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.dependence import Dependence
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.draws import Shares
from consortia.appraisal.paths import Path
from consortia.periods import FinancialYear

SAVING_KINDS = ("cashable", "non_cashable", "cost_avoidance", "income", "one_off_saving")
"""What comes in. Never added together except where a view says which."""
COST_KINDS = ("one_off_cost", "running_cost")
"""What goes out."""
KINDS = (*SAVING_KINDS, *COST_KINDS)
CASH_KINDS = ("cashable", "income", "one_off_saving", *COST_KINDS)
"""What a net present value counts unless told otherwise: cash that comes in, less cash that goes out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one partner spends a year without any project; savings on it combine and cannot take it below its floor."""

    key: str
    partner: str
    service: str = ""
    base: tuple[float, ...]
    """Real pounds of each year t = 0..horizon, central."""
    path: str | None = None
    """Name of a path that multiplies it: demand growth x real price growth."""
    floor: float = 0.0
    """Pounds a year that it cannot fall below."""

    def __post_init__(self) -> None:
        """Refuse amounts that are not known or below zero: `ValueError`."""
        if not all(isfinite(amount) and amount >= 0 for amount in (*self.base, self.floor)):
            raise ValueError(f"the base and floor of line '{self.key}' must be known and not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What one project saves or pays for one partner, of one kind.

    Year t = planned (moved by the project's delay) x delivered part x product of the inputs x path.
    """

    key: str
    project: str
    partner: str
    kind: str
    line: str | None = None
    """The line that it takes from, if any; costs take from none."""
    planned: tuple[float, ...]
    """Pounds of each year as planned; with `of_line` the part of the line, at most 1 (below zero: extra cost)."""
    of_line: bool = False
    inputs: tuple[str, ...] = ()
    """Names of drawn multipliers, relative to planned (most have the central value 1)."""
    path: str | None = None
    """Name of a path that multiplies it: indexation, survival of a contract."""
    cap: float | None = None
    """Highest part of the line that a draw may reach; only with `of_line`."""
    delivered: bool = True
    """Whether the project's delivered part, delay and slip act on it. Set-up costs are spent as planned: False."""

    def __post_init__(self) -> None:
        """Refuse a stream that makes no sense: `ValueError` with the reason."""
        _check_stream(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Names of the inputs that say how much of a project's plan is delivered, and how late; None: in full, on time."""

    delivery: str | None = None
    """Delivered over planned."""
    delay_months: str | None = None
    slip: str | None = None
    """1 where it comes a year later still, else 0."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that are given."""
        return tuple(name for name in (self.delivery, self.delay_months, self.slip) if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A contract term that depends on what a project delivers to a partner in a year, x pounds.

    amount = share_below x max(0, lower - x) + share_above x max(0, x - upper), not below `floor` and not above `cap`.
    A guarantee: share_below 1, lower = what is guaranteed, kind cashable. A gain share paid away: share_above, upper =
    the target, kind running_cost. A profit share received: share_above, kind income.
    """

    key: str
    project: str
    partner: str
    kind: str
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()
    share_below: float = 0.0
    share_above: float = 0.0
    floor: tuple[float, ...] | None = None
    cap: tuple[float, ...] | None = None
    of: tuple[str, ...] = ("cashable",)
    """The kinds of the project's streams that make up x."""
    path: str | None = None
    """Name of a path that multiplies the amount: a guarantee lasts no longer than who gives it."""

    def __post_init__(self) -> None:
        """Refuse a term that makes no sense: `ValueError` with the reason."""
        _check_settlement(self)


@dataclass(frozen=True, eq=False, kw_only=True)
class Programme:
    """All that is appraised together. Amounts are real pounds of `base_year`, t = 0..`horizon`."""

    partners: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    streams: tuple[Stream, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)
    inputs: Mapping[str, Distribution] = field(default_factory=dict)
    timings: Mapping[str, Timing] = field(default_factory=dict)
    """The timing of each project; a project without one delivers in full, on time."""
    shares: Shares = field(default_factory=dict)
    """Common factors of the inputs, as in `draws`."""
    dependence: Dependence | None = None
    """Rank correlations asked for between named inputs."""
    base_year: FinancialYear
    horizon: int
    factors: FloatArray
    """The discount factor of each year."""
    counted: tuple[str, ...] = CASH_KINDS
    """The kinds that net present value counts."""

    def __post_init__(self) -> None:
        """Refuse what does not hold together: `ValueError` with the first reason."""
        _check_keys(self)
        _check_names(self)
        _check_years(self)

    @property
    def years(self) -> int:
        """How many years are appraised, the base year included."""
        return self.horizon + 1

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects, in the order of their first stream or settlement."""
        terms: tuple[Stream | Settlement, ...] = (*self.streams, *self.settlements)
        return tuple(dict.fromkeys(one.project for one in terms))


def _check_stream(stream: Stream) -> None:
    name = f"stream '{stream.key}'"
    if stream.kind not in KINDS:
        raise ValueError(f"{name} is of no known kind: '{stream.kind}'")
    if not all(isfinite(amount) for amount in stream.planned):
        raise ValueError(f"{name} has amounts that are not known")
    if stream.of_line and (stream.line is None or max(stream.planned, default=0.0) > 1):
        raise ValueError(f"{name} takes a part of a line: name the line, and let no part be above 1")
    if stream.line is not None and stream.kind in COST_KINDS:
        raise ValueError(f"{name} is a cost, which takes from no line; extra cost on a line is a part below zero")
    if stream.cap is not None and not stream.of_line:
        raise ValueError(f"{name} has a cap, which only a part of a line can have")


def _check_settlement(settlement: Settlement) -> None:
    name = f"settlement '{settlement.key}'"
    if settlement.kind not in KINDS or any(kind not in SAVING_KINDS for kind in settlement.of):
        raise ValueError(f"{name} is of no known kind, or depends on one that is no saving")
    if bool(settlement.share_below) != bool(settlement.lower) or bool(settlement.share_above) != bool(settlement.upper):
        raise ValueError(f"{name} needs `lower` with a share below it, `upper` with a share above it, and not alone")


def _check_keys(programme: Programme) -> None:
    terms = [stream.key for stream in programme.streams] + [one.key for one in programme.settlements]
    lines = [line.key for line in programme.lines]
    for what, keys in (("partner", programme.partners), ("line", lines), ("stream or settlement", terms)):
        twins = sorted(key for key, times in Counter(keys).items() if times > 1)
        if twins:
            raise ValueError(f"{what} {', '.join(twins)} is there more than once")


def _check_names(programme: Programme) -> None:
    every: tuple[Line | Stream | Settlement, ...] = (*programme.lines, *programme.streams, *programme.settlements)
    _refuse_unknown("partner", [one.partner for one in every], programme.partners)
    _refuse_unknown("path", [one.path for one in every if one.path is not None], programme.paths)
    lines = {line.key: line for line in programme.lines}
    taking = [stream for stream in programme.streams if stream.line is not None]
    _refuse_unknown("line", [str(stream.line) for stream in taking], lines)
    foreign = [stream.key for stream in taking if lines[str(stream.line)].partner != stream.partner]
    if foreign:
        raise ValueError(f"{', '.join(foreign)} would take from a line of another partner")
    _refuse_unknown("input", [name for stream in programme.streams for name in stream.inputs], programme.inputs)
    _refuse_unknown("input", [n for timing in programme.timings.values() for n in timing.inputs], programme.inputs)
    _refuse_unknown("input", [name for path in programme.paths.values() for name in path.inputs], programme.inputs)
    _refuse_unknown("kind", programme.counted, KINDS)


def _refuse_unknown(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"{what} {', '.join(unknown)} is not in the programme")


def _check_years(programme: Programme) -> None:
    if len(programme.factors) != programme.years:
        raise ValueError(f"{programme.years} years need as many discount factors, not {len(programme.factors)}")
    profiles = [(line.key, line.base) for line in programme.lines]
    profiles += [(stream.key, stream.planned) for stream in programme.streams]
    for one in programme.settlements:
        profiles += [(one.key, part) for part in (one.lower, one.upper, one.floor, one.cap) if part]
    wrong = sorted({key for key, amounts in profiles if len(amounts) != programme.years})
    if wrong:
        raise ValueError(f"{', '.join(wrong)} must have one amount for each of {programme.years} years")
