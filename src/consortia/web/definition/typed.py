"""From what is typed in a field to the plain value of a record, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from consortia.errors import IntakeError
from consortia.report.words import msgid
from consortia.web.definition.entries import Entry
from consortia.web.definition.spots import Plain
from consortia.web.definition.yaml_text import from_text

BY_LINE = {"years", "places"}
LARGEST_WHOLE = 1e15


def shown_of(record: Any, entry: Entry) -> Any:
    """What a field shows of a record: its default where the record says nothing."""
    value = _value_at(record, entry.steps)
    if entry.name.endswith("#by_year"):
        value = value if isinstance(value, dict) and any(name[:1].isdigit() for name in value) else None
    if value is None:
        value = entry.default
    if entry.kind in BY_LINE:
        return "\n".join(f"{name}: {_scalar(one)}" for name, one in (value or {}).items())
    if entry.kind in ("list", "words"):
        return "\n".join(map(_number_text, value or ()))
    if entry.kind == "many":
        return list(map(str, value or ()))
    if entry.kind == "flag":
        return bool(value)
    return "" if value is None else _number_text(value)


def _value_at(held: Any, steps: Sequence[str]) -> Any:
    """The value at a place; an estimate may stand there as a plain number."""
    for step in steps:
        if isinstance(held, int | float) and step == "value":
            continue
        if isinstance(held, list | tuple):
            held = held[int(step)] if step.isdigit() and int(step) < len(held) else None
        else:
            held = held.get(step) if isinstance(held, dict) else None
    return held


def read(entry: Entry, typed: Any) -> Any:
    """The plain value of what was typed. Raises ValueError with the words for the reader."""
    if entry.kind == "number":
        return number(typed)
    if entry.kind == "years":
        return {year: number(str(amount)) for year, amount in by_line(typed).items()}
    if entry.kind == "words":
        return [one.strip() for one in typed.splitlines() if one.strip()]
    if entry.kind == "list":
        return [number(one.strip()) for one in re.split(r"[\n;,]", typed) if one.strip()]
    return by_line(typed) if entry.kind == "places" else typed


def is_nothing(entry: Entry, value: Any) -> bool:
    """True for what need not be written: nothing, or what the record takes anyway."""
    if entry.kind == "flag":
        return bool(value) == bool(entry.default)
    if value in ("", None, [], {}):
        return True
    return entry.default is not None and str(value) == _number_text(entry.default)


def number(typed: str) -> str:
    """A number as records read it: without pound sign and thousands, a percentage as a part."""
    text = typed.strip().replace("\N{MINUS SIGN}", "-").replace("£", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if match := re.fullmatch(r"(-?\d+(?:\.\d+)?)%", text):
        return repr(round(float(match[1]) / 100, 12))
    return text if text else typed.strip()


def by_line(typed: str) -> Plain:
    """Names and values, one on each line. Raises ValueError with the words for the reader."""
    return dict(_pairs(typed))


def _pairs(typed: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for line in filter(None, map(str.strip, typed.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not value.strip() or name.strip() in seen:
            raise ValueError(msgid("Write a name, a colon and a value on each line, each name once."))
        seen.add(name.strip())
        yield name.strip(), _value(value.strip())


def _value(text: str) -> Any:
    try:
        return from_text(f"value: {text}")["value"]
    except IntakeError:
        return text


def _scalar(value: Any) -> str:
    if isinstance(value, float):
        return _number_text(value)
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...").strip("'") if isinstance(value, str) else text.split("\n")[0]


def _number_text(value: Any) -> str:
    """A number without a point that says nothing: 1200000, not 1200000.0; a truth as it is chosen."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    return str(value)
