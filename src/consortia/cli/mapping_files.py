"""A mapping as a file that people correct: written with the suggestions filled in, read back with what they decided."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

from consortia.cli.studies import show_findings
from consortia.errors import IntakeError
from consortia.findings import Place
from consortia.intake.mapping.codes import LocalCode
from consortia.intake.mapping.suggestions import WORDINGS, Suggestion
from consortia.study import MappingLine
from consortia.study.tables import from_rows, records_of

FILE_COLUMNS = ("side", "local", "words", "target", "share", "confidence", "reason")
# What the target was when the file was written: a reason of the program is none for another target.
SUGGESTED = "suggested"
BY_HAND = "set by hand"
Key = tuple[str, str]


def mapping_as_csv(suggestions: Iterable[Suggestion], codes: Iterable[LocalCode]) -> str:
    """A row for each code, the suggestion filled in where there is one; of a suggested split a row for each part."""
    found = {(one.code.side, one.code.local): one for one in suggestions}
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*FILE_COLUMNS, SUGGESTED))
    for code in codes:
        one = found.get((code.side, code.local))
        for target, share in one.targets if one else (("", Decimal(1)),):
            why = (one.confidence, one.reason) if one else ("", "")
            said = _key(target, str(share)) if one else ""
            writer.writerow((code.side, code.local, code.words, target, share, *why, said))
    return out.getvalue()


def read_mapping_file(path: Path, suggestions: Iterable[Suggestion], *, by: str, on: str) -> tuple[MappingLine, ...]:
    """The lines of a mapping file, accepted by somebody; rows without a target are left for later.

    Shares may be percentages (60%). Where the target is not what was suggested, the program's reason is dropped; a file
    without the column `suggested` is held against the suggestions of now. Raises IntakeError for rows with faults.
    """
    offered: dict[Key, Suggestion] = {(one.code.side, one.code.local): one for one in suggestions}
    signature = {"by": by, "on": on}
    rows = [(Place(path.name, cell=f"row {number}"), _decided(row, offered)) for number, row in _rows(path)]
    parsed = from_rows(MappingLine, ((place, row | signature) for place, row in rows))
    if parsed.findings:
        show_findings(replace(one, remedy="Correct the cell; nothing was changed.") for one in parsed.findings)
        raise IntakeError(f"{path} has faults; nothing was changed.", remedy="Correct the rows named, then try again.")
    return tuple(line for line in records_of(MappingLine, parsed.table) if isinstance(line, MappingLine))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [(number, row) for number, row in enumerate(csv.DictReader(file), 2) if row.get("target")]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        remedy = "Write one with --write, and correct it."
        raise IntakeError(f"{path} cannot be read: {error}.", remedy=remedy) from None


def _decided(row: Mapping[str, str], offered: Mapping[Key, Suggestion]) -> dict[str, str | None]:
    share = _share(row.get("share") or "")
    decided = {name: row.get(name) for name in FILE_COLUMNS} | {"share": share}
    one = offered.get((row.get("side") or "", row.get("local") or ""))
    now = [_key(target, str(part)) for target, part in one.targets] if one else []
    told = row.get(SUGGESTED)
    if _key(row["target"], share) in (now if told is None else [told]):
        return decided
    # What a person wrote as the reason is kept; only the program's own is false now.
    is_own = not (row.get("reason") or "").startswith(WORDINGS)
    return decided | {"confidence": None} | ({} if is_own else {"reason": BY_HAND})


def _share(text: str) -> str:
    """60% as 0.6; anything else as it stands."""
    bare = text.strip()
    if not bare.endswith("%"):
        return bare
    try:
        return f"{Decimal(bare.removesuffix('%').strip()) / 100:f}"
    except InvalidOperation:
        return bare


def _key(target: str, share: str) -> str:
    """A target with its share, however the share is written; the share is left out where it is the whole."""
    try:
        part = Decimal(share or "1").normalize()
    except InvalidOperation:
        return f"{target} {share}"
    return target if part == 1 else f"{target} {part:f}"
