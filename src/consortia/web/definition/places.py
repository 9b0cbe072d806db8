"""Values taken out of a plain record and put into it, by their steps; the record that was given stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.study.estimates import Estimate
from consortia.web.definition.spots import Plain


def take_out(record: Plain, steps: Sequence[str]) -> None:
    """Takes a place out of the record; what is nested is copied first."""
    name, *rest = steps
    if not rest:
        record.pop(name, None)
    elif isinstance(record.get(name), dict):
        record[name] = dict(record[name])
        take_out(record[name], rest)
        if not record[name]:
            del record[name]
    elif rest == ["value"] or rest[0] in Estimate.model_fields or rest[0].isdigit():
        record.pop(name, None)


def put(record: Plain, steps: Sequence[str], value: object) -> None:
    """Puts a value at a place of the record."""
    name, *rest = steps
    if rest:
        put(record.setdefault(name, {}), rest, value)
    else:
        record[name] = value
