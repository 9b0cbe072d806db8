"""Where in a document a fault lies, as its reader would say it: `projects.libraries.effects.counter.rate`."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import Tag

from consortia.study.records import Record

OF_A_KEY = "[key]"
NAMED_BY = ("key", "code")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a document with the type that belongs there, and the type of the record that it lies in."""

    place: str
    wanted: Any
    owner: Any = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that can stand there; those of all kinds where there is a choice of kinds."""
        return _fields(self.wanted)

    @property
    def beside(self) -> tuple[str, ...]:
        """The fields that can stand beside it."""
        return _fields(self.owner)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The words that `kind` can be there."""
        return tuple(word for record in _records(self.wanted) for word in _kinds(record))


def spot_of(location: tuple[int | str, ...], given: Any, record: type[Record]) -> Spot:
    """The place that the validator of a record means; records go by their key, others by their number in the list."""
    place, held, wanted, owner = "", given, _bare(record), None
    for step in location:
        if step == OF_A_KEY:
            continue
        chosen = _chosen(wanted, step)
        if chosen is not None:
            wanted = chosen
            continue
        wanted, owner = _within(wanted, step), wanted
        place += _said(step, held)
        held = _held(held, step)
    return Spot(place.lstrip("."), wanted, owner)


def _said(step: int | str, held: Any) -> str:
    """The name of a field; of a part of a list its key, or its number where it has none."""
    if not isinstance(step, int) or isinstance(held, dict):
        return f".{step}"
    held = _held(held, step)
    names = [held[name] for name in NAMED_BY if isinstance(held, dict) and isinstance(held.get(name), str)]
    return f".{names[0]}" if names else f"[{step + 1}]"


def _held(held: Any, step: int | str) -> Any:
    if isinstance(held, dict):
        return held.get(step)
    return held[step] if isinstance(held, list | tuple) and isinstance(step, int) and step < len(held) else None


def _bare(wanted: Any) -> Any:
    """A type without what is said about it, and without the choice to leave it out."""
    while get_origin(wanted) is Annotated:
        wanted = get_args(wanted)[0]
    if get_origin(wanted) in (Union, types.UnionType):
        parts = [part for part in get_args(wanted) if part is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else wanted
    return wanted


def _within(wanted: Any, step: int | str) -> Any:
    """The type of a field, of the parts of a list, or of the values of a mapping."""
    if isinstance(wanted, type) and issubclass(wanted, Record):
        field = wanted.model_fields.get(str(step))
        return _bare(field.annotation) if field else None
    parts = get_args(wanted)
    if get_origin(wanted) is dict:
        return _bare(parts[1])
    return _bare(parts[0]) if get_origin(wanted) is tuple else None


def _chosen(wanted: Any, step: int | str) -> Any:
    """The kind of record that the validator chose; None where the step is no choice of a kind."""
    if get_origin(wanted) not in (Union, types.UnionType):
        return None
    for part in get_args(wanted):
        if step in _tags(part) or step in _kinds(_bare(part)):
            return _bare(part)
    return None


def _tags(part: Any) -> tuple[str, ...]:
    return tuple(one.tag for one in get_args(part)[1:] if isinstance(one, Tag))


def _kinds(record: Any) -> tuple[str, ...]:
    field = record.model_fields.get("kind") if isinstance(record, type) and issubclass(record, Record) else None
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _fields(wanted: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for record in _records(wanted) for name in record.model_fields))


def _records(wanted: Any) -> Iterator[type[Record]]:
    if isinstance(wanted, type) and issubclass(wanted, Record):
        yield wanted
    elif get_origin(wanted) in (Union, types.UnionType):
        for part in get_args(wanted):
            yield from _records(_bare(part))
