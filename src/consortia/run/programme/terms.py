"""From contract terms to settlements, streams and paths: what is paid when more or less is delivered, or it ends.

A contract in cash holds its amounts in cash: what is named once, and every cap, loses value with prices, year by year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from consortia.appraisal import contract_terms
from consortia.appraisal.contract_terms import Terms
from consortia.appraisal.distributions import Constant
from consortia.appraisal.home import Home
from consortia.appraisal.paths import Path
from consortia.appraisal.streams import Settlement, Stream
from consortia.run.programme.effects import Workbench
from consortia.run.programme.frame import Frame
from consortia.run.programme.inputs import Inputs, distribution_of
from consortia.study.projects import (
    Break,
    Contribution,
    Default,
    Extension,
    GainShare,
    Guarantee,
    ProfitShare,
    Project,
    RatchetedOutcomes,
    Term,
)


def contract_paths(project: Project, inputs: Inputs, frame: Frame) -> tuple[Path, ...]:
    """The paths of a contract that ends, may be broken, or whose other side may fail."""
    found: list[Path] = []
    for term in project.terms:
        ending = _ending(term, f"{project.key}.{term.key}", frame)
        inputs.inputs.update(ending.inputs)
        found.extend(ending.paths.values())
    return tuple(found)


def _ending(term: Term, key: str, frame: Frame) -> Terms:
    if isinstance(term, Break):
        return contract_terms.break_clause(key, first=frame.place(term.first), chance=term.chance)
    if isinstance(term, Default):
        return contract_terms.counterparty_default(key, hazard=term.chance)
    if isinstance(term, Extension):
        ends, later = frame.place(term.ends), frame.place(term.extended_to)
        return contract_terms.contract_life(key, ends=ends, extended_to=later, chance=term.chance)
    return Terms()


def settlements(term: Term, bench: Workbench) -> Iterator[Settlement]:
    """The terms that depend on what is delivered, one for each partner."""
    if not isinstance(term, Guarantee | GainShare):
        return
    for partner, part in bench.frame.split(bench.project, partner=term.partner).items():
        home = Home(project=bench.project.key, partner=partner, horizon=bench.frame.horizon)
        key = f"{bench.name(term.key)}.{partner}"
        found = (
            _guarantee(term, key, home, bench, part)
            if isinstance(term, Guarantee)
            else _gain_share(term, key, home, bench, part)
        )
        bench.inputs.inputs.update(found.inputs)
        bench.inputs.paths.update(found.paths)
        for one in found.settlements:
            kind = term.money if isinstance(term, Guarantee) else one.kind
            yield replace(one, kind=kind, of=(term.money,), path=_while_it_lasts(one, bench))


def _while_it_lasts(settlement: Settlement, bench: Workbench) -> str | None:
    """The path of a settlement: its own, times that of the contract."""
    own = (bench.inputs.paths[settlement.path],) if settlement.path else ()
    return bench.path(settlement.key, *own) if bench.survives else settlement.path


def _guarantee(term: Guarantee, key: str, home: Home, bench: Workbench, part: float) -> Terms:
    """What falls short of the guarantee is made good, as long as the other side lasts; the guarantee may ratchet up."""
    last = max(map(bench.frame.place, term.amounts))
    held = bench.frame.held(term.amounts)
    grown = contract_terms.ratcheted(held, growth=term.ratchet, after=last)
    amounts = bench.in_base_prices([part * float(amount) for amount in grown])
    return contract_terms.guarantee(key, home=home, amounts=amounts, hazard=term.default_chance)


def _gain_share(term: GainShare, key: str, home: Home, bench: Workbench, part: float) -> Terms:
    target = [part * amount for amount in bench.frame.held(term.target)]
    cap = None if term.cap is None else [float(term.cap) * part] * (bench.frame.horizon + 1)
    return contract_terms.gain_share(
        key,
        home=home,
        target=bench.in_base_prices(target),
        share_above=term.share_above,
        penalty_below=term.share_below,
        cap=None if cap is None else bench.in_base_prices(cap),
    )


def term_streams(term: Term, bench: Workbench) -> Iterator[Stream]:
    """What a term gives by itself: contributions, grants, a share of a profit, outcomes that must rise."""
    if isinstance(term, Contribution):
        planned = bench.in_base_prices(bench.frame.held(term.amounts, then=term.then))
        yield from _paid(term, bench, planned, own=_renewed(term, bench, planned))
    elif isinstance(term, ProfitShare):
        of = distribution_of(term.profit)
        profit = contract_terms.ShareOfProfit(of, float(term.keeps_first), term.share)
        first = bench.frame.first_year(bench.project, term.start)
        running = bench.in_base_prices([1.0 if t >= first else 0.0 for t in range(bench.frame.horizon + 1)])
        if isinstance(of, Constant):
            yield from _paid(term, bench, [part * profit.central for part in running])
        else:
            drawn = bench.inputs.draw(bench.name(term.key, "profit"), profit)
            yield from _paid(term, bench, running, inputs=(drawn,))
    elif isinstance(term, RatchetedOutcomes):
        start, years = bench.frame.first_year(bench.project, term.start), bench.frame.horizon
        worth = contract_terms.ratcheted_outcomes(float(term.price), growth=term.growth, start=start, horizon=years)
        planned = bench.in_base_prices([float(amount) for amount in worth])
        yield from _paid(term, bench, planned, kind="non_cashable", delivered=True)


def _renewed(term: Contribution, bench: Workbench, planned: list[float]) -> tuple[Path, ...]:
    """The path of a grant that is agreed a year at a time: certain in its first year; none for one that is sure."""
    if term.renewal == 1:
        return ()
    key = bench.name(term.key)
    home = Home(project=bench.project.key, partner=term.partner, horizon=bench.frame.horizon)
    later = min(map(bench.frame.place, term.amounts)) + 1
    found = contract_terms.annual_grant(key, home=home, amounts=planned, renewal=term.renewal, first=later)
    bench.inputs.inputs.update(found.inputs)
    return tuple(found.paths.values())


def _paid(
    term: Contribution | ProfitShare | RatchetedOutcomes,
    bench: Workbench,
    planned: list[float],
    *,
    kind: str = "income",
    delivered: bool = False,
    inputs: tuple[str, ...] = (),
    own: tuple[Path, ...] = (),
) -> Iterator[Stream]:
    parts = bench.frame.split(bench.project, partner=term.partner)
    for partner, part in parts.items():
        key = bench.name(term.key, partner) if len(parts) > 1 else bench.name(term.key)
        yield Stream(
            key=key,
            project=bench.project.key,
            partner=partner,
            kind=kind,
            planned=tuple(amount * part for amount in planned),
            inputs=inputs,
            path=bench.path(key, *own),
            delivered=delivered,
        )
