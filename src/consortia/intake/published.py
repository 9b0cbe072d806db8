"""A baseline that nobody types: published returns as the returns of a new study, each line with its official cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from consortia.errors import IntakeError
from consortia.findings import Finding
from consortia.intake.partners import editions_for, partners_for
from consortia.intake.published_findings import gaps
from consortia.intake.volumes import volumes_of
from consortia.money import from_pence, thousands_to_pence
from consortia.reference.authorities import Authority
from consortia.reference.combined import combined_cells
from consortia.reference.editions import Edition
from consortia.reference.returns import PublishedCell
from consortia.reference.taxonomy import proposable_services
from consortia.study import CostLine, Definition, Initiative, Partner, Return, ReturnHeader, Study, Text, Volume
from consortia.study.tables import table_of

EVIDENCE_OF_COST = ("employees", "running_expenses", "total_expenditure", "net_current_expenditure")
LEAST_PARTNERS = 2

Cells = dict[Authority, dict[str, tuple[PublishedCell, ...]]]


def baseline(
    partners: Sequence[str], edition_codes: Sequence[str], *, name: str, title: str | Text
) -> tuple[Study, tuple[Finding, ...]]:
    """A study of these partners (any spelling or code) from published returns; the last year is the base year.

    Amounts are nominal pounds. What was not returned is "not known", never zero, and a finding says so. Raises
    UnknownReference for an edition that is not held, and IntakeError with every partner that cannot be used.
    """
    editions = editions_for(edition_codes)
    bodies = partners_for(partners, editions)
    cells = _cells(bodies, editions)
    returns = tuple(_return_of(body, editions, cells[body]) for body in bodies)
    definition = Definition(
        key=name,
        title=title if isinstance(title, Text) else Text(en=title),
        base_year=str(editions[-1].year),
        editions=tuple(edition.code for edition in editions),
        partners=tuple(Partner(code=body.code, name=Text(en=body.name, cy=body.name_cy)) for body in bodies),
        initiatives=_initiatives(cells, _base_editions(editions)),
    )
    return Study(definition, returns), gaps(bodies, editions, cells)


def check_something_to_share(study: Study) -> None:
    """Raises IntakeError where a baseline has fewer than two partners, or no service that two of them pay for."""
    if len(study.definition.partners) < LEAST_PARTNERS:
        raise IntakeError("A study needs at least two partners.", remedy="Name them all.")
    if not study.definition.initiatives:
        raise IntakeError(
            "No service has a cost of two of these partners in the base year, so there is nothing to share; "
            "no study was made.",
            remedy="Choose another return (`consortia reference editions`) or other partners.",
        )


def _cells(bodies: Sequence[Authority], editions: Sequence[Edition]) -> Cells:
    """Each partner's cells by the edition they stand in, of the editions of its nation."""
    found: Cells = {body: {} for body in bodies}
    for together in _of_one_year(editions):
        code_of = {edition.file: edition.code for edition in together}
        for body in bodies:
            if body.nation == together[0].nation:
                for cell in combined_cells(together, [body.code]):
                    code = code_of[cell.file]
                    found[body][code] = (*found[body].get(code, ()), cell)
    return found


def _of_one_year(editions: Sequence[Edition]) -> Iterable[tuple[Edition, ...]]:
    """A summary and the forms that detail it are one return."""
    for _, together in groupby(editions, key=lambda edition: (edition.year, edition.nation)):
        yield tuple(together)


def _base_editions(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    return tuple(edition for edition in editions if edition.year == editions[-1].year)


def _return_of(body: Authority, editions: Sequence[Edition], cells: dict[str, tuple[PublishedCell, ...]]) -> Return:
    own = [edition for edition in editions if edition.code in cells]
    lines = [_line(cell, edition) for edition in own for cell in cells[edition.code]]
    header = ReturnHeader(
        partner=body.code,
        basis=own[-1].basis,
        source="; ".join(f"{edition.title} ({edition.licence})" for edition in own),
    )
    years = sorted({edition.year for edition in own})
    return Return(header, table_of(CostLine, lines), table_of(Volume, volumes_of(body, years)))


def _line(cell: PublishedCell, edition: Edition) -> CostLine:
    thousands = cell.amount_thousand
    return CostLine(
        key=f"{edition.year}/{cell.service}/{cell.measure}",
        year=str(edition.year),
        service=cell.service,
        measure=cell.measure,
        amount=None if thousands is None else from_pence(thousands_to_pence(thousands)),
        status=cell.status,
        heading=cell.heading,
        file=cell.file,
        sheet=cell.sheet,
        cell=cell.cell,
    )


def _initiatives(cells: Cells, editions: Iterable[Edition]) -> tuple[Initiative, ...]:
    """A default proposal for each service worth one that at least two partners provide in the base year."""
    codes = [edition.code for edition in editions]
    base = [cell for own in cells.values() for code in codes for cell in own.get(code, ())]
    providers: dict[str, set[str]] = {cell.service: set() for cell in base}
    for cell in base:
        if cell.amount_thousand and cell.measure in EVIDENCE_OF_COST:
            providers[cell.service].add(cell.authority)
    return tuple(
        Initiative(key=f"share-{service.code}", service=service.code)
        for service in proposable_services(providers)
        if len(providers[service.code]) >= LEAST_PARTNERS
    )
