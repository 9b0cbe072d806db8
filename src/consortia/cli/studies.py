"""Commands on a study's documents: new, check, template, intake, sign."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console

from consortia.cli.spelling import command, counted
from consortia.errors import BlockedByFindings, StudyError, UnknownAuthority
from consortia.findings import Finding, blocks
from consortia.intake.blank import write_blank_return
from consortia.intake.files import read_return, study_years
from consortia.intake.published import baseline, check_something_to_share
from consortia.intake.replaced_return import check_replaces
from consortia.intake.reviewing import carried_over
from consortia.intake.signing import told_once, unsettled
from consortia.reference.authorities import find_authority
from consortia.study import Return, Study, read_study, write_study
from consortia.study.fingerprints import return_digest
from consortia.study.project_findings import project_findings
from consortia.study.store import DEFINITION_FILE, write_whole

console = Console(highlight=False, soft_wrap=True)


def start_study(folder: Path, *, partners: Sequence[str], editions: Sequence[str], title: str) -> None:
    """Makes the study folder and says what to do next."""
    if (folder / DEFINITION_FILE).exists():
        raise StudyError(f"There is a study in {folder} already.", remedy="Name another folder.")
    study, findings = baseline(partners, editions, name=folder.name or "study", title=title or folder.name)
    show_findings(findings)
    check_something_to_share(study)
    write_study(study, folder)
    definition = study.definition
    names = ", ".join(partner.name.en for partner in definition.partners)
    console.print(f"[bold]{definition.title.en}[/bold]: {names}; base year {definition.base_year}.")
    shareable = counted(len(definition.initiatives), "service")
    console.print(f"{shareable} could be shared. Next: {command('run', folder)}")


def check_study(folder: Path) -> None:
    """Prints the findings of a study; BlockedByFindings when one of them is an error."""
    from consortia.run.harmonised import harmonise_study
    from consortia.run.journey import published_findings
    from consortia.run.unknown_services import unknown_services

    study = read_study(folder)
    definition = study.definition
    findings = [*published_findings(study), *harmonise_study(study).findings, *project_findings(definition)]
    findings += unknown_services(definition)
    show_findings(findings)
    for returned in study.returns:
        own = _open_on(returned, base_year=study.definition.base_year)
        if own:
            console.print(f"[bold]{study.definition.partner(returned.partner).name.en}[/bold]:")
        show_findings(own)
        findings += own
    unsigned = [partner.name.en for partner in study.definition.partners if not _is_signed(study, partner.code)]
    console.print(f"{counted(len(findings), 'finding')}. Not signed: {', '.join(unsigned) or 'none'}.")
    if blocks(findings):
        raise BlockedByFindings("Errors block sign-off.", remedy="Resolve them in the returns, then check again.")


def blank_return(folder: Path, file: Path, *, partner: str, filled: bool) -> None:
    """Writes the return of a partner for filling in: blank, or with the figures that the study holds now."""
    study = read_study(folder)
    code = partner_code(study, partner)
    write_blank_return(file, study.definition, code, filled=study.return_of(code) if filled else None)
    console.print(
        f"Wrote {file}. Fill it in, then: {command('intake', folder, file, '--partner', partner_word(study, code))}"
    )


def load_return(folder: Path, file: Path, *, partner: str, blanks: bool = False) -> None:
    """Loads a partner's file in place of what stood there; keeps the file itself under its hash."""
    study = read_study(folder)
    code = partner_code(study, partner)
    returned, findings = read_return(file, partner=code, years=study_years(study.definition))
    show_findings(findings)
    if returned.costs.is_empty():
        raise BlockedByFindings(
            f"Nothing of {file} could be loaded.", remedy="Mend what is named above, then try again."
        )
    show_findings(check_replaces(study.return_of(code), returned, replace=blanks))
    _keep_uploads(returned, file, folder)
    # What was stated, mapped and said apart from the costs stays when a new file of costs comes.
    kept = study.return_of(code)
    review = carried_over(kept.review, returned.costs, on=date.today().isoformat())
    keep_return(study, replace(returned, activities=kept.activities, mapping=kept.mapping, review=review), folder)
    loaded = f"Loaded {counted(returned.costs.height, 'line')} for {study.definition.partner(code).name.en}"
    if blocks(findings):
        raise BlockedByFindings(
            f"{loaded}, with faults: what the errors above name cannot be used, and the return cannot be signed.",
            remedy="Mend the file and load it again; it takes the place of what is loaded now.",
        )
    console.print(f"{loaded}.")


