"""Where a record stands in the document: by its key, by its place in a list, or as the one record of its part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from consortia.study import Definition
from consortia.web.definition.parts import PARTS, Part

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: its part, its name (empty for a new one), and the name of the record that holds it.

    The name of a record is its key, or its number where its part is numbered.
    """

    part: Part
    key: str = ""
    within: str = ""

    @property
    def place(self) -> str:
        """The place as findings and scenarios write it: `projects.libraries.effects.counter`, `correlations[2]`."""
        steps = (*((self.part.held_by, self.within) if self.part.held_by else ()), self.part.field)
        place = ".".join(step for step in steps if step)
        if self.part.single:
            return place or self.part.key
        if self.part.numbered:
            return f"{place}[{self.key}]"
        return f"{place}.{self.key}" if self.key else place

    @property
    def holder(self) -> Spot | None:
        """The record that holds this one; None for one that stands in the definition itself."""
        return Spot(PARTS[self.part.held_by], self.within) if self.part.held_by else None

    def named(self, key: str) -> Spot:
        """The same spot under another name."""
        return replace(self, key=key)

    def inside(self, cell: str) -> str | None:
        """The place inside the record of a cell of the document; None where the cell lies elsewhere."""
        if self.part.single:
            above = ".".join(self.part.path)
            field = cell.removeprefix(f"{above}.") if above else cell
            return field if field.split(".")[0] in self.part.fields else None
        if cell != self.place and not cell.startswith(f"{self.place}."):
            return None
        return cell.removeprefix(self.place).lstrip(".")


def name_of(part: Part, record: Plain, position: int) -> str:
    """The name of a record at a position of its list."""
    return str(position + 1) if part.numbered else str(record["key"])


def records_at(definition: Plain, part: Part, within: str = "") -> list[Plain]:
    """The plain records of a list. KeyError where the record that should hold them is none of the study."""
    held: Any = record_at(definition, Spot(PARTS[part.held_by], within)) if part.held_by else definition
    for step in part.path:
        held = held.get(step, {})
    return list(held)


def record_at(definition: Plain, spot: Spot) -> Plain:
    """The plain record at a spot. KeyError where there is none."""
    if spot.part.single:
        held = _below(definition, spot.part.path)
        return {name: held[name] for name in spot.part.fields if name in held}
    for position, one in enumerate(records_at(definition, spot.part, spot.within)):
        if name_of(spot.part, one, position) == spot.key:
            return one
    raise KeyError(spot.key)


def changed(definition: Plain, spot: Spot, record: Plain | None) -> Plain:
    """The definition with the record at the spot replaced, put last where it is new, or taken out where it is None."""
    if spot.part.single:
        kept = {k: one for k, one in _below(definition, spot.part.path).items() if k not in spot.part.fields}
        return _put(definition, spot.part.path, kept | (record or {}))
    held = records_at(definition, spot.part, spot.within)
    places = [place for place, one in enumerate(held) if spot.key and name_of(spot.part, one, place) == spot.key]
    if record is None:
        kept_records = [one for place, one in enumerate(held) if place not in places]
    elif places:
        kept_records = [record if place in places else one for place, one in enumerate(held)]
    else:
        kept_records = [*held, record]
    if spot.holder is None:
        return _put(definition, spot.part.path, kept_records)
    return changed(definition, spot.holder, _put(record_at(definition, spot.holder), spot.part.path, kept_records))


def plain_definition(definition: Definition) -> Plain:
    """The definition as plain values, as the study folder holds them."""
    return definition.to_plain()


def digest_of(record: Plain | None) -> str:
    """A short text that tells two states of a record apart; empty for none."""
    if not record:
        return ""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _below(definition: Plain, path: Sequence[str]) -> Plain:
    for step in path:
        definition = definition.get(step, {})
    return definition


def _put(held: Plain, path: Sequence[str], value: Any) -> Plain:
    if not path:
        return dict(value)
    put = _put(held.get(path[0], {}), path[1:], value) if path[1:] else value
    # Nothing said is nothing there: priorities without a criterion or money are no priorities.
    return held | {path[0]: put} if put != {} else {name: one for name, one in held.items() if name != path[0]}
