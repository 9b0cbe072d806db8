"""The papers of a run: written once for its fingerprint, in the data folder, and then only read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings

from consortia.report.words import msgid
from consortia.run import Run
from consortia.run.papers import write_papers


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by its file name; `title` is a word of the catalogue, `language` that of the paper."""

    name: str
    title: str
    language: str


KINDS = (
    ("decision-paper.{}.html", msgid("Decision paper, one page to open in a browser (HTML)")),
    ("decision-paper.{}.docx", msgid("Decision paper (Word)")),
    ("workbook.{}.xlsx", msgid("Workbook with live formulas (Excel)")),
)
_one_writer = Lock()
PAPERS = tuple(Paper(name.format(language), title, language) for language in ("en", "cy") for name, title in KINDS)


def paper_path(result: Run, name: str) -> Path:
    """Where the paper lies; all papers of the run are written when it is not there yet."""
    folder = Path(settings.DATA_FOLDER) / "papers" / result.fingerprint
    with _one_writer:
        if not (folder / name).exists():
            write_papers(result, folder)
    return folder / name
