"""The scale curve of a service from a national edition of published returns: does bigger cost less here?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from consortia.benchmarking.scale import ScaleFinding, scale_curve
from consortia.partnership import ScaleCurve
from consortia.reference.authorities import authority
from consortia.reference.denominators import denominator, measure_for
from consortia.reference.editions import Edition
from consortia.reference.indicators import indicators
from consortia.reference.taxonomy import Service, family, service, services
from consortia.report.words import msgid
from consortia.run.national import NET, is_published, measure_of, national_edition, provider_cells

# What else differs between councils and costs money: how close people live, how poor they are, what people earn there.
# A set of fewer than 40 authorities bears only the first two [J].
CONTROLS = ("Population density", "Children in relative poverty", "Gross median weekly pay")
LOGARITHMIC = frozenset({"Population density", "Gross median weekly pay"})
MANY = 40

NET_ONLY = msgid("Spending is net of income: a council that charges more looks cheaper, whatever its size.")
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
    held = national_edition(edition_code)
    asked = service(service_code)
    measured = asked if is_published(asked.code, held) else service(asked.head)
    per = measure_for(measured.denominator or "population", held.nation)
    finding = _with_caveats(_finding(measured, held, per), measure_of(held), is_head=asked != measured)
    return ScaleOfService(measured, held, measure_of(held), per, finding)


def scale_of_heads(edition_code: str) -> tuple[ScaleOfService, ...]:
    """The scale curves of every head that the edition publishes for enough councils to look at."""
    heads = [one for one in services(level=1) if one.denominator and one.code != "other"]
    found = (scale_of(one.code, edition_code) for one in heads)
    return tuple(each for each in found if each.finding.n)


def curve_for(found: ScaleOfService, partners: Sequence[str]) -> ScaleCurve | None:
    """The curve to price groups of these partners with (methods: 8.1, rule 1), or None where it cannot tell.

    Size saves nothing beyond the family's efficient scale, where that is counted in the same units, nor beyond the
    largest council that the finding rests on. None also when a partner's volume is not known.
    """
    if not found.finding.found_effect or found.finding.elasticity is None:
        return None
    volumes = [denominator(code, found.denominator, found.edition.year) for code in partners]
    known = tuple(each.value for each in volumes if each is not None and each.value > 0)
    if len(known) < len(partners):
        return None
    return ScaleCurve(found.finding.elasticity, known, _efficient_size(found))


def _efficient_size(found: ScaleOfService) -> float | None:
    of = family(found.service.family) if found.service.family else None
    same = of is not None and of.scale_unit == found.denominator
    ends = [found.finding.largest, of.minimum_efficient_scale if of and same else None]
    return min((end for end in ends if end is not None), default=None)


def _finding(measured: Service, held: Edition, per: str) -> ScaleFinding:
    cells = provider_cells(measured, held)
    codes = [cell.authority for cell in cells]
    counted = [denominator(code, per, held.year) for code in codes]
    return scale_curve(
        [None if cell.amount_thousand is None else float(cell.amount_thousand) * 1000 for cell in cells],
        [None if volume is None else volume.value for volume in counted],
        controls=_controls(codes),
        classes=[authority(code).kind for code in codes],
    )


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
