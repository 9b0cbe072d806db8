"""What to beware of in the published returns of some authorities: missing, uncertified or hosted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from consortia.findings import Finding, Place, Severity
from consortia.periods import FinancialYear
from consortia.reference.authorities import Authority, authority
from consortia.reference.denominators import denominator
from consortia.reference.editions import Edition, edition
from consortia.reference.parameters import parameter
from consortia.reference.cells import PublishedCell, cells_of_service, published_cells, row_of, rows_of
from consortia.reference.taxonomy import TOTAL, service

FEWEST_FOR_A_MEDIAN = 3


def published_notes(edition_code: str, authority_codes: Sequence[str]) -> tuple[Finding, ...]:
    """Findings on the returns of some authorities in one edition, in the order form, authority, service."""
    held = edition(edition_code)
    bodies = [authority(code) for code in authority_codes]
    notes = [*_about_form(held)]
    for body in bodies:
        notes += _about_return(held, body)
    notes += _hosted(held, bodies)
    return tuple(notes)


def _about_form(held: Edition) -> Iterator[Finding]:
    if held.basis == "budget":
        yield _note("REF-BUDGET", "{edition} holds budgets, not outturn.", held)
    if not held.has_gross:
        yield _note("REF-NET-ONLY", "{edition} gives spending net of income only; a service that charges looks cheap on it.", held)


def _note(code: str, sentence: str, held: Edition) -> Finding:
    return Finding(code, Severity.NOTE, sentence, place=Place(held.file, held.sheet), values=(("edition", held.title),))


def _about_return(held: Edition, body: Authority) -> Iterator[Finding]:
    values = (("authority", body.name), ("edition", held.title))
    row = row_of(held.code, body.code)
    if row is None:
        yield Finding(
            "REF-NO-ROW", Severity.WARNING, "{edition} has no row for {authority}.",
            "Leave the council out, choose another year, or use the bodies that existed then.",
            Place(held.file, held.sheet), values,
        )  # fmt: skip
        return
    place = Place(held.file, held.sheet, f"row {row.number}")
    if not row.returned:
        yield Finding(
            "REF-MISSING-RETURN", Severity.WARNING, "{authority} made no return in {edition}: its spending is not known, not zero.",
            "Choose another year or load the council's own return.", place, values,
        )  # fmt: skip
    elif row.certified == "N":
        yield Finding("REF-UNCERTIFIED", Severity.NOTE, "The return of {authority} in {edition} was not certified.", "", place, values)


def _hosted(held: Edition, bodies: Sequence[Authority]) -> Iterator[Finding]:
    """Spending a head far below the median of its class, in a head that the class provides, may stand in a host's return."""
    share = parameter("hosted_caution").number
    for cell in published_cells(held.code, [body.code for body in bodies]):
        if _is_comparable(cell, held):
            rate, usual = _rate(cell, held.year), _usual(held.code, cell.service, cell.measure, authority(cell.authority).kind)
            if rate is not None and usual is not None and abs(rate) < share * usual:
                yield _hosted_finding(cell, held)


def _is_comparable(cell: PublishedCell, held: Edition) -> bool:
    wanted = "total_expenditure" if held.has_gross else "net_current_expenditure"
    one = service(cell.service)
    return one.level == 1 and one.code != TOTAL and one.family != "" and cell.measure == wanted and cell.status == "known"


def _rate(cell: PublishedCell, year: FinancialYear) -> float | None:
    """Thousand pounds a resident; None without residents or where the class has no such duty."""
    residents = denominator(cell.authority, "population", year)
    if residents is None or cell.amount_thousand is None:
        return None
    if authority(cell.authority).kind not in service(cell.service).provided_by:
        return None
    return float(cell.amount_thousand) / residents.value


@cache
def _usual(edition_code: str, service_code: str, measure: str, kind: str) -> float | None:
    """The median rate of all authorities of a class in an edition; None when there are too few or it is not positive."""
    year = edition(edition_code).year
    alike = [code for code in rows_of(edition_code) if authority(code).kind == kind]
    rates = [rate for cell in cells_of_service(edition_code, alike, service_code, measure) if (rate := _rate(cell, year)) is not None]
    if len(rates) < FEWEST_FOR_A_MEDIAN:
        return None
    middle = median(rates)
    return middle if middle > 0 else None


def _hosted_finding(cell: PublishedCell, held: Edition) -> Finding:
    values = (("authority", authority(cell.authority).name), ("service", service(cell.service).name), ("edition", held.title))
    return Finding(
        "REF-HOSTED", Severity.WARNING, "{authority} shows almost no spending on {service} in {edition}.",
        "If another body runs it, its cost stands in that body's return: ask before comparing.",
        Place(cell.file, cell.sheet, cell.cell), values,
    )  # fmt: skip
