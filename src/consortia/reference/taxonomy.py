"""The services (level 1 the headings of the finance returns, level 2 the lines below) and the families they fall in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.findings import Value, named
from consortia.reference import shelf

TOTAL = "total"
REST = "not_itemised"


@dataclass(frozen=True, slots=True)
class Service:
    """One service. A head includes its lines and `total` includes the heads: never add a parent to its children.

    `addressable_share` is the share of gross expenditure that sharing could change [J]; `ceiling` the deepest level of
    working together that is sensible by default [J]; `provided_by` the classes of authority that have the duty;
    `proposable` marks lines that are worth a default proposal [J]; `family` is empty where nothing is ever proposed.
    `part_of` names the coarser line that other forms print in its place; no edition holds a line beside its parts.
    """

    code: str
    parent: str
    level: int
    name: str
    name_cy: str
    family: str
    denominator: str
    addressable_share: float
    addressable_note: str
    addressable_note_cy: str
    ceiling: str
    adjacency: bool
    provided_by: tuple[str, ...]
    proposable: bool
    part_of: str
    evidence: str

    @property
    def said(self) -> Value:
        """The name as a value of a finding, in both languages."""
        return named(self.name, self.name_cy)

    @property
    def is_rest(self) -> bool:
        """True for the derived rest of a head that no line itemises."""
        return self.code.endswith(f".{REST}")

    @property
    def head(self) -> str:
        """The level 1 code that the service belongs to."""
        return self.code.split(".")[0]


@dataclass(frozen=True, slots=True)
class Family:
    """Services that behave alike: steady-state saving at full integration as a fraction of addressable gross spending.

    None for senior management, which is reviewed by named post and never by percentage.
    """

    code: str
    name: str
    name_cy: str
    low: float | None
    mode: float | None
    high: float | None
    minimum_efficient_scale: float | None
    scale_unit: str
    grade: str
    note: str
    evidence: str
    source: str


def _service(row: dict[str, str]) -> Service:
    return shelf.record(
        Service,
        row,
        level=int(row["level"]),
        addressable_share=float(row["addressable_share"]),
        adjacency=row["adjacency"] == "1",
        provided_by=shelf.split(row["provided_by"]),
        proposable=row["proposable"] == "1",
    )


@cache
def _services() -> dict[str, Service]:
    return {row["code"]: _service(row) for row in shelf.rows("services")}


@cache
def _families() -> dict[str, Family]:
    return {row["code"]: _family(row) for row in shelf.rows("families")}


def _family(row: dict[str, str]) -> Family:
    ranges = {name: shelf.number(row[name]) for name in ("low", "mode", "high", "minimum_efficient_scale")}
    return shelf.record(Family, row, **ranges)


def services(level: int | None = None) -> tuple[Service, ...]:
    """All services, or those of one level, in the order of the returns."""
    return tuple(service for service in _services().values() if level in (None, service.level))


def service(code: str) -> Service:
    """One service; raises UnknownReference with the nearest codes."""
    try:
        return _services()[code]
    except KeyError:
        raise UnknownReference(f"'{code}' is not a service.", remedy=suggest(code, _services())) from None


def families() -> tuple[Family, ...]:
    """All service families."""
    return tuple(_families().values())


def family(code: str) -> Family:
    """One family; raises UnknownReference with the nearest codes."""
    try:
        return _families()[code]
    except KeyError:
        raise UnknownReference(f"'{code}' is not a family of services.", remedy=suggest(code, _families())) from None


def proposable_services(codes: Iterable[str]) -> tuple[Service, ...]:
    """Those of the given services on which a default proposal is worth making, without counting any money twice.

    Lines where a head is itemised; the head itself where it is not.
    """
    present = {service(code) for code in codes}
    itemised = {one.head for one in present if one.level == 2 and one.proposable}
    return tuple(
        one for one in services() if one in present and one.proposable and (one.level == 2 or one.code not in itemised)
    )


def provides(service_code: str, kind: str) -> bool:
    """True when authorities of this class have the duty: a county collects no waste, a district runs no schools."""
    return kind in service(service_code).provided_by
