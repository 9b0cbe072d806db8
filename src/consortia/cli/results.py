"""Commands on results: compare, run, explain."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from consortia.cli.folder import RUNS, keep_run, newest_run
from consortia.cli.return_lines import show_line
from consortia.cli.spelling import command
from consortia.cli.workers import HERE, chosen_workers
from consortia.report.language import translator
from consortia.report.main_figures import main_figures
from consortia.report.project_headline import gain_of_projects
from consortia.report.text import decision_text, explanation, table_text
from consortia.report.words import Words, msgid
from consortia.run import Run, harmonise_study, run_study
from consortia.run.comparison import compare
from consortia.study import Study, read_study

console = Console(highlight=False)
status = Console(highlight=False, stderr=True)
CHOICES = ("alternatives",)
SHARING_TABLES = (*CHOICES, "by_partner", "shares", "recommended", "choice")
NOTHING_EXAMINED = msgid(
    "No service was examined for sharing: none that two partners provide stands under `initiatives`. The partners' own "
    "projects stand by themselves."
)
NEXT_BEST = msgid("The five best groupings of each service stand in the papers, under 'The next best groupings'.")
NOTHING_SHARED = msgid(
    "Nothing is to be shared as the study stands. What the reasons above name can be changed in study.yaml: partners, "
    "levels, links, assumptions such as the limit on the chance of a loss. Then run it again, or leave it at that."
)


def show_comparison(folder: Path, *, service: str, language: str) -> None:
    """Prints unit costs of the base year."""
    from consortia.reference.taxonomy import service as named
    from consortia.report.paper_tables import comparison_table

    study = read_study(folder)
    if service:
        named(service)
    found = compare(study, harmonise_study(study), service=service)
    year = study.definition.base_year
    table = comparison_table(found.rows, period=year, price_base=year, notes=found.caveats)
    console.print(table_text(table, language=language))


def run_and_show(folder: Path, *, scenario: str, language: str, as_json: bool, workers: int, scheduler: str) -> None:
    """Runs the study, keeps the run, and prints it."""
    study = read_study(folder)
    run = run_with_progress(study, scenario=scenario, workers=workers, scheduler=scheduler)
    keep_run(run, folder)
    if as_json:
        print(json.dumps(run.to_plain(), ensure_ascii=False))
        return
    show_run(run, language=language)
    console.print(f"Papers:          {command('papers', folder)}", soft_wrap=True)
    if run.content.summary.shared:
        console.print(f"Open a figure:   {command('explain', folder, *first_figure(run))}", soft_wrap=True)
    else:
        console.print(f"Where costs lie: {command('compare', folder)}", soft_wrap=True)
    if run.content.own:
        projects = f"{command('explain', folder, 'front.own.middle')}  or  {command('appraise', folder)}"
        console.print(f"The projects:    {projects}", soft_wrap=True)


def run_with_progress(study: Study, *, scenario: str = "base", workers: int = HERE, scheduler: str = "") -> Run:
    """Runs a study with a progress bar on the error stream."""
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        Progress(*columns, console=status, transient=True) as bar,
        chosen_workers(workers, scheduler=scheduler) as chosen,
    ):
        task = bar.add_task("Starting", total=1.0)
        return run_study(
            study,
            made_on=date.today(),
            scenario=scenario,
            workers=chosen,
            progress=lambda part, doing: bar.update(task, completed=part, description=doing),
        )


def show_run(run: Run, *, language: str) -> None:
    """Prints the decision table, the alternatives, who gains what by which rule, how firm; first what it rests on.

    Below them what the partners' own projects are worth, by themselves and with sharing. Where nothing is to be
    shared nobody gains or pays by it: in place of those tables stands what to do next.
    """
    words, own, shared = translator(language), run.content.own, run.content.summary.shared
    for warning in run.content.summary.unfit:
        console.print(f"[red]{escape(words.words(warning))}[/red]")
    examined = bool(run.tables["decision"].rows)
    if examined:
        console.print(decision_text(run.tables["decision"], language=language))
        for sentence in _how_sure(run):
            console.print(escape(words.words(sentence)))
        for key in (key for key in (SHARING_TABLES if shared else CHOICES) if key in run.tables):
            console.print(table_text(run.tables[key], language=language))
    if not shared:
        console.print(escape(words.words(NOTHING_SHARED if examined else NOTHING_EXAMINED)))
    for sentence in gain_of_projects(run.content, own) if own else ():
        console.print(escape(words.words(sentence)))


def _how_sure(run: Run) -> tuple[Words, ...]:
    """Whether the groupings are proved, and where the next best stand."""
    table = run.tables.get("runners_up")
    return (*table.notes[:1], NEXT_BEST) if table is not None and table.rows else ()


def explain_figure(folder: Path, figure: str, *, depth: int, breadth: int, language: str) -> None:
    """Prints what a figure is made of, or the main figures when none is named; a cell before there is a run too.

    A case file has no run: its projects are appraised on the way.
    """
    if folder.is_file():
        from consortia.cli.appraisals import explain_case

        explain_case(folder, figure, depth=depth, breadth=breadth, language=language)
        return
    has_run = (folder / RUNS / "newest").exists()
    if figure.startswith("cell.") and not (has_run and figure in newest_run(folder).figures):
        show_line(folder, figure, partner="")
        return
    run = newest_run(folder)
    if figure:
        console.print(explanation(run.figures.explain(figure, depth=depth, breadth=breadth), language=language))
        return
    console.print(main_figures(run.content.tables, language=language))
    console.print("Every figure of a paper or workbook shows its key, and opens by it:")
    console.print(f"  {command('explain', folder, *first_figure(run))}", soft_wrap=True)


def first_figure(run: Run) -> tuple[str, ...]:
    """The key of the figure to open first: the middle of the net saving, else the first there is."""
    keys = ("net.p50", *(row[0] for row in main_figures(run.content.tables).rows))
    return next(((key,) for key in keys if key in run.figures), ())
