"""A study under a scenario: fields named by their place in the document, with other values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from consortia.errors import StudyError, suggest
from consortia.findings import Finding, Place, Severity, msgid
from consortia.study.definition import Definition, Scenario
from consortia.study.document_findings import document_findings, listed
from consortia.study.estimates import Estimate

BASE = "base"
GONE = "\N{EN DASH}"
WITHOUT = Place("", cell="overrides")
FIXED = frozenset({"schema_version", "key", "partners", "scenarios", "assumptions", "base_year"})
"""What no scenario changes: another baseline is another study, and assumptions have a field of their own."""


def scenario_of(definition: Definition, key: str) -> Scenario | None:
    """The scenario of that key, nothing for the base; StudyError for one that the study does not have."""
    if key == BASE:
        return None
    for scenario in definition.scenarios:
        if scenario.key == key:
            return scenario
    known = [BASE, *(scenario.key for scenario in definition.scenarios)]
    remedy = f"Choose one of: {', '.join(known)}."
    raise StudyError(f"There is no scenario '{key}' in study {definition.key}.", remedy=remedy)


def under_scenario(definition: Definition, key: str, *, file: str = "study.yaml") -> Definition:
    """The definition with the scenario's fields in place of its own; the same object where it overrides nothing."""
    scenario = scenario_of(definition, key)
    if scenario is None:
        return definition
    return with_overrides(definition, scenario.overrides, place=Place(file, cell=f"scenarios.{key}.overrides"))


def with_overrides(definition: Definition, overrides: Mapping[str, Any], *, place: Place = WITHOUT) -> Definition:
    """The definition with other values at those places. StudyError names every place that is none or takes no such."""
    changed, faults = _overridden(definition, overrides, place)
    if faults:
        what = f"The other values cannot be taken over:\n{listed(faults)}\n"
        raise StudyError(what, remedy="Correct them, then try again.")
    return changed


def scenario_findings(definition: Definition, *, file: str) -> tuple[Finding, ...]:
    """What stands in the way of each scenario, whether it is asked for or not: places that are none, wrong values."""
    return tuple(
        fault
        for scenario in definition.scenarios
        for fault in _overridden(
            definition, scenario.overrides, Place(file, cell=f"scenarios.{scenario.key}.overrides")
        )[1]
    )


def scenario_cautions(definition: Definition, *, file: str) -> tuple[Finding, ...]:
    """The same as warnings: what is wrong with one scenario holds up neither the base nor the other scenarios.

    The scenario itself is refused where it is asked for (`under_scenario`).
    """
    return tuple(replace(fault, severity=Severity.WARNING) for fault in scenario_findings(definition, file=file))


def _overridden(
    definition: Definition, overrides: Mapping[str, Any], place: Place
) -> tuple[Definition, tuple[Finding, ...]]:
    """The definition with the overrides, or as it is with what is wrong with them."""
    if not overrides:
        return definition, ()
    plain = definition.model_dump(mode="json")
    faults = tuple(fault for name, value in overrides.items() if (fault := _put(plain, name, value)))
    if faults:
        return definition, tuple(_within(place, fault) for fault in faults)
    try:
        return Definition.model_validate(plain), ()
    except ValidationError as error:
        found = document_findings(error, plain, Definition, file=place.file)
        return definition, tuple(_within(place, fault) for fault in found)


def _within(place: Place, fault: Finding) -> Finding:
    """The finding at its place below that of the scenario: in another document its own place would be looked for."""
    own = fault.place.cell if fault.place else ""
    return replace(fault, place=Place(place.file, cell=".".join(part for part in (place.cell, own) if part)))


def value_at(definition: Definition, place: str) -> Any:
    """The plain value at a place, an estimate as it is written; StudyError where there is none."""
    held: Any = definition.model_dump(mode="json")
    for step in place.split("."):
        found = _step(held, step)
        if found is None:
            raise StudyError(f"{place}: there is no '{step}' there.", remedy=suggest(step, _steps(held)))
        held = held[found]
    if isinstance(held, dict) and set(held) == set(Estimate.model_fields):
        return Estimate.model_validate(held).model_dump(exclude_defaults=True)
    return held


def _put(plain: dict[str, Any], place: str, value: Any) -> Finding | None:
    """Puts the value there; gives what stands in the way, if anything."""
    *steps, last = place.split(".")
    if (steps or [last])[0] in FIXED:
        sentence, remedy = msgid("No scenario can change this."), msgid("Make another study, or take it out.")
        return Finding("override-fixed", Severity.ERROR, sentence, remedy, Place("", cell=place))
    held: Any = plain
    for step in steps:
        found = _step(held, step)
        if found is None:
            return _missing(place, step, held)
        held = held[found]
    found = _step(held, last)
    if found is None:
        return _missing(place, last, held)
    held[found] = value
    return None


def _step(held: Any, step: str) -> Any:
    """Name of a field, or position of the record with that key in a list; None where there is neither."""
    if isinstance(held, dict):
        return step if step in held else None
    if isinstance(held, list):
        places = [place for place, one in enumerate(held) if isinstance(one, dict) and one.get("key") == step]
        return places[0] if places else None
    return None


def _missing(place: str, step: str, held: Any) -> Finding:
    known = tuple(_steps(held))
    near = get_close_matches(step, known, 1)
    hint = ("near", near[0]) if near else ("known", ", ".join(known) or GONE)
    return Finding(
        "override-of-nothing",
        Severity.ERROR,
        "There is no '{step}' there.",
        msgid("Did you mean '{near}'?") if near else msgid("There are: {known}."),
        Place("", cell=place),
        (("step", step), hint),
    )


def _steps(held: Any) -> Iterable[str]:
    if isinstance(held, dict):
        return [str(name) for name in held]
    return [str(one["key"]) for one in held if isinstance(one, dict) and "key" in one] if isinstance(held, list) else []
