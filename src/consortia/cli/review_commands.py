"""Commands by which analyst and partner agree on the numbers: map, review, query, contest, change, delegate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from consortia.cli.arguments import Said

Language = Literal["en", "cy"]


def map_codes(
    folder: Path,
    *,
    partner: str,
    accept: Path | None = None,
    accept_above: float | None = None,
    by: str = "",
    write: Path | None = None,
    remake: bool = False,
    remember: Annotated[list[Path], Parameter(consume_multiple=True)] = [],  # noqa: B006 - never changed
) -> None:
    """Suggests what a partner's ledger codes stand for, with reasons; maps those that somebody accepts.

    Parameters
    ----------
    folder
        The study, with the partner's ledger loaded (`consortia ledger`).
    partner
        The partner by any spelling or code.
    accept
        A mapping file (as --write makes it) to take over: several rows for one code split it, shares sum to one.
    accept_above
        Accept every suggestion of at least this confidence, e.g. 0.9.
    by
        Who accepts.
    write
        Write every unmapped code with its suggestion to this file, to correct and accept.
    remake
        Make the return anew from the ledger as it is now, by the mapping that was accepted.
    remember
        Folders of earlier studies whose mappings are remembered.
    """
    from consortia.cli.mappings import map_ledger

    map_ledger(
        folder, partner=partner, accept=accept, accept_above=accept_above, by=by, write=write, remake=remake,
        remember=remember,
    )  # fmt: skip


def review(folder: Path, *, partner: str = "", fix: bool = False, by: str = "", language: Language = "en") -> None:
    """Shows what is open on the returns: findings, queries, contested lines, proposals, and what blocks a signature.

    Parameters
    ----------
    folder
        The study.
    partner
        One partner in full; without it every partner in a line.
    fix
        Record what the quality rules propose: those marked so take effect, the others wait to be accepted.
    by
        Who does so.
    language
        en or cy.
    """
    from consortia.cli.reviews import apply_rules, show_queue
    from consortia.errors import StudyError

    if fix and not (partner and by):
        raise StudyError("--fix changes a return.", remedy="Say whose and who does it: --partner P --by NAME.")
    if fix:
        apply_rules(folder, partner=partner, by=by)
    else:
        show_queue(folder, partner=partner, language=language)


def lines(folder: Path, key: str = "", *, partner: str = "", service: str = "") -> None:
    """Lists the lines of a return by the keys that query, contest and adjust take; or opens one to its ledger rows.

    Parameters
    ----------
    folder
        The study.
    key
        One line: year/service/measure with --partner, or cell.CODE.LINE as `consortia explain` prints it.
    partner
        The partner by any spelling or code.
    service
        Only the lines of this service and of what is below it.
    """
    from consortia.cli.return_lines import show_line, show_lines
    from consortia.errors import StudyError

    if not (partner or key.startswith("cell.")):
        raise StudyError("Whose lines?", remedy="Name the partner: --partner P.")
    if key:
        show_line(folder, key, partner=partner)
    else:
        show_lines(folder, partner=partner, service=service)


def changes(folder: Path, *, partner: str, language: Language = "en") -> None:
    """Answers "what did you do to my numbers": every change with before, after, who and why."""
    from consortia.cli.reviews import show_changes

    show_changes(folder, partner=partner, language=language)


def adjust(folder: Path, cell: str, *, amount: str, by: Said, reason: Said, partner: str = "") -> None:
    """Changes one line, and its totals with it; recorded and reversible, the line as sent is kept.

    Parameters
    ----------
    folder
        The study.
    cell
        The line: year/service/measure with --partner, or cell.CODE.LINE as `consortia explain` prints it.
    amount
        Pounds, or "not known", or "not provided".
    by
        Who.
    reason
        Why.
    partner
        The partner by any spelling or code.
    """
    from consortia.cli.reviews import change_line

    change_line(folder, cell, partner=partner, amount=amount, reason=reason, by=by)


def query(folder: Path, cell: str, *, by: Said, text: Said, partner: str = "") -> None:
    """Puts a question on one line of a return."""
    from consortia.cli.reviews import ask

    ask(folder, cell, partner=partner, by=by, text=text)


def reply(folder: Path, key: str, *, by: Said, text: Said, close: bool = False, partner: str = "") -> None:
    """Answers a query or a contest; --close settles it and leaves the line as it is."""
    from consortia.cli.reviews import answer

    answer(folder, key, partner=partner, by=by, text=text, close=close)


def contest(folder: Path, cell: str, *, by: Said, reason: Said, amount: str = "", partner: str = "") -> None:
    """Objects to a line, with the amount that is right; it blocks the signature until it is settled."""
    from consortia.cli.reviews import object_to

    object_to(folder, cell, partner=partner, by=by, reason=reason, amount=amount)


def accept(folder: Path, key: str, *, by: Said, partner: str = "", reason: str = "") -> None:
    """Accepts a change (change-1), the amount of a contest (contest-2), or what a finding tells, with a reason.

    Parameters
    ----------
    folder
        The study.
    key
        change-1, contest-2, or one of ledger-part-year, ledger-services-gone, ledger-amount-not-known and
        ledger-files-alike, which block a signature until they are mended or accepted.
    by
        Who accepts.
    partner
        The partner by any spelling or code.
    reason
        Why what a finding tells is right as it is.
    """
    from consortia.cli.reviews import agree_to

    agree_to(folder, key, partner=partner, by=by, reason=reason)


def reverse(folder: Path, key: str, *, by: Said, reason: Said, partner: str = "") -> None:
    """Takes a change back, with the totals that followed it."""
    from consortia.cli.reviews import take_back

    take_back(folder, key, partner=partner, by=by, reason=reason)


def delegate(folder: Path, *, partner: str, section: str, by: Said, to: str = "", done: bool = False) -> None:
    """Gives a section of a return to somebody to fill in or check; --done marks it as done.

    Parameters
    ----------
    folder
        The study.
    partner
        The partner by any spelling or code.
    section
        A head of the service list, e.g. highways.
    by
        Who delegates.
    to
        Who gets it.
    done
        The section is done.
    """
    from consortia.cli.reviews import hand_over

    hand_over(folder, partner=partner, section=section, to=to, by=by, done=done)


COMMANDS: dict[str, Callable[..., None]] = {
    "map": map_codes,
    "review": review,
    "lines": lines,
    "changes": changes,
    "adjust": adjust,
    "query": query,
    "reply": reply,
    "contest": contest,
    "accept": accept,
    "reverse": reverse,
    "delegate": delegate,
}
