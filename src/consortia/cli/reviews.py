"""Commands of the review: the queue, queries and replies, changes, contests, delegated sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from consortia.cli.spelling import command, counted
from consortia.cli.studies import console, keep_return, partner_code, partner_word, show_findings
from consortia.errors import StudyError
from consortia.findings import Finding
from consortia.intake import reviewing
from consortia.intake.open_work import open_work
from consortia.intake.quality.of_return import adjustments_from, national_medians, review_findings
from consortia.intake.signing import told_once
from consortia.money import pounds_from_text
from consortia.report.language import Language, translator
from consortia.report.text import table_text
from consortia.report.words import msgid
from consortia.run.ledger_changes import ledger_changes
from consortia.run.review_tables import (
    FROM_A_LEDGER,
    STANDINGS,
    UNTOUCHED,
    WHERE_STEPS_ARE,
    WHOLE_LINE,
    delegations_table,
    open_findings,
    open_verdicts,
    queries_table,
)
from consortia.run.signing import signing_objections, standing
from consortia.study import Adjustment, Return, Stated, Study, read_study
from consortia.study.adjustments import apply_adjustments, stated
from consortia.study.ledger import read_ledger_table
from consortia.study.line_parts import address, parts_of

Step = Callable[[Return], Return]


def show_queue(folder: Path, *, partner: str, language: str) -> None:
    """Prints what is open: for one partner in full, for all of them in a line each."""
    study = read_study(folder)
    if partner:
        _show_open(study, partner_code(study, partner), language)
        return
    words = translator(language)
    for one in study.definition.partners:
        returned, base_year = study.return_of(one.code), study.definition.base_year
        counts = words.text(
            msgid("Findings: {findings}; open queries: {queries}; proposals: {proposals}."),
            findings=len(open_findings(returned, base_year=base_year)), queries=len(returned.review.open_queries),
            proposals=len(_proposed(returned)),
        )  # fmt: skip
        console.print(f"[bold]{one.name.in_language(language)}[/bold] ({one.code}): {counts}", end=" ")
        console.print(_why_not(returned, base_year, language), markup=False)


def apply_rules(folder: Path, *, partner: str, by: str) -> None:
    """Turns what the rules propose into recorded changes; only those that may mend take effect at once."""
    study = read_study(folder)
    code = partner_code(study, partner)
    returned = study.return_of(code)
    verdicts = review_findings(returned, medians=national_medians(study.definition.base_year))
    made = adjustments_from(verdicts, returned.review, by=by, on=_today())
    keep_return(study, reviewing.propose(returned, made), folder)
    mended = sum(one.is_in_effect for one in made)
    console.print(
        f"{counted(mended, 'line')} mended, {len(made) - mended} proposed. "
        f"See: {command('changes', folder, '--partner', partner_word(study, code))}",
        markup=False,
    )


def show_changes(folder: Path, *, partner: str, language: str) -> None:
    """Prints what was done to a partner's numbers: what making them from a ledger did, then every change."""
    study = read_study(folder)
    returned = study.return_of(partner_code(study, partner))
    words = translator(language)
    kept = read_ledger_table(folder, returned.partner) if returned.is_from_ledger else None
    tables = ledger_changes(study, partner=returned.partner, ledger=None if kept is None else kept.collect())
    for table in tables:
        console.print(table_text(table, language=language))
    if not returned.review.adjustments:
        console.print(words.text(FROM_A_LEDGER if tables else UNTOUCHED))
    _print_changes(returned, words)
    console.print(f"{words.text(WHERE_STEPS_ARE)} {command('bridge', folder, '--partner', partner)}", markup=False)


def _print_changes(returned: Return, words: Language) -> None:
    for one in returned.review.adjustments:
        state = words.text(STANDINGS[one.standing])
        decided = f" ({one.decided_by}, {one.decided_on}{': ' + one.decided_why if one.decided_why else ''})"
        console.print(
            f"[bold]{one.key}[/bold]  {state}{decided if one.decided_by else ''}  {one.line}{_in_all_parts(one, words)}"
        )
        console.print(f"    {one.before} -> {one.after}  {one.by}, {one.on}  {one.rule}", markup=False)
        if not one.rule.startswith(reviewing.FOLLOWS):
            console.print(f"    {one.reason}", markup=False)


