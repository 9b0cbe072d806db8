"""A programme as plain arrays, in the order in which the kernel walks through them.

Streams that follow the same plan, timing and multipliers share one driver: what it comes to is worked out once for each
draw and year, and each stream takes its size of it. Names become places; -1 stands for "none".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.streams import COST_KINDS, Line, Programme, Settlement, Stream, Timing

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Label = Callable[[Stream | Settlement], Hashable]
"""The account on which a stream's yearly amounts are kept; None: on none."""
_DIGITS = 13
"""Plans that are equal to so many digits, but for their size, share a driver."""


class Drivers(NamedTuple):
    """What streams have in common: plan, timing, multipliers."""

    profile: FloatArray
    """[driver, year]: the plan."""
    extremes: FloatArray
    """[driver, 2]: the lowest and the highest of the plan, and of nothing."""
    begins: IntArray
    """First year with anything planned."""
    ends: IntArray
    """The year after the last in which anything can come, early or late."""
    delivery: IntArray
    delay: IntArray
    slip: IntArray
    path: IntArray
    input_of: IntArray
    """Row of each multiplier; those of driver d stand from first_input[d] to first_input[d + 1]."""
    first_input: IntArray
    loose: IntArray
    """The drivers that streams without a line have."""
    size: FloatArray
    """[driver]: the size of those streams together, costs below zero."""


class Flows(NamedTuple):
    """Streams, those of a line together (parts before amounts), those without a line last; then settlements."""

    driver: IntArray
    size: FloatArray
    cap: FloatArray
    sign: FloatArray
    """1 for what net present value counts as coming in, -1 for going out, 0 for not counted."""
    partner: IntArray
    project: IntArray
    account: IntArray
    origin: IntArray
    """The place of the stream in the programme."""
    meter_of: IntArray
    """The meters that a stream runs through; those of stream s stand from first_meter[s] to first_meter[s + 1]."""
    first_meter: IntArray
    asked: npt.NDArray[np.bool_]
    """Whether anybody asks for this stream by itself."""


class Lines(NamedTuple):
    """Lines with streams, those of a partner together."""

    of_partner: IntArray
    """First line of each partner; the last entry is the number of lines."""
    base: FloatArray
    floor: FloatArray
    kept: FloatArray
    """Part of the base that the floor keeps, in the year in which that is most; infinite: more than there is."""
    path: IntArray
    first: IntArray
    """First stream of each line; after the last line, the first stream without one."""
    amounts: IntArray
    """First stream of each line that is an amount, no part."""
    begins: IntArray
    """First year in which any stream of the line is planned."""
    mixed: npt.NDArray[np.bool_]
    """Whether net present value counts some of its streams and not others."""
    split: npt.NDArray[np.bool_]
    """Whether its streams must be told apart in every draw."""
    plain: npt.NDArray[np.bool_]
    """Whether it has nothing but parts that count alike, so that what they take together is their worth."""
    booked: npt.NDArray[np.bool_]
    """Whether more is asked of it than that."""


class Terms(NamedTuple):
    """Settlements, each with the meter (what a project delivers to a partner in a year) that it depends on."""

    meter: IntArray
    lower: FloatArray
    upper: FloatArray
    below: FloatArray
    above: FloatArray
    floor: FloatArray
    cap: FloatArray
    path: IntArray


class Layout(NamedTuple):
    """All of it."""

    drivers: Drivers
    flows: Flows
    lines: Lines
    terms: Terms
    factors: FloatArray
    sizes: tuple[int, int, int, int]
    """How many partners, projects, accounts and meters there are."""


class DriverKey(NamedTuple):
    """What two streams must have in common to share a driver."""

    timing: Timing
    inputs: tuple[str, ...]
    path: str | None
    shape: tuple[float, ...]


class LaidOut(NamedTuple):
    """The layout with the names of its accounts."""

    layout: Layout
    accounts: tuple[Hashable, ...]


def laid_out(programme: Programme, *, label: Label | None, accounts: Sequence[Hashable] | None, apart: bool) -> LaidOut:
    """Lays a programme out. `label` names the account of each stream; `apart` tells the streams of every line apart."""
    streams = _ordered(programme)
    terms: tuple[Stream | Settlement, ...] = (*streams, *programme.settlements)
    labels = [label(one) if label else None for one in terms]
    names = tuple(dict.fromkeys(name for name in labels if name is not None) if accounts is None else accounts)
    meters = tuple(dict.fromkeys((one.project, one.partner, one.of) for one in programme.settlements))
    drivers, driver, size = _drivers(programme, streams)
    flows = _flows(programme, terms, driver=driver, size=size, account=_places(labels, names), meters=meters)
    lines = _lines(programme, streams, flows, begins=drivers.begins)
    drivers = _with_loose(drivers, flows, int(lines.first[-1]))
    sizes = (len(programme.partners), len(programme.projects), len(names), len(meters))
    layout = Layout(drivers, flows, lines, _terms(programme, meters), np.asarray(programme.factors, float), sizes)
    return LaidOut(told_apart(layout) if apart else layout, names)


