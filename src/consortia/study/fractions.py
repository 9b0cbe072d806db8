"""Numbers that mean a part of something: a share, a chance, a rate of growth. 30% is written 0.30, never 30.

Every field that means a fraction has one of these types, so that each refuses a percentage with the same finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from consortia.findings import msgid
from consortia.study.estimates import Estimate
from consortia.study.records import Refused
from consortia.study.values import Range

Number = float | Decimal
BESIDE = {"numbers": "as they are"}
"""Context of a validation that passes over these checks, so that what else is wrong can be told at the same time."""
CODES = frozenset({"not-a-fraction", "not-a-correlation", "below-the-least"})


@dataclass(frozen=True, slots=True)
class Fraction:
    """The least and the most that such a number can sensibly be; of an estimate or a range each value is checked."""

    low: float
    high: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The check after that of the type itself; left out where all other faults are looked for beside it."""
        return core_schema.with_info_after_validator_function(
            lambda given, info: given if info.context is BESIDE else self.checked(given), handler(source)
        )

    def checked(self, given: Any) -> Any:
        """What was given; raises Refused with what was read and what to write where it lies beyond the bounds."""
        beyond = [float(one) for one in _numbers(given) if not self.low <= one <= self.high]
        if beyond:
            raise self._refusal(beyond)
        return given

    def _refusal(self, beyond: list[float]) -> Refused:
        sentence = msgid("What stands here, {read}, is {percent}; a fraction from {low} to {high} is meant.")
        read, percent = ", ".join(map(_plain, beyond)), ", ".join(f"{_plain(one * 100)}%" for one in beyond)
        told = {"read": read, "percent": percent, "low": f"{self.low:g}", "high": f"{self.high:g}"}
        if all(self.low <= one / 100 <= self.high for one in beyond):
            fraction = ", ".join(as_fraction(one / 100) for one in beyond)
            meant = ", ".join(f"{_plain(one)}%" for one in beyond)
            remedy = msgid("Write {fraction} for {meant}.")
            return Refused("not-a-fraction", sentence, remedy, **told, fraction=fraction, meant=meant)
        return Refused("not-a-fraction", sentence, msgid("Write it as a fraction: 0.30 for 30%."), **told)


@dataclass(frozen=True, slots=True)
class Correlation(Fraction):
    """A rank correlation, which is no part of anything: 1.4 is no percentage."""

    low: float = -1
    high: float = 1

    def _refusal(self, beyond: list[float]) -> Refused:
        sentence = msgid("What stands here is {read}; a rank correlation lies between {low} and {high}.")
        told = {"read": ", ".join(map(_plain, beyond)), "low": f"{self.low:g}", "high": f"{self.high:g}"}
        return Refused("not-a-correlation", sentence, msgid("Write a number from {low} to {high}."), **told)


@dataclass(frozen=True, slots=True)
class Least:
    """The least that a number, or each value of an estimate, can be: months of delay are never fewer than none."""

    low: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The check after that of the type itself; left out where all other faults are looked for beside it."""
        return core_schema.with_info_after_validator_function(
            lambda given, info: given if info.context is BESIDE else self.checked(given), handler(source)
        )

    def checked(self, given: Any) -> Any:
        """What was given; raises Refused where a value lies below."""
        beyond = [float(one) for one in _numbers(given) if one < self.low]
        if beyond:
            sentence, remedy = msgid("What stands here, {read}, cannot be below {low}."), msgid("Write {low} or more.")
            read = ", ".join(map(_plain, beyond))
            raise Refused("below-the-least", sentence, remedy, read=read, low=f"{self.low:g}")
        return given


PART, SIGNED = Fraction(0, 1), Fraction(-1, 1)


def as_fraction(number: float) -> str:
    """A fraction as one would write it, with at least two decimal places: 0.30, 0.025."""
    text = f"{number:.10f}".rstrip("0")
    whole, _, places = text.partition(".")
    return f"{whole}.{places:0<2}"


def _numbers(given: Any) -> tuple[Number, ...]:
    if isinstance(given, Estimate):
        return given.given
    return (given.low, given.mode, given.high) if isinstance(given, Range) else (given,)


def _plain(number: float) -> str:
    return f"{round(number, 10):,.12g}"


_GROWTH = Fraction(-0.5, 0.5)
_TIMES = Fraction(0, 10)
_DELIVERED = Fraction(0, 3)
Share = Annotated[float, PART]
"""A part of a whole, or a chance."""
ExactShare = Annotated[Decimal, PART]
Surcharge = Annotated[float, Fraction(0, 2)]
"""What may be more than the whole: a contingency with its optimism bias, a penalty, how fast others are copied."""
Interest = Annotated[float, Fraction(0, 0.5)]
"""A rate of interest a year."""
Growth = Annotated[float, _GROWTH]
"""A change a year as a part of the year before."""
Rank = Annotated[float, Correlation()]
"""A correlation."""
Multiple = Annotated[float, _TIMES]
"""So many times an amount; 1.1 for 110%."""
ShareEstimate = Annotated[Estimate, PART]
PartEstimate = Annotated[Estimate, SIGNED]
"""A part that is saved; below zero where it costs more."""
GrowthEstimate = Annotated[Estimate, _GROWTH]
MultipleEstimate = Annotated[Estimate, _TIMES]
DeliveredEstimate = Annotated[Estimate, _DELIVERED]
"""What was delivered over what was planned; some projects deliver more."""
ShareRange = Annotated[Range, SIGNED]
MonthsEstimate = Annotated[Estimate, Least(0)]
"""Months late, never early."""
