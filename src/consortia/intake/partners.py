"""Which published returns and which partners a new study may be made of; every fault is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from consortia.errors import ConsortiaError, IntakeError
from consortia.reference.authorities import Authority, authority, find_authority
from consortia.reference.editions import Edition, edition
from consortia.reference.returns import row_of


def editions_for(codes: Sequence[str]) -> tuple[Edition, ...]:
    """The editions named, in the order of their years: of each nation and year one summary, and forms that detail it.

    A summary stands before its detail forms. Raises UnknownReference for one that is not held, IntakeError for none,
    and for two of one nation and year that hold the same money or are of different basis.
    """
    if not codes:
        raise IntakeError("No published return is named.", remedy="Name one, such as rsx-2024-25.")
    found = sorted({edition(code) for code in codes}, key=lambda one: (one.year, one.nation, one.details, one.code))
    for one, other in pairwise(found):
        if (one.year, one.nation) == (other.year, other.nation):
            _check_together(one, other)
    return tuple(found)


def _check_together(one: Edition, other: Edition) -> None:
    """A detail form may stand beside the summary of its year: its lines lie below the heads of the summary."""
    if not other.details:
        raise IntakeError(
            f"{one.code} and {other.code} are both returns of {one.nation} for {one.year}.",
            remedy="Name one of them, or the same money is counted twice; make a second study for the other.",
        )
    if one.basis != other.basis:
        raise IntakeError(
            f"{one.code} is a {one.basis} and {other.code} an {other.basis}, both of {one.year}.",
            remedy="Lines of an outturn cannot stand below the heads of a budget; name one of them.",
        )


def partners_for(spellings: Sequence[str], editions: Sequence[Edition]) -> tuple[Authority, ...]:
    """The authorities meant by the spellings, in their order; IntakeError names every spelling that cannot be used."""
    if not spellings:
        raise IntakeError("No partner is named.", remedy="Name at least two councils, such as Burnley, Pendle.")
    base = [one for one in editions if one.year == editions[-1].year]
    first_of: dict[Authority, int] = {}
    faults: list[str] = []
    for number, spelling in enumerate(spellings, 1):
        try:
            body = find_authority(spelling, year=editions[-1].year)
            _check_first(body, first_of, spellings)
            _check_held(body, base)
            first_of[body] = number
        except ConsortiaError as error:
            faults.append(f"partner {number}, '{spelling}': {error}")
    if faults:
        raise _refusal(faults, len(spellings))
    return tuple(first_of)


def _check_first(body: Authority, first_of: dict[Authority, int], spellings: Sequence[str]) -> None:
    if body in first_of:
        earlier = first_of[body]
        what = f"{body.name} stands already as partner {earlier} ('{spellings[earlier - 1]}')."
        raise IntakeError(what, remedy="Leave one of them out.")


def _check_held(body: Authority, base: Sequence[Edition]) -> None:
    """A partner needs a row in a return of the base year; a row without a return is a finding, no fault."""
    if any(row_of(one.code, body.code) for one in base):
        return
    named = " and ".join(one.code for one in base)
    if body.nation not in {one.nation for one in base}:
        nations = " and ".join(sorted({one.nation for one in base}))
        remedy = f"Add a return of {body.nation}, or leave it out."
        raise IntakeError(f"{body.name} is in {body.nation}; {named} holds {nations} only.", remedy=remedy)
    if not body.existed_in(base[0].year):
        raise IntakeError(f"{body.name} ended on {body.end}, so {named} does not hold it.", remedy=_successors(body))
    raise IntakeError(
        f"{named} has no row for {body.name}.",
        remedy="Name a return that covers it (`consortia reference editions` lists them), or leave it out.",
    )


def _successors(body: Authority) -> str:
    if not body.replaced_by:
        return "Leave it out, or name a return of a year in which it existed."
    named = " or ".join(authority(code).name for code in body.replaced_by)
    return f"Name {named}, which took its place, or a return of a year in which it existed."


def _refusal(faults: Iterable[str], named: int) -> IntakeError:
    listed = list(faults)
    if len(listed) == 1:
        return IntakeError(listed[0][0].upper() + listed[0][1:])
    lines = "\n".join(f"  {fault}" for fault in listed)
    return IntakeError(f"{len(listed)} of the {named} partners cannot be used; nothing was made:\n{lines}")
