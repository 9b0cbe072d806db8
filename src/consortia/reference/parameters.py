"""Default parameters: each a published value or a judgement, with its range, source and evidence mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class Parameter:
    """One default. `value` is a number, a sequence (phasing), or None when only the range (low, mode, high) is given.

    Evidence: S source documents, V read in the source, R recomputed, U recalled, D derived, J judgement.
    """

    key: str
    value: float | tuple[float, ...] | None
    low: float | None
    mode: float | None
    high: float | None
    unit: str
    source: str
    date: str
    evidence: str
    note: str

    @property
    def number(self) -> float:
        """The single number of the default: its value, or the mode of its range. ValueError for a sequence."""
        chosen = self.mode if self.value is None else self.value
        if not isinstance(chosen, float):
            raise ValueError(f"parameter '{self.key}' is not a single number")
        return chosen

    @property
    def sequence(self) -> tuple[float, ...]:
        """The numbers of a phasing. ValueError for a single number."""
        if not isinstance(self.value, tuple):
            raise ValueError(f"parameter '{self.key}' is not a sequence")
        return self.value


def _value(text: str) -> float | tuple[float, ...] | None:
    if ";" in text:
        return tuple(float(part) for part in shelf.split(text))
    return shelf.number(text)


@cache
def _by_key() -> dict[str, Parameter]:
    return {row["key"]: _parameter(row) for row in shelf.rows("parameters")}


def _parameter(row: dict[str, str]) -> Parameter:
    span = {name: shelf.number(row[name]) for name in ("low", "mode", "high")}
    return shelf.record(Parameter, row, value=_value(row["value"]), **span)


def parameters() -> tuple[Parameter, ...]:
    """All default parameters."""
    return tuple(_by_key().values())


def parameter(key: str) -> Parameter:
    """One default parameter; raises UnknownReference with the nearest keys."""
    try:
        return _by_key()[key]
    except KeyError:
        raise UnknownReference(f"'{key}' is not a parameter.", remedy=suggest(key, _by_key())) from None
