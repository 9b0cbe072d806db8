"""What the quality rules look at: entries of a return or of a survey of savings, in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from consortia.findings import Place, Value, named
from consortia.intake.wording import MEASURES
from consortia.reference.taxonomy import service
from consortia.study.review import Stated, Status

# A survey of savings asks for these; a return has the measures of cost lines.
BASE, BUDGETED, DELIVERED = "base", "budgeted", "delivered"
WORDS = {code: (english.lower(), welsh.lower()) for code, (english, welsh) in MEASURES.items()} | {
    BASE: ("base", "sylfaen"),
    BUDGETED: ("budgeted", "cyllidebwyd"),
    DELIVERED: ("delivered", "cyflawnwyd"),
}
# Fact, perception, audited, provisional and projection are shown apart, never added up together.
Kind = Literal["fact", "audited", "provisional", "projection", "perception"]


def said(pounds: Decimal) -> str:
    """An amount as a sentence says it: -£16,000, with pence only where there are any."""
    whole = pounds == pounds.to_integral_value()
    return f"{'-' if pounds < 0 else ''}£{abs(pounds):,.{0 if whole else 2}f}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount, nominal pounds, as sent: `kind` is the class of the authority, `text` what was written beside it.

    `parts`: the rows of a return that it is the sum of. `is_counted`: added up from the postings of a ledger.
    """

    key: str
    partner: str
    kind: str
    year: str
    service: str
    measure: str
    amount: Decimal | None
    status: Status = "known"
    text: str = ""
    place: Place | None = None
    data: Kind = "fact"
    parts: int = 1
    is_counted: bool = False

    @property
    def stated(self) -> Stated:
        """What the entry states."""
        return Stated(amount=self.amount, status=self.status)

    @property
    def pounds(self) -> Decimal:
        """The amount for sums; nil where there is none."""
        return self.amount if self.amount is not None else Decimal(0)

    @property
    def title(self) -> Value:
        """Service, measure and year in words of both languages."""
        found, (english, welsh) = service(self.service), WORDS[self.measure]
        return named(f"{found.name}, {english}, {self.year}", f"{found.name_cy}, {welsh}, {self.year}")


@dataclass(frozen=True)
class Book:
    """Entries with what the rules compare them with; the order of the entries is of no account.

    `last_year` is the last financial year that may hold actuals, "" where that is not asked. `medians` are national
    medians by class of authority, service and measure, in pounds. `signed` is who signed each partner's return.
    """

    entries: tuple[Entry, ...]
    last_year: str = ""
    medians: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    signed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def in_order(self) -> tuple[Entry, ...]:
        """The entries by partner, year, service, measure and key."""
        return tuple(sorted(self.entries, key=lambda e: (e.partner, e.year, e.service, e.measure, e.key)))

    @cached_property
    def known(self) -> tuple[Entry, ...]:
        """The entries with an amount, in order."""
        return tuple(entry for entry in self.in_order if entry.amount is not None)

    @cached_property
    def in_pence(self) -> frozenset[str]:
        """The partners whose ledgers hold pence: what is added up from such postings is never in thousands."""
        counted = (entry for entry in self.known if entry.is_counted)
        return frozenset(entry.partner for entry in counted if entry.pounds != entry.pounds.to_integral_value())

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str, str], Mapping[str, Entry]]:
        """The known entries of each partner, year and service by measure."""
        found: dict[tuple[str, str, str], dict[str, Entry]] = {}
        for entry in self.known:
            found.setdefault((entry.partner, entry.year, entry.service), {})[entry.measure] = entry
        return found

    def pairs(self, first: str, second: str) -> list[tuple[Entry, Entry]]:
        """The entries of two measures that stand at the same place."""
        return [(found[first], found[second]) for found in self.by_place.values() if first in found and second in found]

    def years_of(self, entry: Entry) -> list[Entry]:
        """The known entries of the same partner, service and measure, by year."""
        return self._series[entry.partner, entry.service, entry.measure]

    @cached_property
    def series(self) -> tuple[list[Entry], ...]:
        """Each partner's entries of one service and measure, by year."""
        return tuple(self._series.values())

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], list[Entry]]:
        found: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in self.known:
            found.setdefault((entry.partner, entry.service, entry.measure), []).append(entry)
        return found
