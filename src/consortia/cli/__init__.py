"""The command line: one plain function per command. Heavy parts are imported inside the functions, to start at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from consortia import __version__
from consortia.cli.appraisal_commands import COMMANDS as APPRAISAL_COMMANDS
from consortia.cli.arguments import Count, Said
from consortia.cli.comparison_commands import COMMANDS as COMPARISON_COMMANDS
from consortia.cli.cost_commands import COMMANDS as COST_COMMANDS
from consortia.cli.ledger_commands import COMMANDS as LEDGER_COMMANDS
from consortia.cli.partner_commands import COMMANDS as PARTNER_COMMANDS
from consortia.cli.review_commands import COMMANDS as REVIEW_COMMANDS
from consortia.cli.starting import starting
from consortia.errors import ConsortiaError

Language = Literal["en", "cy"]

app = App(
    name="consortia",
    version=__version__,
    help=(
        "Which services to share, with whom, how deeply, what each council gains or pays, and how sure that is; "
        "then the account until the saving is proved or written off. It can answer: do not share this."
    ),
)


def main() -> None:
    """Runs the command line; a user's mistake ends in a sentence and an exit code, never in a traceback."""
    try:
        app()
    except ConsortiaError as error:
        print(f"consortia: {error.what}", file=sys.stderr)
        if error.remedy:
            print(f"  {error.remedy}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except OSError as error:
        print(f"consortia: {error.filename or 'A file'} cannot be used: {error.strerror or error}.", file=sys.stderr)
        print("  Name a place that you may read and write and that has room, then try again.", file=sys.stderr)
        raise SystemExit(ConsortiaError.exit_code) from None


@app.command
def new(
    folder: Path,
    *,
    partners: Annotated[list[str], Parameter(consume_multiple=True)],
    source: Annotated[list[str], Parameter(name="--from", consume_multiple=True)],
    title: str = "",
) -> None:
    """Makes a study folder with a baseline from published returns; nobody types a figure.

    Parameters
    ----------
    folder
        The folder to make; it must not hold a study yet.
    partners
        Councils by any spelling or code, e.g. --partners Burnley Pendle "Ribble Valley".
    source
        Published returns, e.g. --from rsx-2024-25; `consortia reference editions` lists them.
    title
        Title of the study, in English.
    """
    from consortia.cli.studies import start_study

    start_study(folder, partners=partners, editions=source, title=title)


@app.command
def check(folder: Path) -> None:
    """Lists what is missing or doubtful in the study's data; exit code 5 when an error blocks sign-off."""
    from consortia.cli.studies import check_study

    check_study(folder)


@app.command
def template(folder: Path, file: Path, *, partner: str, filled: bool = False) -> None:
    """Writes a blank return for a partner, a workbook with drop-downs and notes in both languages.

    Parameters
    ----------
    folder
        The study.
    file
        The workbook to write.
    partner
        The council that it is for, by any spelling or code.
    filled
        Put the figures that the study holds now into it, to be corrected.
    """
    from consortia.cli.studies import blank_return

    blank_return(folder, file, partner=partner, filled=filled)


@app.command
def intake(folder: Path, file: Path, *, partner: str, replace: bool = False) -> None:
    """Loads a partner's own return in place of the published one; good rows load, faults are listed by cell.

    Parameters
    ----------
    folder
        The study.
    file
        The return: a workbook or CSV with the columns of `consortia template`.
    partner
        The partner by any spelling or code.
    replace
        Load it even where it leaves most of the amounts blank that are known now.
    """
    from consortia.cli.studies import load_return

    load_return(folder, file, partner=partner, blanks=replace)


@app.command
def sign(folder: Path, *, partner: str, by: Said, despite: str = "") -> None:
    """Signs a partner's return as its finance officer; the digest of what was signed is kept with it.

    Parameters
    ----------
    folder
        The study.
    partner
        The partner, by any spelling or code.
    by
        The finance officer.
    despite
        Why it is signed although sections are not done or questions not closed; becomes part of what is signed.
    """
    from consortia.cli.studies import sign_return

    sign_return(folder, partner=partner, by=by, despite=despite)


@app.command
def release(folder: Path, *, partner: str, by: Said) -> None:
    """Records that a partner lets the others see its return as it stands; a change of the return ends that.

    Parameters
    ----------
    folder
        The study.
    partner
        The partner, by any spelling or code.
    by
        Who releases it for the partner.
    """
    from consortia.cli.releases import release_figures

    release_figures(folder, partner=partner, by=by)


@app.command
def run(
    folder: Path,
    *,
    scenario: str = "base",
    language: Language = "en",
    json: bool = False,
    workers: int = 1,
    scheduler: str = "",
) -> None:
    """Runs the study: best groupings, savings with their uncertainty, shares; keeps the run in the folder.

    Parameters
    ----------
    folder
        The study.
    scenario
        Name of a scenario in study.yaml, or base.
    language
        en or cy.
    json
        Print the whole run as JSON instead of the decision table.
    workers
        Processes that share the draws; worth it from some hundred thousand. The figures are the same.
    scheduler
        Address of a dask scheduler whose workers share the draws instead, such as tcp://10.0.0.5:8786.
    """
    with starting():
        from consortia.cli.results import run_and_show

    run_and_show(folder, scenario=scenario, language=language, as_json=json, workers=workers, scheduler=scheduler)


@app.command
def papers(folder: Path, *, to: Path | None = None, viewer: str = "") -> None:
    """Writes the decision paper (HTML and Word) and the live workbook, English and Welsh, from the newest run.

    Parameters
    ----------
    folder
        The study.
    to
        The folder to write them to; default: papers, in the study.
    viewer
        A partner: write the paper as it may see it before all have released their returns, without the workbook.
    """
    with starting():
        from consortia.cli.papers import write_the_papers, write_the_papers_for

    if viewer:
        write_the_papers_for(folder, viewer=viewer, to=to)
    else:
        write_the_papers(folder, to=to)


@app.command
def explain(
    folder: Path, figure: str = "", *, depth: Count = 3, breadth: Count = 12, language: Language = "en"
) -> None:
    """Opens a figure: its formula, its assumptions with their source, and the source cells of the money in it.

    Parameters
    ----------
    folder
        The study, or a case file such as examples/cases/barnet.yaml.
    figure
        Key of the figure as the papers print it; without it the main figures are listed.
    depth
        How many steps down to go.
    breadth
        How many inputs to show at each step.
    language
        en or cy.
    """
    with starting():
        from consortia.cli.results import explain_figure

    explain_figure(folder, figure, depth=depth, breadth=breadth, language=language)


@app.command
def agree(folder: Path, *, by: Said, replace: bool = False) -> None:
    """Agrees the newest run as the case: what it promises is what delivery is held against.

    Parameters
    ----------
    folder
        The study.
    by
        Who agrees it.
    replace
        Put it in the place of an agreed case that has actuals on its account.
    """
    from consortia.cli.savings import agree_case

    agree_case(folder, by=by, replace=replace)


@app.command
def account(folder: Path, *, load: Path | None = None, as_of: str = "", language: Language = "en") -> None:
    """Shows the savings account: promised, budgeted and delivered, each with its verdict and the reason.

    Parameters
    ----------
    folder
        The study, with an agreed case.
    load
        A file of actuals (CSV or workbook) to put on the account first.
    as_of
        Last financial year that may hold deliveries; default: today's.
    language
        en or cy.
    """
    from consortia.cli.savings import show_account

    show_account(folder, load=load, as_of=as_of, language=language)


@app.command
def reference(table: str = "", *, search: str = "", full: bool = False, json: bool = False) -> None:
    """Lists the published values that ship with Consortia, and explains one table with sources and evidence marks.

    Parameters
    ----------
    table
        Name of a table; without it all are listed.
    search
        Show only the rows that hold these words.
    full
        Show every column and row.
    json
        Print as JSON.
    """
    from consortia.cli.catalogue import show_reference

    show_reference(table, search=search, full=full, as_json=json)


@app.command
def demo(*, folder: Path = Path("demo"), language: Language = "en") -> None:
    """Runs the shipped Lancashire study, prints the decision table and writes the papers."""
    with starting():
        from consortia.cli.demonstration import run_demo

    run_demo(folder, language=language)


@app.command
def serve(*, host: str = "127.0.0.1", port: int = 8000, data: Path | None = None) -> None:
    """Serves the website on this machine, with a worker for the background runs.

    Parameters
    ----------
    host
        Address to listen at.
    port
        Port to listen at.
    data
        The data folder; without it that of CONSORTIA_DATA, or else ./site.
    """
    from consortia.web.serve import serve as serve_site

    serve_site(host, port, data=data)


EVERY = APPRAISAL_COMMANDS | COMPARISON_COMMANDS | COST_COMMANDS | LEDGER_COMMANDS | PARTNER_COMMANDS | REVIEW_COMMANDS
for name, command in EVERY.items():
    app.command(command, name=name)
