"""The scale curve of a service from a national edition of published returns: does bigger cost less here?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from consortia.benchmarking.scale import ScaleFinding, scale_curve
from consortia.reference.authorities import authority
from consortia.reference.denominators import denominator, measure_for
from consortia.reference.editions import Edition, edition, editions
from consortia.reference.indicators import indicators
from consortia.reference.returns import PublishedCell, published_cells, rows_of
from consortia.reference.taxonomy import Service, service, services
from consortia.report.words import msgid

GROSS, NET = "total_expenditure", "net_current_expenditure"
# Where the line detail of one county stands in, the national summary of the same year holds the same heads.
NATIONAL = {"lancashire-2023-24": "rsx-2023-24", "lancashire-2024-25": "rsx-2024-25"}
# The forms that hold every head of a whole nation; the others hold the lines of one or two.
SUMMARIES = frozenset({"RSX", "RS", "RA", "WALES"})
# What else differs between councils and costs money: how close people live, how poor they are, what people earn there.
# A set of fewer than 40 authorities bears only the first two [J].
CONTROLS = ("Population density", "Children in relative poverty", "Gross median weekly pay")
LOGARITHMIC = frozenset({"Population density", "Gross median weekly pay"})
MANY = 40

NET_ONLY = msgid(
    "Spending is net of income: a council that charges more looks cheaper, and larger ones may charge more."
)
OF_THE_HEAD = msgid("Published for the head as a whole; the line below it may behave otherwise.")


@dataclass(frozen=True, slots=True)
class ScaleOfService:
    """A finding with what it was made from: the service measured, the edition, the measure and the denominator."""

    service: Service
    edition: Edition
    measure: str
    denominator: str
    finding: ScaleFinding


@cache
def scale_of(service_code: str, edition_code: str) -> ScaleOfService:
    """The scale curve of a service (of its head where only that is published) in one edition; nominal cost of its year.

    UnknownReference for a service or an edition that is not held.
    """
    held = edition(NATIONAL.get(edition_code, edition_code))
    asked = service(service_code)
    measured = asked if _is_published(asked.code, held.code) else service(asked.head)
    measure = GROSS if held.has_gross else NET
    per = measure_for(measured.denominator or "population", held.nation)
    finding = _with_caveats(_finding(measured, held, measure=measure, per=per), measure, is_head=asked != measured)
    return ScaleOfService(measured, held, measure, per, finding)


def scale_of_heads(edition_code: str) -> tuple[ScaleOfService, ...]:
    """The scale curves of every head that the edition publishes for enough councils to look at."""
    heads = [one for one in services(level=1) if one.denominator and one.code != "other"]
    found = (scale_of(one.code, edition_code) for one in heads)
    return tuple(each for each in found if each.finding.n)


def newest_edition(nation: str = "England") -> str:
    """The code of the newest edition that holds every head, one with gross spending before one without."""
    national = [each for each in editions() if each.nation == nation and each.form in SUMMARIES]
    return max(national, key=lambda each: (each.has_gross, each.year)).code


def _finding(measured: Service, held: Edition, *, measure: str, per: str) -> ScaleFinding:
    cells = [cell for cell in _cells(measured.code, held.code, measure) if _is_provider(cell, measured)]
    codes = [cell.authority for cell in cells]
    counted = [denominator(code, per, held.year) for code in codes]
    return scale_curve(
        [None if cell.amount_thousand is None else float(cell.amount_thousand) * 1000 for cell in cells],
        [None if volume is None else volume.value for volume in counted],
        controls=_controls(codes),
        classes=[authority(code).kind for code in codes],
    )


def _is_provider(cell: PublishedCell, measured: Service) -> bool:
    """Councils whose class has the duty; police, fire and other bodies have no residents of their own."""
    kind = authority(cell.authority).kind
    return kind != "O" and kind in measured.provided_by


@cache
def _cells_by_service(edition_code: str, measure: str) -> dict[str, tuple[PublishedCell, ...]]:
    found: dict[str, list[PublishedCell]] = {}
    for cell in published_cells(edition_code, tuple(rows_of(edition_code))):
        if cell.measure == measure:
            found.setdefault(cell.service, []).append(cell)
    return {code: tuple(cells) for code, cells in found.items()}


def _cells(service_code: str, edition_code: str, measure: str) -> Sequence[PublishedCell]:
    return _cells_by_service(edition_code, measure).get(service_code, ())


def _is_published(service_code: str, edition_code: str) -> bool:
    measure = GROSS if edition(edition_code).has_gross else NET
    return any(cell.amount_thousand is not None for cell in _cells(service_code, edition_code, measure))


def _controls(codes: Sequence[str]) -> dict[str, list[float | None]]:
    names = CONTROLS if len(codes) >= MANY else CONTROLS[:2]
    return {name: [_indicator(code, name) for code in codes] for name in names}


def _indicator(code: str, name: str) -> float | None:
    table = indicators()
    if code not in table.authorities:
        return None
    value = float(table.values[table.authorities.index(code), table.names.index(name)])
    if math.isnan(value):
        return None
    return math.log(value) if name in LOGARITHMIC else value


def _with_caveats(finding: ScaleFinding, measure: str, *, is_head: bool) -> ScaleFinding:
    net = (NET_ONLY,) if measure == NET else ()
    head = (OF_THE_HEAD,) if is_head else ()
    return replace(finding, caveats=(*finding.caveats, *net, *head))
