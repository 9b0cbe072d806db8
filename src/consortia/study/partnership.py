"""What partners agree on working together: who hosts, buys or stays out, effort, exit terms, bounds, payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.fractions import Share
from consortia.study.leads import LeadBody
from consortia.study.needs import PartnerNeed
from consortia.study.placements import Placement
from consortia.study.pooled import PooledBudget
from consortia.study.profiles import PartnerProfile
from consortia.study.prompts import PromptAnswer
from consortia.study.records import Record, Refused
from consortia.study.service_levels import ServiceLevel
from consortia.study.shared_posts import SharedPost

Role = Literal["host", "buy", "abstain"]
AgreedRule = Literal[
    "budget", "population", "use", "equal", "equal_charge", "scrb", "cost_gap", "shapley",
    "equal_profit", "nucleolus", "nucleolus_per_head", "equal_contribution",
]  # fmt: skip

AnyRecord = TypeVar("AnyRecord", bound=Record)


class PartnerRole(Record):
    """What a partner would be in a shared service: its host, one of its buyers, or not in it at all."""

    partner: str
    role: Role
    services: tuple[str, ...] = Field(default=(), description="codes in the service taxonomy; default: every service")
    capacity: float | None = Field(default=None, ge=0, description="people in all that it could host for; default: any")
    reason: str = ""


class PartnerEffort(Record):
    """Hours a year that a partner gives to the shared work, and how many it can spare for it."""

    partner: str
    hours: float = Field(ge=0)
    spare: float = Field(ge=0, description="hours a year that it can spare")


class ExitAgreement(Record):
    """What leaving costs by the agreement; what is left out is the reference default."""

    services: tuple[str, ...] = Field(default=(), description="codes in the service taxonomy; default: every service")
    notice_months: float | None = Field(default=None, ge=0)
    disaggregation_cost: float | None = Field(default=None, ge=0, description="pounds that a leaver pays, base year")
    stranded_share: Share | None = Field(
        default=None, description="part of the cost that should fall away with a leaver and does not"
    )
    stranded_years: float | None = Field(default=None, ge=0, description="years until it has fallen away")
    source: str = Field(description="agreement or judgement that the terms come from")


class GroupBounds(Record):
    """How large a group may be; a partner alone is no group."""

    key: str
    services: tuple[str, ...] = Field(default=(), description="codes in the service taxonomy; default: every service")
    smallest: int | None = Field(default=None, ge=2, description="fewest members")
    largest: int | None = Field(default=None, ge=2, description="most members")
    least_population: float | None = Field(default=None, ge=0)
    most_population: float | None = Field(default=None, ge=0)
    reason: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for low, high in ((self.smallest, self.largest), (self.least_population, self.most_population)):
            if low is not None and high is not None and low > high:
                sentence = msgid("The least of '{key}', {low}, lies above its most, {high}: no group can be so.")
                remedy = msgid("Lower the one or raise the other.")
                raise Refused("bounds-crossed", sentence, remedy, key=self.key, low=f"{low:g}", high=f"{high:g}")
        return self


class ShareLimit(Record):
    """The least and the most that a partner may have of a service's gain; present value, real pounds."""

    partner: str
    services: tuple[str, ...] = Field(default=(), description="codes in the service taxonomy; default: every service")
    floor: float | None = None
    cap: float | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            sentence = msgid("The floor of {partner}, £{floor}, lies above its cap, £{cap}.")
            floor, cap = f"{self.floor:,.0f}", f"{self.cap:,.0f}"
            remedy = msgid("Lower the floor or raise the cap.")
            raise Refused("floor-above-cap", sentence, remedy, at="floor", partner=self.partner, floor=floor, cap=cap)
        return self


