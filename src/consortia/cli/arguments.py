"""What the commands take from the user in words and numbers, and what they refuse with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Any

from cyclopts import Parameter

from consortia.errors import ConsortiaError


def _not_empty(_type: Any, value: Any) -> None:
    if isinstance(value, str) and not value.strip():
        raise ConsortiaError("A name or text was given empty.", remedy='Write it out, e.g. --by "A. Treasurer".')


def _not_negative(_type: Any, value: Any) -> None:
    if isinstance(value, int) and value < 0:
        raise ConsortiaError(f"{value} is below zero.", remedy="Give 0 or a whole number above it.")


def _an_amount(_type: Any, value: Any) -> None:
    if isinstance(value, float) and not (isfinite(value) and value >= 0):
        raise ConsortiaError(f"{value:g} is no amount to pay.", remedy="Give 0 or pounds above it, e.g. 250000.")


Said = Annotated[str, Parameter(validator=_not_empty)]
"""A name, reason or text that somebody answers for: never empty when it is given."""

Count = Annotated[int, Parameter(validator=_not_negative)]
"""A whole number from zero."""

Pounds = Annotated[float, Parameter(validator=_an_amount)]
"""An amount in pounds from zero."""


def check_at_most_one(chosen: Mapping[str, bool]) -> None:
    """Refuses options of which each asks for a table of its own; ConsortiaError with the two that were given."""
    given = [name for name, is_given in chosen.items() if is_given]
    if len(given) > 1:
        raise ConsortiaError(f"{given[0]} and {given[1]} ask for different tables.", remedy="Ask for one at a time.")
