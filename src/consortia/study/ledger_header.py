"""Which files a partner's ledger was read from, and which were taken out again."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from consortia.errors import StudyError
from consortia.study.document_findings import document_findings, listed
from consortia.study.ledger import ledger_path
from consortia.study.plain_yaml import plain_yaml
from consortia.study.records import Record

HEADER_FILE = "ledger.yaml"


class LedgerFile(Record):
    """One file whose lines are in the ledger: its hash, and what was read from it. Nominal pence."""

    name: str
    sha256: str
    lines: int
    without_amount: int = 0
    sum_pence: int
    read_as: str = Field(default="", description="fingerprint of the lines, which another layout or year changes")


class RemovedFile(Record):
    """A file whose lines were taken out of the ledger: what it held, who took it out, when and why. Nominal pence."""

    name: str
    sha256: str
    lines: int
    sum_pence: int
    by: str
    on: str = Field(description="date, 2026-04-30")
    reason: str = Field(min_length=1)


class LedgerHeader(Record):
    """The files of a partner's ledger, by name, and those that were taken out, in that order."""

    partner: str
    files: tuple[LedgerFile, ...] = Field(default=())
    removed: tuple[RemovedFile, ...] = Field(default=())


def read_ledger_header(folder: Path, partner: str) -> LedgerHeader:
    """Which files a partner's ledger holds; none when nothing was loaded. Raises StudyError when it is damaged."""
    path = ledger_path(folder, partner).with_name(HEADER_FILE)
    if not path.exists():
        return LedgerHeader(partner=partner)
    try:
        plain = plain_yaml(path.read_text(encoding="utf-8"))
        return LedgerHeader.model_validate(plain)
    except ValidationError as error:
        what = f"{path} has faults:\n{listed(document_findings(error, plain, LedgerHeader, file=path.name))}\n"
    except (yaml.YAMLError, UnicodeDecodeError):
        what = f"{path} is not readable YAML."
    raise StudyError(what, remedy="Delete the partner's ledger and load its files again.")
