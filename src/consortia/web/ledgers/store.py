"""A ledger between the database and the form of a study folder, by which everything else reads and writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import polars as pl

from consortia.intake.layouts.document import FOLDER as LAYOUTS
from consortia.intake.layouts.document import Layout, remembered_layout
from consortia.study.ledger import ledger_path, read_ledger_table
from consortia.study.ledger_header import HEADER_FILE, LedgerHeader, read_ledger_header
from consortia.web.ledgers.models import Ledger
from consortia.web.studies.models import PartnerReturn
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
            lines.symlink_to(kept)
        else:
            copyfile(kept, lines)


def keep_folder(folder: Path, ledger: Ledger) -> None:
    """Takes lines, header and layout from a study folder into the row; the caller saves it."""
    lines, layout = _lines_path(folder, ledger), _layout_path(folder, ledger)
    header = lines.with_name(HEADER_FILE)
    ledger.header = header.read_bytes().decode() if header.exists() else ""
    ledger.layout = layout.read_bytes().decode() if layout.exists() else ""
    ledger.sha256 = keep_content(lines.read_bytes()) if lines.exists() else ""


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


def _lines_path(folder: Path, ledger: Ledger) -> Path:
    return ledger_path(folder, ledger.partner_return.partner)


def _layout_path(folder: Path, ledger: Ledger) -> Path:
    return folder / LAYOUTS / f"{ledger.partner_return.partner}.yaml"
