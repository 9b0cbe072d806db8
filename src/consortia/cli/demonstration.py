"""The demonstration: the shipped Lancashire study, from published returns to papers, in one command."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console

from consortia.cli.folder import PAPERS, keep_run
from consortia.cli.results import run_with_progress, show_run
from consortia.intake.published import baseline
from consortia.run import write_papers
from consortia.study import Text, write_study

console = Console(highlight=False, soft_wrap=True)
PARTNERS = (
    "Lancashire", "Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston", "Ribble Valley",
    "Rossendale", "South Ribble", "West Lancashire", "Wyre", "Blackburn with Darwen", "Blackpool",
)  # fmt: skip
EDITIONS = ("lancashire-2021-22", "lancashire-2022-23", "lancashire-2023-24", "lancashire-2024-25")
TITLE = Text(en="Lancashire fifteen", cy="Pymtheg Swydd Gaerhirfryn")


def run_demo(folder: Path, *, language: str) -> None:
    """Makes the study, runs it, prints the decision table, writes the papers and says what to do next."""
    started = time.monotonic()
    study, _ = baseline(PARTNERS, EDITIONS, name="lancashire-fifteen", title=TITLE)
    write_study(study, folder)
    run = run_with_progress(study)
    keep_run(run, folder)
    calculated = time.monotonic() - started
    show_run(run, language=language)
    written = write_papers(run, folder / PAPERS)
    console.print(
        f"Calculated in {calculated:.1f} s; papers written in {time.monotonic() - started - calculated:.1f} s:"
    )
    for path in written:
        console.print(f"  {path}")
    console.print(f"Open a figure:   consortia explain {folder} net.p50")
    console.print("Open the site:   make serve   (then http://127.0.0.1:8000)")
