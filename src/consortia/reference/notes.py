"""What to beware of in the published returns of some authorities: missing, uncertified or hosted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from consortia.findings import Finding, Place, Severity, Value, listed
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.authorities import Authority, all_authorities, authority
from consortia.reference.cells import PublishedCell, cells_of_service, published_cells, row_of, rows_of
from consortia.reference.denominators import denominator
from consortia.reference.editions import Edition, edition
from consortia.reference.headings import headings
from consortia.reference.parameters import parameter
from consortia.reference.taxonomy import TOTAL, service

FEWEST_FOR_A_MEDIAN = 3
NO_ROW = "{edition} has no row for {authority}."
LEAVE_OUT = "Leave the council out or choose another year."
OTHERS_THERE = "Rows are there for {others}."
OTHER_YEAR = "Choose another year or load the council's own return."
NO_RETURN = "{authority} made no return in {edition}: its spending is not known, not zero."
NOT_CERTIFIED = "The return of {authority} in {edition} was not certified."
ASK = "Ask the council whether its figures still stand."
ALMOST_NOTHING = "{authority} shows almost no spending on {service} in {edition}."
ALMOST_NOTHING_ON_LINES = "{authority} shows almost no spending, set against its class, in {edition} on: {services}."
HOSTED_REMEDY = "If another body runs it, its cost stands in that body's return: ask before comparing."
JOINT_BODY = "{service} of {authorities} is run by {body}, which makes its own return."
JOINT_BODY_REMEDY = "The councils show a levy instead of the cost; leave the service out or bring the joint body in."


def published_notes(edition_code: str, authority_codes: Sequence[str]) -> tuple[Finding, ...]:
    """Findings on the returns of some authorities in one edition: on the form, each return, and services run elsewhere.

    Raises UnknownReference for an unknown edition and UnknownAuthority for an unknown code.
    """
    held = edition(edition_code)
    bodies = [authority(code) for code in authority_codes]
    about_returns = [finding for body in bodies for finding in _about_return(held, body)]
    return (*_about_form(held, bodies), *about_returns, *_joint_bodies(held, bodies), *_hosted(held, bodies))


def _about_form(held: Edition, bodies: Sequence[Authority]) -> Iterator[Finding]:
    """Notes on the whole form, and those that speak of single authorities when these take part."""
    values = (("edition", held.title),)
    codes = {body.code for body in bodies}
    for row in shelf.rows("edition_notes"):
        meant = set(shelf.split(row["authorities"])) or codes
        if row["form"] == held.form and row["year"] in ("", str(held.year)) and meant & codes:
            place = Place(held.file, held.sheet)
            yield Finding(row["code"], Severity(row["severity"]), row["sentence"], row["remedy"], place, values)


def _about_return(held: Edition, body: Authority) -> Iterator[Finding]:
    values = (("authority", body.said), ("edition", held.title))
    row = row_of(held.code, body.code)
    if row is None:
        place = Place(held.file, held.sheet)
        yield _no_row(held, body, place, values)
        return
    place = Place(held.file, held.sheet, f"row {row.number}")
    if not row.returned:
        yield Finding("REF-MISSING-RETURN", Severity.WARNING, NO_RETURN, OTHER_YEAR, place, values)
    elif row.certified == "N":
        yield Finding("REF-UNCERTIFIED", Severity.NOTE, NOT_CERTIFIED, ASK, place, values)


def _no_row(held: Edition, body: Authority, place: Place, values: tuple[tuple[str, Value], ...]) -> Finding:
    """Names the bodies that came before or after this one and do have a row."""
    kin = [other for other in all_authorities() if body.code in other.replaced_by or other.code in body.replaced_by]
    there = listed(listed((other.said, f"({other.code})"), " ") for other in kin if row_of(held.code, other.code))
    if not there:
        return Finding("REF-NO-ROW", Severity.WARNING, NO_ROW, LEAVE_OUT, place, values)
    return Finding("REF-NO-ROW", Severity.WARNING, NO_ROW, OTHERS_THERE, place, (*values, ("others", there)))


def _joint_bodies(held: Edition, bodies: Sequence[Authority]) -> Iterator[Finding]:
    """One finding per joint body that ran a service of some of the authorities on the first day of the year."""
    served: dict[tuple[str, str], list[Value]] = {}
    heads = {one.service for one in headings(held.code) if one.role == "head"}
    for row in shelf.rows("joint_bodies"):
        if service(row["service"]).head in heads and _ran(row, f"{held.year.start}-04-01"):
            names = [body.said for body in bodies if row["authority"] in (body.code, *body.former_codes)]
            served.setdefault((row["body"], row["service"]), []).extend(names)
    for (body, service_code), names in served.items():
        if names:
            values = (("authorities", listed(names)), ("service", service(service_code).said), ("body", body))
            place = Place(held.file, held.sheet)
            yield Finding("REF-JOINT-BODY", Severity.NOTE, JOINT_BODY, JOINT_BODY_REMEDY, place, values)


def _ran(row: dict[str, str], day: str) -> bool:
    return row["from"] <= day and (not row["to"] or day <= row["to"])


def _hosted(held: Edition, bodies: Sequence[Authority]) -> Iterator[Finding]:
    """Spending a resident far below the median of its class, in what the class provides, may stand elsewhere."""
    for body in bodies:
        low = [cell for cell in published_cells(held.code, [body.code]) if _is_far_below(cell, held)]
        yield from (_hosted_finding(cell, held) for cell in low if service(cell.service).level == 1)
        lines = [cell for cell in low if service(cell.service).level == 2]
        if lines:
            yield _hosted_lines(lines, held, body)


def _is_far_below(cell: PublishedCell, held: Edition) -> bool:
    if not _is_comparable(cell, held):
        return False
    rate = _rate(cell, held.year)
    usual = _usual(held.code, cell.service, cell.measure, authority(cell.authority).kind)
    return rate is not None and usual is not None and abs(rate) < parameter("hosted_caution").number * usual


def _is_comparable(cell: PublishedCell, held: Edition) -> bool:
    """Heads, and the lines on which something would be proposed; gross where the form has it."""
    wanted = "total_expenditure" if held.has_gross else "net_current_expenditure"
    one = service(cell.service)
    is_head = one.level == 1 and one.code != TOTAL and one.family != ""
    return (is_head or (one.level == 2 and one.proposable)) and cell.measure == wanted and cell.status == "known"


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
    """The median rate of all authorities of a class in an edition; None when too few or not positive."""
    year = edition(edition_code).year
    alike = [code for code in rows_of(edition_code) if authority(code).kind == kind]
    cells = cells_of_service(edition_code, alike, service_code, measure)
    rates = [rate for cell in cells if (rate := _rate(cell, year)) is not None]
    if len(rates) < FEWEST_FOR_A_MEDIAN:
        return None
    middle = median(rates)
    return middle if middle > 0 else None


def _hosted_finding(cell: PublishedCell, held: Edition) -> Finding:
    values = (
        ("authority", authority(cell.authority).said), ("service", service(cell.service).said), ("edition", held.title),
    )  # fmt: skip
    place = Place(cell.file, cell.sheet, cell.cell)
    return Finding("REF-HOSTED", Severity.WARNING, ALMOST_NOTHING, HOSTED_REMEDY, place, values)


def _hosted_lines(cells: Sequence[PublishedCell], held: Edition, body: Authority) -> Finding:
    lines = listed((service(cell.service).said for cell in cells), "; ")
    values = (("authority", body.said), ("services", lines), ("edition", held.title))
    place = Place(held.file, held.sheet, ", ".join(cell.cell for cell in cells))
    return Finding("REF-HOSTED-LINES", Severity.NOTE, ALMOST_NOTHING_ON_LINES, HOSTED_REMEDY, place, values)