def change_line(folder: Path, cell: str, *, partner: str, amount: str, reason: str, by: str) -> None:
    """Changes a line, with its totals, and says what was changed."""
    study = read_study(folder)
    returned, line = _line(study, cell, partner)
    changed, made = reviewing.adjust(returned, line, to=_stated(amount), reason=reason, by=by, on=_today())
    keep_return(study, changed, folder)
    for one in made:
        line = described(returned, one.line) if one.whole else one.line
        console.print(f"{one.key}: {line} from {one.before} to {one.after}", markup=False)


def ask(folder: Path, cell: str, *, partner: str, by: str, text: str) -> None:
    """Puts a question on a cell."""
    study = read_study(folder)
    returned, line = _line(study, cell, partner)
    asked, query = reviewing.ask(returned, line, text=text, by=by, on=_today())
    keep_return(study, asked, folder)
    console.print(f"Asked: {query.key} on {described(returned, query.line)}.", markup=False)


def object_to(folder: Path, cell: str, *, partner: str, by: str, reason: str, amount: str) -> None:
    """Contests a line."""
    study = read_study(folder)
    returned, line = _line(study, cell, partner)
    held = _stated(amount).amount if amount else None
    objected, query = reviewing.contest(returned, line, reason=reason, amount=held, by=by, on=_today())
    keep_return(study, objected, folder)
    told = f"Contested: {query.key} on {described(returned, query.line)}."
    console.print(f"{told} It blocks the signature until it is accepted or closed.", markup=False)


def answer(folder: Path, key: str, *, partner: str, by: str, text: str, close: bool) -> None:
    """Replies to a query or contest, and closes it if asked to."""
    _do(folder, key, partner, lambda r: reviewing.reply(r, key, text=text, by=by, on=_today(), close=close))
    console.print(f"Replied to {key}{', which is closed now' if close else ''}.")


def agree_to(folder: Path, key: str, *, partner: str, by: str, reason: str) -> None:
    """Accepts a change, the amount of a contest, or what a finding tells of the ledger."""
    if key in reviewing.ACCEPTABLE:
        _agree_to_finding(folder, key, partner=partner, by=by, reason=reason)
        return
    _do(folder, key, partner, lambda returned: reviewing.accept(returned, key, by=by, on=_today()))
    console.print(f"Accepted {key}.")


def _agree_to_finding(folder: Path, code: str, *, partner: str, by: str, reason: str) -> None:
    study = read_study(folder)
    if not partner:
        raise StudyError(f"Whose {code} is it?", remedy="Name the partner: --partner P.")
    returned = study.return_of(partner_code(study, partner))
    changed, count = reviewing.accept_finding(returned, code, reason=reason, by=by, on=_today())
    keep_return(study, changed, folder)
    console.print(f"Accepted {code}{f', {count} of them' if count > 1 else ''}: {reason}", markup=False)


def take_back(folder: Path, key: str, *, partner: str, by: str, reason: str) -> None:
    """Reverses a change."""
    _do(folder, key, partner, lambda returned: reviewing.reverse(returned, key, reason=reason, by=by, on=_today()))
    console.print(f"Reversed {key}.")


def hand_over(folder: Path, *, partner: str, section: str, to: str, by: str, done: bool) -> None:
    """Delegates a section, or marks it as done."""
    study = read_study(folder)
    returned = study.return_of(partner_code(study, partner))
    if done:
        changed = reviewing.finish(returned, section, on=_today())
    elif not to:
        raise StudyError("A section is delegated to somebody.", remedy="Say to whom: --to NAME, or --done.")
    else:
        changed = reviewing.delegate(returned, section, to=to, by=by, on=_today())
    keep_return(study, changed, folder)
    console.print(f"{section}: {'done' if done else f'with {to}'}.", markup=False)


def described(returned: Return, line: str) -> str:
    """The line that a person means in words: the whole of several parts with its amount, or the part of one file."""
    meant = address(returned.costs, line)
    rows = parts_of(returned.costs, meant.key)
    if rows.height == 1:
        return meant.key
    if meant.whole:
        amount = stated(apply_adjustments(returned.costs, returned.review.adjustments), line)
        return f"{meant.key}, the whole line of {rows.height} parts, {amount} ({line}/1 is one part)"
    file = rows.filter(rows["key"] == meant.key)["file"].item()
    return f"{meant}, the part in {file}" if file else str(meant)


def _in_all_parts(one: Adjustment, words: Language) -> str:
    return f" ({words.text(WHOLE_LINE)})" if one.whole else ""


