"""The papers of a run, written to a folder: HTML and Word in both languages, and the live workbook."""

from __future__ import annotations

from pathlib import Path

from consortia.report.document import can_write_word, document
from consortia.report.page import page
from consortia.report.workbook import workbook
from consortia.run.record import Run
from consortia.study.store import write_whole

LANGUAGES = ("en", "cy")
PAGE, WORD, WORKBOOK = "decision-paper.{}.html", "decision-paper.{}.docx", "workbook.{}.xlsx"


def write_papers(run: Run, folder: Path) -> tuple[Path, ...]:
    """Writes every paper of the run in English and Welsh, and gives the files; Word only where it is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(path for language in LANGUAGES for path in _in_language(run, folder, language))


def _in_language(run: Run, folder: Path, language: str) -> tuple[Path, ...]:
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    papers: dict[str, str | bytes] = {
        PAGE: page(run.content, language=language, other_href=PAGE.format(other)),
        WORKBOOK: workbook(run.workbook, language=language),
    }
    if can_write_word():
        papers[WORD] = document(run.content, language=language)
    for name, content in papers.items():
        write_whole(folder / name.format(language), content)
    return tuple(folder / name.format(language) for name in papers)
