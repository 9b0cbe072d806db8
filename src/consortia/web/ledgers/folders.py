"""Ledgers that come with a study folder."""

from __future__ import annotations

from pathlib import Path

from consortia.study.ledger_header import read_ledger_header
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.store import keep_folder
from consortia.web.studies import models
from consortia.web.studies.uploads import keep_content


def take_ledgers(study: models.Study, folder: Path) -> None:
    """Takes over the ledgers and remembered layouts of a study folder, with the files that they were read from."""
    for row in study.returns.select_related("organisation", "study"):
        ledger = Ledger(partner_return=row)
        keep_folder(folder, ledger)
        if ledger.header or ledger.layout:
            ledger.save()
        for file in read_ledger_header(folder, row.partner).files:
            sent = folder / "uploads" / f"{file.sha256}{Path(file.name).suffix.lower()}"
            if sent.exists():
                keep_content(sent.read_bytes())
