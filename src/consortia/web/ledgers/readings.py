"""What came of each file of a ledger: the account of its sheets and the findings, kept to be shown again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from consortia.findings import Finding
from consortia.intake.ledger_account import SheetAccount, TotalRow
from consortia.intake.ledger_files import Ledger
from consortia.web.studies.documents import findings_from_text, findings_to_text


@dataclass(frozen=True, slots=True)
class Reading:
    """One file: its name, the account of every sheet that was read, and the findings."""

    file: str
    accounts: tuple[SheetAccount, ...]
    findings: tuple[Finding, ...]


def reading_of(file: str, ledger: Ledger, told: tuple[Finding, ...]) -> Reading:
    """What came of a file that was just read; `told` says what it took the place of."""
    return Reading(file, ledger.accounts, (*ledger.findings, *told))


def to_text(readings: Iterable[Reading]) -> str:
    """Readings as JSON text."""
    plain = [
        {"file": one.file, "accounts": [asdict(each) for each in one.accounts],
         "findings": json.loads(findings_to_text(one.findings))}
        for one in readings
    ]  # fmt: skip
    return json.dumps(plain, ensure_ascii=False)


def from_text(text: str) -> tuple[Reading, ...]:
    """The readings that `to_text` was given."""
    return tuple(
        Reading(one["file"], tuple(map(_account, one["accounts"])), findings_from_text(json.dumps(one["findings"])))
        for one in json.loads(text)
    )


def _account(plain: dict[str, Any]) -> SheetAccount:
    totals = tuple(TotalRow(**each) for each in plain.pop("totals"))
    return SheetAccount(**plain, totals=totals)
