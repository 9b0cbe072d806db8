"""The words that a mapped ledger puts on its lines, in both languages; the return keeps them in English."""

from __future__ import annotations

import re

from consortia.intake.mapping.ledger_return import CREDITS, NO_POSTING
from consortia.report.words import Cell, msgid, say

HEADING = re.compile(r"ledger codes (?P<codes>.*?)(?: and (?P<more>\d+) more)?")
ROW = re.compile(r"row (?P<first>\d+)")
ROWS = re.compile(r"rows (?P<first>\d+)-(?P<last>\d+)(?:, (?P<count>\d+) of them)?")


def heading_words(heading: str) -> Cell:
    """A line's heading: that of a published form as it is, that of a ledger as a sentence of the catalogue."""
    if heading == NO_POSTING:
        return msgid("no posting in the ledger")
    found = HEADING.fullmatch(heading.removesuffix(CREDITS))
    if not found:
        return heading
    codes, more = found["codes"], found["more"]
    if heading.endswith(CREDITS):
        return say(msgid("credits on ledger codes {codes}"), codes=f"{codes} ..." if more else codes)
    if more:
        return say(msgid("ledger codes {codes} and {more} more"), codes=codes, more=more)
    return say(msgid("ledger codes {codes}"), codes=codes)


def place_words(sheet: str, cell: str) -> Cell:
    """Where a line was read within its file: sheet and cell, or sheet and rows."""
    at = f"{sheet}, " if sheet else ""
    if found := ROW.fullmatch(cell):
        return say(msgid("{sheet}row {first}"), sheet=at, first=found["first"])
    if found := ROWS.fullmatch(cell):
        if found["count"]:
            sentence = msgid("{sheet}rows {first}-{last}, {count} of them")
            return say(sentence, sheet=at, first=found["first"], last=found["last"], count=found["count"])
        return say(msgid("{sheet}rows {first}-{last}"), sheet=at, first=found["first"], last=found["last"])
    return ", ".join(part for part in (sheet, cell) if part)