def told_apart(layout: Layout) -> Layout:
    """The layout with every stream asked for by itself."""
    lines, flows = layout.lines, layout.flows
    split, booked = lines.amounts - lines.first[:-1] > 1, np.ones_like(lines.booked)
    asked = np.ones_like(flows.asked)
    return layout._replace(lines=lines._replace(split=split, booked=booked), flows=flows._replace(asked=asked))


def _ordered(programme: Programme) -> list[Stream]:
    """Streams by line, parts before amounts, those without a line last, by partner; otherwise as they come."""
    place: dict[str | None, int] = {line.key: number for number, line in enumerate(_by_partner(programme))}
    partner = {name: len(place) + number for number, name in enumerate(programme.partners)}
    return sorted(programme.streams, key=lambda one: (place.get(one.line, partner[one.partner]), not one.of_line))


def _by_partner(programme: Programme) -> list[Line]:
    place = {partner: number for number, partner in enumerate(programme.partners)}
    return sorted(programme.lines, key=lambda line: place[line.partner])


def _drivers(programme: Programme, streams: Sequence[Stream]) -> tuple[Drivers, list[int], list[float]]:
    """The drivers, and for each stream its driver and its size.

    Of plans that differ in their last digits the lowest stands for all, in whatever order the streams come.
    """
    sizes = [max(stream.planned, key=abs, default=0.0) for stream in streams]
    shapes = [tuple(amount / (size or 1.0) for amount in one.planned) for one, size in zip(streams, sizes, strict=True)]
    keys = [_driver_key(programme, stream, shape) for stream, shape in zip(streams, shapes, strict=True)]
    lowest: dict[DriverKey, tuple[float, ...]] = {}
    for key, shape in zip(keys, shapes, strict=True):
        lowest[key] = min(shape, lowest.get(key, shape))
    place = {key: number for number, key in enumerate(lowest)}
    return _driver_arrays(programme, lowest), [place[key] for key in keys], sizes


def _driver_key(programme: Programme, stream: Stream, shape: tuple[float, ...]) -> DriverKey:
    timing = programme.timings.get(stream.project, Timing()) if stream.delivered else Timing()
    return DriverKey(timing, stream.inputs, stream.path, tuple(round(part, _DIGITS) for part in shape))


def _driver_arrays(programme: Programme, shapes: Mapping[DriverKey, tuple[float, ...]]) -> Drivers:
    rows = {name: row for row, name in enumerate(programme.inputs)}
    profile = np.array(list(shapes.values()), dtype=np.float64).reshape(len(shapes), programme.years)
    spans = [_span(key, shape) for key, shape in shapes.items()]
    return Drivers(
        profile=profile,
        extremes=np.column_stack([profile.min(axis=1, initial=0.0), profile.max(axis=1, initial=0.0)]),
        begins=np.array([begin for begin, _ in spans], dtype=np.int64),
        ends=np.array([end for _, end in spans], dtype=np.int64),
        delivery=_places([key.timing.delivery for key in shapes], rows),
        delay=_places([key.timing.delay_months for key in shapes], rows),
        slip=_places([key.timing.slip for key in shapes], rows),
        path=_path_places([key.path for key in shapes], programme),
        input_of=_places([name for key in shapes for name in key.inputs], rows),
        first_input=_starts([len(key.inputs) for key in shapes]),
        loose=np.empty(0, dtype=np.int64),
        size=np.empty(0),
    )


def _span(key: DriverKey, shape: Sequence[float]) -> tuple[int, int]:
    """The first year in which anything comes, and the year after the last: of what may be late, after all."""
    planned = [t for t, part in enumerate(shape) if part]
    on_time = key.timing.delay_months is None and key.timing.slip is None
    return (planned[0], planned[-1] + 1 if on_time else len(shape)) if planned else (len(shape), len(shape))


def _with_loose(drivers: Drivers, flows: Flows, first: int) -> Drivers:
    """The drivers with what the streams from `first` on, those without a line, come to together."""
    mine, signed = flows.driver[first:], (flows.sign[: flows.driver.size] * flows.size)[first:]
    size = np.bincount(mine, signed, minlength=drivers.delivery.size).astype(np.float64)
    return drivers._replace(loose=np.unique(mine), size=size)