def sign_return(folder: Path, *, partner: str, by: str, despite: str = "") -> None:
    """Signs a return: the digest of exactly what was signed stands in its header. Refuses what may not be signed."""
    from consortia.run.signing import ready_to_sign

    study = read_study(folder)
    today, base_year = date.today().isoformat(), study.definition.base_year
    sent = study.return_of(partner_code(study, partner))
    returned = ready_to_sign(sent, base_year=base_year, despite=despite, by=by, on=today)
    digest = return_digest(returned)
    for one in returned.review.accepted[len(sent.review.accepted) :]:
        console.print(f"Signed despite this: {one.told} {one.reason}", markup=False)
    signed = {"signed_by": by, "signed_on": today, "signed_digest": digest}
    keep_return(study, replace(returned, header=returned.header.model_copy(update=signed)), folder)
    console.print(f"Signed by {by}: {digest}")


def partner_code(study: Study, spelling: str) -> str:
    """The code of a partner of the study by any spelling; StudyError when it takes no part."""
    code = find_authority(spelling).code
    if code not in study.definition.codes:
        known = ", ".join(partner.name.en for partner in study.definition.partners)
        raise UnknownAuthority(f"{spelling} is no partner of this study.", remedy=f"Partners: {known}.")
    return code


def partner_word(study: Study, code: str) -> str:
    """The name of a partner as it is typed in a command line, in quotation marks where it is of several words."""
    return shlex.quote(study.definition.partner(code).name.en)


def show_findings(findings: Iterable[Finding], *, language: str = "en") -> None:
    """Prints findings one below the other, errors first."""
    from consortia.report.language import translator

    words = translator(language)
    colours = {"error": "red", "warning": "yellow", "note": "blue"}
    order = list(colours)
    for finding in sorted(findings, key=lambda one: order.index(one.severity.value)):
        colour = colours[finding.severity.value]
        place = f" [{finding.place}]" if finding.place else ""
        grave = words.severity(finding) if language == "cy" else finding.severity.value
        console.print(f"[{colour}]{grave}[/{colour}] ", end="")
        console.print(f"{words.finding(finding)}{place}", markup=False)


def _open_on(returned: Return, *, base_year: str) -> tuple[Finding, ...]:
    """What was told of the partner's file, and whatever else stands in the way of its signature."""
    from consortia.run.signing import signing_objections

    blocking = signing_objections(returned, base_year=base_year)
    return told_once(unsettled(returned, returned.findings), blocking)


def _is_signed(study: Study, code: str) -> bool:
    returned = study.return_of(code)
    return bool(returned.header.signed_digest) and returned.header.signed_digest == return_digest(returned)


def _keep_uploads(returned: Return, file: Path, folder: Path) -> None:
    place = folder / "uploads"
    place.mkdir(exist_ok=True)
    for upload in returned.header.uploads:
        write_whole(place / f"{upload.sha256}{file.suffix.lower()}", file.read_bytes())


def keep_return(study: Study, returned: Return, folder: Path) -> None:
    """Writes the study folder with one return in place of what stood there; says so when that ends a signature."""
    before = study.return_of(returned.partner).header
    if _is_signed(study, returned.partner) and before.signed_digest != return_digest(returned):
        name = study.definition.partner(returned.partner).name.en
        said = f"This ended the signature of {before.signed_by} ({before.signed_on}): {name} has to sign anew."
        console.print(said, markup=False)
    others = tuple(returned if each.partner == returned.partner else each for each in study.returns)
    write_study(replace(study, returns=others), folder)
