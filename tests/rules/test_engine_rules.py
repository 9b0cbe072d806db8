"""What must hold in every appraisal of a programme; and the engine against the same rules in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import floor, log1p
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal import blocks
from consortia.appraisal.distributions import Pert, Triangular, Uniform
from consortia.appraisal.draws import Draws
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.paths import FlooredIndex, Growth, Product, Survives
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.streams import COST_KINDS, SAVING_KINDS, Line, Programme, Settlement, Stream, Timing
from consortia.periods import FinancialYear

YEARS = 5
PARTNERS = ("A", "B")
PROJECTS = ("merger", "ict", "estates")
INPUTS = {
    "delivered": Triangular(0.2, 0.9, 1.3),
    "late": Uniform(0, 30),
    "slips": Uniform(0, 1),
    "price": Pert(0.8, 1, 1.4),
    "growth": Pert(-0.02, 0.01, 0.05),
    "rpi": Pert(0.0, 0.02, 0.08),
    "luck": Uniform(0, 1),
}
PATHS = {
    "demand": Growth("growth"),
    "less three": FlooredIndex(("rpi", 0.05), less=0.03, floor=0.0),
    "lasts": Product((Survives(0.2, "luck"), Growth("growth"))),
}
LINES = (
    Line(key="legal of A", partner="A", base=(90.0, 100.0, 110.0, 120.0, 130.0), path="demand", floor=20.0),
    Line(key="audit of A", partner="A", base=(50.0,) * YEARS),
    Line(key="legal of B", partner="B", base=(200.0,) * YEARS, path="demand"),
)


def plain(programme: Programme, drawn: Mapping[str, float]) -> dict[str, list[float]]:
    """The rules of the engine for one draw, one number at a time: yearly amounts by stream and settlement."""
    years = range(programme.years)
    one = {name: np.array([value]) for name, value in drawn.items()}
    factors = {name: path.factors(one, years=programme.years, lanes=1)[:, 0] for name, path in programme.paths.items()}
    along = {None: [1.0] * programme.years} | factors
    flows = {term.key: [0.0] * programme.years for term in (*programme.streams, *programme.settlements)}
    for t in years:
        for stream in programme.streams:
            if stream.line is None:
                flows[stream.key][t] = plain_amount(programme, stream, t, drawn) * along[stream.path][t]
        for line in programme.lines:
            on = [stream for stream in programme.streams if stream.line == line.key]
            wanted = {s.key: plain_amount(programme, s, t, drawn) * along[s.path][t] for s in on}
            base = line.base[t] * along[line.path][t]
            for key, amount in plain_line(on, wanted, base, line.floor).items():
                flows[key][t] = amount
        for term in programme.settlements:
            flows[term.key][t] = plain_settlement(programme, term, t, flows) * along[term.path][t]
    return flows


def plain_amount(programme: Programme, stream: Stream, t: int, drawn: Mapping[str, float]) -> float:
    timing = programme.timings.get(stream.project, Timing()) if stream.delivered else Timing()
    late = drawn[timing.delay_months] / 12 if timing.delay_months else 0.0
    late += drawn[timing.slip] if timing.slip else 0.0
    whole = floor(late)
    planned = dict(enumerate(stream.planned))
    amount = (1 - late + whole) * planned.get(t - whole, 0.0) + (late - whole) * planned.get(t - whole - 1, 0.0)
    amount *= drawn[timing.delivery] if timing.delivery else 1.0
    for name in stream.inputs:
        amount *= drawn[name]
    return amount


def plain_line(on: list[Stream], wanted: Mapping[str, float], base: float, lowest: float) -> dict[str, float]:
    room, taken, amounts = max(base - lowest, 0.0), 0.0, {}
    parts = {s.key: min(wanted[s.key], 1.0 if s.cap is None else s.cap) for s in on if s.of_line}
    if parts:
        taken = min(base * (1 - np.prod([1 - part for part in parts.values()])), room)
        weights = {key: log1p(-part) for key, part in parts.items()}
        total = sum(weights.values())
        amounts = {key: taken * weight / total if total else 0.0 for key, weight in weights.items()}
    for stream in on:
        if not stream.of_line:
            amounts[stream.key] = min(wanted[stream.key], max(room - taken, 0.0))
            taken += amounts[stream.key]
    return amounts


def plain_settlement(programme: Programme, term: Settlement, t: int, flows: Mapping[str, list[float]]) -> float:
    fits = [
        s for s in programme.streams if (s.project, s.partner) == (term.project, term.partner) and s.kind in term.of
    ]
    delivered = sum(flows[stream.key][t] for stream in fits)
    amount = term.share_below * max(0.0, term.lower[t] - delivered) if term.lower else 0.0
    amount += term.share_above * max(0.0, delivered - term.upper[t]) if term.upper else 0.0
    amount = max(amount, term.floor[t]) if term.floor else amount
    return min(amount, term.cap[t]) if term.cap else amount


def plain_npv(programme: Programme, flows: Mapping[str, list[float]], **fits: str) -> float:
    total = 0.0
    for term in (*programme.streams, *programme.settlements):
        if term.kind in programme.counted and all(getattr(term, what) == name for what, name in fits.items()):
            sign = -1 if term.kind in COST_KINDS else 1
            total += sign * sum(np.asarray(flows[term.key]) * programme.factors)
    return total


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda value: round(value, 6))


def tuples(low: float, high: float) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(*[between(low, high)] * YEARS)


@st.composite
def streams(draw: st.DrawFn, kinds: tuple[str, ...] = (*SAVING_KINDS, *COST_KINDS)) -> Stream:
    kind = draw(st.sampled_from(kinds))
    line = None if kind in COST_KINDS else draw(st.none() | st.sampled_from(LINES))
    of_line = line is not None and draw(st.booleans())
    return Stream(
        key=draw(st.uuids()).hex,
        project=draw(st.sampled_from(PROJECTS)),
        partner=line.partner if line else draw(st.sampled_from(PARTNERS)),
        kind=kind,
        line=line.key if line else None,
        planned=draw(tuples(-0.1, 0.6) if of_line else tuples(-5, 80)),
        of_line=of_line,
        inputs=draw(st.sampled_from([(), ("price",), ("price", "growth")])),
        path=draw(st.none() | st.sampled_from(sorted(PATHS))),
        cap=draw(st.sampled_from([None, 0.3])) if of_line else None,
        delivered=draw(st.booleans()),
    )


@st.composite
def settlements(draw: st.DrawFn) -> Settlement:
    below, above = draw(st.sampled_from([(0.0, 0.5), (1.0, 0.0), (0.8, 0.3)]))
    return Settlement(
        key=draw(st.uuids()).hex,
        project=draw(st.sampled_from(PROJECTS)),
        partner=draw(st.sampled_from(PARTNERS)),
        kind=draw(st.sampled_from(["cashable", "running_cost", "income"])),
        lower=draw(tuples(0, 50)) if below else (),
        upper=draw(tuples(0, 50)) if above else (),
        share_below=below,
        share_above=above,
        cap=draw(st.none() | tuples(0, 20)),
        of=draw(st.sampled_from([("cashable",), ("cashable", "non_cashable")])),
        path=draw(st.sampled_from([None, "lasts"])),
    )


@st.composite
def programmes(draw: st.DrawFn, terms: int = 2, **fixed: Any) -> Programme:
    late = draw(st.sampled_from([Timing(), Timing(delivery="delivered", delay_months="late", slip="slips")]))
    usual: dict[str, Any] = {
        "partners": PARTNERS,
        "lines": LINES,
        "streams": tuple(draw(st.lists(streams(), max_size=8))),
        "settlements": tuple(draw(st.lists(settlements(), max_size=terms))),
        "paths": PATHS,
        "inputs": INPUTS,
        "timings": {"merger": late, "ict": Timing(delay_months="late")},
        "shares": {"price": {"all": 0.3}, "growth": {"all": 0.3}},
        "base_year": FinancialYear(2024),
        "horizon": YEARS - 1,
        "factors": 1.035 ** -np.arange(YEARS),
    }
    return Programme(**(usual | fixed))


@st.composite
def parts(draw: st.DrawFn) -> Stream:
    line, planned = draw(st.sampled_from(LINES)), draw(tuples(-0.1, 0.6))
    one = draw(streams(kinds=("cashable",)))
    return replace(one, line=line.key, partner=line.partner, planned=planned, of_line=True)


def programmes_of_parts() -> st.SearchStrategy[Programme]:
    """Lines with nothing but parts, on some of which a cap or the floor binds in some draws."""
    return st.lists(parts(), min_size=3, max_size=12).flatmap(lambda some: programmes(streams=tuple(some)))


def appraised(programme: Programme, **changes: Any) -> ProgrammeAppraisal:
    usual: dict[str, Any] = {"count": 64, "seed": 7, "label": lambda one: (one.kind, one.partner)}
    return appraise_programme(programme, **(usual | changes))


def same(one: ProgrammeAppraisal, two: ProgrammeAppraisal) -> bool:
    names = ("npv", "net", "by_project", "alone", "yearly", "unmet")
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in names)


@given(programmes() | programmes_of_parts(), st.integers(0, 64))
@settings(deadline=None, max_examples=60)
def test_the_engine_agrees_with_the_same_rules_in_plain_python(programme: Programme, row: int) -> None:
    result = appraised(programme)
    draws = Draws.sample(INPUTS, count=64, seed=7, shares=programme.shares)
    flows = plain(programme, {name: float(draws[name][row]) for name in INPUTS})
    for place, partner in enumerate(PARTNERS):
        assert result.npv[row, place] == pytest.approx(plain_npv(programme, flows, partner=partner), abs=1e-7)
    for place, project in enumerate(result.projects):
        assert result.by_project[row, place] == pytest.approx(plain_npv(programme, flows, project=project), abs=1e-7)
    if row == 0:
        for place, term in enumerate(result.central.streams):
            assert result.central.flows[place] == pytest.approx(flows[term.key], abs=1e-7)


@given(programmes())
@settings(deadline=None, max_examples=40)
def test_what_the_projects_contribute_and_the_remainder_are_the_total_in_every_draw(programme: Programme) -> None:
    result = appraised(programme)
    assert result.by_project.sum(axis=1) == pytest.approx(result.worth(), abs=1e-7)
    assert result.alone.sum(axis=1) + result.overlap == pytest.approx(result.worth(), abs=1e-7)


@given(programmes() | programmes_of_parts(), st.sampled_from([64, 128, 256]), st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_neither_blocks_nor_workers_change_a_bit(programme: Programme, size: int, workers: int) -> None:
    whole = appraised(programme, count=512)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(workers) as pool:
        patch.setattr(blocks, "LARGEST_BLOCK", size)
        assert same(whole, appraised(programme, count=512, workers=pool))
    assert same(whole, appraised(programme, count=512))


@given(programmes())
@settings(deadline=None, max_examples=25)
def test_what_else_is_asked_for_does_not_change_what_it_is_worth(programme: Programme) -> None:
    everything, bare = appraised(programme), appraised(programme, label=None, apart=False)
    assert np.array_equal(everything.npv, bare.npv)
    assert np.array_equal(everything.net, bare.net)


@given(programmes(), streams())
@settings(deadline=None, max_examples=25)
def test_a_project_of_nothing_changes_nothing(programme: Programme, stream: Stream) -> None:
    nothing = replace(stream, planned=(0.0,) * YEARS, project="nothing")
    before, after = appraised(programme), appraised(replace(programme, streams=(*programme.streams, nothing)))
    assert after.npv == pytest.approx(before.npv, rel=1e-12, abs=1e-9)
    assert not after.by_project[:, after.projects.index("nothing")].any()


@given(programmes(terms=0), st.data(), between(0.1, 0.9))
@settings(deadline=None, max_examples=40)
def test_splitting_a_project_in_two_changes_no_total(programme: Programme, data: st.DataObject, part: float) -> None:
    if not programme.streams:
        return
    stream = data.draw(st.sampled_from(programme.streams))
    first, second = (replace(stream, key=f"{stream.key} {n}", project=f"half {n}") for n in (1, 2))
    if stream.of_line:  # 1 - f = (1 - f1)(1 - f2); without timing, multipliers or a cap that stays true in every draw
        stream = replace(stream, inputs=(), path=None, cap=None, delivered=False)
        first, second = (replace(one, inputs=(), path=None, cap=None, delivered=False) for one in (first, second))
        first = replace(first, planned=tuple(1 - (1 - f) ** part for f in stream.planned))
        second = replace(second, planned=tuple(1 - (1 - f) ** (1 - part) for f in stream.planned))
    else:
        first = replace(first, planned=tuple(part * amount for amount in stream.planned))
        second = replace(second, planned=tuple((1 - part) * amount for amount in stream.planned))
    place = [one.key for one in programme.streams].index(stream.key)
    before, after = programme.streams[:place], programme.streams[place + 1 :]
    timing = programme.timings.get(stream.project, Timing())
    timings = {**programme.timings, "half 1": timing, "half 2": timing}
    whole = appraised(replace(programme, streams=(*before, stream, *after)))
    halves = appraised(replace(programme, streams=(*before, first, second, *after), timings=timings))
    assert halves.npv == pytest.approx(whole.npv, abs=1e-6)
    for name in whole.accounts:
        assert halves.account(name) == pytest.approx(whole.account(name), abs=1e-6)


@given(st.lists(streams(kinds=("cashable",)), max_size=6), st.integers(0, 24), st.integers(1, 24))
@settings(deadline=None, max_examples=40)
def test_a_later_start_never_raises_the_cumulative_saving_of_streams_that_do_not_grow(
    some: list[Stream], months: int, more: int
) -> None:
    steady = [
        replace(one, planned=tuple(sorted(map(abs, one.planned))), path=None, inputs=(), delivered=True) for one in some
    ]
    lines = tuple(replace(line, base=(100.0,) * YEARS, path=None) for line in LINES)

    def saved(delay: int) -> np.ndarray:
        programme = Programme(
            partners=PARTNERS,
            lines=lines,
            streams=tuple(steady),
            inputs={"late": Uniform(delay, delay)},
            timings={name: Timing(delay_months="late") for name in PROJECTS},
            base_year=FinancialYear(2024),
            horizon=YEARS - 1,
            factors=np.ones(YEARS),
        )
        return appraise_programme(programme, count=1, seed=1).net.cumsum(axis=1)

    assert (saved(months + more) <= saved(months) + 1e-9).all()


@given(programmes())
@settings(deadline=None, max_examples=40)
def test_no_line_falls_below_its_floor(programme: Programme) -> None:
    line_of = {stream.key: stream.line for stream in programme.streams}
    result = appraised(programme, label=lambda one: line_of.get(one.key))
    draws = Draws.sample(INPUTS, count=64, seed=7, shares=programme.shares)
    for line in LINES:
        if line.key in result.accounts:
            grown = programme.paths[line.path].factors(draws.columns, years=YEARS, lanes=65).T if line.path else 1.0
            base = np.broadcast_to(np.array(line.base) * grown, (65, YEARS))
            left = base - result.account(line.key)
            assert (left >= np.minimum(base, line.floor) - 1e-9).all()
