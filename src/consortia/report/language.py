"""English and Welsh words for the same values: sentences of the catalogue, money, percentages, dates.

This is where values are rounded. The catalogue is `locale/cy.po`; English words are their own key.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from consortia.errors import ConsortiaError
from consortia.findings import Finding, Severity
from consortia.report.words import Absent, Cell, Kind, Link, Message, Quantity, Words, msgid
from consortia.study.definition import Text

LOCALES = {"en": "en_GB", "cy": "cy"}
MINUS = "\N{MINUS SIGN}"
WORD_JOINER = "\N{WORD JOINER}"  # keeps a minus on the line of its pound sign

ABSENT: Mapping[Absent, str] = {
    Absent.NOT_KNOWN: msgid("not known"),
    Absent.NOT_PROVIDED: msgid("not provided"),
    Absent.NOT_APPLICABLE: "–",
    Absent.NEVER: msgid("never in the period"),
    Absent.WITHHELD: msgid("withheld"),
}
VERDICTS: Mapping[str, str] = {
    "share": msgid("Share"),
    "do_not_share": msgid("Do not share this"),
    "stable": msgid("Yes"),
    "unstable": msgid("No"),
    "not_tested": msgid("Not tested"),
}
EVIDENCE: Mapping[str, str] = {
    "S": msgid("S: from the source documents of the method"),
    "V": msgid("V: verified in a published source"),
    "R": msgid("R: recalculated from a published example"),
    "U": msgid("U: published, not verified"),
    "D": msgid("D: derived here from published data"),
    "J": msgid("J: judgement, to be changed where you know better"),
    "P": msgid("P: stated by the partners in the study"),
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.NOTE: msgid("Note"),
    Severity.WARNING: msgid("Caution"),
    Severity.ERROR: msgid("Fault"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit that a table's money is shown in, and the words that say so under its title."""

    divisor: int
    words: str


POUNDS = Scale(1, msgid("Amounts in pounds, rounded to whole pounds."))
THOUSANDS = Scale(1_000, msgid("Amounts in thousands of pounds (£k), rounded."))
MILLIONS = Scale(1_000_000, msgid("Amounts in millions of pounds (£m), rounded."))


