"""From contract terms to settlements, streams and paths: what is paid when more or less is delivered, or it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from consortia.appraisal.distributions import Constant
from consortia.appraisal.paths import Path, Survives
from consortia.appraisal.streams import Settlement, Stream
from consortia.run.programme.effects import Workbench
from consortia.run.programme.inputs import Excess, Inputs, distribution_of
from consortia.study.projects import (
    Break,
    Contribution,
    Default,
    Extension,
    GainShare,
    Guarantee,
    ProfitShare,
    Project,
    Term,
)


def survival(project: Project, inputs: Inputs, *, place_of: dict[str, int]) -> tuple[Path, ...]:
    """The paths of a contract that may be broken or whose other side may fail."""
    found: list[Path] = []
    for term in project.terms:
        if isinstance(term, Break | Default) and term.chance:
            first = place_of[term.first] if isinstance(term, Break) else 1
            found.append(Survives(term.chance, inputs.even(f"{project.key}.{term.key}.ends"), first))
    return tuple(found)


def extended(streams: Iterator[Stream], bench: Workbench) -> Iterator[Stream]:
    """The streams up to the end of the contract, and those beyond it in a stream of their own that may not come."""
    terms = [term for term in bench.project.terms if isinstance(term, Extension)]
    if not terms:
        yield from streams
        return
    term = terms[0]
    end, later = bench.frame.place(term.ends), bench.frame.place(term.extended_to)
    chance = bench.inputs.chance(bench.name(term.key, "chance"), term.chance)
    for stream in streams:
        yield replace(stream, planned=_within(stream.planned, 0, end))
        if any(beyond := _within(stream.planned, end + 1, later)):
            yield replace(stream, key=f"{stream.key}.{term.key}", planned=beyond, inputs=(*stream.inputs, *chance))


def _within(planned: tuple[float, ...], first: int, last: int) -> tuple[float, ...]:
    return tuple(amount if first <= t <= last else 0.0 for t, amount in enumerate(planned))


def settlements(term: Term, bench: Workbench) -> Iterator[Settlement]:
    """The terms that depend on what is delivered, one for each partner."""
    if isinstance(term, Guarantee):
        yield from _guarantee(term, bench)
    elif isinstance(term, GainShare):
        yield from _gain_share(term, bench)


def _guarantee(term: Guarantee, bench: Workbench) -> Iterator[Settlement]:
    """What falls short of the guarantee is made good, as long as the other side lasts; the guarantee may ratchet up."""
    frame = bench.frame
    last = max(map(frame.place, term.amounts))
    held = frame.held(term.amounts)
    grown = [amount * (1 + term.ratchet) ** max(t - last, 0) for t, amount in enumerate(held)]
    key = bench.name(term.key)
    path = None
    if term.default_chance:
        name = bench.inputs.even(f"{key}.fails")
        path = bench.inputs.path(f"path|{key}", Survives(term.default_chance, name))
    for partner, part in frame.split(bench.project, partner=term.partner).items():
        yield Settlement(
            key=f"{key}.{partner}",
            project=bench.project.key,
            partner=partner,
            kind=term.money,
            lower=tuple(amount * part for amount in grown),
            share_below=1.0,
            of=(term.money,),
            path=path,
        )


def _gain_share(term: GainShare, bench: Workbench) -> Iterator[Settlement]:
    for partner, part in bench.frame.split(bench.project, partner=term.partner).items():
        target = tuple(amount * part for amount in bench.frame.held(term.target))
        if term.share_above:
            yield replace(_owned(term, bench, partner, part, "above"), upper=target, share_above=term.share_above)
        if term.share_below:
            paid_to_us = _owned(term, bench, partner, part, "below")
            yield replace(paid_to_us, kind="income", lower=target, share_below=term.share_below)


def _owned(term: GainShare, bench: Workbench, partner: str, part: float, side: str) -> Settlement:
    """A settlement of one partner with its part of the cap, to be told what it shares."""
    return Settlement(
        key=f"{bench.name(term.key)}.{partner}.{side}",
        project=bench.project.key,
        partner=partner,
        kind="running_cost",
        of=(term.money,),
        cap=None if term.cap is None else (float(term.cap) * part,) * (bench.frame.horizon + 1),
    )


def term_streams(term: Term, bench: Workbench) -> Iterator[Stream]:
    """Money that comes whatever is delivered: contributions, grants, a share of the other side's profit."""
    if isinstance(term, Contribution):
        planned = bench.frame.held(term.amounts, then=term.then)
        first = min(map(bench.frame.place, term.amounts))
        yield from _income(term, bench, [amount if t >= first else 0.0 for t, amount in enumerate(planned)])
    elif isinstance(term, ProfitShare):
        profit = Excess(distribution_of(term.profit), float(term.keeps_first), term.share)
        first = bench.frame.first_year(bench.project, term.start)
        running = [1.0 if t >= first else 0.0 for t in range(bench.frame.horizon + 1)]
        if isinstance(profit.of, Constant):
            yield from _income(term, bench, [part * profit.central for part in running])
        else:
            yield from _income(
                term, bench, running, inputs=(bench.inputs.draw(bench.name(term.key, "profit"), profit),)
            )


def _income(
    term: Contribution | ProfitShare, bench: Workbench, planned: list[float], *, inputs: tuple[str, ...] = ()
) -> Iterator[Stream]:
    parts = bench.frame.split(bench.project, partner=term.partner)
    for partner, part in parts.items():
        key = bench.name(term.key, partner) if len(parts) > 1 else bench.name(term.key)
        yield Stream(
            key=key,
            project=bench.project.key,
            partner=partner,
            kind="income",
            planned=tuple(amount * part for amount in planned),
            inputs=inputs,
            path=bench.path(key),
            delivered=False,
        )
