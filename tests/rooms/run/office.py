"""LibreOffice as a second opinion on our workbooks: it recalculates every formula of one and gives it back."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Office:
    """A headless office with a profile of its own; skips the test where none is installed."""

    def __init__(self, place: Path) -> None:
        found = os.environ.get("CONSORTIA_SOFFICE") or shutil.which("soffice")
        if not found:
            pytest.skip("LibreOffice is not installed (looked for CONSORTIA_SOFFICE and soffice on the PATH)")
        self.office, self.place = found, place
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)

    def recalculated(self, book: bytes) -> bytes:
        """The workbook as LibreOffice saves it, with every formula worked out anew."""
        (self.place / "in.xlsx").write_bytes(book)
        profile = f"-env:UserInstallation={(self.place / 'profile').as_uri()}"
        command = [self.office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(self.place / "out")]
        subprocess.run([*command, str(self.place / "in.xlsx")], check=True, capture_output=True, timeout=180)
        return (self.place / "out" / "in.xlsx").read_bytes()


def cells_of(book: bytes, *, values: bool) -> dict[tuple[str, str], object]:
    """What every filled cell holds, by sheet and place: its value, or its formula."""
    loaded = openpyxl.load_workbook(io.BytesIO(book), data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in loaded
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
