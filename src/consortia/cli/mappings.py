"""The command map: a partner's ledger codes onto the service list, by suggestions that somebody accepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from consortia.cli.mapping_files import mapping_as_csv, read_mapping_file
from consortia.cli.spelling import command, counted
from consortia.cli.studies import console, keep_return, partner_code, partner_word, show_findings
from consortia.errors import StudyError
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

SHOWN = 30


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
    _check_confidence(accept_above)
    if accept or accept_above is not None:
        _check_named(by)
    ledger = _ledger(study, folder, code)
    codes = codes_of(ledger)
    offered = suggest_targets(codes, _memory(study, code, remember))
    unmapped = _unmapped(codes, study.return_of(code).mapping)
    suggestions = [one for one in offered if one.code in unmapped]
    today = date.today().isoformat()
    told = read_mapping_file(accept, offered, by=by, on=today) if accept else ()
    new = [*told, *_above(suggestions, accept_above, by=by, on=today)]
    if write:
        write_whole(write, mapping_as_csv(suggestions, unmapped))
        then = command("map", folder, "--partner", partner_word(study, code), "--accept", write, "--by", "NAME")
        console.print(f"Wrote {write}. Correct it, then: {then}", markup=False)
    if new or remake:
        _map(study, code, ledger, new, folder)
        return
    _print_unmapped(unmapped, suggestions)
    if accept_above is not None:
        console.print(f"No suggestion is as sure as {accept_above:g}.")
    console.print(_summary(codes, unmapped, suggestions), markup=False)


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


def _ledger(study: Study, folder: Path, code: str) -> pl.DataFrame:
    found = read_ledger_table(folder, code)
    if found is None:
        name = study.definition.partner(code).name.en
        load = command("ledger", folder, "FILE", "--partner", partner_word(study, code))
        raise StudyError(f"There is no ledger of {name} in {folder}.", remedy=f"Load one: `{load}`.")
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


def _unmapped(codes: Iterable[LocalCode], mapping: Iterable[MappingLine]) -> list[LocalCode]:
    mapped = {(line.side, line.local) for line in mapping}
    return [code for code in codes if (code.side, code.local) not in mapped]


def _check_confidence(least: float | None) -> None:
    """Raises StudyError for a confidence beyond 0 to 1, such as a percentage."""
    if least is not None and not 0 <= least <= 1:
        meant = f" Did you mean {least / 100:g}?" if 1 < least <= 100 else ""
        raise StudyError(f"--accept-above {least:g} is no confidence.", remedy=f"Write one from 0 to 1.{meant}")


def _above(suggestions: Iterable[Suggestion], least: float | None, *, by: str, on: str) -> list[MappingLine]:
    """The suggestions that are confident enough, as lines in the name of the person who says so."""
    if least is None:
        return []
    return [
        MappingLine(
            side=one.code.side, local=one.code.local, words=one.code.words, target=target, share=share,
            reason=one.reason, confidence=one.confidence, by=by, on=on,
        )
        for one in suggestions if one.confidence >= Decimal(repr(least))
        for target, share in one.targets
    ]  # fmt: skip


def _check_named(by: str) -> None:
    if not by:
        raise StudyError("A mapping is accepted by somebody.", remedy="Say who: --by NAME.")


def _print_unmapped(codes: Sequence[LocalCode], suggestions: Iterable[Suggestion]) -> None:
    """Each code that stands unmapped, on lines of its own, so that money, codes and targets are whole on any screen."""
    found = {(one.code.side, one.code.local): one for one in suggestions}
    if codes:
        console.print("[bold]Unmapped, the largest codes first[/bold]")
    for code in sorted(codes, key=lambda code: -code.gross_pence)[:SHOWN]:
        words = f"  {code.words}" if code.words != code.local else ""
        console.print(f"{code.side} {code.local}{words}  {_gross(code)}", markup=False)
        one = found.get((code.side, code.local))
        console.print(f"    -> {_offered(one) if one else 'no suggestion'}", markup=False)
    if len(codes) > SHOWN:
        console.print(f"{len(codes) - SHOWN} more; --write FILE has them all.")


def _gross(code: LocalCode) -> str:
    """The gross amount of a code; not known where none of its postings shows an amount."""
    if code.without_amount == code.postings:
        return "amount not known"
    unknown = f", {counted(code.without_amount, 'posting')} without an amount" if code.without_amount else ""
    return f"£{from_pence(code.gross_pence):,.2f}{unknown}"


def _offered(one: Suggestion) -> str:
    targets = ", ".join(target if share == 1 else f"{share:%} {target}" for target, share in one.targets)
    return f"{targets}  {one.confidence}  {one.reason}"


def _summary(codes: Sequence[LocalCode], unmapped: Sequence[LocalCode], suggestions: Sequence[Suggestion]) -> str:
    if not unmapped:
        return f"{counted(len(codes), 'code')}, all mapped. Nothing was applied."
    return (
        f"{counted(len(codes), 'code')}, {len(unmapped)} unmapped, {len(suggestions)} of these with a suggestion to "
        "decide on. Nothing was applied: accept with --accept-above 0.9 --by NAME, or --write a file, correct it, "
        "and --accept it."
    )
