"""The rules applied: what they find, what those that may mend do, the log of it, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from consortia.errors import UnknownAuthority
from consortia.findings import Finding, Value, named
from consortia.intake.quality.detections import Hit
from consortia.intake.quality.entries import Book, Entry, said
from consortia.intake.quality.rules import RULES, Rule
from consortia.reference.authorities import authority


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's finding on one entry, and what it proposes to put in its place."""

    rule: str
    entry: Entry
    after: Entry | None
    finding: Finding
    mends: bool


@dataclass(frozen=True, slots=True)
class Application:
    """One mended entry: by which rule, before and after."""

    rule: str
    before: Entry
    after: Entry


def examine(book: Book) -> tuple[Verdict, ...]:
    """What every rule finds in the entries, in the order of the rules; nothing is changed."""
    return tuple(_verdict(rule, hit) for rule in RULES for hit in rule.finds(book))


def tidy(book: Book) -> tuple[Book, tuple[Application, ...]]:
    """The entries after the rules that may mend, each on what the one before it left, and the log in that order.

    Doing it again changes nothing; the entries as sent are not touched.
    """
    log: list[Application] = []
    for rule in (rule for rule in RULES if rule.mends):
        done = [Application(rule.id, hit.entry, hit.after) for hit in rule.finds(book) if hit.after]
        book = _with(book, [(one.before, one.after) for one in done])
        log += done
    return book, tuple(log)


def untidy(book: Book, log: Sequence[Application]) -> Book:
    """The entries before the rules of the log: the exact way back."""
    for one in reversed(log):
        book = _with(book, [(one.after, one.before)])
    return book


def _with(book: Book, changes: Iterable[tuple[Entry, Entry]]) -> Book:
    changed = {(before.partner, before.key): after for before, after in changes}
    return replace(book, entries=tuple(changed.get((one.partner, one.key), one) for one in book.entries))


def _verdict(rule: Rule, hit: Hit) -> Verdict:
    values = (
        ("partner", _name(hit.entry.partner)),
        ("title", hit.entry.title),
        ("amount", said(hit.entry.pounds)),
        *((name, _name(str(value)) if name == "other" else value) for name, value in hit.values),
    )
    finding = replace(rule.finding, place=hit.entry.place, values=values)
    return Verdict(rule.id, hit.entry, hit.after, finding, rule.mends)


def _name(partner: str) -> Value:
    """The name of an authority; a code that no authority has is said as it is."""
    try:
        found = authority(partner)
    except UnknownAuthority:
        return partner
    return named(found.name, found.name_cy)
