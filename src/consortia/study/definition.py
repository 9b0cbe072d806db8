"""The definition of a study: partners, initiatives, links, assumptions, scenarios, hosted services, targets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from consortia.findings import Value, msgid, named
from consortia.periods import FinancialYear
from consortia.study.assurance import AttributeScore
from consortia.study.correlations import Correlation
from consortia.study.fractions import Share, ShareRange
from consortia.study.nearest import nearest_partner
from consortia.study.partnership import PartnershipTerms
from consortia.study.placements import placed_twice
from consortia.study.priorities import Priorities
from consortia.study.projects import BudgetLine, Project
from consortia.study.records import Record, Refused
from consortia.study.registers import Building, ContractEntry, Post, System
from consortia.study.tracking import AdviceReturn, Opportunity
from consortia.study.values import Key
from consortia.study.values import Range as Range
from consortia.study.values import Text as Text
from consortia.study.values import Year as Year
from consortia.study.wishes import places, torn_pair, two_limits, two_roles

SCHEMA_VERSION = 1


LevelCode = Literal["networking", "coordination", "cooperation", "collaboration", "full_integration"]
Lever = Literal["share_practice", "remove_duplication", "build_critical_mass"]
KEYED = ("lines", "projects", "posts", "buildings", "systems", "contracts", "claims")
LISTED = ("opportunities", "advice")
"""Keyed as well, and of no bearing on any figure of the appraisal."""
SAID_TWICE = {
    "roles": msgid("{partner} has two roles in the same service ({places})."),
    "share_limits": msgid("The share of {partner} in the same service is limited twice ({places})."),
}
Reading = Literal["part_of_all_spend", "part_in_last_year", "sum_of_yearly_parts"]
SharingRule = Literal["equal", "budget", "shapley"]


class Partner(Record):
    """A council or other body that takes part."""

    code: str = Field(description="GSS code, or the E-code of a body that has none")
    name: Text


class Initiative(Record):
    """A proposal to share one service at one level. What is left out is the reference default."""

    key: str
    service: str = Field(description="code in the service taxonomy")
    title: Text | None = None
    level: LevelCode | None = Field(default=None, description="depth of working; default: the deepest sensible")
    saving: ShareRange | None = Field(
        default=None, description="steady-state saving as a share of addressable gross spend"
    )
    addressable_share: Share | None = Field(default=None, description="share of the line that can change")
    maturity: str = Field(default="outline_idea", description="maturity of the plan, for the chance of delivery")
    start: Year | None = Field(default=None, description="first year of change; default: the year after the base year")
    lever: Lever = "remove_duplication"
    gain: Literal["range", "scale_curve"] = Field(
        default="range", description="what size saves: by the reference range, or by the scale curve where it can tell"
    )
    needs_pooled_budget: bool = Field(
        default=False, description="the saving can only be had from one budget: levels without one do not book it"
    )
    comparator: str = Field(default="", description="named case that reached a saving above the reference range")
    reason: str = Field(default="", description="why this differs from the default")

    @model_validator(mode="after")
    def _changes_have_a_reason(self) -> Self:
        changed = [name for name in ("saving", "addressable_share") if getattr(self, name) is not None]
        if changed and not self.reason:
            sentence = msgid("'{fields}' differs from the default, and no reason is given.")
            raise Refused("reason-missing", sentence, msgid("Give it in `reason`."), fields=", ".join(changed))
        return self


class Link(Record):
    """Partners that must share together or must not, for all services or for those named."""

    kind: Literal["together", "apart"]
    partners: tuple[str, ...] = Field(min_length=2)
    services: tuple[str, ...] = ()
    reason: str


class HostedFor(Record):
    """A partner that a service is run for by another; nominal pounds of the year."""

    partner: str
    cost: Decimal = Field(ge=0, description="its part of what the service costs the host")
    paid: Decimal = Field(default=Decimal(0), ge=0, description="what it paid the host, a cost in its own return")


class Hosting(Record):
    """A service that one partner runs and accounts for, and those it is run for: arrangements that stand already."""

    service: str = Field(description="code in the service taxonomy")
    host: str
    year: Year | None = Field(default=None, description="financial year; default: the base year")
    run_for: tuple[HostedFor, ...] = Field(min_length=1)
    source: str = Field(description="agreement or account that the amounts come from")


class Target(Record):
    """What a partner can afford for a service; pounds of the base year."""

    partner: str
    service: str = Field(description="code in the service taxonomy")
    budget: Decimal = Field(ge=0, description="affordable budget")
    required_saving: Decimal = Field(default=Decimal(0), description="saving still to come out of it")
    reason: str = Field(description="the decision or plan that it comes from")


class ServiceFunction(Record):
    """What a service is for, as a verb and a noun, with the weight that people gave it."""

    code: str
    name: Text
    weight: float = Field(ge=0, description="any scale; weights are made to add up to one")


class ServiceComponent(Record):
    """A part of a service with its cost, what it gives to each function, and what a duty makes it cost at least."""

    code: str
    name: Text
    cost: Decimal = Field(ge=0, description="pounds of the base year")
    contributes: dict[str, float] = Field(default={}, description="how much it gives to each function, any scale")
    floor: Decimal = Field(default=Decimal(0), ge=0, description="lowest lawful cost; no target goes below it")
    duty: str = Field(default="", description="the statute or contract that sets the floor")

    @model_validator(mode="after")
    def _a_floor_has_its_duty(self) -> Self:
        if self.floor and not self.duty:
            sentence = msgid("A floor needs the duty that sets it.")
            raise Refused("floor-without-duty", sentence, msgid("Name the statute or contract in `duty`."))
        return self


class ValueCase(Record):
    """The function-cost matrix of one service: what its components cost beside what they give."""

    service: str = Field(description="code in the service taxonomy")
    allowable: Decimal = Field(ge=0, description="what the components may cost together, pounds of the base year")
    tolerance: float = Field(default=10.0, ge=0, description="width of the optimal value zone, points; judgement")
    functions: tuple[ServiceFunction, ...] = Field(min_length=1)
    components: tuple[ServiceComponent, ...] = Field(min_length=1)


class Assumption(Record):
    """A value that replaces a reference parameter in this study, with the reason for it."""

    key: str
    value: float | None = None
    range: Range | None = None
    source: str = ""
    grade: int | None = Field(default=None, ge=1, le=6, description="grade of the evidence, 1 best to 6 (GMCA)")
    reason: str

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if (self.value is None) == (self.range is None):
            sentence = msgid("An assumption needs either a value or a range.")
            raise Refused("assumption-value", sentence, msgid("Give one of the two."))
        return self


class Scenario(Record):
    """A named set of assumptions and of other fields that replace those of the base."""

    key: str
    title: Text
    assumptions: tuple[Assumption, ...] = ()
    overrides: dict[str, Any] = Field(
        default={}, description="new value by the place of a field: `projects.libraries.effects.counter.rate: 0.1`"
    )


class StatedClaim(Record):
    """A headline that a paper makes of savings: a sum and a percentage, with what the percentage is of."""

    key: Key
    title: Text
    cumulative: Decimal = Field(gt=0, description="savings of all years together, pounds as claimed")
    part: Share = Field(gt=0, description="the percentage that is claimed")
    years: int = Field(ge=1, description="years that it is of")
    reading: Reading | None = Field(
        default=None, description="what it is of: all spend, the last year's budget, or each year's added up"
    )
    net: bool | None = Field(default=None, description="whether costs are taken off")
    source: str = ""


class SavingsTarget(Record):
    """What the partners want together: recurrent cashable saving a year in a year, or net present value in all."""

    amount: Decimal = Field(gt=0, description="real pounds of the base year")
    measure: Literal["yearly", "net_present_value"] = "yearly"
    year: Year | None = Field(default=None, description="for `yearly`; default: the last year of the horizon")


class Definition(Record):
    """Everything that determines a study apart from what the partners return."""

    schema_version: int = SCHEMA_VERSION
    key: str
    title: Text
    purpose: Text = Text(en="")
    base_year: Year = Field(description="last year of the baseline; t = 0, undiscounted; its prices are the price base")
    horizon_years: int = Field(default=10, ge=1, le=60)
    editions: tuple[str, ...] = Field(default=(), description="published returns that the baseline was taken from")
    partners: tuple[Partner, ...] = Field(min_length=1)
    initiatives: tuple[Initiative, ...] = ()
    links: tuple[Link, ...] = ()
    partnership: PartnershipTerms = PartnershipTerms()
    assumptions: tuple[Assumption, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    hosting: tuple[Hosting, ...] = ()
    targets: tuple[Target, ...] = ()
    value_cases: tuple[ValueCase, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    projects: tuple[Project, ...] = ()
    posts: tuple[Post, ...] = ()
    buildings: tuple[Building, ...] = ()
    systems: tuple[System, ...] = ()
    contracts: tuple[ContractEntry, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    claims: tuple[StatedClaim, ...] = ()
    opportunities: tuple[Opportunity, ...] = Field(default=(), description="scope that was parked")
    advice: tuple[AdviceReturn, ...] = ()
    readiness: tuple[AttributeScore, ...] = Field(default=(), description="attributes of initiatives that succeed")
    savings_target: SavingsTarget | None = None
    priorities: Priorities | None = None
    funding_gap: dict[Year, Decimal] = Field(default={}, description="gap of the medium-term plan, cash pounds by year")
    sharing_rule: SharingRule = "budget"
    draws: int = Field(default=4096, ge=64, le=1_048_576, description="number of draws; a power of two")
    seed: int = Field(default=20_260_401, ge=0)

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        for what, keys in self._keys().items():
            twins = sorted({key for key in keys if keys.count(key) > 1})
            if twins:
                sentence, remedy = (
                    msgid("There are two with the key {keys}."),
                    msgid("Keep one, or give it another key."),
                )
                raise Refused("twins", sentence, remedy, at=what, keys=", ".join(twins))
        return self

    @model_validator(mode="after")
    def _names_partners_only(self) -> Self:
        strange = [(place, code) for place, code in self._named() if code not in self.codes]
        if strange:
            sentence = msgid("No partner of this study has the code {codes}.")
            remedy = msgid("Partners go by their codes: {near}. Correct it, or add the partner.")
            codes, first = dict.fromkeys(code for _, code in strange), strange[0][0]
            near = "; ".join(f"{code} \N{RIGHTWARDS ARROW} {nearest_partner(code, self.partners)}" for code in codes)
            raise Refused("no-partner", sentence, remedy, at=first, codes=", ".join(codes), near=near)
        return self

    @model_validator(mode="after")
    def _wishes_can_be_met(self) -> Self:
        torn = torn_pair(self.links)
        if torn:
            first, second = (self._name(code) for code in torn.pair)
            sentence = msgid(
                "{first} and {second} must be together ({together}) and must not ({apart}): nothing can meet both."
            )
            remedy = msgid("Take one of these links out, or name other services in it.")
            together, apart = places("links", torn.together), f"links.{torn.apart}"
            names = {"first": first, "second": second, "together": together, "apart": apart}
            raise Refused("together-and-apart", sentence, remedy, at=f"{apart}.partners", **names)
        return self

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        terms = self.partnership
        for part, field, twice in (
            ("roles", "role", two_roles(terms.roles)),
            ("share_limits", "partner", two_limits(terms.share_limits)),
        ):
            if twice:
                partner = self._name(getattr(terms, part)[twice[1] - 1].partner)
                there, at = places(part, twice), f"partnership.{part}.{twice[1]}.{field}"
                remedy = msgid("Keep one of them, or name other services in it.")
                raise Refused("said-twice", SAID_TWICE[part], remedy, at=at, partner=partner, places=there)
        return self

    @model_validator(mode="after")
    def _draws_are_a_power_of_two(self) -> Self:
        if self.draws & (self.draws - 1):
            sentence = msgid("The number of draws, {draws}, is no power of two, which a Sobol sequence needs.")
            raise Refused("draws", sentence, msgid("Write 1024, 4096 or 16384."), at="draws", draws=str(self.draws))
        return self

    @model_validator(mode="after")
    def _one_level_for_each_function(self) -> Self:
        twice = placed_twice(self.partnership.placements, self.codes)
        if twice:
            sentence = msgid("The function '{function}' stands on two levels for {partner}.")
            place, (function, partner) = "partnership.placements", twice
            raise Refused("two-levels", sentence, msgid("Keep one."), at=place, function=function, partner=partner)
        return self

    def _named(self) -> Iterator[tuple[str, str]]:
        """Every partner that is named outside projects, after its place."""
        for number, link in enumerate(self.links, 1):
            yield from ((f"links.{number}.partners", code) for code in link.partners)
        yield from ((f"partnership.{place}", code) for place, code in self.partnership.partners)
        for number, one in enumerate(self.hosting, 1):
            yield f"hosting.{number}.host", one.host
            yield from ((f"hosting.{number}.run_for", part.partner) for part in one.run_for)
        yield from ((f"targets.{number}.partner", one.partner) for number, one in enumerate(self.targets, 1))

    def _name(self, code: str) -> Value:
        name = self.partner(code).name
        return named(name.en, name.in_language("cy"))

    def _keys(self) -> dict[str, list[str]]:
        return {
            "partners": [partner.code for partner in self.partners],
            "initiatives": [initiative.key for initiative in self.initiatives],
            "assumptions": [assumption.key for assumption in self.assumptions],
            "scenarios": [scenario.key for scenario in self.scenarios],
            "targets": [f"{target.partner} {target.service}" for target in self.targets],
            "readiness": [str(one.attribute) for one in self.readiness],
        } | {what: [one.key for one in getattr(self, what)] for what in (*KEYED, *LISTED)}

    def to_plain(self) -> dict[str, Any]:
        """The definition as plain values; the version of the schema is always stated."""
        return {"schema_version": self.schema_version} | super().to_plain()

    @property
    def codes(self) -> tuple[str, ...]:
        """The partners' codes in the order of the definition: the order of every axis and bit mask."""
        return tuple(partner.code for partner in self.partners)

    @property
    def year(self) -> FinancialYear:
        """The base year."""
        return FinancialYear.parse(self.base_year)

    def partner(self, code: str) -> Partner:
        """The partner with that code; ValueError when there is none."""
        for partner in self.partners:
            if partner.code == code:
                return partner
        raise ValueError(f"{code} is not a partner of study {self.key}")
