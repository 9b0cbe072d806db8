"""Delimited text of any encoding and delimiter as one table of texts, in bounded memory; rows keep their numbers.

Clean files are handed to polars as they stand. What is not clean (an old code page, zero bytes, a quotation mark that
is never closed, line ends doubled on the way) is mended in memory first, each kind of mending told in a finding.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.text_encodings import (
    OLD_PAGES,
    decode_lines,
    encoding_of,
    is_utf8,
    may_hold_utf8,
    old_page_of,
    turned,
)

DELIMITERS = (",", ";", "\t", "|", "^", "~")
MAX_TEXT = 2 * 1024**3
MAX_MENDED = 256 * 1024**2
HEAD = 512 * 1024
CHUNK = 256 * 1024
# A ledger has tens of columns; a row with more fields than this is damaged.
MAX_COLUMNS = 512
# More control characters than this share of the first bytes, and it is no text.
MAX_CONTROL = 0.02
CONTROL = bytes(set(range(32)) - {0, 9, 10, 12, 13, 26})
# Headings and titles stand in the first rows.
HEAD_ROWS = 120
# So much of a cell shows whether it is a heading.
LONGEST = 1_000
# A quotation mark still open after so many lines is a stray mark, not a long text.
LONGEST_QUOTED = 20


@dataclass(frozen=True)
class TextSheet:
    """A sheet as texts: `row` (from 1) and the columns c0, c1 ...; blank cells are null. Text files have no sheet name.

    After the `width` columns come `extra` ones that only damaged rows reach into. A part of a sheet begins at
    `first_row` (from 1) and `first_column` (from 0); its rows keep their numbers. `is_beside` another table.
    """

    file: str
    sheet: str
    cells: pl.LazyFrame
    width: int
    findings: tuple[Finding, ...] = ()
    extra: int = 0
    first_row: int = 1
    first_column: int = 0
    is_beside: bool = False

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows, for finding the headings; long texts are cut."""
        texts = pl.col(columns(self.width)).str.head(LONGEST)
        rows = self.cells.head(HEAD_ROWS).select(texts).collect().rows()
        return [["" if cell is None else cell for cell in row] for row in rows]


def columns(width: int) -> list[str]:
    """The names of a sheet's columns."""
    return [f"c{number}" for number in range(width)]


def read_text(path: Path, *, careful: bool = False) -> TextSheet:
    """The one sheet of a delimited text file. Raises IntakeError for what is no text, or too large.

    A clean file is read by polars as it is used; where that raises PolarsError on the way, `careful` reads it again.
    """
    size = path.stat().st_size
    if size > MAX_TEXT:
        what = f"{path.name} is {size / 2**30:.1f} GB; {MAX_TEXT // 2**30} GB is the limit."
        raise IntakeError(what, remedy="Send one year, or one month, at a time.")
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding = encoding_of(head)
    _check_text(path.name, head, encoding)
    if not careful and encoding in {"utf-8", "utf-8-sig"} and _is_clean(path, head):
        return _scanned(path.name, path, head.decode("utf-8-sig", "ignore"))
    return _mended(path, encoding, careful=careful)


def _check_text(name: str, head: bytes, encoding: str) -> None:
    if not head.strip(b" \t\r\n\0\x1a"):
        raise IntakeError(f"{name} is empty.", remedy="Save it again in the program that made it, and send that.")
    if encoding.startswith("utf-16"):
        return
    control = len(head) - len(head.translate(None, CONTROL))
    if control + 0.2 * head.count(0) > MAX_CONTROL * len(head):
        remedy = "Send a workbook (.xlsx, .xls, .ods) or comma-separated text (.csv)."
        raise IntakeError(f"{name} is neither a workbook nor text.", remedy=remedy)