class PartnershipTerms(Record):
    """What the partners have said or agreed about working together."""

    roles: tuple[PartnerRole, ...] = ()
    efforts: tuple[PartnerEffort, ...] = ()
    exits: tuple[ExitAgreement, ...] = ()
    bounds: tuple[GroupBounds, ...] = ()
    share_limits: tuple[ShareLimit, ...] = ()
    placements: tuple[Placement, ...] = Field(default=(), description="functions on the continuum of working together")
    service_levels: tuple[ServiceLevel, ...] = Field(
        default=(), description="levels of service agreed and chosen since"
    )
    pooled: tuple[PooledBudget, ...] = Field(default=(), description="budgets that partners pool")
    shared_posts: tuple[SharedPost, ...] = Field(default=(), description="chief executives and other posts shared")
    profiles: tuple[PartnerProfile, ...] = Field(default=(), description="what each partner is like to work with")
    needs: tuple[PartnerNeed, ...] = Field(default=(), description="what partners need, reviewed again and again")
    leads: tuple[LeadBody, ...] = Field(default=(), description="legal model and lead body of each service")
    answers: tuple[PromptAnswer, ...] = Field(default=(), description="answers to the prompts of others' experience")
    rule: AgreedRule | None = Field(
        default=None,
        description="agreed rule of sharing; equal_contribution: each keeps its saving and pays an equal part of the "
        "coordination; default: sharing_rule",
    )
    paid_back_by: int | None = Field(
        default=None, ge=0, description="year from the base year after which nobody may be out of pocket"
    )

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        for name in ("pooled", "shared_posts", "needs", "leads"):
            keys = [one.key for one in getattr(self, name)]
            twins = sorted({key for key in keys if keys.count(key) > 1})
            if twins:
                sentence = msgid("There are two with the key {keys}.")
                remedy = msgid("Keep one, or give it another key.")
                raise Refused("twins", sentence, remedy, at=name, keys=", ".join(twins))
        return self

    @property
    def partners(self) -> Iterator[tuple[str, str]]:
        """Every partner that the terms name, after its place in them."""
        for name in ("roles", "efforts", "share_limits", "profiles", "needs"):
            yield from ((f"{place}.partner", one.partner) for place, one in _placed(name, getattr(self, name)))
        for place, level in _placed("service_levels", self.service_levels):
            yield from ((f"{place}.chosen", each.partner) for each in level.chosen)
        for place, function in _placed("placements", self.placements):
            yield from ((f"{place}.members", code) for code in function.members)
            yield from ((f"{place}.agreed", each.partner) for each in function.agreed)
        yield from self._running

    @property
    def _running(self) -> Iterator[tuple[str, str]]:
        """Partners that are named in how the consortium is run, after their places."""
        for place, budget in _placed("pooled", self.pooled):
            yield from ((f"{place}.partners", code) for code in budget.partners)
        for place, post in _placed("shared_posts", self.shared_posts):
            yield from ((f"{place}.councils", each.partner) for each in post.councils)
        for place, led in _placed("leads", self.leads):
            yield from ((f"{place}.lead", code) for code in (led.lead,) if code)
            yield from ((f"{place}.members", code) for code in led.members if code)
            yield from ((f"{place}.delegations", each.partner) for each in led.delegations if each.partner)

    def role_of(self, partner: str, service: str) -> PartnerRole | None:
        """What a partner said for a service; what it said of the service by name counts before what it said of all."""
        own = [one for one in self.roles if one.partner == partner and concerns(one.services, service)]
        return min(own, key=lambda one: not one.services, default=None)

    def limit_of(self, partner: str, service: str) -> ShareLimit | None:
        """The least and the most of a partner; what names the service counts before what is for all."""
        own = [one for one in self.share_limits if one.partner == partner and concerns(one.services, service)]
        return min(own, key=lambda one: not one.services, default=None)

    def abstains(self, partner: str, service: str) -> bool:
        """Say whether a partner stays out of a service."""
        role = self.role_of(partner, service)
        return role is not None and role.role == "abstain"

    def exit_of(self, service: str) -> ExitAgreement | None:
        """The exit terms of a service: its own before those of all."""
        found = [one for one in self.exits if concerns(one.services, service)]
        return min(found, key=lambda one: not one.services, default=None)


def _placed(name: str, held: Sequence[AnyRecord]) -> Iterator[tuple[str, AnyRecord]]:
    """Each record after its place: its key, or its number where it has none."""
    return ((f"{name}.{getattr(one, 'key', number)}", one) for number, one in enumerate(held, 1))


def concerns(services: tuple[str, ...], service: str) -> bool:
    """Say whether terms for these services hold for one; none named: for all."""
    return not services or service in services
