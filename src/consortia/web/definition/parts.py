"""The parts of a definition that are changed on the site, in the chapters in which a page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter

from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.correlations import Correlation
from consortia.study.definition import Assumption, Hosting, Initiative, Link, Scenario, StatedClaim, Target, ValueCase
from consortia.study.effects import Effect
from consortia.study.partnership import (
    ExitAgreement,
    GroupBounds,
    PartnerEffort,
    PartnerRole,
    PartnershipTerms,
    ShareLimit,
)
from consortia.study.placements import Placement
from consortia.study.priorities import Priorities
from consortia.study.projects import BudgetLine, Cost, Count, Funding, Outturn, Project, Term, Uptake
from consortia.study.records import Record
from consortia.study.registers import Building, ContractEntry, Post, System
from consortia.study.service_levels import ServiceLevel
from consortia.web.definition.labels import LABELS

OTHERS = msgid("Kept beside the appraisal")
STUDY, SHARING, PROJECTS = msgid("The study as a whole"), msgid("Sharing services"), msgid("Projects and claims")
REGISTERS, UNSURE = msgid("Registers"), msgid("What is not certain")
CHAPTERS = (STUDY, PROJECTS, REGISTERS, UNSURE, SHARING, OTHERS)


@dataclass(frozen=True)
class Part:
    """A list of records of one kind, or with `fields` one record: those fields of the definition.

    `held_by` is the part whose records hold such a list of their own; `numbered` are records that go by their place.
    """

    key: str
    field: str
    record: Any
    title: str
    add: str
    about: str
    held_by: str = ""
    chapter: str = ""
    numbered: bool = False
    fields: tuple[str, ...] = ()

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What checks a record of the part."""
        return TypeAdapter(self.record)

    @property
    def single(self) -> bool:
        """True for a part that is one record, always there."""
        return bool(self.fields)

    @property
    def path(self) -> tuple[str, ...]:
        """The steps to the list below what holds it; for a single record, to what its fields stand in."""
        return tuple(self.field.split(".")) if self.field else ()


def _whole(key: str, fields: tuple[str, ...], title: str, about: str, /, *, within: str = "", **said: Any) -> Part:
    """A part that is one record."""
    return Part(key, within, said.pop("record", Definition), title, msgid("Change it"), about, fields=fields, **said)


