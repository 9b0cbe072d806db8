"""What a whole nation's councils spend on a service in one edition of published returns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from consortia.reference.authorities import authority
from consortia.reference.denominators import denominator, measure_for
from consortia.reference.editions import Edition, edition, editions
from consortia.reference.prices import to_real
from consortia.reference.returns import PublishedCell, published_cells, rows_of
from consortia.reference.taxonomy import Service, service

GROSS, NET = "total_expenditure", "net_current_expenditure"
# Where the line detail of one county stands in, the national summary of the same year holds the same heads.
NATIONAL = {"lancashire-2023-24": "rsx-2023-24", "lancashire-2024-25": "rsx-2024-25"}
# Years beside each other: over more of them councils really change, which is no unreliable figure [J].
LATEST = 3
# The forms that hold every head of a whole nation; the others hold the lines of one or two.
SUMMARIES = frozenset({"RSX", "RS", "RA", "WALES"})


def national_edition(code: str) -> Edition:
    """The edition of this code, or the national one of its year where it holds one county; UnknownReference."""
    return edition(NATIONAL.get(code, code))


def newest_edition(nation: str = "England") -> str:
    """The code of the newest edition that holds every head, one with gross spending before one without."""
    national = [each for each in editions() if each.nation == nation and each.form in SUMMARIES]
    return max(national, key=lambda each: (each.has_gross, each.year)).code


def measure_of(held: Edition) -> str:
    """Gross expenditure where the form has it, net current expenditure otherwise."""
    return GROSS if held.has_gross else NET


def provider_cells(measured: Service, held: Edition) -> tuple[PublishedCell, ...]:
    """The cells of one service for the councils whose class has the duty, in thousand nominal pounds.

    Police, fire and other bodies are not among them: they have no residents of their own.
    """
    cells = _by_service(held.code, measure_of(held)).get(measured.code, ())
    kinds = {cell.authority: authority(cell.authority).kind for cell in cells}
    return tuple(c for c in cells if kinds[c.authority] != "O" and kinds[c.authority] in measured.provided_by)


def is_published(service_code: str, held: Edition) -> bool:
    """True when the edition gives an amount of the service for any authority."""
    cells = _by_service(held.code, measure_of(held)).get(service_code, ())
    return any(cell.amount_thousand is not None for cell in cells)


@cache
def unit_costs_over_years(service_code: str, edition_code: str, kind: str) -> tuple[tuple[float, ...], ...]:
    """Unit costs of a class of councils: for each council one for each of the latest years of the same form.

    Real pounds for each unit in the prices of the edition's year; years without cost or volume are left out.
    """
    last, measured = national_edition(edition_code), service(service_code)
    same = [each for each in editions() if (each.form, each.nation) == (last.form, last.nation)]
    before = sorted((each for each in same if each.year <= last.year), key=lambda each: each.year)
    found: dict[str, list[float]] = {}
    for held in before[-LATEST:]:
        for code, cost in _unit_costs(measured, held, kind):
            found.setdefault(code, []).append(to_real(cost, year=held.year, base=last.year))
    return tuple(tuple(costs) for costs in found.values())


def _unit_costs(measured: Service, held: Edition, kind: str) -> Sequence[tuple[str, float]]:
    per = measure_for(measured.denominator or "population", held.nation)
    found = []
    for cell in provider_cells(measured, held):
        volume = denominator(cell.authority, per, held.year)
        if cell.amount_thousand and cell.amount_thousand > 0 and volume and authority(cell.authority).kind == kind:
            found.append((cell.authority, float(cell.amount_thousand) * 1000 / volume.value))
    return found


@cache
def _by_service(edition_code: str, measure: str) -> dict[str, tuple[PublishedCell, ...]]:
    found: dict[str, list[PublishedCell]] = {}
    for cell in published_cells(edition_code, tuple(rows_of(edition_code))):
        if cell.measure == measure:
            found.setdefault(cell.service, []).append(cell)
    return {code: tuple(cells) for code, cells in found.items()}
