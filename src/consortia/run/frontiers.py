"""Cost frontiers of a service over a whole nation's returns: how far councils lie from the best of their size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from consortia.benchmarking import Envelopment, Frontier, Refused, cost_frontier, envelop
from consortia.errors import ConsortiaError
from consortia.reference.authorities import authority
from consortia.reference.denominators import denominator, measure_for
from consortia.reference.editions import Edition
from consortia.reference.taxonomy import Service, service
from consortia.run.national import GROSS, is_published, measure_of, national_edition, provider_cells

AREA = "area_km2"
# Where counties and districts each do a part of a service, only councils that do all of it can be set side by side.
SINGLE_TIER = frozenset({"UA", "MD", "LB", "WA"})


@dataclass(frozen=True, slots=True)
class Frontiers:
    """Both frontiers of a service; `councils` are in the order of every score, `costs` in nominal pounds.

    The cost is explained by `per` (such as residents) and by the area in square kilometres, and by nothing else.
    """

    service: Service
    edition: Edition
    per: str
    councils: tuple[str, ...]
    stochastic: Frontier | Refused
    envelopment: Envelopment | Refused
    is_single_tier: bool


@cache
def frontiers_of(service_code: str, edition_code: str) -> Frontiers:
    """The frontiers of a service (of its head where only that is published) in one edition; gross cost of its year.

    Each is refused with a reason where councils are too few. UnknownReference for a service or edition not held;
    ConsortiaError for an edition without gross spending, as income would pass for efficiency.
    """
    held, asked = national_edition(edition_code), service(service_code)
    if measure_of(held) != GROSS:
        raise ConsortiaError(
            f"'{held.code}' gives net spending only, and a council that charges more would pass for efficient.",
            remedy="Choose an edition with gross spending: `consortia reference editions` lists what each measures.",
        )
    measured = asked if is_published(asked.code, held) else service(asked.head)
    per = measure_for(measured.denominator or "population", held.nation)
    divided = {"SD", "SC"} <= set(measured.provided_by)
    found = _councils(measured, held, per, single_tier=divided)
    costs = np.array([cost for _, cost, *_ in found])
    sizes = np.array([[volume, area] for _, _, volume, area in found]).reshape(-1, 2)
    return Frontiers(
        measured, held, per, tuple(code for code, *_ in found),
        cost_frontier(np.log(costs), np.log(sizes)), envelop(costs[:, None], sizes), divided,
    )  # fmt: skip


def _councils(
    measured: Service, held: Edition, per: str, *, single_tier: bool
) -> list[tuple[str, float, float, float]]:
    """Code, cost in pounds, volume and area of every council with all three above zero."""
    found = []
    for cell in provider_cells(measured, held):
        kind_fits = not single_tier or authority(cell.authority).kind in SINGLE_TIER
        volume, area = (denominator(cell.authority, name, held.year) for name in (per, AREA))
        if kind_fits and cell.amount_thousand and cell.amount_thousand > 0 and volume and area:
            found.append((cell.authority, float(cell.amount_thousand) * 1000, volume.value, area.value))
    return [row for row in found if min(row[1:]) > 0]
