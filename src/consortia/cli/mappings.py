"""The command map: a partner's ledger codes onto the service list, by suggestions that somebody accepts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from consortia.cli.spelling import counted
from consortia.cli.studies import console, keep_return, partner_code, show_findings
from consortia.errors import IntakeError, StudyError
from consortia.findings import Place
from consortia.intake.files import study_years
from consortia.intake.mapping.codes import LocalCode, codes_of
from consortia.intake.mapping.ledger_return import LedgerReturn
from consortia.intake.mapping.mapped_return import mapped_return
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import Suggestion, suggest_targets
from consortia.money import from_pence
from consortia.study import MappingLine, Study, read_study
from consortia.study.ledger import read_ledger_table
from consortia.study.ledger_store import read_ledger_header
from consortia.study.mapping import check_shares, merged
from consortia.study.store import write_whole
from consortia.study.tables import from_rows, records_of

SHOWN = 30
FILE_COLUMNS = ("side", "local", "words", "target", "share", "confidence", "reason")


def map_ledger(
    folder: Path,
    *,
    partner: str,
    accept: Path | None,
    accept_above: float | None,
    by: str,
    write: Path | None,
    remake: bool,
    remember: Sequence[Path],
) -> None:
    """Shows suggestions for the unmapped codes; with consent, or anew from a changed ledger, makes the return."""
    study = read_study(folder)
    code = partner_code(study, partner)
    ledger = _ledger(folder, code)
    codes = codes_of(ledger)
    suggestions = _unmapped(suggest_targets(codes, _memory(study, code, remember)), study.return_of(code).mapping)
    new = [*(_from_file(accept, by) if accept else ()), *_above(suggestions, accept_above, by)]
    if write:
        write_whole(write, _as_csv(suggestions, codes, study.return_of(code).mapping))
        console.print(
            f"Wrote {write}. Correct it, then: consortia map {folder} --partner {code} --accept {write} --by NAME"
        )
    if new or remake:
        _map(study, code, ledger, new, folder)
        return
    _print_suggestions(suggestions)
    console.print(
        f"{counted(len(codes), 'code')}, {len(suggestions)} with a suggestion to decide on. Nothing was applied: "
        "accept with --accept-above 0.9 --by NAME, or --write a file, correct it, and --accept it.",
        markup=False,
    )


def _map(study: Study, code: str, ledger: pl.DataFrame, new: Sequence[MappingLine], folder: Path) -> None:
    """Keeps the new mapping lines and rebuilds the cost lines from the ledger."""
    check_shares(new)
    returned = study.return_of(code)
    made, built = mapped_return(
        returned, ledger, merged(returned.mapping, new), files=read_ledger_header(folder, code).files,
        years=study_years(study.definition), on=date.today().isoformat(),
    )  # fmt: skip
    keep_return(study, made, folder)
    show_findings(built.findings)
    _print_left_out(built)
    console.print(_account(built, ledger))


def _account(built: LedgerReturn, ledger: pl.DataFrame) -> str:
    total, left_out = int(ledger["amount_pence"].sum() or 0), int(built.exclusions["amount_pence"].sum())
    lines = counted(built.costs.height, "line")
    return (
        f"{lines}. Ledger £{from_pence(total):,.2f} = lines £{from_pence(total - left_out):,.2f} + "
        f"left out £{from_pence(left_out):,.2f} (nominal). Unmapped: {built.unmapped_share:.2%} of gross."
    )


def _print_left_out(built: LedgerReturn) -> None:
    """What was excluded, code by code and why: money that leaves a return is seen to leave."""
    excluded = [one for one in built.left_out if one.reason in {"excluded", "capital"}]
    for one in sorted(excluded, key=lambda one: -abs(one.amount))[:SHOWN]:
        why = one.words or "marked as capital in the ledger"
        console.print(f"Left out in {one.year}: £{one.amount:,.2f}, {why}.", markup=False)
    if len(excluded) > SHOWN:
        console.print(f"Left out besides: {counted(len(excluded) - SHOWN, 'code')}.")


def _ledger(folder: Path, code: str) -> pl.DataFrame:
    found = read_ledger_table(folder, code)
    if found is None:
        raise StudyError(
            f"There is no ledger of {code} in {folder}.", remedy="Load one: `consortia ledger FOLDER FILE --partner P`."
        )
    return found.collect()


def _memory(study: Study, code: str, remember: Sequence[Path]) -> Memory:
    """The partner's own mapping, that of the same partner in earlier studies, and those of the other partners."""
    memory = Memory()
    for folder in remember:
        for returned in read_study(folder).returns:
            memory.learn(returned.mapping, where=f"{returned.partner} in {folder.name}", own=returned.partner == code)
    for returned in study.returns:
        own = returned.partner == code
        where = "this council" if own else study.definition.partner(returned.partner).name.en
        memory.learn(returned.mapping, where=where, own=own)
    return memory


