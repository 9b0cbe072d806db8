"""A ledger between the database and the form of a study folder, by which everything else reads and writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import polars as pl
from django.db import transaction

from consortia.intake.layouts.document import FOLDER as LAYOUTS
from consortia.intake.layouts.document import Layout, remembered_layout
from consortia.study.ledger import ledger_path, read_ledger_table
from consortia.study.ledger_header import HEADER_FILE, LedgerHeader, read_ledger_header
from consortia.web.ledgers.models import Ledger
from consortia.web.studies.models import PartnerReturn, Upload
from consortia.web.studies.uploads import keep_content, path_of


def ledger_of(row: PartnerReturn) -> Ledger:
    """The partner's ledger; a new one, not saved yet, where nothing was sent."""
    try:
        return row.ledger
    except Ledger.DoesNotExist:
        return Ledger(partner_return=row)


def ledger_as_it_is_now(row: PartnerReturn) -> Ledger:
    """The same, read from the database anew."""
    return Ledger.objects.filter(partner_return=row).first() or Ledger(partner_return=row)


@contextmanager
def as_folder(ledger: Ledger) -> Iterator[Path]:
    """The ledger as it lies in a study folder. What is written there is kept by `keep_folder` only."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_into(folder, ledger, linked=True)
        yield folder


def write_into(folder: Path, ledger: Ledger, *, linked: bool = False) -> None:
    """Puts lines, header and layout of the ledger where a study folder has them; `linked` does not copy the lines."""
    lines, layout = _lines_path(folder, ledger), _layout_path(folder, ledger)
    for path, text in ((lines.with_name(HEADER_FILE), ledger.header), (layout, ledger.layout)):
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    if ledger.sha256:
        kept = path_of(ledger.sha256)
        if linked:
            _link(lines, kept)
        else:
            copyfile(kept, lines)


def keep_folder(folder: Path, ledger: Ledger) -> None:
    """Takes lines, header and layout from a study folder into the row; the caller saves it.

    The lines that it had before are deleted with the commit: they can be made again from the files as they were sent.
    """
    lines, layout = _lines_path(folder, ledger), _layout_path(folder, ledger)
    header = lines.with_name(HEADER_FILE)
    ledger.header = header.read_bytes().decode() if header.exists() else ""
    ledger.layout = layout.read_bytes().decode() if layout.exists() else ""
    former, ledger.sha256 = ledger.sha256, ""
    if lines.exists():
        content = lines.read_bytes()
        ledger.sha256 = keep_content(content)
        # Once more with the commit: until then another ledger of the same lines might let them go.
        transaction.on_commit(partial(keep_content, content))
    if former and former != ledger.sha256:
        transaction.on_commit(partial(let_go, former))


def let_go(digest: str) -> None:
    """Deletes lines that no ledger has any more. Files as they were sent stay."""
    if not (Ledger.objects.filter(sha256=digest).exists() or Upload.objects.filter(sha256=digest).exists()):
        path_of(digest).unlink(missing_ok=True)


def lines_of(ledger: Ledger) -> pl.DataFrame | None:
    """Every line of the ledger (columns of LedgerLine, nominal pence); None when none was loaded."""
    with as_folder(ledger) as folder:
        found = read_ledger_table(folder, ledger.partner_return.partner)
        return None if found is None else found.collect()


def header_of(ledger: Ledger) -> LedgerHeader:
    """Which files the ledger holds."""
    with as_folder(ledger) as folder:
        return read_ledger_header(folder, ledger.partner_return.partner)


def layout_of(ledger: Ledger) -> Layout | None:
    """The layout that was confirmed for the partner."""
    with as_folder(ledger) as folder:
        return remembered_layout(folder, ledger.partner_return.partner)


def _link(path: Path, kept: Path) -> None:
    """The lines at a second place, where they stay while they are read; on another disk only a pointer can do it."""
    try:
        path.hardlink_to(kept)
    except OSError:
        path.symlink_to(kept)


def _lines_path(folder: Path, ledger: Ledger) -> Path:
    return ledger_path(folder, ledger.partner_return.partner)


def _layout_path(folder: Path, ledger: Ledger) -> Path:
    return folder / LAYOUTS / f"{ledger.partner_return.partner}.yaml"
