"""A study under a scenario: fields named by their place in the document, with other values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from consortia.errors import StudyError, suggest
from consortia.study.definition import Definition, Scenario
from consortia.study.estimates import Estimate
from consortia.study.records import sentences

BASE = "base"
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


def under_scenario(definition: Definition, key: str) -> Definition:
    """The definition with the scenario's fields in place of its own; the same object where it overrides nothing."""
    scenario = scenario_of(definition, key)
    return with_overrides(definition, scenario.overrides, where=f"scenario '{key}'") if scenario else definition


def with_overrides(definition: Definition, overrides: Mapping[str, Any], *, where: str = "the overrides") -> Definition:
    """The definition with other values at those places. StudyError names every place that is none or takes no such."""
    if not overrides:
        return definition
    plain = definition.model_dump(mode="json")
    faults = [fault for place, value in overrides.items() if (fault := _put(plain, place, value))]
    if faults:
        raise StudyError(f"In {where}: {' '.join(faults)}", remedy="Correct the places in study.yaml.")
    try:
        return Definition.model_validate(plain)
    except ValidationError as error:
        raise StudyError(f"In {where}: {' '.join(sentences(error))}", remedy="Correct the values.") from None


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


def _put(plain: dict[str, Any], place: str, value: Any) -> str:
    """Puts the value there; gives what stands in the way, if anything."""
    *steps, last = place.split(".")
    if (steps or [last])[0] in FIXED:
        return f"{place} cannot be changed by a scenario."
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
    return ""


def _step(held: Any, step: str) -> Any:
    """Name of a field, or position of the record with that key in a list; None where there is neither."""
    if isinstance(held, dict):
        return step if step in held else None
    if isinstance(held, list):
        places = [place for place, one in enumerate(held) if isinstance(one, dict) and one.get("key") == step]
        return places[0] if places else None
    return None


def _missing(place: str, step: str, held: Any) -> str:
    return f"{place}: there is no '{step}' there. {suggest(step, _steps(held))}".strip()


def _steps(held: Any) -> Iterable[str]:
    if isinstance(held, dict):
        return [str(name) for name in held]
    return [str(one["key"]) for one in held if isinstance(one, dict) and "key" in one] if isinstance(held, list) else []
