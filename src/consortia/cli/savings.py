"""Commands on the savings account: agree a case, load actuals, show how it stands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from rich.console import Console

from consortia.cli.folder import ACCOUNT, agreed_case, is_out_of_date, keep_case, newest_run
from consortia.cli.releases import check_released
from consortia.cli.studies import show_findings
from consortia.errors import BlockedByFindings, StudyError
from consortia.findings import blocks
from consortia.intake.actuals import read_actuals
from consortia.periods import FinancialYear
from consortia.report.text import table_text
from consortia.run.savings import account_table, book, name_partners, open_account, total_table
from consortia.study import read_study

console = Console(highlight=False)
NOTHING = "Where nothing is to be shared, there is no account to keep; run another scenario or load better figures."
FIRST_MONTH = 4  # the financial year begins in April


def agree_case(folder: Path, *, by: str, replace: bool) -> None:
    """Agrees the newest run as the case; refuses one that no longer fits the study or promises nothing.

    A case with actuals on its account is only replaced when told to.
    """
    run, study = newest_run(folder), read_study(folder)
    if is_out_of_date(run, study):
        remedy = f"Run it again: `consortia run {folder}`, then agree."
        raise StudyError("The study has changed since its newest run, so that run cannot be agreed.", remedy=remedy)
    if not run.case:
        raise StudyError("This run promises nothing, so there is nothing to hold delivery against.", remedy=NOTHING)
    check_released(run, study, folder)
    _refuse_to_lose_actuals(folder, replace=replace)
    keep_case(run, folder, by=by, on=date.today().isoformat())
    console.print(
        f"Agreed by {by}: {run.content.title.en}, run {run.fingerprint[:12]}, {len(run.case)} promised lines."
    )


def show_account(folder: Path, *, load: Path | None, as_of: str, language: str) -> None:
    """Prints the savings account, after loading actuals where a file is named."""
    study = read_study(folder)
    case, promised = agreed_case(folder)
    if load is not None:
        _keep_actuals(load, folder)
    account = open_account(promised, base_year=case["price_base"])
    kept = _kept_actuals(folder)
    if kept is None:
        console.print(f"Nothing delivered yet. Load actuals: consortia account {folder} --load FILE")
    else:
        lines, findings = read_actuals(kept)
        account = book(account, lines, as_of=_year(as_of))
        show_findings((*findings, *name_partners(account.findings, study.definition)), language=language)
    due = min(line.year for line in promised)
    if account.as_of is not None and account.as_of < FinancialYear.parse(due):
        console.print(f"Nothing is due yet: the first promise is for {due}.")
        return
    for table in (total_table(account, study.definition), account_table(account, study.definition)):
        console.print(table_text(table, language=language))


def _refuse_to_lose_actuals(folder: Path, *, replace: bool) -> None:
    if _kept_actuals(folder) is not None and not replace:
        remedy = "To hold them against this run from now on, agree again with --replace."
        raise StudyError("A case is agreed already, and actuals are on its account.", remedy=remedy)


def _keep_actuals(file: Path, folder: Path) -> None:
    """Puts a file of actuals on the account in place of the one before; a file without a good row is refused."""
    lines, findings = read_actuals(file)
    if not lines and blocks(findings):
        show_findings(findings)
        raise BlockedByFindings(
            f"Nothing of {file} could be loaded.", remedy="Mend what is named above, then try again."
        )
    previous = _kept_actuals(folder)
    if previous is not None:
        previous.unlink()
    shutil.copyfile(file, folder / ACCOUNT / f"actuals{file.suffix.lower()}")


def _year(as_of: str) -> FinancialYear:
    """The financial year named, or that of today."""
    if as_of:
        try:
            return FinancialYear.parse(as_of)
        except ValueError as error:
            raise StudyError(f"{error}.", remedy="Write --as-of 2027-28.") from None
    today = date.today()
    return FinancialYear(today.year if today.month >= FIRST_MONTH else today.year - 1)


def _kept_actuals(folder: Path) -> Path | None:
    return next(iter(sorted((folder / ACCOUNT).glob("actuals.*"))), None)
