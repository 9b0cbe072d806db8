"""How much of a planned saving is delivered: by maturity of the plan and by service (methods, 6.3 and 6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf
from consortia.reference.taxonomy import service


@dataclass(frozen=True, slots=True)
class MaturityClass:
    """Delivery of one initiative: chance that nothing comes in the plan year, else lognormal (median, sigma)."""

    code: str
    name: str
    name_cy: str
    slip_probability: float
    median: float
    sigma: float
    delay_mean_months: float
    evidence: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ServiceOffset:
    """How a service differs from a new one in the survey of 2010/11 to 2012/13: ln(its median / that of a new one)."""

    service: str
    ln_offset: float
    median: float | None
    evidence: str
    source: str
    note: str


@cache
def _classes() -> dict[str, MaturityClass]:
    return {row["code"]: _class(row) for row in shelf.rows("maturity_classes")}


def _class(row: dict[str, str]) -> MaturityClass:
    given = shelf.numbers(row, "slip_probability", "median", "sigma", "delay_mean_months")
    return shelf.record(MaturityClass, row, **given)


def maturity_classes() -> tuple[MaturityClass, ...]:
    """The four classes, from idea to contract."""
    return tuple(_classes().values())


def maturity_class(code: str) -> MaturityClass:
    """One class; raises UnknownReference with the nearest codes."""
    try:
        return _classes()[code]
    except KeyError:
        raise UnknownReference(f"'{code}' is not a class of maturity.", remedy=suggest(code, _classes())) from None


@cache
def _offsets() -> dict[str, ServiceOffset]:
    rows = shelf.rows("service_offsets")
    return {
        row["service"]: shelf.record(ServiceOffset, row, **shelf.numbers(row, "ln_offset", "median")) for row in rows
    }


def service_offset_of(service_code: str) -> ServiceOffset:
    """The offset of a service's head with its origin; 0 with a note where the survey reported nothing."""
    known = _offsets().get(service(service_code).head)
    return known or ServiceOffset(
        service_code, 0.0, None, "D", "methods-note", "not reported in the survey: as a new service"
    )


def service_offset(service_code: str) -> float:
    """The log offset of delivered over planned for a service (average of two models); 0 when unknown."""
    return service_offset_of(service_code).ln_offset
