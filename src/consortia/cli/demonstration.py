"""The demonstration: the shipped Lancashire study, from published returns to papers, in one command."""

from __future__ import annotations

import time
from importlib.resources import files
from pathlib import Path

from rich.console import Console

from consortia.cli.folder import PAPERS, keep_run
from consortia.cli.papers import say_if_word_is_missing
from consortia.cli.results import run_with_progress, show_run, status
from consortia.cli.spelling import command
from consortia.errors import StudyError
from consortia.run.papers import write_papers
from consortia.study import read_study, write_study

console = Console(highlight=False, soft_wrap=True)
EXAMPLE = "lancashire-fifteen"


def run_demo(folder: Path, *, language: str) -> None:
    """Makes the study, runs it, prints the decision table, writes the papers and says what to do next."""
    started = time.monotonic()
    study = read_study(example_folder(EXAMPLE))
    write_study(study, folder)
    run = run_with_progress(study)
    keep_run(run, folder)
    calculated = time.monotonic() - started
    show_run(run, language=language)
    with status.status("Writing the papers, English and Welsh"):
        written = write_papers(run, folder / PAPERS)
    console.print(
        f"Calculated in {calculated:.1f} s; papers written in {time.monotonic() - started - calculated:.1f} s:"
    )
    for path in written:
        console.print(f"  {path}")
    say_if_word_is_missing()
    console.print(f"Open a figure:   {command('explain', folder, 'net.p50')}")
    console.print("Open the site:   make serve   (then http://127.0.0.1:8000)")


def example_folder(name: str) -> Path:
    """A shipped study: inside an installed package, or in `examples/` of a checkout."""
    package = Path(str(files("consortia")))
    for place in (package / "examples" / name, package.parents[1] / "examples" / name):
        if (place / "study.yaml").exists():
            return place
    raise StudyError(
        f"The example study '{name}' is not here.", remedy="Install Consortia anew, or take a fresh clone."
    )
