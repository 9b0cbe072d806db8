"""Two scenarios or studies held against each other: what differs, and the pounds that each change moved."""

from __future__ import annotations

from typing import Literal

from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.attribution import Explained
from consortia.run.programme.tables import clean
from consortia.study import Definition

Sharing = Literal["none", "counted", "left_out"]
SHARING_WORDS: dict[Sharing, Words] = {
    "counted": msgid("Projects and the services that would be shared, together: other groups may form on either side."),
    "left_out": msgid("Projects only: the services that the study would share are not in these amounts."),
}


def difference_table(
    explained: Explained, *, first: str, second: str, definition: Definition, sharing: Sharing = "none"
) -> Table:
    """From the first to the second: each change as it is written, and what it moved; the remainder stands by itself.

    `sharing`: whether the services that the study would share too are in these amounts.
    """
    none, last = Absent.NOT_APPLICABLE, definition.year.plus(definition.horizon_years)
    rows: list[tuple[Cell, ...]] = [(say(msgid("Net present value: {name}"), name=first), none, none, explained.first)]
    rows += [(change.place, change.before, change.after, change.moved) for change in explained.changes]
    rows.append((msgid("Remainder"), none, none, clean(explained.remainder)))
    rows.append((say(msgid("Net present value: {name}"), name=second), none, none, explained.second))
    notes: tuple[Words, ...] = (
        msgid("Each change has the mean of what it moves over all orders in which the changes could be made."),
    )
    if sharing != "none":
        notes += (SHARING_WORDS[sharing],)
    return Table(
        "difference",
        msgid("What changed, and what each change moved"),
        msgid("Net present value of all partners, central case; the changes and the remainder make up the difference."),
        (
            Column("place", msgid("Place in the documents")),
            Column("before", msgid("Before")),
            Column("after", msgid("After")),
            Column("moved", msgid("Moved"), "money"),
        ),
        tuple(rows),
        notes=notes,
        period=say(msgid("{first} to {last}"), first=definition.base_year, last=str(last)),
        price_base=definition.base_year,
    )
