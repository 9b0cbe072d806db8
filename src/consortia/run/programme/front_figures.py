"""The figures of a paper's first screen that stand in no table: what projects cost, and how sure they are."""

from __future__ import annotations

from consortia.report.words import Words, msgid
from consortia.run import formulas as words
from consortia.run.priority_limits import exceeded
from consortia.run.programme.flow_figures import ProjectTrail, flow_key, stream_key
from consortia.run.programme.tables import period_of
from consortia.run.programme.together import Together, own_keys

QUANTILES: dict[str, tuple[str, Words]] = {
    "low": ("p10", msgid("one draw in ten is below it")),
    "middle": ("p50", msgid("half of the draws are below it")),
    "high": ("p90", msgid("one draw in ten is above it")),
}
ALONE = msgid("present value of the projects' streams, as if no service were shared")
ONCE = msgid("sum over the one-off costs of the projects, all years")
RUNNING = msgid("sum over the running costs of the projects in the last year")
IN_LIMIT = msgid("sum over the one-off costs of the projects carried out, each by itself, in the years of the limit")
OVER = msgid("one-off cost of the projects carried out - the limit that the study sets")
LOSS = msgid("part of the draws that are below zero")


def add_front(trail: ProjectTrail, both: Together) -> None:
    """What the first screen says of projects and what no table shows; what one shows is left as it is."""
    found, keys = both.found, own_keys(both.found)
    base, period, years = trail.base, period_of(found), found.compiled.frame.years
    own = [one for one in both.alone.central.streams if one.project in keys]
    streams = [stream_key(one.key) for one in own]
    for whose, risk in (("own", both.own), ("together", both.whole)):
        central = f"front.{whose}.central"
        _add(trail, central, risk.central, words.POUNDS, ALONE, streams, period, base)
        for name, (quantile, formula) in QUANTILES.items():
            _add(
                trail, f"front.{whose}.{name}", getattr(risk, quantile), words.POUNDS, formula, [central], period, base
            )
        chance = f"front.{whose}.chance_of_loss"
        _add(trail, chance, risk.chance_of_loss, words.PART_OF_ONE, LOSS, [central], period, "")
    once = [stream_key(one.key) for one in own if one.kind == "one_off_cost"]
    running = [flow_key(one.key, years[-1]) for one in own if one.kind == "running_cost"]
    central_case = both.alone.central
    total = float(central_case.total(kinds=("one_off_cost",)).sum())
    _add(trail, "front.one_off", total, words.ONCE, ONCE, once, period, base)
    last = float(central_case.total(kinds=("running_cost",))[-1])
    _add(trail, "front.running", last, words.A_YEAR, RUNNING, running, years[-1], base)
    _add_limits(trail, both, once)


def _add_limits(trail: ProjectTrail, both: Together, once: list[str]) -> None:
    """The limits that the projects exceed: what they cost in each, and by how much that is too much."""
    for number, one in enumerate(exceeded(both.found), 1):
        period, cost = one.year or period_of(both.found), f"front.limit.{number}.cost"
        _add(trail, cost, one.cost, words.ONCE, IN_LIMIT, once, period, trail.base)
        _add(trail, f"front.limit.{number}.over", one.over, words.ONCE, OVER, [cost], period, trail.base)


def _add(
    trail: ProjectTrail, key: str, value: float, unit: str, formula: Words, inputs: list[str], period: Words, base: str
) -> None:
    if key not in trail.figures:
        trail.figure(key, value, unit, formula, inputs, period=period, base=base)