def _show_open(study: Study, code: str, language: str) -> None:
    returned, base_year = study.return_of(code), study.definition.base_year
    findings = open_findings(returned, base_year=base_year)
    show_findings(findings, language=language)
    _print_line_keys(returned, base_year)
    if returned.review.open_queries:
        console.print(table_text(queries_table(returned, only_open=True), language=language))
    if _proposed(returned):
        keys = ", ".join(one.key for one in _proposed(returned))
        sentence = msgid("Proposed changes to decide on (`consortia changes`): {keys}.")
        console.print(translator(language).text(sentence, keys=keys), markup=False)
    show_findings(open_work(returned), language=language)
    if returned.review.delegations:
        console.print(table_text(delegations_table(returned), language=language))
    for one in returned.review.accepted:
        sentence = msgid("Accepted, {code}: {reason} ({name}, {day})")
        told = translator(language).text(sentence, code=one.code, reason=one.reason, name=one.by, day=one.on)
        console.print(told, markup=False)
    console.print(_why_not(returned, base_year, language, told=findings), markup=False)


def _print_line_keys(returned: Return, base_year: str) -> None:
    """The lines that the rules speak of, as query, contest and adjust name them."""
    for one in open_verdicts(returned, base_year=base_year):
        console.print(f"    {one.rule}: {one.entry.key}", markup=False)


def _why_not(returned: Return, base_year: str, language: str, *, told: Sequence[Finding] = ()) -> str:
    """Whether it is signed or can be, and what stands in the way, but for what was told already, in a sentence each."""
    words = translator(language)
    found = told_once(told, signing_objections(returned, base_year=base_year))[len(set(told)) :]
    return " ".join([words.words(standing(returned, base_year=base_year)), *(words.finding(one) for one in found)])


def _do(folder: Path, key: str, partner: str, step: Step) -> None:
    """Does something to the return that holds a query or change of this key."""
    study = read_study(folder)
    keep_return(study, step(_holder(study, key, partner)), folder)


def _holder(study: Study, key: str, partner: str) -> Return:
    """The named partner's return; without a name the only one that holds the key."""
    if partner:
        return study.return_of(partner_code(study, partner))
    holders = [one for one in study.returns if key in _keys(one)]
    if len(holders) != 1:
        raise _no_one_holder(study, key, holders)
    return holders[0]


def _no_one_holder(study: Study, key: str, holders: Sequence[Return]) -> StudyError:
    """Several partners have it: name one. None has: what there is to decide on, and whose."""
    if holders:
        names = ", ".join(study.definition.partner(one.partner).name.en for one in holders)
        return StudyError(f"{len(holders)} partners have a {key}: {names}.", remedy="Name the partner: --partner P.")
    kept = [f"{each} ({study.definition.partner(one.partner).name.en})" for one in study.returns for each in _open(one)]
    remedy = f"Open are: {', '.join(kept)}." if kept else "No query, contest or change is open."
    return StudyError(f"No partner has a {key}.", remedy=remedy)


def _open(returned: Return) -> list[str]:
    asked = [one.key for one in returned.review.open_queries]
    changes = (one for one in returned.review.adjustments if one.is_in_effect or one.standing == "proposed")
    return asked + [one.key for one in changes]


def _keys(returned: Return) -> list[str]:
    return [one.key for one in returned.review.adjustments] + [one.key for one in returned.review.queries]


def _line(study: Study, cell: str, partner: str) -> tuple[Return, str]:
    """The return and the line that a cell key names: `cell.CODE.LINE` as `explain` has it, or LINE with --partner."""
    code, _, line = cell.removeprefix("cell.").partition(".") if cell.startswith("cell.") else ("", "", cell)
    if not (code or partner):
        raise StudyError(f"Whose line is '{cell}'?", remedy="Name the partner: --partner P.")
    return study.return_of(partner_code(study, code or partner)), line


def _stated(amount: str) -> Stated:
    """An amount in pounds, or "not known" or "not provided"."""
    words = amount.strip().casefold().replace(" ", "_")
    if words in {"not_known", "not_provided"}:
        return Stated.model_validate({"status": words})
    try:
        return Stated(amount=pounds_from_text(amount).quantize(Decimal("0.01")))
    except ValueError:
        remedy = "Write pounds, as 12000 or -350.50, or 'not known' or 'not provided'."
        raise StudyError(f"'{amount}' is not an amount.", remedy=remedy) from None


def _proposed(returned: Return) -> list[Adjustment]:
    return [one for one in returned.review.adjustments if one.standing == "proposed"]


def _today() -> str:
    return date.today().isoformat()