def _is_clean(path: Path, head: bytes) -> bool:
    """True for UTF-8 in which every quotation mark has its pair, there are no zero bytes, and lines end once."""
    if b"\r\r" in head or (b"\r" in head and b"\n" not in head):
        return False
    quotes = 0
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            quotes += _quotes(chunk)
            if b"\0" in chunk or not _goes_on(decoder, chunk):
                return False
    return quotes % 2 == 0


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    """True while the bytes go on as UTF-8; plain ASCII, which most ledgers are, is not decoded at all."""
    try:
        if not chunk.isascii() or decoder.getstate()[0]:
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _scanned(
    name: str, source: Path | io.BytesIO, head: str, *, extra: int = 0, findings: tuple[Finding, ...] = ()
) -> TextSheet:
    delimiter = delimiter_of(head)
    width = _width(head, delimiter)
    cells = pl.scan_csv(
        source,
        has_header=False,
        separator=delimiter,
        schema=dict.fromkeys(columns(width + extra), pl.String),
        missing_columns="insert",
        truncate_ragged_lines=extra > 0,
        row_index_name="row",
        row_index_offset=1,
    )
    return TextSheet(name, "", cells, width, findings, extra)


def delimiter_of(head: str) -> str:
    """The mark that parts most of the first lines into the same number of fields, three or more where there are."""
    lines = [line for line in head.splitlines()[:300] if line.strip()][:200]

    def weight(mark: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in _rows(lines, mark) if len(row) > 1)
        width, often = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return often if width > 2 else often // 2, width

    return max(DELIMITERS, key=weight)


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _width(head: str, delimiter: str) -> int:
    """The number of columns: of the widest among the first rows, but for a damaged one that stands alone."""
    lines = head.splitlines()
    counts = Counter(len(row) for row in _rows(lines[:2000], delimiter))
    common = max(counts.values(), default=1)
    widths = [width for width, count in counts.items() if width <= MAX_COLUMNS and (count > 1 or common == 1)]
    return max(widths, default=1)


def _mended(path: Path, encoding: str, *, careful: bool) -> TextSheet:
    data = path.read_bytes()
    if len(data) > MAX_MENDED:
        what = f"{path.name} is {len(data) / 2**20:,.0f} MB and not plain UTF-8; {MAX_MENDED // 2**20} MB is the limit."
        raise IntakeError(what, remedy="Save it as CSV UTF-8, or send one month at a time.")
    findings: list[Finding] = []
    if not careful and encoding in OLD_PAGES and _is_merely_old(data):
        page = old_page_of(data)
        findings.append(_old_page(path.name, page))
        head = data[:HEAD].decode(page, "replace")
        return _scanned(path.name, turned(data, page), head, findings=tuple(findings))
    text = _decoded(path.name, data, encoding, findings)
    if "\0" in text:
        findings.append(_note(path.name, "text-zero-bytes", msgid("Zero bytes were left out."), text.count("\0")))
    text = text.replace("\0", "").replace("\x1a", "").replace("\r\n", "\n").replace("\r", "\n")
    if text.count('"') % 2:
        return _row_by_row(path.name, text, findings)
    extra = _extra(text) if careful else 0
    found = _scanned(path.name, io.BytesIO(text.encode()), text[:HEAD], extra=extra, findings=tuple(findings))
    return found if not careful or _reads(found) else _row_by_row(path.name, text, findings)


def _is_merely_old(data: bytes) -> bool:
    """True where nothing but the old code page is to be mended: no stray bytes, no open quotation, no UTF-8 between."""
    if b"\0" in data or b"\x1a" in data or may_hold_utf8(data):
        return False
    return not _has_bare_return(data) and _quotes(data) % 2 == 0


def _has_bare_return(data: bytes) -> bool:
    """True where a carriage return stands without a new line behind it."""
    if b"\r" not in data:
        return False
    found = np.frombuffer(data, dtype=np.uint8)
    returns = np.flatnonzero(found == ord("\r"))
    return bool(returns[-1] + 1 == len(found)) or not bool(np.all(found[returns + 1] == ord("\n")))


