"""How far the study comes towards what it aims at, for a paper's front: its savings target and its funding gap."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.appraisal.risk import Risk
from consortia.appraisal.views import GapYear
from consortia.report.words import Cell, Message, Quantity, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.tables import gap_years

PROJECTS = msgid("the partners' own projects")
WITH_SHARING = msgid("sharing and projects together")
YEARLY = msgid(
    "The chance that {who} meet the target of {target} of cashable saving in {year} is {chance}; on average they fall "
    "{shortfall} short of it."
)
WORTH = msgid(
    "The chance that {who} meet the target of {target} of net present value is {chance}; on average they fall "
    "{shortfall} short of it."
)
GAP = msgid("Of the funding gap of {gap} in {year} (cash of that year), {who} close {closed} for good; {left}.")


def aims_of(found: Appraised, *, shared: bool) -> tuple[Message, ...]:
    """A sentence on the savings target and one on the funding gap, where the study has them."""
    who = say(WITH_SHARING if shared else PROJECTS)
    return (*_target(found, who), *_gap(found, who))


def _target(found: Appraised, who: Message) -> Iterator[Message]:
    aimed: Risk = found.yearly_risk or found.risk()
    if aimed.target is None:
        return
    year = found.target_year
    values: dict[str, Cell] = {
        "who": who,
        "target": Quantity(aimed.target, "money", "measures.target.value"),
        "chance": Quantity(aimed.chance_of_target, found.chances, "measures.chance_of_target.value"),
        "shortfall": Quantity(aimed.expected_shortfall, "money", "measures.shortfall.value"),
    }
    yield say(YEARLY, **values, year=year) if year else say(WORTH, **values)


def _gap(found: Appraised, who: Message) -> Iterator[Message]:
    """The gap of the last year that the plan names within the years appraised; nothing where there is none then."""
    years, stated = found.compiled.frame.years, found.definition.funding_gap
    if not stated:
        return
    year = max((one for one in map(str, stated) if one in years), default=years[-1])
    one = next(each for each in gap_years(found) if years[each.year] == year)
    if one.share_closed is None:
        return
    gap = Quantity(one.gap, "money", f"gap.{year}.gap")
    yield say(GAP, gap=gap, year=year, who=who, closed=_closed(one, year), left=_left(one, year))


def _closed(one: GapYear, year: str) -> Cell:
    if one.share_closed is None or one.share_closed <= 0:
        return say(msgid("nothing"))
    return Quantity(one.share_closed, "percent", f"gap.{year}.share")


def _left(one: GapYear, year: str) -> Message:
    if one.left_in_year <= 0:
        return say(msgid("with what is saved and spent once, nothing of it is left in that year"))
    left = Quantity(one.left_in_year, "money", f"gap.{year}.left_in_year")
    return say(msgid("with what is saved and spent once, {left} is left in that year"), left=left)
