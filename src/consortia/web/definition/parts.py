"""The parts of a definition that are changed on the site, and where each record stands in the document."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.definition import Assumption, Initiative, Scenario
from consortia.study.effects import Effect
from consortia.study.projects import BudgetLine, Cost, Project
from consortia.study.registers import Building, ContractEntry, Post, System

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A list of records of one kind; `held_by` is the part whose records hold such a list of their own."""

    key: str
    field: str
    record: TypeAdapter[Any]
    title: str
    add: str
    about: str
    held_by: str = ""


PARTS = {
    part.key: part
    for part in (
        Part(
            "initiatives", "initiatives", TypeAdapter(Initiative), msgid("Services to share"),
            msgid("Propose a service"),
            msgid("Proposals to share one service at one level. A run weighs each of them."),
        ),
        Part(
            "projects", "projects", TypeAdapter(Project), msgid("Projects"), msgid("Add a project"),
            msgid("Savings that partners state themselves, each with its effects, costs and timing."),
        ),
        Part(
            "effects", "effects", TypeAdapter(Effect), msgid("Effects"), msgid("Add an effect"),
            msgid("What the project changes."), "projects",
        ),
        Part(
            "costs", "costs", TypeAdapter(Cost), msgid("Costs"), msgid("Add a cost"),
            msgid("What it takes to bring the project about, and what it costs to run."), "projects",
        ),
        Part(
            "lines", "lines", TypeAdapter(BudgetLine), msgid("Budget lines"), msgid("Add a budget line"),
            msgid("What a partner spends without any project. Effects fall on these lines."),
        ),
        Part(
            "assumptions", "assumptions", TypeAdapter(Assumption), msgid("Assumptions"), msgid("Add an assumption"),
            msgid("Values of this study in place of those of the reference, each with its reason."),
        ),
        Part(
            "scenarios", "scenarios", TypeAdapter(Scenario), msgid("Scenarios"), msgid("Add a scenario"),
            msgid("Named sets of other values. A run is made of the base or of one of them."),
        ),
        Part(
            "scenario-assumptions", "assumptions", TypeAdapter(Assumption), msgid("Assumptions of the scenario"),
            msgid("Add an assumption"), msgid("They take the place of the study's own in this scenario."), "scenarios",
        ),
        Part(
            "posts", "posts", TypeAdapter(Post), msgid("Posts"), msgid("Add a post"),
            msgid("Management posts that could be merged."),
        ),
        Part(
            "buildings", "buildings", TypeAdapter(Building), msgid("Buildings"), msgid("Add a building"),
            msgid("Buildings whose people could move together."),
        ),
        Part(
            "systems", "systems", TypeAdapter(System), msgid("ICT systems"), msgid("Add a system"),
            msgid("Systems that could converge."),
        ),
        Part(
            "contracts", "contracts", TypeAdapter(ContractEntry), msgid("Contracts"), msgid("Add a contract"),
            msgid("Contracts that could be let together."),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: its part, its key (empty for a new one), and the key of the record that holds it."""

    part: Part
    key: str = ""
    within: str = ""

    @property
    def place(self) -> str:
        """The place as findings and scenarios write it: `projects.libraries.effects.counter`."""
        steps = (*((self.part.held_by, self.within) if self.part.held_by else ()), self.part.field, self.key)
        return ".".join(step for step in steps if step)

    @property
    def holder(self) -> Spot | None:
        """The record that holds this one; None for one that stands in the definition itself."""
        return Spot(PARTS[self.part.held_by], self.within) if self.part.held_by else None

    def named(self, key: str) -> Spot:
        """The same spot under another key."""
        return replace(self, key=key)


def records_at(definition: Plain, part: Part, within: str = "") -> list[Plain]:
    """The plain records of a part. KeyError where the record that should hold them is none of the study."""
    if not part.held_by:
        return list(definition.get(part.field, ()))
    return list(_one(definition, PARTS[part.held_by], within).get(part.field, ()))


def record_at(definition: Plain, spot: Spot) -> Plain:
    """The plain record at a spot. KeyError where there is none."""
    return next((one for one in records_at(definition, spot.part, spot.within) if one["key"] == spot.key), None) or _no(
        spot.key
    )


def changed(definition: Plain, spot: Spot, record: Plain | None) -> Plain:
    """The definition with the record at the spot replaced, put last where it is new, or taken out where it is None."""
    held = records_at(definition, spot.part, spot.within)
    places = [place for place, one in enumerate(held) if spot.key and one["key"] == spot.key]
    if record is None:
        kept = [one for place, one in enumerate(held) if place not in places]
    elif places:
        kept = [record if place in places else one for place, one in enumerate(held)]
    else:
        kept = [*held, record]
    if spot.holder is None:
        return definition | {spot.part.field: kept}
    return changed(definition, spot.holder, record_at(definition, spot.holder) | {spot.part.field: kept})


def plain_definition(definition: Definition) -> Plain:
    """The definition as plain values, as the study folder holds them."""
    return definition.to_plain()


def digest_of(record: Plain | None) -> str:
    """A short text that tells two states of a record apart; empty for none."""
    if record is None:
        return ""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _one(definition: Plain, part: Part, key: str) -> Plain:
    return record_at(definition, Spot(part, key))


def _no(key: str) -> Plain:
    raise KeyError(key)
