"""What each quality rule looks for. Each function gives its hits; none of them changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from consortia.findings import Value, named
from consortia.intake.checks import MAY_BE_NEGATIVE, PARTS, TOLERANCE
from consortia.intake.quality.entries import BASE, BUDGETED, DELIVERED, Book, Entry, said
from consortia.intake.wording import service_of
from consortia.reference.taxonomy import provides, service
from consortia.study.mapping import UNMAPPED

# The numbers of the survey's editors and of the methods note, 12.4; judgement [J] where they give none.
SCALE = 1000
FAR_BELOW, FAR_ABOVE = Decimal(1) / 200, Decimal(200)
NEAR_SCALE = (Decimal(500), Decimal(2000))
YEAR_ON_YEAR = Decimal("0.4")
SMALLEST_TO_COMPARE = Decimal(100_000)
SAME_ENTRIES = 3
POINTS = Decimal(1)
COSTS = (BASE, "total_expenditure", *PARTS["total_expenditure"])


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule applies: the entry, what it should become (None: ask somebody), and the values of the sentence."""

    entry: Entry
    after: Entry | None = None
    values: tuple[tuple[str, Value], ...] = ()


def zero_outside_remit(book: Book) -> Iterator[Hit]:
    """Zero for a service that this class of authority does not provide."""
    for entry in book.known:
        if entry.amount == 0 and entry.service not in {UNMAPPED, "total"} and not provides(entry.service, entry.kind):
            yield Hit(entry, replace(entry, amount=None, status="not_provided"))


def delivered_without_budget(book: Book) -> Iterator[Hit]:
    """Nothing budgeted, yet something delivered: a true zero."""
    for budgeted, delivered in book.pairs(BUDGETED, DELIVERED):
        if budgeted.amount == 0 and delivered.pounds > 0:
            yield Hit(budgeted, values=(("delivered", said(delivered.pounds)),))


def looks_like_thousands(book: Book) -> Iterator[Hit]:
    """Far below what its class spends, or a thousandth of the year beside it; the evidence is said.

    An amount with pence is no count of thousands, nor is one added up from a ledger with pence, or of another sign than
    what it is set beside.
    """
    for entry in book.known:
        if entry.pounds != entry.pounds.to_integral_value() or (entry.is_counted and entry.partner in book.in_pence):
            continue
        evidence = _below_median(entry, book) or _below_other_year(entry, book)
        if entry.amount and evidence:
            yield Hit(entry, replace(entry, amount=entry.amount * SCALE), (("evidence", evidence),))


def cannot_be_read(book: Book) -> Iterator[Hit]:
    """More than two hundred times what its class spends: nobody can say what was meant."""
    for entry in book.known:
        median = book.medians.get((entry.kind, entry.service, entry.measure))
        if median and abs(entry.pounds) > FAR_ABOVE * median:
            yield Hit(entry, _removed(entry), (("median", said(median)),))


def negative_base(book: Book) -> Iterator[Hit]:
    """A negative cost outside the services whose income may exceed their cost."""
    for entry in book.known:
        if entry.measure in COSTS and entry.pounds < 0 and service(entry.service).head not in MAY_BE_NEGATIVE:
            yield Hit(entry, _removed(entry))


def negative_saving(book: Book) -> Iterator[Hit]:
    """A budgeted saving below zero: most likely typed as the change of the budget."""
    for entry in book.known:
        if entry.measure == BUDGETED and entry.pounds < 0:
            yield Hit(entry, replace(entry, amount=-entry.pounds))


def saving_above_base(book: Book) -> Iterator[Hit]:
    """More saved than was spent; a tenth of the saving is proposed where that would fit."""
    for base, budgeted in book.pairs(BASE, BUDGETED):
        if budgeted.pounds > base.pounds >= 0:
            tenth = budgeted.pounds / 10
            fits = 0 < tenth <= base.pounds
            yield Hit(budgeted, replace(budgeted, amount=tenth) if fits else None, (("base", said(base.pounds)),))


def delivered_as_budgeted(book: Book) -> Iterator[Hit]:
    """Delivered exactly what was budgeted: possibly assumed."""
    for budgeted, delivered in book.pairs(BUDGETED, DELIVERED):
        if delivered.amount and delivered.amount == budgeted.amount:
            yield Hit(delivered)


