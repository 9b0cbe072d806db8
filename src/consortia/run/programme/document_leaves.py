"""What a study's documents state of lines, projects and inputs, as leaves of the trail: each under its own place.

A place is the one that findings and scenarios use: `projects.libraries.effects.counter.rate`, `lines.ict.amount`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from consortia.report.figures import Ingredient
from consortia.report.words import Message, Words, msgid, say
from consortia.study import Text
from consortia.study.estimates import Estimate
from consortia.study.records import Record

STATED = "P"
"""The evidence mark of what partners state themselves: no published value, and nobody's judgement but theirs."""
NAMES = frozenset({"key", "kind", "title", "source", "reason", "grade", "lines", "posts", "shape", "unit", "giver"})
"""Fields that name a thing or say why; they are no amounts that a figure is made of."""
GRADE = msgid("grade {grade} of 6")
Value = float | int | Words | None


def leaves_of(record: Record, place: str, *, source: str = "") -> Iterator[Ingredient]:
    """A leaf for every amount, rate, date and choice of a record that is not as it would be if left out."""
    own = getattr(record, "source", "") or source
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if name in NAMES or value in (field.get_default(call_default_factory=True), None, "", (), {}):
            continue
        yield leaf(f"{place}.{name}", value, source=own, reason=getattr(record, "reason", ""))


def leaf(place: str, value: Any, *, source: str = "", reason: str = "") -> Ingredient:
    """One stated value; an estimate brings its own source, grade and reason."""
    estimate = value if isinstance(value, Estimate) else None
    why = (estimate.reason if estimate else "") or reason
    grade = say(GRADE, grade=estimate.grade) if estimate and estimate.grade else ""
    return Ingredient(
        place, _worded(value), "", (estimate.source if estimate else "") or source, "", STATED,
        note=why or grade,
    )  # fmt: skip


def _worded(value: Any) -> Value:
    if isinstance(value, Estimate):
        return _estimate(value)
    if isinstance(value, bool):
        return msgid("yes") if value else msgid("no")
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_short(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "; ".join(_short(one) for one in value)
    return _short(value)


def _estimate(value: Estimate) -> float | Message:
    if value.value is not None:
        return value.value
    low, high = f"{value.low:,g}", f"{value.high:,g}"
    if value.mode is None:
        return say(msgid("{low} to {high} ({shape})"), low=low, high=high, shape=value.shape)
    mode = f"{value.mode:,g}"
    return say(msgid("{low} / {mode} / {high} ({shape})"), low=low, mode=mode, high=high, shape=value.shape)


def _short(value: Any) -> str:
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return f"{value:,.12g}" if not isinstance(value, Decimal) else f"{float(value):,.12g}"
    if isinstance(value, Text):
        return value.en
    if isinstance(value, Record):
        return ", ".join(f"{name} {_short(one)}" for name, one in value.to_plain().items())
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(one)}" for name, one in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_short, value))
    return str(value)


def in_a_row(held: Record) -> str:
    """What is stated in a part of the document in one line: its fields with their values; names are left out."""
    stated = {name: getattr(held, name) for name in held.to_plain()}
    return "; ".join(f"{name} {_short(value)}" for name, value in stated.items() if not isinstance(value, Text))
