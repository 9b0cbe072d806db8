"""Commands on projects: what they are worth, what differs between two of them, what registers propose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from consortia.cli.cautions import Cautions
from consortia.cli.folder import RUNS
from consortia.cli.in_json import plain_tables
from consortia.cli.spelling import command
from consortia.cli.workers import chosen_workers
from consortia.errors import StudyError, suggest
from consortia.findings import Finding
from consortia.report.language import translator
from consortia.report.main_figures import main_figures
from consortia.report.tables import Table
from consortia.report.text import explanation, table_text
from consortia.report.words import msgid
from consortia.run.attribution import effective, explain_difference
from consortia.run.harmonised import harmonise_study
from consortia.run.journey import arrangements_of
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.all_tables import project_tables
from consortia.run.programme.appraised import CERTAIN_DRAWS
from consortia.run.programme.arrangements import Arrangements
from consortia.run.programme.cautions import findings_of
from consortia.run.programme.caveats import PROJECT_CAVEATS
from consortia.run.programme.difference_table import Sharing, difference_table
from consortia.run.programme.tables import partner_tables
from consortia.run.projects_in_paper import figures_of_case
from consortia.study import Definition, Study, read_study
from consortia.study.project_findings import active_projects
from consortia.study.scenarios import BASE, under_scenario
from consortia.study.store import DEFINITION_FILE, read_definition

FIRST_FIGURE = "measures.npv.value"
ALONE = (1, "")
"""The crew of an appraisal that this process does by itself."""
console = Console(highlight=False)
status = Console(highlight=False, stderr=True)


@dataclass(frozen=True)
class Source:
    """A study or a case file: its definition, and its harmonised lines where it has returns."""

    definition: Definition
    harmonised: pl.DataFrame | None
    file: str
    study: Study | None = None


def read_source(path: Path) -> Source:
    """Reads a study folder with its returns, or a case file that states every amount itself."""
    if not path.exists():
        raise StudyError(f"There is no {path}.", remedy="Name a study folder or a case file, such as barnet.yaml.")
    if path.is_dir():
        study = read_study(path)
        return Source(study.definition, harmonise_study(study).lines, DEFINITION_FILE, study)
    return Source(read_definition(path), None, path.name)


def show_appraisal(
    path: Path, *, scenario: str, compare: str, partner: str, language: str, as_json: bool, crew: tuple[int, str]
) -> None:
    """Prints what the projects are worth, to one partner if one is named, or what differs from another scenario.

    `crew` is who works on the draws: so many processes, or the dask scheduler of that address.
    """
    with status.status("Reading the study"):
        source = read_source(path)
    code = _partner_code(source.definition, partner) if partner else ""
    found = _with_progress(source, scenario, crew)
    tables = _tables(found, source, compare=compare, code=code)
    cautions = _cautions(found, source, compare)
    if as_json:
        print(json.dumps(_plain(found, tables, cautions, language), ensure_ascii=False))
        return
    if code:
        console.print(f"[bold]{found.definition.partner(code).name.in_language(language)}[/bold]")
    for table in tables:
        console.print(table_text(table, language=language))
    cautions.show(language)
    if not compare:
        _show_caveats(language)
        if path.is_file() or (path / RUNS / "newest").exists():
            console.print(f"\nOpen a figure:   {command('explain', path, FIRST_FIGURE)}", soft_wrap=True)


def explain_case(path: Path, figure: str, *, depth: int, breadth: int, language: str) -> None:
    """Prints what a figure of a case file is made of, or its main figures when none is named."""
    source = read_source(path)
    with status.status("Appraising the projects"):
        found = appraise_projects(source.definition, file=source.file)
    tables, figures = figures_of_case(found)
    if figure:
        console.print(explanation(figures.explain(figure, depth=depth, breadth=breadth), language=language))
        return
    console.print(main_figures(tables, language=language))
    console.print(f"Open a figure:   {command('explain', path, FIRST_FIGURE)}", soft_wrap=True)


def _cautions(found: Appraised, source: Source, compare: str) -> Cautions:
    """What is to be told of the projects, and of those of the other side where there is one."""
    first = findings_of(found, file=source.file)
    if not compare:
        return Cautions(first)
    return Cautions(first, (found.compiled.scenario, compare), _findings_beside(*_beside(source, compare)))


def _findings_beside(source: Source, scenario: str) -> tuple[Finding, ...]:
    """Everything found about the projects of the other side; none of a side that has none."""
    if not active_projects(under_scenario(source.definition, scenario, file=source.file)):
        return ()
    # Findings are about the central case, so that the fewest draws will do.
    few = source.definition.model_copy(update={"draws": CERTAIN_DRAWS})
    found = _with_progress(replace(source, definition=few), scenario, ALONE)
    return findings_of(found, file=source.file)


def _beside(source: Source, other: str) -> tuple[Source, str]:
    """What is compared with: another scenario of the study, or another study or case file as it stands."""
    scenarios = {BASE, *(each.key for each in source.definition.scenarios)}
    if other in scenarios or not Path(other).exists():
        return source, other
    return read_source(Path(other)), BASE


def _tables(found: Appraised, source: Source, *, compare: str, code: str) -> tuple[Table, ...]:
    if compare:
        return _compared(found, source, compare)
    return partner_tables(found, code) if code else project_tables(found)


def _partner_code(definition: Definition, spelling: str) -> str:
    """The code of a partner by its code or its name in either language; StudyError names those there are."""
    for one in definition.partners:
        if spelling.strip().casefold() in {one.code.casefold(), one.name.en.casefold(), one.name.cy.casefold()}:
            return one.code
    names = [one.name.en for one in definition.partners]
    remedy = suggest(spelling, names) or f"Partners: {', '.join(names)}."
    raise StudyError(f"{spelling} is no partner of this study.", remedy=remedy)


def _with_progress(source: Source, scenario: str, crew: tuple[int, str]) -> Appraised:
    """Appraises with a bar on the error stream."""
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        Progress(*columns, console=status, transient=True) as bar,
        chosen_workers(crew[0], scheduler=crew[1]) as workers,
    ):
        task = bar.add_task("Starting", total=1.0)

        def progress(part: float, doing: str) -> None:
            bar.update(task, completed=part, description=doing)

        shared = _shared(source, scenario, progress)
        return appraise_projects(
            source.definition,
            harmonised=source.harmonised,
            scenario=scenario,
            file=source.file,
            arrangements=shared,
            workers=workers,
            progress=progress,
        )


def _shared(source: Source, scenario: str, progress: Callable[[float, str], None]) -> Arrangements | None:
    """The services that the study would share, where it has both initiatives and projects."""
    if source.study is None or source.harmonised is None or not active_projects(source.definition):
        return None
    return arrangements_of(source.study, source.harmonised, scenario=scenario, progress=progress)


def _compared(found: Appraised, source: Source, other: str) -> tuple[Table, ...]:
    """The difference to another scenario of the study, or to another study or case file as it stands."""
    beside, scenario = _beside(source, other)
    second = effective(beside.definition, scenario)
    first, names = effective(source.definition, found.compiled.scenario), (found.compiled.scenario, other)
    own = _sharing(source)
    sharing = own, own if beside is source else _sharing(beside)
    with status.status("Explaining the difference"):
        explained = explain_difference(
            first,
            second,
            harmonised=(source.harmonised, beside.harmonised),
            sharing=sharing,
            files=(_told_as(source, names[0]), _told_as(beside, "" if beside is not source else names[1])),
        )
    counted: Sharing = "counted" if any(sharing) else "none"
    return (difference_table(explained, first=names[0], second=names[1], definition=first, sharing=counted),)


def _sharing(source: Source) -> Callable[[Definition], Arrangements] | None:
    """The services that a definition of the study would share, as its run finds them; None where it has none."""
    study, lines = source.study, source.harmonised
    if study is None or lines is None or not source.definition.initiatives:
        return None
    return lambda definition: arrangements_of(replace(study, definition=definition), lines, scenario=BASE)


def _told_as(source: Source, scenario: str) -> str:
    """Where a fault of one side is looked for: the file, with the scenario where that is at fault."""
    return source.file if scenario in ("", BASE) else f"{source.file}, scenarios.{scenario}"


def _plain(found: Appraised, tables: Iterable[Table], cautions: Cautions, language: str) -> dict[str, Any]:
    return {
        "study": found.definition.key,
        "scenario": found.compiled.scenario,
        "price_base": found.definition.base_year,
        "seed": found.appraisal.seed,
        "draws": found.appraisal.count,
        "tables": plain_tables(tables, language=language),
        **cautions.plain(language),
    }


def _show_caveats(language: str) -> None:
    words = translator(language)
    console.print(f"\n[bold]{words.text(msgid('What these figures must not be used to claim'))}[/bold]")
    for caveat in PROJECT_CAVEATS:
        console.print(f"- {words.words(caveat)}", markup=False)
