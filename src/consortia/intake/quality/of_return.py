"""The quality rules on a partner's return, and what they propose as adjustments of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from statistics import median

from consortia.findings import Place
from consortia.intake.quality.entries import Book, Entry
from consortia.intake.quality.tidying import Verdict, examine
from consortia.reference.authorities import all_authorities, authority
from consortia.reference.editions import editions
from consortia.reference.returns import published_cells
from consortia.reference.taxonomy import service
from consortia.study import Adjustment, CostLine, Return, Review
from consortia.study.adjustments import apply_adjustments
from consortia.study.mapping import UNMAPPED
from consortia.study.tables import records_of

Medians = Mapping[tuple[str, str, str], Decimal]
FEWEST_FOR_A_MEDIAN = 8
NATIONAL = ("RSX", "WALES")
CHANGE = "change"


def book_of(returns: Iterable[Return], *, medians: Medians | None = None) -> Book:
    """The lines of returns, after the adjustments in effect, as entries; nominal pounds."""
    each = tuple(returns)
    entries = tuple(entry for returned in each for entry in _entries(returned))
    return Book(entries, medians=medians or {}, signed={one.partner: one.header.signed_by for one in each})


def review_findings(returned: Return, *, medians: Medians | None = None) -> tuple[Verdict, ...]:
    """What the rules say of one return as it stands now; what was adjusted already is not found again."""
    settled = {(one.line, one.rule) for one in returned.review.adjustments if one.rule}
    verdicts = examine(book_of([returned], medians=medians))
    return tuple(one for one in verdicts if (one.entry.key, one.rule) not in settled)


def adjustments_from(verdicts: Iterable[Verdict], review: Review, *, by: str, on: str) -> tuple[Adjustment, ...]:
    """The proposals of verdicts as adjustments: in effect where the rule may mend, else proposed and without effect.

    Of several rules on one line the first in the order of the rules stands; the others are found again afterwards.
    """
    made: dict[str, Adjustment] = {}
    for verdict in verdicts:
        after, key = verdict.after, verdict.entry.key
        if after is None or after.service != verdict.entry.service or key in made:
            continue
        if verdict.entry.parts > 1 and after.amount is None:
            continue  # no amount cannot be split: each part is taken out by hand
        made[key] = Adjustment(
            key=f"{CHANGE}-{len(review.adjustments) + len(made) + 1}",
            line=key,
            whole=verdict.entry.parts > 1,
            before=verdict.entry.stated,
            after=after.stated,
            by=by,
            on=on,
            reason=verdict.finding.text(),
            rule=verdict.rule,
            standing="applied" if verdict.mends else "proposed",
        )
    return tuple(made.values())


@cache
def national_medians(year: str) -> Medians:
    """The median of each head by class of authority and measure in the national return of that year, nominal pounds.

    Empty where no national return of the year is held; a median needs eight councils that spend something.
    """
    codes = [one.code for one in all_authorities()]
    kinds = {one.code: one.kind for one in all_authorities()}
    found: dict[tuple[str, str, str], list[Decimal]] = {}
    for edition in editions():
        if str(edition.year) != year or edition.form not in NATIONAL:
            continue
        for cell in published_cells(edition.code, codes):
            if cell.amount_thousand and cell.amount_thousand > 0 and service(cell.service).level == 1:
                key = (kinds[cell.authority], cell.service, cell.measure)
                found.setdefault(key, []).append(cell.amount_thousand * 1000)
    return {key: median(amounts) for key, amounts in found.items() if len(amounts) >= FEWEST_FOR_A_MEDIAN}


def _entries(returned: Return) -> Iterable[Entry]:
    """One entry for each line of the return: its parts, one for each file, are judged together."""
    kind = authority(returned.partner).kind
    counted = {one.name for one in returned.header.uploads} if returned.is_from_ledger else set()
    lines: dict[tuple[str, str, str], list[CostLine]] = {}
    for line in records_of(CostLine, apply_adjustments(returned.costs, returned.review.adjustments)):
        if isinstance(line, CostLine) and line.service not in {UNMAPPED, "total"}:
            lines.setdefault((line.year, line.service, line.measure), []).append(line)
    for parts in lines.values():
        for entry in _of_line(parts, returned.partner, kind):
            yield replace(entry, is_counted=entry.place is not None and entry.place.file in counted)


def _of_line(parts: list[CostLine], partner: str, kind: str) -> Iterable[Entry]:
    """A line whose parts are all known is one entry; the parts of any other are judged one by one."""
    known = [one.amount for one in parts if one.amount is not None]
    if len(parts) > 1 and len(known) == len(parts):
        whole = parts[0].model_copy(update={"amount": sum(known, Decimal(0))})
        yield replace(_entry(whole, partner, kind), parts=len(parts))
    else:
        yield from (_entry(one, partner, kind) for one in parts)


def _entry(line: CostLine, partner: str, kind: str) -> Entry:
    return Entry(
        key=line.key, partner=partner, kind=kind, year=line.year, service=line.service, measure=line.measure,
        amount=line.amount, status=line.status, text=line.heading, place=Place(line.file, line.sheet, line.cell),
    )  # fmt: skip
