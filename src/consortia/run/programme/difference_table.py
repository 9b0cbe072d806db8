"""Two scenarios or studies held against each other: what differs, and the pounds that each change moved."""

from __future__ import annotations

from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.attribution import Explained
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.tables import clean, period_of


def difference_table(
    explained: Explained, *, first: str, second: str, found: Appraised, sharing: bool = False
) -> Table:
    """From the first to the second: each change as it is written, and what it moved; the remainder stands by itself.

    `sharing`: the study shares services too, which these amounts leave out.
    """
    none = Absent.NOT_APPLICABLE
    rows: list[tuple[Cell, ...]] = [(say(msgid("Net present value: {name}"), name=first), none, none, explained.first)]
    rows += [(change.place, change.before, change.after, change.moved) for change in explained.changes]
    rows.append((msgid("Remainder"), none, none, clean(explained.remainder)))
    rows.append((say(msgid("Net present value: {name}"), name=second), none, none, explained.second))
    notes: tuple[Words, ...] = (
        msgid("Each change has the mean of what it moves over all orders in which the changes could be made."),
    )
    if sharing:
        notes += (msgid("Projects only: the services that the study would share are not in these amounts."),)
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
        period=period_of(found),
        price_base=found.definition.base_year,
    )
