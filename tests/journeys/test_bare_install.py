"""Without the extras the library, the command line, the page and the workbook still work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BARE = "import sys; sys.modules.update(docx=None, django=None); from consortia.cli import main; main()"


def test_papers_are_written_without_the_extras(study_folder: Path, tmp_path: Path) -> None:
    words = ["papers", str(study_folder), "--to", str(tmp_path / "papers")]
    done = subprocess.run([sys.executable, "-c", BARE, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in (tmp_path / "papers").iterdir()} == {".html", ".xlsx"}
    assert "consortia[reports]" in done.stdout
