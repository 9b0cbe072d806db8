"""From the registers of a study to proposals: shared posts, fewer buildings, fewer systems, contracts let together.

What is judged (how full a building may be, what a shared post is paid) is reference data. The day from which things
can change is the first after the base year, so that the same study offers the same whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from consortia.appraisal.buildings import Building, CoLocation, Rules, co_locations
from consortia.appraisal.contracts import Contract, LetTogether, lets_together
from consortia.appraisal.effects import PooledCategory, Spend, pooled
from consortia.appraisal.posts import MergedRole, Post, merge
from consortia.appraisal.systems import Convergence, System, compatibility, convergences
from consortia.errors import StudyError
from consortia.reference.parameters import parameter
from consortia.reference.taxonomy import family
from consortia.run.programme.frame import plain_post
from consortia.study import Definition

POOLING = "procurement"
"""The family whose range says what a better price is usually worth."""
WORST_FILLED = "C"
"""A building in condition D takes nobody in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that the registers of a study offer; each may be empty."""

    roles: tuple[MergedRole, ...]
    buildings: tuple[CoLocation, ...]
    systems: tuple[Convergence, ...]
    contracts: tuple[LetTogether, ...]
    spending: tuple[PooledCategory, ...]
    """What is bought under contracts, by category, the largest part open to the market first."""
    takeovers: tuple[Takeovers, ...]
    """Which system can take over which, for each purpose that has two systems or more."""

    @property
    def none(self) -> bool:
        """True when the registers offer nothing."""
        return not (self.roles or self.buildings or self.systems or self.contracts or self.spending or self.takeovers)


@dataclass(frozen=True, slots=True)
class Takeovers:
    """Systems of one purpose; `possible` has a row for each that takes over, a column for each that is taken over."""

    purpose: str
    systems: tuple[System, ...]
    possible: tuple[tuple[bool, ...], ...]

    def taken_over_by(self, system: System) -> tuple[System, ...]:
        """The other systems whose data and users it can take over."""
        row = self.possible[self.systems.index(system)]
        return tuple(one for one, can in zip(self.systems, row, strict=True) if can and one is not system)


def options_of(definition: Definition) -> Options:
    """What the registers offer, each proposal with its sums; pounds of the base year.

    Raises StudyError where a date in a register is no date.
    """
    years = float(definition.horizon_years)
    return Options(
        roles=merged_roles(definition),
        buildings=co_locations(_buildings(definition), rules=_rules(years)),
        systems=convergences(_systems(definition), years=years),
        contracts=lets_together(_contracts(definition), today=first_day(definition)),
        spending=pooled(_spending(definition), rate=better_price()),
        takeovers=tuple(_takeovers(_systems(definition))),
    )


def better_price() -> float:
    """The part of a price that buying together usually saves: the middle of the reference range, judgement."""
    usual = family(POOLING).mode
    if usual is None:
        raise ValueError(f"the reference has no usual saving for '{POOLING}'")
    return usual


def first_day(definition: Definition) -> date:
    """The first day after the base year: nothing changes before it."""
    return date(definition.year.start + 1, 4, 1)


def merged_roles(definition: Definition) -> tuple[MergedRole, ...]:
    """Each role that two partners or more have: as many posts are kept as the partner with most of them has now.

    What is kept is paid for in equal parts and better than the best paid now (reference parameter
    `shared_post_uplift`). Only roles that save something are proposed, the largest saving first.
    """
    posts = [plain_post(one) for one in definition.posts if one.role]
    shared = dict.fromkeys(post.role for post in posts)
    roles = [_merged([post for post in posts if post.role == role]) for role in shared]
    return tuple(sorted((one for one in roles if one and one.saving > 0), key=lambda one: (-one.saving, one.role)))


def _merged(posts: Sequence[Post]) -> MergedRole | None:
    partners = dict.fromkeys(post.partner for post in posts)
    if len(partners) < 2:
        return None
    kept = max(sum(post.fte for post in posts if post.partner == partner) for partner in partners)
    uplift = parameter("shared_post_uplift").number
    return merge(posts, keep={posts[0].role: kept}, weights=dict.fromkeys(partners, 1.0), uplift=uplift)[0]


def _spending(definition: Definition) -> list[Spend]:
    """What each contract pays a year; open to the market is what can end within the years of the study."""
    last = date(definition.year.plus(definition.horizon_years).start + 1, 3, 31)
    return [
        Spend(
            partner=one.partner,
            category=one.category,
            amount=one.annual_spend,
            open_share=1.0 if one.first_day <= last else 0.0,
        )
        for one in _contracts(definition)
    ]


def _takeovers(systems: Sequence[System]) -> Iterator[Takeovers]:
    for purpose in dict.fromkeys(one.purpose for one in systems):
        same = tuple(one for one in systems if one.purpose == purpose)
        if len(same) > 1:
            yield Takeovers(purpose, same, compatibility(same))


def _rules(years: float) -> Rules:
    return Rules(
        years=years,
        fullest=parameter("building_fill").number,
        worst_filled=WORST_FILLED,
        move_cost=parameter("building_move_cost").number,
    )


def _buildings(definition: Definition) -> list[Building]:
    """Buildings of a named place; one without a place can take in nobody and be left for no other."""
    return [
        Building(
            key=one.key,
            partner=one.partner,
            place=one.place,
            running_cost=float(one.running_cost),
            area=one.floor_area,
            used_area=one.used_area,
            condition=one.condition,
            backlog=float(one.backlog),
            lease_break=_day(one.lease_break, f"buildings.{one.key}.lease_break"),
            exit_cost=float(one.exit_cost),
            receipt=float(one.receipt),
            must_stay=one.must_stay or (one.tenure == "leasehold" and not one.lease_break),
        )
        for one in definition.buildings
        if one.place
    ]


def _systems(definition: Definition) -> list[System]:
    return [
        System(
            key=one.key,
            partner=one.partner,
            purpose=one.purpose,
            annual_cost=float(one.annual_cost),
            users=one.users,
            contract_end=_known_day(one.contract_end, f"systems.{one.key}.contract_end"),
            takes_over=frozenset(one.compatible_with),
            migration_cost=float(one.migration_cost),
            cost_per_user=float(one.cost_per_user),
        )
        for one in definition.systems
    ]


def _contracts(definition: Definition) -> list[Contract]:
    return [
        Contract(
            key=one.key,
            partner=one.partner,
            category=one.category,
            annual_spend=float(one.annual_spend),
            ends=_known_day(one.ends, f"contracts.{one.key}.ends"),
            extendable_to=_day(one.extendable_to, f"contracts.{one.key}.extendable_to"),
            break_on=_day(one.break_on, f"contracts.{one.key}.break_on"),
            exit_cost=float(one.exit_cost),
        )
        for one in definition.contracts
    ]


def _day(text: str, place: str) -> date | None:
    return _known_day(text, place) if text else None


def _known_day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StudyError(f"{place}: '{text}' is no date.", remedy="Write it as 2027-03-31.") from None