def future_actual(book: Book) -> Iterator[Hit]:
    """An actual for a year that is not over."""
    for entry in book.known:
        if book.last_year and entry.measure == DELIVERED and entry.year > book.last_year:
            yield Hit(entry, _removed(entry), (("last", book.last_year),))


def other_that_is_listed(book: Book) -> Iterator[Hit]:
    """An "other" line whose words name a service of the list."""
    for entry in book.in_order:
        code = service_of(entry.text) if entry.service == "other" and entry.text else None
        if code and code not in {"other", "total", UNMAPPED}:
            found = service(code)
            yield Hit(entry, replace(entry, service=code), (("named", named(found.name, found.name_cy)),))


def total_unlike_parts(book: Book) -> Iterator[Hit]:
    """A total that differs from its parts by more than half a per cent."""
    for found in book.by_place.values():
        for total, names in PARTS.items():
            parts = [found[name].pounds for name in names if name in found]
            if total in found and len(parts) > 1:
                whole, summed = found[total].pounds, sum(parts, Decimal(0))
                if abs(whole - summed) > TOLERANCE * max(abs(whole), abs(summed)):
                    yield Hit(found[total], values=(("parts", said(summed)),))


def sudden_change(book: Book) -> Iterator[Hit]:
    """A base that changes by more than 40% from one year to the next, where it is worth asking."""
    for series in book.series:
        for before, after in pairwise(series):
            if after.measure not in {BASE, "total_expenditure", "net_current_expenditure"}:
                continue
            if abs(before.pounds) < SMALLEST_TO_COMPARE or after.year[:4] != str(int(before.year[:4]) + 1):
                continue
            change = after.pounds / before.pounds - 1
            if abs(change) > YEAR_ON_YEAR:
                yield Hit(after, values=(("change", f"{change:+.0%}"), ("before", said(before.pounds))))


def answered_once(book: Book) -> Iterator[Hit]:
    """Two partners with the same amounts throughout, or signed by the same person."""
    amounts: dict[str, dict[tuple[str, str, str], Decimal]] = {}
    first: dict[str, Entry] = {}
    for entry in (entry for entry in book.known if entry.amount):
        amounts.setdefault(entry.partner, {})[entry.year, entry.service, entry.measure] = entry.pounds
        first.setdefault(entry.partner, entry)
    for one, other in combinations(sorted(amounts), 2):
        same = len(amounts[one]) >= SAME_ENTRIES and amounts[one] == amounts[other]
        signer = book.signed.get(one, "")
        if same or (signer and signer == book.signed.get(other)):
            yield Hit(first[other], values=(("other", one),))


def narrative_unlike_number(book: Book) -> Iterator[Hit]:
    """A percentage in the words that is not the shortfall of the numbers; both are shown."""
    for budgeted, delivered in book.pairs(BUDGETED, DELIVERED):
        told = [Decimal(found) for found in re.findall(r"(\d+(?:\.\d+)?)\s*(?:%|per cent)", delivered.text)]
        if told and budgeted.pounds > 0:
            short = 100 * (budgeted.pounds - delivered.pounds) / budgeted.pounds
            if all(abs(percent - short) > POINTS for percent in told):
                words = ", ".join(f"{percent:f}%" for percent in told)
                yield Hit(delivered, values=(("said", words), ("short", f"{short:.1f}%")))


def _removed(entry: Entry) -> Entry:
    return replace(entry, amount=None, status="not_known")


def _below_median(entry: Entry, book: Book) -> Value:
    median = book.medians.get((entry.kind, entry.service, entry.measure))
    if not median or not 0 < entry.pounds < FAR_BELOW * median:
        return ""
    return named(
        f"councils of its class have a median of {said(median)}",
        f"canolrif cynghorau o'i ddosbarth yw {said(median)}",
    )


def _below_other_year(entry: Entry, book: Book) -> Value:
    for other in book.years_of(entry):
        ratio = other.pounds / entry.pounds if entry.amount else Decimal(0)
        if other is not entry and NEAR_SCALE[0] <= ratio <= NEAR_SCALE[1]:
            return named(f"{other.year} has {said(other.pounds)}", f"mae gan {other.year} {said(other.pounds)}")
    return ""