def _quotes(data: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == ord('"')))


def _old_page(name: str, page: str) -> Finding:
    return _note(name, "text-old-page", msgid("The text is in the old code page {page}."), 0, page=page)


def _reads(sheet: TextSheet) -> bool:
    """False where quotation marks stand inside unquoted text, which polars does not read."""
    try:
        sheet.cells.select(pl.all().count()).collect(engine="streaming")
    except pl.exceptions.PolarsError:
        return False
    return True


def _extra(text: str) -> int:
    """How many more fields than the first rows have some row may have; at least one, so that none goes unseen."""
    delimiter = delimiter_of(text[:HEAD])
    most = max((line.count(delimiter) for line in text.split("\n")), default=0) + 1
    return max(1, min(most, MAX_COLUMNS) - _width(text[:HEAD], delimiter))


def _decoded(name: str, data: bytes, encoding: str, findings: list[Finding]) -> str:
    if encoding.startswith("utf-16"):
        return data.decode(encoding, "replace").removeprefix("\ufeff")
    if is_utf8(data):
        return data.decode("utf-8-sig", "replace")
    page = old_page_of(data)
    if encoding != "utf-8-sig" and not _has_utf8_letters(data):
        findings.append(_old_page(name, page))
        return data.decode(page, "replace")
    text, old = decode_lines(data.removeprefix(codecs.BOM_UTF8), page)
    sentence = msgid("Lines that are not in UTF-8 as the others are, read as {page}: {count}.")
    findings.append(_note(name, "text-mixed-encodings", sentence, old, page=page))
    return text


def _has_utf8_letters(data: bytes) -> bool:
    """True when some letters beyond ASCII are whole in UTF-8, which those of an old page hardly ever are."""
    return not data.decode("utf-8", "ignore").isascii()


def _row_by_row(name: str, text: str, findings: list[Finding]) -> TextSheet:
    """Reads text whose quotation marks do not pair: a mark that stays open is taken as a mere character."""
    delimiter = delimiter_of(text[:HEAD])
    rows: list[list[str]] = []
    stray: list[int] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        taken, row = _record(lines, at, delimiter)
        if taken == 0:
            stray.append(len(rows) + 1)
            row, taken = lines[at].split(delimiter), 1
        rows.append(row[:MAX_COLUMNS])
        at += taken
    if stray:
        place = Place(name, cell=f"row {stray[0]}")
        sentence = msgid("Rows with a quotation mark that is never closed, read as a character: {count}.")
        findings.append(
            Finding(
                "text-stray-quote",
                Severity.WARNING,
                sentence,
                "Check these rows.",
                place,
                (("count", f"{len(stray):,}"),),
            )
        )
    width = _width(text[:HEAD].replace('"', ""), delimiter)
    most = max(len(row) for row in rows)
    table = {
        column: [row[number] if number < len(row) and row[number] else None for row in rows]
        for number, column in enumerate(columns(max(width, most)))
    }
    frame = pl.DataFrame(table, schema=dict.fromkeys(table, pl.String)).with_row_index("row", 1)
    return TextSheet(name, "", frame.lazy(), width, tuple(findings), max(0, most - width))


def _record(lines: list[str], at: int, delimiter: str) -> tuple[int, list[str]]:
    """The record that begins at a line and how many lines it takes; none when its quotation mark stays open."""
    joined = lines[at]
    for taken in range(1, LONGEST_QUOTED + 1):
        if joined.count('"') % 2 == 0:
            try:
                return taken, next(csv.reader([joined], delimiter=delimiter), [])
            except csv.Error:
                return 0, []
        if at + taken >= len(lines):
            return 0, []
        joined += "\n" + lines[at + taken]
    return 0, []


def _note(name: str, code: str, sentence: str, count: int, **values: str) -> Finding:
    filled = (*values.items(), ("count", f"{count:,}"))
    return Finding(code, Severity.NOTE, sentence, "", Place(name), filled)
