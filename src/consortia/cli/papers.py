"""Commands on papers: those of the newest run, and the one that a partner may see."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from consortia.cli.folder import PAPERS, is_out_of_date, newest_run
from consortia.cli.releases import caution_unreleased
from consortia.cli.studies import partner_code
from consortia.report.document import can_write_word
from consortia.run.papers import write_paper_for, write_papers
from consortia.run.release import released_partners
from consortia.study import read_study

console = Console(highlight=False)
status = Console(highlight=False, stderr=True)


def write_the_papers(folder: Path, *, to: Path | None) -> None:
    """Writes the papers of the newest run."""
    run, study = newest_run(folder), read_study(folder)
    if is_out_of_date(run, study):
        status.print(
            "[yellow]The study has changed since this run; run it again for papers of today's figures.[/yellow]"
        )
    caution_unreleased(study)
    with status.status("Writing the papers, English and Welsh"):
        written = write_papers(run, to or folder / PAPERS)
    for path in written:
        console.print(f"Wrote {path}")
    say_if_word_is_missing()


def write_the_papers_for(folder: Path, *, viewer: str, to: Path | None) -> None:
    """Writes the paper of the newest run as one partner may see it."""
    run, study = newest_run(folder), read_study(folder)
    code = partner_code(study, viewer)
    name, place = study.definition.partner(code).name, to or folder / PAPERS / code
    with status.status("Writing the paper, English and Welsh"):
        written = write_paper_for(run, place, viewer=name, released=released_partners(study))
    for path in written:
        console.print(f"Wrote {path}", markup=False)
    say_if_word_is_missing()


def say_if_word_is_missing() -> None:
    """Says how to get the Word papers where the part that writes them is not installed."""
    if not can_write_word():
        console.print("No Word papers: install them with `pip install 'consortia[reports]'`.", markup=False)