def _flows(
    programme: Programme,
    terms: Sequence[Stream | Settlement],
    *,
    driver: list[int],
    size: list[float],
    account: IntArray,
    meters: Sequence[tuple[str, str, tuple[str, ...]]],
) -> Flows:
    running = [_meters_of(one, meters) if isinstance(one, Stream) else [] for one in terms]
    keys = [stream.key for stream in programme.streams] + [one.key for one in programme.settlements]
    origin = {key: number for number, key in enumerate(keys)}
    caps = [one.cap if isinstance(one, Stream) and one.cap is not None else 1.0 for one in terms]
    return Flows(
        driver=np.array(driver, dtype=np.int64),
        size=np.array(size, dtype=np.float64),
        cap=np.minimum(np.array(caps, dtype=np.float64), 1.0),
        sign=np.array([_sign(one.kind, programme.counted) for one in terms], dtype=np.float64),
        partner=_places([one.partner for one in terms], programme.partners),
        project=_places([one.project for one in terms], programme.projects),
        account=account,
        origin=np.array([origin[one.key] for one in terms], dtype=np.int64),
        meter_of=np.array([meter for one in running for meter in one], dtype=np.int64),
        first_meter=_starts([len(one) for one in running]),
        asked=(account >= 0) | np.array([len(one) > 0 for one in running], dtype=np.bool_),
    )


def _meters_of(stream: Stream, meters: Sequence[tuple[str, str, tuple[str, ...]]]) -> list[int]:
    return [
        number
        for number, (project, partner, kinds) in enumerate(meters)
        if (project, partner) == (stream.project, stream.partner) and stream.kind in kinds
    ]


def _sign(kind: str, counted: Iterable[str]) -> float:
    if kind not in counted:
        return 0.0
    return -1.0 if kind in COST_KINDS else 1.0


def _lines(programme: Programme, streams: Sequence[Stream], flows: Flows, *, begins: IntArray) -> Lines:
    places_on: dict[str | None, list[int]] = {}
    for place, stream in enumerate(streams):
        places_on.setdefault(stream.line, []).append(place)
    used = [line for line in _by_partner(programme) if line.key in places_on]
    owned = [places_on[line.key] for line in used]
    parts = np.array([sum(streams[place].of_line for place in places) for places in owned], dtype=np.int64)
    signs = [{flows.sign[place] for place in places[:count]} for places, count in zip(owned, parts, strict=True)]
    mixed = np.array([len(among) > 1 for among in signs], dtype=np.bool_)
    asked = np.array([bool(flows.asked[places].any()) for places in owned], dtype=np.bool_)
    first = _starts([len(places) for places in owned])
    plain = ~mixed & (parts == np.diff(first))
    return Lines(
        of_partner=_starts([sum(line.partner == partner for line in used) for partner in programme.partners]),
        base=np.array([line.base for line in used], dtype=np.float64).reshape(len(used), programme.years),
        floor=np.array([line.floor for line in used], dtype=np.float64),
        kept=np.array([_kept(line.floor, line.base) for line in used], dtype=np.float64),
        path=_path_places([line.path for line in used], programme),
        first=first,
        amounts=first[:-1] + parts,
        begins=np.array([begins[flows.driver[places]].min() for places in owned], dtype=np.int64),
        mixed=mixed,
        split=(parts > 1) & (mixed | asked),
        plain=plain,
        booked=~plain | asked,
    )


def _kept(floor: float, base: Sequence[float]) -> float:
    if not floor:
        return 0.0
    return max(floor / amount if amount else inf for amount in base)


def _terms(programme: Programme, meters: Sequence[tuple[str, str, tuple[str, ...]]]) -> Terms:
    every, years = programme.settlements, programme.years
    return Terms(
        meter=np.array([meters.index((one.project, one.partner, one.of)) for one in every], dtype=np.int64),
        lower=_bounds([one.lower for one in every], years, 0.0),
        upper=_bounds([one.upper for one in every], years, 0.0),
        below=np.array([one.share_below for one in every], dtype=np.float64),
        above=np.array([one.share_above for one in every], dtype=np.float64),
        floor=_bounds([one.floor for one in every], years, -np.inf),
        cap=_bounds([one.cap for one in every], years, np.inf),
        path=_path_places([one.path for one in every], programme),
    )


def _bounds(given: Sequence[tuple[float, ...] | None], years: int, otherwise: float) -> FloatArray:
    rows = [one if one else (otherwise,) * years for one in given]
    return np.array(rows, dtype=np.float64).reshape(len(rows), years)


def _places(names: Sequence[Hashable], among: Iterable[Hashable]) -> IntArray:
    place = {name: number for number, name in enumerate(among)}
    return np.array([-1 if name is None else place[name] for name in names], dtype=np.int64)


def _path_places(names: Sequence[str | None], programme: Programme) -> IntArray:
    """The path with place 0 is 1 in every year."""
    return _places(names, programme.paths) + 1


def _starts(lengths: Sequence[int]) -> IntArray:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
