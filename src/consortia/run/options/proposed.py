"""From what the registers offer to projects as a study states them: to be looked at, changed and put into the study."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from consortia.appraisal.buildings import CoLocation
from consortia.appraisal.contracts import Contract, LetTogether, months_between
from consortia.appraisal.posts import MergedRole
from consortia.appraisal.systems import Convergence
from consortia.appraisal.views import started_within
from consortia.periods import FinancialYear
from consortia.reference.parameters import parameter
from consortia.reference.taxonomy import family
from consortia.run.options.registers import POOLING, Options, first_day
from consortia.study import Definition, Text
from consortia.study.effects import AmountsEffect, PostsEffect
from consortia.study.estimates import Estimate
from consortia.study.projects import Cost, OneOff, Project, Redundancy

FIRST_MONTH, MONTHS = 4, 12


def proposed_projects(options: Options, definition: Definition) -> tuple[Project, ...]:
    """Every proposal as a project, with the arithmetic as its source; nothing is put into the study."""
    return (
        *(_shared_post(role, definition) for role in options.roles),
        *(_fewer_buildings(one, definition) for one in options.buildings),
        *(_one_system(one, definition) for one in options.systems),
        *(_let_together(one, definition) for one in options.contracts),
    )


def _shared_post(role: MergedRole, definition: Definition) -> Project:
    """The posts end, and what is kept is a running cost of all in equal parts, from the day on which they end.

    The new post is paid as late as the old ones go: no year has both in full, and dual running is no part of it.
    """
    year = str(definition.year.plus(1))
    kept = OneOff(
        kind="other", key="kept", title=Text(en="Shared posts", cy="Swyddi a rennir"), split=dict(role.shares),
        amounts={year: _pounds(role.after)}, running=True, with_effects=True, source="register of posts",
    )  # fmt: skip
    return Project(
        key=f"posts_{_key(role.role)}",
        title=Text(en=f"Shared: {role.role}", cy=f"Rhannu: {role.role}"),
        split=dict(role.shares),
        effects=(PostsEffect(kind="posts", key="ended", posts=tuple(post.key for post in role.posts)),),
        costs=(kept, *_redundancies(role, definition, year)),
        lever="remove_duplication",
        source=role.arithmetic,
    )


def _redundancies(role: MergedRole, definition: Definition, year: str) -> Iterator[Cost]:
    """Pay for those least well paid, as many as posts end, where the register knows their age and service."""
    ending = sorted(role.posts, key=lambda post: post.salary)[: max(round(len(role.posts) - role.kept), 0)]
    records = {post.key: post for post in definition.posts}
    known = [records[post.key] for post in ending if not records[post.key].vacant]
    for one in known:
        if one.age is not None and one.service_years is not None:
            yield Redundancy(
                kind="redundancy", key=f"redundancy_{_key(one.key)}", partner=one.partner, year=year, posts=(one.key,)
            )


def _fewer_buildings(found: CoLocation, definition: Definition) -> Project:
    lines = {one.key: one.line for one in definition.buildings}
    effects, costs = [], []
    for one in found.leave:
        leaves = one.lease_break or first_day(definition) - timedelta(days=1)
        effects.append(_saved(one.key, one.running_cost, leaves, definition, partner=one.partner, line=lines[one.key]))
        if one.backlog:
            effects.append(_avoided(f"{one.key}_repairs", one.backlog, leaves, definition, partner=one.partner))
        moving = one.exit_cost + parameter("building_move_cost").number * one.used_area
        for kind, amount in (("accommodation", moving), ("receipt", one.receipt)):
            if amount:
                costs.append(_once(kind, f"{one.key}_{kind}", amount, leaves, definition, partner=one.partner))
    return Project(
        key=f"buildings_{_key(found.place)}",
        title=Text(en=f"Fewer buildings: {found.place}", cy=f"Llai o adeiladau: {found.place}"),
        effects=tuple(effects),
        costs=tuple(costs),
        lever="remove_duplication",
        source=found.arithmetic,
    )


def _one_system(found: Convergence, definition: Definition) -> Project:
    lines = {one.key: one.line for one in definition.systems}
    effects, costs = [], []
    for move in found.moves:
        key, partner = move.system.key, move.system.partner
        effects.append(_saved(key, move.saving, move.from_day, definition, partner=partner, line=lines[key]))
        if move.system.migration_cost:
            amount = move.system.migration_cost
            costs.append(_once("ict", f"{key}_migration", amount, move.from_day, definition, partner=partner))
    return Project(
        key=f"systems_{_key(found.purpose)}",
        title=Text(en=f"One system: {found.purpose}", cy=f"Un system: {found.purpose}"),
        effects=tuple(effects),
        costs=tuple(costs),
        lever="remove_duplication",
        source="; ".join(move.arithmetic for move in found.moves),
    )


def _let_together(found: LetTogether, definition: Definition) -> Project:
    """A better price on the spend that comes to the market together, in the reference range of procurement."""
    lines = {one.key: one.line for one in definition.contracts}
    range_ = family(POOLING)
    rate = Estimate(low=range_.low, mode=range_.mode, high=range_.high, source=range_.source)
    effects = [
        _saved(one.key, one.annual_spend, found.day, definition, partner=one.partner, line=lines[one.key], times=rate)
        for one in found.together
    ]
    exits = [one for one, _ in found.broken if one.exit_cost]
    return Project(
        key=f"contracts_{_key(found.category)}",
        title=Text(en=f"Let together: {found.category}", cy=f"Gosod gyda'i gilydd: {found.category}"),
        effects=tuple(effects),
        costs=tuple(_exit(one, found.day, definition) for one in exits),
        lever="build_critical_mass",
        source=" + ".join(f"{one.annual_spend:,.0f}" for one in found.together) + f" = {found.annual_spend:,.0f}",
    )


def _exit(contract: Contract, day: date, definition: Definition) -> OneOff:
    key = f"{contract.key}_exit"
    return _once("contract_exit", key, contract.exit_cost, day, definition, partner=contract.partner)


def _saved(
    key: str,
    amount: float,
    last_day: date,
    definition: Definition,
    *,
    partner: str,
    line: str,
    times: Estimate = Estimate(value=1.0),  # noqa: B008 - a frozen record
) -> AmountsEffect:
    """A yearly saving from the day after `last_day`: its part of that year, and the whole from the next."""
    year, months = _begins(last_day, definition)
    begun = started_within(amount, months=months)
    named = {str(year): _pounds(begun.in_year)}
    if begun.still_to_come > 0:
        named[str(year.plus(1))] = _pounds(begun.full_year)
    return AmountsEffect(
        kind="amounts", key=_key(key), amounts=named, partner="" if line else partner, lines=(line,) if line else (),
        times=times,
    )  # fmt: skip


def _avoided(key: str, amount: float, day: date, definition: Definition, *, partner: str) -> AmountsEffect:
    year, _ = _begins(day, definition)
    return AmountsEffect(
        kind="amounts", key=_key(key), amounts={str(year): _pounds(amount)}, then="stop", partner=partner,
        money="cost_avoidance",
    )  # fmt: skip


def _once(kind: str, key: str, amount: float, day: date, definition: Definition, *, partner: str) -> OneOff:
    year, _ = _begins(day, definition)
    named = {str(year): _pounds(amount)}
    return OneOff.model_validate({"kind": kind, "key": _key(key), "amounts": named, "partner": partner})


def _begins(last_day: date, definition: Definition) -> tuple[FinancialYear, float]:
    """The financial year in which something begins the day after, and the months of that year that are left."""
    day = max(last_day + timedelta(days=1), first_day(definition))
    start = day.year if day.month >= FIRST_MONTH else day.year - 1
    gone = months_between(date(start, FIRST_MONTH, 1), day)
    return FinancialYear(start), MONTHS - gone


def _pounds(amount: float) -> Decimal:
    return Decimal(f"{amount:.2f}")


def _key(text: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
