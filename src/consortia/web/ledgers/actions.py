"""What people do with a ledger: each action is one transaction with its event inside."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from consortia.errors import ConsortiaError
from consortia.intake.layouts.document import Layout, remember_layout
from consortia.intake.ledger_files import read_ledger
from consortia.intake.ledger_proposals import propose_layout
from consortia.intake.ledger_replacement import check_replacement
from consortia.intake.ledger_years import undated_lines
from consortia.study.ledger_store import put_ledger_file, remove_ledger_file
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.readings import Reading, from_text, reading_of, to_text
from consortia.web.ledgers.store import as_folder, keep_folder, ledger_as_it_is_now
from consortia.web.studies import models
from consortia.web.studies.access import check_can_send
from consortia.web.studies.uploads import keep_content, under_its_name


def receive_ledger(row: models.PartnerReturn, *, name: str, content: bytes, by: User) -> models.Upload:
    """Keeps a ledger file as it was sent; nothing is read from it yet.

    Raises NotAllowed, and IntakeError for a file that shows no ledger; that one is on record too.
    """
    check_can_send(by, row)
    digest = keep_content(content)
    try:
        with under_its_name(digest, name) as path:
            propose_layout(path, partner=row.partner)
    except ConsortiaError as error:
        record("refuse_return", by=by, subject=str(row), file=name, sha256=digest, reason=error.what)
        raise
    with transaction.atomic():
        upload = models.Upload.objects.create(
            partner_return=row, name=Path(name).name, sha256=digest, size=len(content), sent_by=by
        )
        record("receive_ledger", by=by, subject=str(row), file=upload.name, sha256=digest)
    return upload


def read_file(
    row: models.PartnerReturn, upload: models.Upload, layout: Layout, *, by: User, instead: bool = False
) -> Reading:
    """Reads a file by a confirmed layout into the ledger, and remembers the layout for the next file.

    Raises NotAllowed, IntakeError when the layout does not fit or a file of the same name holds other years or cost
    centres (unless `instead`), StudyError when the file is there under another name.
    """
    check_can_send(by, row)
    with under_its_name(upload.sha256, upload.name) as path:
        read = read_ledger(path, layout)
        with transaction.atomic():
            ledger = _locked(row)
            with as_folder(ledger) as folder:
                told = check_replacement(folder, row.partner, upload.name, read.lines, replace=instead)
                entry = put_ledger_file(folder, row.partner, path, read.lines)
                remember_layout(folder, layout)
                keep_folder(folder, ledger)
            reading = reading_of(upload.name, read, (*told, *undated_lines(read.lines, upload.name)))
            _keep_readings(ledger, {upload.name: reading})
            record("read_ledger", by=by, subject=str(row), file=entry.name, sha256=entry.sha256, lines=entry.lines)
    return reading


@transaction.atomic
def leave_out_file(row: models.PartnerReturn, *, name: str, reason: str, by: User) -> None:
    """Takes the lines of one file out of the ledger; the file is kept, and who did it and why.

    Raises NotAllowed, and StudyError when the ledger has no such file.
    """
    check_can_send(by, row)
    ledger = _locked(row)
    with as_folder(ledger) as folder:
        remove_ledger_file(folder, row.partner, name, by=by.name, on=localdate().isoformat(), reason=reason)
        keep_folder(folder, ledger)
    _keep_readings(ledger, {}, gone=name)
    record("leave_out_ledger_file", by=by, subject=str(row), file=name)


def _keep_readings(ledger: Ledger, new: dict[str, Reading], *, gone: str = "") -> None:
    """Saves the ledger with what came of its files, in the order of their names."""
    kept = {one.file: one for one in from_text(ledger.readings)} | new
    kept.pop(gone, None)
    ledger.readings = to_text(kept[name] for name in sorted(kept))
    ledger.save()


def _locked(row: models.PartnerReturn) -> Ledger:
    """The ledger as it is now, kept from changing until the transaction ends; the return's row stands for a new one."""
    models.PartnerReturn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    return ledger_as_it_is_now(row)
