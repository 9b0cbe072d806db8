"""A return that takes the place of another: amounts that were known do not vanish because a blank file was sent."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Severity
from consortia.study import Return

PLACE = ["year", "service", "measure"]
# Judgement [J]: a file that blanks more than this part of the known amounts it speaks of was sent by mistake.
MOST_BLANKED = 0.5


@dataclass(frozen=True, slots=True)
class Blanked:
    """How many of the known amounts that a new return has a line for (`asked`) it leaves blank (`lost`)."""

    lost: int
    asked: int

    @property
    def is_mistake(self) -> bool:
        """True where so many are blank that the file was hardly meant."""
        return self.lost > MOST_BLANKED * self.asked


def blanked_by(before: Return, after: Return) -> Blanked:
    """What of the known amounts of `before` the new return has as not known."""
    known = before.costs.filter(pl.col("status") == "known").select(PLACE).unique()
    blank = after.costs.filter(pl.col("status") == "not_known").select(PLACE).unique()
    asked = known.join(after.costs.select(PLACE).unique(), on=PLACE, how="semi").height
    return Blanked(known.join(blank, on=PLACE, how="semi").height, asked)


def check_replaces(before: Return, after: Return, *, replace: bool = False) -> tuple[Finding, ...]:
    """What of the known amounts of `before` the new return has as not known; nothing where there are none.

    Raises IntakeError where more than half of the known amounts that it has a line for are blank, unless `replace`.
    """
    found = blanked_by(before, after)
    if found.is_mistake and not replace:
        raise IntakeError(
            f"The file leaves {found.lost:,} of {found.asked:,} amounts blank that this return holds; "
            "nothing was changed.",
            remedy="Fill it in (`consortia template --filled` starts with what is held), or load it with --replace.",
        )
    if not found.lost:
        return ()
    values = (("count", f"{found.lost:,}"), ("all", f"{found.asked:,}"))
    return (
        Finding(
            "amounts-blanked",
            Severity.WARNING,
            "Amounts that were known and are blank in this file: {count} of {all}.",
            "Fill them in, unless they are not known.",
            values=values,
        ),
    )