def scale_for(values: Iterable[float]) -> Scale:
    """The unit for a table's money: whole pounds when all are small, millions when most are large."""
    sizes = sorted(abs(value) for value in values if value)
    if not sizes or sizes[-1] < 100_000:
        return POUNDS
    return MILLIONS if sizes[(len(sizes) - 1) // 2] >= 100_000_000 else THOUSANDS


@dataclass(frozen=True)
class Language:
    """One language: words from the catalogue, numbers and dates as that language writes them."""

    code: str
    catalogue: gettext.NullTranslations

    @property
    def locale(self) -> str:
        """The locale that numbers and dates follow."""
        return LOCALES[self.code]

    def words(self, words: Words, render: Callable[[Cell], str] | None = None) -> str:
        """The words in this language; `render` turns the values inside a sentence into text (default: `cell`)."""
        if isinstance(words, Text):
            return words.in_language(self.code)
        if isinstance(words, str):
            return self.catalogue.gettext(words) if words else ""
        show = render or self.cell
        return self.template(words).format(**{name: show(value) for name, value in words.values})

    def template(self, message: Message) -> str:
        """A message's sentence in this language with its places still open, in the plural form of its count."""
        if message.count is None:
            return self.catalogue.gettext(message.msgid)
        return self.catalogue.ngettext(message.msgid, message.plural, message.count)

    def text(self, sentence: str, /, **values: Cell) -> str:
        """A sentence of the catalogue with its values; the `_` of the templates."""
        return self.words(Message(sentence, tuple(values.items())))

    def cell(self, value: Cell, kind: Kind = "text", scale: Scale = POUNDS) -> str:
        """A raw value as people read it: rounded, grouped, with a true minus; absent values in words, never as zero."""
        if value is None:
            value = Absent.NOT_KNOWN
        if isinstance(value, Absent):
            return self.words(ABSENT[value])
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, Link):
            return self.words(value.words)
        if isinstance(value, tuple):
            return self._several([self.words(item) for item in value])
        if isinstance(value, int | float | Decimal):
            return self._number(float(value), kind, scale)
        return self._worded(value, kind)

    def quantity(self, quantity: Quantity) -> str:
        """A value inside a sentence; money is shown as in prose, not in a table's unit."""
        if quantity.kind == "money" and isinstance(quantity.value, int | float):
            return self.money(quantity.value)
        if quantity.kind == "date" and isinstance(quantity.value, str):
            return self.date(date.fromisoformat(quantity.value))
        return self.cell(quantity.value, quantity.kind)

    def money(self, pounds: float) -> str:
        """An amount for prose, no more precise than such figures are: £4.1 million, £410,000, £41,000, £950."""
        size = abs(pounds)
        if size >= 999_500:
            digits = "#,##0" if size >= 99_500_000 else "#,##0.0"
            amount = self.text(msgid("£{amount} million"), amount=self._decimal(size / 1e6, digits))
        else:
            step = 10_000 if size >= 99_500 else 1_000 if size >= 9_950 else 100 if size >= 1_000 else 1
            amount = f"£{self._decimal(round(size / step) * step, '#,##0')}"
        return f"{MINUS}{WORD_JOINER}{amount}" if pounds < 0 and size >= 0.5 else amount

    def percent(self, share: float, digits: int = 1) -> str:
        """A share as a percentage, with a decimal only where it has one."""
        return self._signed(share * 100, "#,##0." + "#" * digits if digits else "#,##0") + "%"

    def chance(self, share: float, *, drawn: bool = False) -> str:
        """A probability in whole per cent; certainty is never claimed for one that is only near.

        Nor for one that is counted in draws (`drawn`), if none or all of them show it.
        """
        if share < 0.01 and (drawn or share > 0):
            return self.text(msgid("less than 1%"))
        if share > 0.99 and (drawn or share < 1):
            return self.text(msgid("more than 99%"))
        return self.percent(share, digits=0)

    def date(self, day: date) -> str:
        """A date in full: 21 November 2026, 21 Tachwedd 2026."""
        return format_date(day, "d MMMM yyyy", locale=self.locale)

    def finding(self, finding: Finding) -> str:
        """A finding's sentence and remedy; in English where its words have no translation yet."""
        parts = (self.catalogue.gettext(part) for part in (finding.sentence, finding.remedy) if part)
        return " ".join(parts).format(**finding.filled(self.code)) if finding.values else " ".join(parts)

    def knows(self, finding: Finding) -> bool:
        """True when the finding's sentence has words in this language."""
        return self.code == "en" or self.catalogue.gettext(finding.sentence) != finding.sentence

    def severity(self, finding: Finding) -> str:
        """How much a finding holds up, in a word."""
        return self.words(SEVERITIES[finding.severity])

    def price_base(self, price_base: str) -> str:
        """The sentence that states a table's price base."""
        if price_base == "nominal":
            return self.text(msgid("Cash of each year (nominal)."))
        return self.text(msgid("In {year} prices (real)."), year=price_base) if price_base else ""

    @staticmethod
    def _several(said: list[str]) -> str:
        """Sentences follow each other, names stand in a list."""
        return (" " if all(one.endswith(".") for one in said) else ", ").join(said)

    def _worded(self, value: str | Text | Message, kind: Kind) -> str:
        if isinstance(value, str) and kind in ("verdict", "evidence"):
            return self.words((VERDICTS if kind == "verdict" else EVIDENCE).get(value, value))
        return self.words(value)

    def _number(self, value: float, kind: Kind, scale: Scale) -> str:
        if kind == "money":
            return self._scaled(value, scale)
        if kind in ("chance", "drawn"):
            return self.chance(value, drawn=kind == "drawn")
        if kind == "percent":
            return self.percent(value)
        formats = {"unit_cost": "#,##0.00", "years": "#,##0.0", "year": "0"}
        return self._signed(value, formats.get(kind, "#,##0.##"))

    def _scaled(self, pounds: float, scale: Scale) -> str:
        """In the table's unit; small amounts keep a decimal, so that only a true zero reads as 0."""
        value = pounds / scale.divisor
        if scale.divisor > 1 and 0 < abs(value) < 10:
            return self._signed(value, "#,##0.0")
        return self._signed(value, "#,##0")

    def _signed(self, value: float, pattern: str) -> str:
        text = self._decimal(abs(value), pattern)
        return f"{MINUS}{text}" if value < 0 and any(digit in text for digit in "123456789") else text

    def _decimal(self, value: float, pattern: str) -> str:
        return format_decimal(value, format=pattern, locale=self.locale)


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with errors before cautions before notes, otherwise in their order."""
    order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


@lru_cache(maxsize=4)
def translator(language: str) -> Language:
    """English ("en") or Welsh ("cy"). Raises ConsortiaError for a language that there is no catalogue for."""
    if language not in LOCALES:
        raise ConsortiaError(
            f"There are no papers in the language '{language}'.", remedy="Ask for en (English) or cy (Welsh)."
        )
    return Language(language, gettext.NullTranslations() if language == "en" else _compiled(language))


def other_language(code: str) -> str:
    """The language that a paper links to."""
    return "en" if code == "cy" else "cy"


def _compiled(language: str) -> gettext.GNUTranslations:
    """The catalogue, compiled in memory: no compiled file can be older than its source."""
    source = files("consortia.report").joinpath("locale", f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