STATED = {
    part.key: part
    for part in (
        _whole(
            "settings", ("title", "purpose", "base_year", "horizon_years", "sharing_rule", "draws", "seed"),
            msgid("Settings of the appraisal"), msgid("Title, years, price base, draws and how gains are shared."),
            chapter=STUDY,
        ),
        _whole(
            "aims", ("savings_target", "funding_gap"), msgid("Savings target and funding gap"),
            msgid("What the partners want together, and the gap of the medium-term plan that it is held against."),
            chapter=STUDY,
        ),
        Part(
            "projects", "projects", Project, msgid("Projects"), msgid("Add a project"),
            msgid("Savings that partners state themselves, each with its effects, costs and timing."), "", PROJECTS,
        ),
        Part(
            "effects", "effects", Effect, msgid("Effects"), msgid("Add an effect"),
            msgid("What the project changes."), "projects",
        ),
        Part(
            "costs", "costs", Cost, msgid("Costs"), msgid("Add a cost"),
            msgid("What it takes to bring the project about, and what it costs to run."), "projects",
        ),
        Part(
            "terms", "terms", Term, msgid("Contract terms"), msgid("Add a term"),
            msgid("What a contract or an agreement promises, shares or puts at risk."), "projects",
        ),
        Part(
            "funding", "funding", Funding, msgid("Funding"), msgid("Add a source of money"),
            msgid("Where the money for the one-off costs comes from."), "projects",
        ),
        Part(
            "outturns", "outturns", Outturn, msgid("Outturns"), msgid("Add an outturn"),
            msgid("What came of the project in a year, in cash."), "projects", numbered=True,
        ),
        Part(
            "uptakes", "uptakes", Uptake, msgid("Counts with their share"), msgid("Add a count with its share"),
            msgid("Counts that say what part of all they are, to be held against each other."), "projects",
            numbered=True,
        ),
        Part(
            "counts", "counts", Count, msgid("Sums to check"), msgid("Add a sum"),
            msgid("Parts that must add up to a printed total."), "projects",
        ),
        Part(
            "lines", "lines", BudgetLine, msgid("Budget lines"), msgid("Add a budget line"),
            msgid("What a partner spends without any project. Effects fall on these lines."), "", PROJECTS,
        ),
        Part(
            "claims", "claims", StatedClaim, msgid("Headlines"), msgid("Add a headline"),
            msgid("Sums and percentages that a paper states. The appraisal tells what each can be a percentage of."),
            "", PROJECTS,
        ),
        _whole(
            "priorities", tuple(Priorities.model_fields), msgid("Which projects come first"),
            msgid("Criteria with their weights, and the money within which projects are chosen."),
            within="priorities", record=Priorities, chapter=PROJECTS,
        ),
        Part(
            "posts", "posts", Post, msgid("Posts"), msgid("Add a post"),
            msgid("Management posts that could be merged."), "", REGISTERS,
        ),
        Part(
            "buildings", "buildings", Building, msgid("Buildings"), msgid("Add a building"),
            msgid("Buildings whose people could move together."), "", REGISTERS,
        ),
        Part(
            "systems", "systems", System, msgid("ICT systems"), msgid("Add a system"),
            msgid("Systems that could converge."), "", REGISTERS,
        ),
        Part(
            "contracts", "contracts", ContractEntry, msgid("Contracts"), msgid("Add a contract"),
            msgid("Contracts that could be let together."), "", REGISTERS,
        ),
        Part(
            "assumptions", "assumptions", Assumption, msgid("Assumptions"), msgid("Add an assumption"),
            msgid("Values of this study in place of those of the reference, each with its reason."), "", UNSURE,
        ),
        Part(
            "correlations", "correlations", Correlation, msgid("Correlations"), msgid("Add a correlation"),
            msgid("Uncertain inputs of projects that rise or fall together, where somebody knows."), "", UNSURE,
            numbered=True,
        ),
        Part(
            "scenarios", "scenarios", Scenario, msgid("Scenarios"), msgid("Add a scenario"),
            msgid("Named sets of other values. A run is made of the base or of one of them."), "", UNSURE,
        ),
        Part(
            "scenario-assumptions", "assumptions", Assumption, msgid("Assumptions of the scenario"),
            msgid("Add an assumption"), msgid("They take the place of the study's own in this scenario."), "scenarios",
        ),
        Part(
            "initiatives", "initiatives", Initiative, msgid("Services to share"), msgid("Propose a service"),
            msgid("Proposals to share one service at one level. A run weighs each of them."), "", SHARING,
        ),
        Part(
            "links", "links", Link, msgid("Together or apart"), msgid("Add a wish"),
            msgid("Partners that must share together or must not."), "", SHARING, numbered=True,
        ),
        Part(
            "roles", "partnership.roles", PartnerRole, msgid("Hosts and buyers"), msgid("Add a role"),
            msgid("What a partner would be in a shared service, or that it stays out."), "", SHARING, numbered=True,
        ),
        Part(
            "bounds", "partnership.bounds", GroupBounds, msgid("Size of groups"), msgid("Add a bound"),
            msgid("How small or large a group may be."), "", SHARING,
        ),
        Part(
            "hosting", "hosting", Hosting, msgid("Hosted already"), msgid("Add a hosted service"),
            msgid("Services that one partner runs for others already."), "", SHARING, numbered=True,
        ),
        Part(
            "efforts", "partnership.efforts", PartnerEffort, msgid("Effort"), msgid("Add an effort"),
            msgid("Hours a year that a partner gives to the shared work."), "", SHARING, numbered=True,
        ),
        Part(
            "exits", "partnership.exits", ExitAgreement, msgid("Terms of leaving"), msgid("Add terms of leaving"),
            msgid("What leaving costs by the agreement, in place of the reference."), "", SHARING, numbered=True,
        ),
        Part(
            "share-limits", "partnership.share_limits", ShareLimit, msgid("Floors and caps"), msgid("Add a limit"),
            msgid("The least and the most that a partner may have of a gain."), "", SHARING, numbered=True,
        ),
        _whole(
            "agreement", ("rule", "paid_back_by"), msgid("Agreed sharing"),
            msgid("The rule that the partners agreed on, and by when nobody may be out of pocket."),
            within="partnership", record=PartnershipTerms, chapter=SHARING,
        ),
        Part(
            "placements", "partnership.placements", Placement, msgid("Functions on the continuum"),
            msgid("Place a function"), msgid("How deeply each function is worked on together, and why."), "", SHARING,
            numbered=True,
        ),
        Part(
            "service-levels", "partnership.service_levels", ServiceLevel, msgid("Levels of service"),
            msgid("Add a level of service"), msgid("What was agreed and what each partner has chosen since."), "",
            SHARING, numbered=True,
        ),
        Part(
            "targets", "targets", Target, msgid("Target costs"), msgid("Add a target"),
            msgid("What a partner can afford for a service."), "", SHARING, numbered=True,
        ),
        Part(
            "value-cases", "value_cases", ValueCase, msgid("Value analyses"), msgid("Add a value analysis"),
            msgid("What the parts of a service cost beside what they give."), "", SHARING, numbered=True,
        ),
    )
}  # fmt: skip


def _further(record: type[Record], above: str, chapter: str) -> Iterator[Part]:
    """A part for each list of records that none of those above is of, so that nothing a study can say is left out."""
    known = {part.field for part in STATED.values() if not part.held_by}
    for name, info in record.model_fields.items():
        held = get_args(info.annotation)[0] if get_origin(info.annotation) is tuple else None
        field = ".".join(step for step in (above, name) if step)
        if isinstance(held, type) and issubclass(held, Record) and field not in known and name not in UNCHANGED:
            title = LABELS.get(f"{record.__name__}.{name}", name.replace("_", " ").capitalize())
            yield Part(
                name.replace("_", "-"), field, held, title, msgid("Add a record"), info.description or "",
                chapter=chapter, numbered="key" not in held.model_fields,
            )  # fmt: skip


UNCHANGED = frozenset({"partners"})
"""Who takes part is decided when the study is made, with a return for each."""
PARTS = STATED | {
    part.key: part for part in (*_further(Definition, "", OTHERS), *_further(PartnershipTerms, "partnership", SHARING))
}
