"""What councils achieve: published measures by authority and year, with the count behind a rate where one is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.taxonomy import service


@dataclass(frozen=True, slots=True)
class OutcomeIndicator:
    """One measure of a service: `direction` is the better way, "higher", "lower", or "none" where neither is.

    `direction_evidence` V: the publisher's; J: our judgement. `counted` says what stands behind a rate: "cases"
    (people, posts), "amounts" (pounds: no cases to count), or "" where the rate alone is published; `per` names them.
    """

    code: str
    name: str
    name_cy: str
    service: str
    unit: str
    unit_cy: str
    direction: str
    direction_evidence: str
    counted: str
    per: str
    per_cy: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One published value in the indicator's unit; `period` is the publisher's, `year` the financial year it lies in.

    Numerator and denominator are None where the publisher gives the rate alone.
    """

    authority: str
    indicator: str
    year: str
    period: str
    value: float
    numerator: float | None
    denominator: float | None


@cache
def _by_code() -> dict[str, OutcomeIndicator]:
    return {row["code"]: shelf.record(OutcomeIndicator, row) for row in shelf.rows("outcome_indicators")}


def outcome_indicators() -> tuple[OutcomeIndicator, ...]:
    """Every indicator that is held."""
    return tuple(_by_code().values())


def outcome_indicator(code: str) -> OutcomeIndicator:
    """One indicator; UnknownReference with the nearest codes."""
    try:
        return _by_code()[code]
    except KeyError:
        remedy = suggest(code, _by_code()) or "`consortia reference outcome_indicators` lists them."
        raise UnknownReference(f"'{code}' is no indicator of outcomes.", remedy=remedy) from None


def indicators_of(service_code: str) -> tuple[OutcomeIndicator, ...]:
    """The indicators of a service: its own, those of its lines, and for a line those of the same line only.

    A measure of a whole head says nothing of one line in it. UnknownReference for an unknown service.
    """
    asked = service(service_code)
    return tuple(
        one for one in outcome_indicators() if one.service == asked.code or one.service.startswith(f"{asked.code}.")
    )


def outcome_years(indicator: str) -> tuple[str, ...]:
    """The financial years that an indicator is held for, oldest first; UnknownReference for an unknown one."""
    return tuple(sorted(_values()[outcome_indicator(indicator).code]))


def outcomes(indicator: str, year: str) -> Mapping[str, Outcome]:
    """The values of one indicator and financial year by authority: of several periods in the year, the last.

    An authority that is not in it has no published value: not known, never zero.
    """
    return _values()[outcome_indicator(indicator).code].get(year, {})


def nearest_year(indicator: str, year: str) -> str | None:
    """The financial year nearest to one for which the indicator is held; the earlier wins a tie, None without any."""
    wanted, held = FinancialYear.parse(year).start, outcome_years(indicator)
    return min(held, key=lambda each: (abs(FinancialYear.parse(each).start - wanted), each), default=None)


@cache
def _values() -> dict[str, dict[str, dict[str, Outcome]]]:
    found: dict[str, dict[str, dict[str, Outcome]]] = {code: {} for code in _by_code()}
    # Periods of one year stand in the order of their names (quarters), so that the last one read is the latest.
    for row in shelf.rows("outcomes"):
        one = shelf.record(
            Outcome,
            row,
            value=float(row["value"]),
            numerator=shelf.number(row["numerator"]),
            denominator=shelf.number(row["denominator"]),
        )
        found[one.indicator].setdefault(one.year, {})[one.authority] = one
    return found