def _unmapped(suggestions: Iterable[Suggestion], mapping: Iterable[MappingLine]) -> list[Suggestion]:
    mapped = {(line.side, line.local) for line in mapping}
    return [one for one in suggestions if (one.code.side, one.code.local) not in mapped]


def _above(suggestions: Iterable[Suggestion], least: float | None, by: str) -> list[MappingLine]:
    """The suggestions that are confident enough, as lines in the name of the person who says so."""
    if least is None:
        return []
    _check_named(by)
    today = date.today().isoformat()
    return [
        MappingLine(
            side=one.code.side, local=one.code.local, words=one.code.words, target=target, share=share,
            reason=one.reason, confidence=one.confidence, by=by, on=today,
        )
        for one in suggestions if one.confidence >= Decimal(repr(least))
        for target, share in one.targets
    ]  # fmt: skip


def _from_file(path: Path, by: str) -> list[MappingLine]:
    """The lines of a mapping file; rows without a target are left for later."""
    _check_named(by)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(number, row) for number, row in enumerate(csv.DictReader(file), 2) if row.get("target")]
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(
            f"{path} cannot be read: {error}.", remedy="Write one with --write, and correct it."
        ) from None
    signature = {"by": by, "on": date.today().isoformat()}
    parsed = from_rows(
        MappingLine,
        (
            (Place(path.name, cell=f"row {number}"), {name: row.get(name) for name in FILE_COLUMNS} | signature)
            for number, row in rows
        ),
    )
    if parsed.findings:
        show_findings(parsed.findings)
        raise IntakeError(f"{path} has faults; nothing was changed.", remedy="Correct the rows named, then try again.")
    return [line for line in records_of(MappingLine, parsed.table) if isinstance(line, MappingLine)]


def _check_named(by: str) -> None:
    if not by:
        raise StudyError("A mapping is accepted by somebody.", remedy="Say who: --by NAME.")


def _as_csv(suggestions: Iterable[Suggestion], codes: Iterable[LocalCode], mapping: Iterable[MappingLine]) -> str:
    """Every code that is not mapped, the suggestion filled in where there is one: a file to correct."""
    from io import StringIO

    found = {(one.code.side, one.code.local): one for one in suggestions}
    mapped = {(line.side, line.local) for line in mapping}
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FILE_COLUMNS)
    for code in codes:
        one = found.get((code.side, code.local))
        if (code.side, code.local) not in mapped:
            for target, share in one.targets if one else (("", Decimal(1)),):
                writer.writerow(
                    [
                        code.side,
                        code.local,
                        code.words,
                        target,
                        share,
                        *((one.confidence, one.reason) if one else ("", "")),
                    ]
                )
    return out.getvalue()


def _print_suggestions(suggestions: Sequence[Suggestion]) -> None:
    """Each code on lines of its own, so that money, codes and targets are whole on any screen."""
    console.print("[bold]Suggestions, the largest codes first[/bold]")
    for one in sorted(suggestions, key=lambda one: -one.code.gross_pence)[:SHOWN]:
        targets = ", ".join(target if share == 1 else f"{share:%} {target}" for target, share in one.targets)
        words = f"  {one.code.words}" if one.code.words != one.code.local else ""
        gross = f"£{from_pence(one.code.gross_pence):,.2f}"
        console.print(f"{one.code.side} {one.code.local}{words}  {gross}", markup=False)
        console.print(f"    -> {targets}  {one.confidence}  {one.reason}", markup=False)
    if len(suggestions) > SHOWN:
        console.print(f"{len(suggestions) - SHOWN} more; --write FILE has them all.")
