"""Every field of a record that means a part, a chance or a rate has a type that refuses a percentage: 30 is not 30%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from consortia.delivery import ActualLine
from consortia.study import Activities, CostLine, Definition, ReturnHeader, Volume
from consortia.study.fractions import Fraction
from consortia.study.mapping import MappingLine
from consortia.study.records import Record
from consortia.study.review import Review

ROOTS: tuple[type[Record], ...] = (
    Definition, ReturnHeader, CostLine, Volume, Activities, ActualLine, MappingLine, Review,
)  # fmt: skip
NAMES = re.compile(
    r"(^|_)(rates?|shares?|growth|chance|on_cost|contingency|kept|renewal|ratchet|recoverable|phase|left|spread|times|"
    r"rank|delivery|enhancement|confidence|part|probability|interest|discount)(_|$)"
)
WORDS = re.compile(
    r"\b(part of|part that|part reached|part left|share of|chance|growth|interest of|multiplier|multiple|points)\b"
)
NUMBERS = ("float", "Decimal", "Estimate", "Range")
NO_FRACTIONS = {
    "EarlyExit.months_left": "months",
    "ValueCase.tolerance": "points of a value index, 10 for ten",
    "HostedFor.cost": "pounds",
    "Assumption.value": "in the unit of its parameter, which the run checks",
    "Assumption.range": "in the unit of its parameter, which the run checks",
    "OneOff.split": "weights in any unit",
    "WorkedParts.split": "weights in any unit",
    "Project.split": "weights in any unit",
}


def test_every_field_that_means_a_fraction_refuses_a_percentage() -> None:
    missing = [
        place for place, name, field in _fields() if _means_a_fraction(place, name, field) and not _bounded(field)
    ]
    assert missing == [], "give these a type of consortia.study.fractions, or say in NO_FRACTIONS why not"


def test_what_is_said_to_be_no_fraction_is_still_there() -> None:
    places = {place for place, _, _ in _fields()}
    inherited = {place for place in NO_FRACTIONS if place.startswith("WorkedParts.")}
    assert set(NO_FRACTIONS) - inherited <= places


def _means_a_fraction(place: str, name: str, field: Any) -> bool:
    if place in NO_FRACTIONS or f"WorkedParts.{name}" in NO_FRACTIONS or not _holds_numbers(field.annotation):
        return False
    return bool(NAMES.search(name) or WORDS.search(field.description or ""))


def _holds_numbers(annotation: Any) -> bool:
    return any(getattr(one, "__name__", "") in NUMBERS for one in _parts(annotation))


def _bounded(field: Any) -> bool:
    limits = [
        *field.metadata,
        *(limit for one in _parts(field.annotation) for limit in getattr(one, "__metadata__", ())),
    ]
    return any(isinstance(limit, Fraction) for limit in limits)


def _fields() -> Iterator[tuple[str, str, Any]]:
    for record in sorted(_records(), key=lambda one: one.__name__):
        for name, field in record.model_fields.items():
            yield f"{record.__name__}.{name}", name, field


def _records() -> set[type[Record]]:
    found: set[type[Record]] = set()
    waiting = list(ROOTS)
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.add(record)
            held = (part for field in record.model_fields.values() for part in _parts(field.annotation))
            waiting += [one for one in held if isinstance(one, type) and issubclass(one, Record)]
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything inside it; of a mapping only the values count."""
    yield annotation
    inside = get_args(annotation)
    if get_origin(annotation) is Annotated:
        inside = inside[:1]
    for part in inside:
        yield from _parts(part)
