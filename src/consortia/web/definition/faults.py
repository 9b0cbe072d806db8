"""What is wrong with a record, in the person's language, at the field that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from pydantic import ValidationError

from consortia.findings import Finding, Severity
from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.project_findings import project_findings
from consortia.study.records import Refused
from consortia.web.definition.spots import Spot
from consortia.web.language import language, sentence

NUMBER = msgid("Write a number, such as 0.1 or 1200.")
ONE_OF = msgid("Choose one of: {expected}.")
SHAPE = msgid("This does not have the form that is needed here.")
BY_TYPE = {
    "missing": msgid("Fill this in."),
    "string_pattern_mismatch": msgid("A key has no spaces, full stops or bars."),
    "greater_than_equal": msgid("This must be {ge} or more."),
    "greater_than": msgid("This must be more than {gt}."),
    "less_than_equal": msgid("This must be {le} or less."),
    "less_than": msgid("This must be less than {lt}."),
    "literal_error": ONE_OF,
    "extra_forbidden": msgid("There is no such field."),
    "too_short": msgid("Give at least {min_length}."),
    "finite_number": NUMBER,
    "union_tag_invalid": msgid("Choose one of: {expected_tags}."),
    "union_tag_not_found": msgid("Say its kind."),
}
NUMBERS = ("float", "int", "decimal")
KEY, TWIN = "key", "project-twin"
MADE_ALIKE_BY = {"targets": "partner", "links": "partners", "placements": "key", "roles": "partner"}
"""By part: the field in which the fault of a record stands that cannot be beside another."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with the place inside the record, steps joined by full stops; empty for the record as a whole."""

    place: str
    words: str


def faults_of(error: ValidationError, given: Any) -> tuple[Fault, ...]:
    """Each fault that the records themselves find; `given` is what was checked."""
    return tuple(Fault(_place(one, given), _words(one)) for one in error.errors())


def new_faults(before: Definition, after: Definition, spot: Spot) -> tuple[Fault, ...]:
    """The errors in a record that a change brings; those that stood there before are no reason to refuse."""
    old = {_told(finding) for finding in project_findings(before)}
    return tuple(
        Fault(KEY if finding.code == TWIN else place, language().finding(finding))
        for finding in project_findings(after)
        if finding.severity is Severity.ERROR and _told(finding) not in old
        if (place := spot.inside(_cell(finding))) is not None
    )


def at_the_record(faults: Iterable[Fault], spot: Spot) -> tuple[Fault, ...]:
    """Faults of the whole definition, each where it lies in the record, or where it is made like another."""
    return tuple(_at_the_record(fault, spot) for fault in faults)


def _at_the_record(fault: Fault, spot: Spot) -> Fault:
    if fault.place in (spot.part.field, spot.part.path[:1], ".".join(spot.part.path[:1])) and not spot.part.single:
        names = MADE_ALIKE_BY.get(spot.part.key, "")
        return Fault(names, fault.words)
    inside = spot.inside(fault.place)
    return Fault(fault.place if inside is None else inside, fault.words)


def _place(fault: Any, given: Any) -> str:
    """Where a fault lies: as far as the validator went, and from there what the record itself names."""
    own = fault.get("ctx", {}).get("error")
    at = own.finding.place.cell if isinstance(own, Refused) and own.finding.place else ""
    return ".".join(part for part in (*_steps(fault["loc"], given), at) if part)


def endless(plain: Any, place: str = "") -> tuple[Fault, ...]:
    """The places of numbers that are none or have no end, which no appraisal can bear."""
    if isinstance(plain, float):
        return () if isfinite(plain) else (Fault(place, sentence(NUMBER)),)
    parts = plain.items() if isinstance(plain, dict) else enumerate(plain, 1) if isinstance(plain, list | tuple) else ()
    return tuple(fault for name, one in parts for fault in endless(one, f"{place}.{name}".lstrip(".")))


def findings_at(findings: Iterable[Finding], spot: Spot) -> tuple[Finding, ...]:
    """The findings about a record and what it holds."""
    return tuple(finding for finding in findings if spot.inside(_cell(finding)) is not None)


def _cell(finding: Finding) -> str:
    return finding.place.cell if finding.place else ""


def _told(finding: Finding) -> str:
    return f"{finding.code} {finding.place} {finding.values}"


def _steps(location: tuple[int | str, ...], given: Any) -> list[str]:
    """The names that a reader would follow; what the validator adds for a choice of kinds is left out."""
    steps, held, entered = [], given, True
    for step in location:
        if entered and step == _kind(held):
            entered = False
            continue
        steps.append(str(step + 1) if isinstance(step, int) else step)
        held, entered = _inside(held, step), True
    return steps


def _inside(held: Any, step: int | str) -> Any:
    if isinstance(held, dict) and step in held:
        return held[step]
    if isinstance(held, list | tuple) and isinstance(step, int) and step < len(held):
        return held[step]
    return None


def _kind(held: Any) -> Any:
    return held.get("kind") if isinstance(held, dict) else None


def _words(fault: Any) -> str:
    name, context = fault["type"], fault.get("ctx", {})
    if name == "value_error":
        return _own(context.get("error"))
    if name.startswith(NUMBERS):
        return sentence(NUMBER)
    found = BY_TYPE.get(name, SHAPE)
    values = {key: str(value) for key, value in context.items() if f"{{{key}}}" in found}
    return sentence(found, **values)


def _own(error: object) -> str:
    """What a record says of itself, in the person's language; a plain sentence of it stands as it is."""
    if isinstance(error, Refused):
        return language().finding(error.finding)
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
