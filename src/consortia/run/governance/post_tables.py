"""Shared chief executives and other shared posts as tables: the split agreed, reported, paid and felt."""

from __future__ import annotations

from collections.abc import Iterable

from consortia.findings import Finding, Severity, Value, listed, named
from consortia.partnership.parity import Parity, parity
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Definition
from consortia.study.shared_posts import SharedPost, SharingCouncil

FELT = {
    "fair": msgid("Holds it to be fair"),
    "unfair": msgid("Holds it to be unfair"),
    "not_asked": msgid("Not asked yet"),
}


def post_tables(definition: Definition) -> list[Table]:
    """A table for each shared post."""
    return [_table(one, definition) for one in definition.partnership.shared_posts]


def post_findings(definition: Definition) -> Iterable[Finding]:
    """Where the time goes elsewhere than agreed, who holds the split to be unfair, and who was not asked."""
    for post in definition.partnership.shared_posts:
        name: tuple[str, Value] = ("post", named(post.title.en, post.title.in_language("cy")))
        found = list(zip(post.councils, parity_of(post), strict=True))
        uneven = [_name(council, definition) for council, one in found if one.even is False]
        if uneven:
            yield Finding(
                "split-out-of-parity",
                Severity.WARNING,
                "{post}: the time of {councils} differs from what was agreed by more than a tenth of the whole.",
                "Bring it back to the split, or agree another with the reason: one council may need more.",
                values=(name, ("councils", listed(uneven))),
            )
        if unfair := [_name(one, definition) for one in post.councils if one.felt == "unfair"]:
            yield Finding(
                "split-felt-unfair",
                Severity.WARNING,
                "{post}: the split is held to be unfair by {councils}.",
                "Talk about it before the next budget; what is felt to be unfair does not last.",
                values=(name, ("councils", listed(unfair))),
            )
        if unasked := [_name(one, definition) for one in post.councils if one.felt == "not_asked"]:
            yield Finding(
                "split-not-asked",
                Severity.NOTE,
                "{post}: not asked yet whether the split is fair: {councils}.",
                "Ask their leaders.",
                values=(name, ("councils", listed(unasked))),
            )


def parity_of(post: SharedPost) -> tuple[Parity, ...]:
    """The parity of each council that shares a post."""
    councils = post.councils
    return parity(
        [one.time for one in councils], [one.hours for one in councils], [one.pays for one in councils]
    )  # fmt: skip


def _table(post: SharedPost, definition: Definition) -> Table:
    rows = [_row(council, one, post, definition) for council, one in zip(post.councils, parity_of(post), strict=True)]
    notes: list[Words] = [say(msgid("Why it is shared: {rationale}"), rationale=post.rationale)]
    if post.reason:
        notes.append(say(msgid("Why the split is not an equal one: {reason}"), reason=post.reason))
    if post.period:
        notes.append(say(msgid("Hours of {period}."), period=post.period))
    notes.append(msgid("A difference of more than a tenth of the whole time is out of parity [judgement]."))
    year = definition.base_year
    return Table(
        f"post_{post.key}",
        post.title,
        msgid("Whose time it is as agreed, as reported and as paid for, and whether it is held to be fair."),
        (
            Column("council", msgid("Council")),
            Column("agreed", msgid("Time as agreed"), "percent"),
            Column("reported", msgid("Time as reported"), "percent"),
            Column("difference", msgid("Difference"), "percent"),
            Column("pays", msgid("Part of the cost"), "percent"),
            *((Column("cost", msgid("Pays a year"), "money"),) if post.cost is not None else ()),
            Column("parity", msgid("In parity?")),
            Column("felt", msgid("Perceived equity")),
            Column("trust", msgid("Trust")),
        ),
        tuple(rows),
        tuple(notes),
        period=year if post.cost is not None else "",
        price_base=year if post.cost is not None else "",
    )


def _row(council: SharingCouncil, one: Parity, post: SharedPost, definition: Definition) -> tuple[Cell, ...]:
    unknown = Absent.NOT_KNOWN
    even: Cell = {True: msgid("Yes"), False: msgid("No"), None: unknown}[one.even]
    return (
        definition.partner(council.partner).name,
        one.agreed,
        unknown if one.reported is None else one.reported,
        unknown if one.difference is None else one.difference,
        one.pays,
        *(() if post.cost is None else (float(post.cost) * one.pays,)),
        even,
        FELT[council.felt],
        council.trust or unknown,
    )


def _name(council: SharingCouncil, definition: Definition) -> Value:
    partner = definition.partner(council.partner)
    return named(partner.name.en, partner.name.in_language("cy"))
