"""Whether the projects that a study carries out keep the limits that it sets: by how much not, and which set would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consortia.findings import Finding, Place, Severity, Value, listed, named
from consortia.report.words import Message, Quantity, Words, msgid, say
from consortia.run.priorities import Prioritised, Within, prioritise
from consortia.run.programme.appraised import Appraised

BEYOND = "beyond-the-limits"
PENNY = 0.01
BEST = msgid(
    "The best set that keeps the limits is {projects}: worth {worth} net for {cost} once (present value of the central "
    "case, services to be shared left aside)."
)
IN_ALL = msgid("The projects carried out cost £{cost} once, £{over} more than the budget of £{most}.")
IN_YEAR = msgid(
    "The projects carried out cost £{cost} once in {year}, £{over} more than the £{most} set for that year."
)
DO_THE_SET = msgid("Carry out the best set that keeps the limits, {set}, worth £{worth} net; or set aside more money.")
NO_SET = msgid("No set of projects keeps the limits: set aside more money, or require fewer projects.")


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that the projects carried out do not keep, real pounds; `year` is empty for all years together."""

    year: str
    cost: float
    most: float

    @property
    def over(self) -> float:
        """What the projects cost more than the limit."""
        return self.cost - self.most


def carried_out(held: Prioritised) -> frozenset[int]:
    """The places of the candidates that the study carries out."""
    return frozenset(place for place, one in enumerate(held.candidates) if one.project.active)


def exceeded(found: Appraised) -> tuple[Exceeded, ...]:
    """The limits that the projects carried out exceed, that of all years first."""
    held = prioritise(found)
    if held is None or held.within is None:
        return ()
    years = (*(("",) if held.priorities.budget is not None else ()), *map(str, held.priorities.by_year))
    limits = held.within.limits
    spent = limits.costs[:, sorted(carried_out(held))].sum(axis=1).tolist()
    each = map(Exceeded, years, spent, limits.most.tolist())
    return tuple(one for one in each if one.over > PENNY / 2)


def limit_findings(found: Appraised, *, file: str = "study.yaml") -> Iterator[Finding]:
    """Each limit that the projects carried out exceed, with the set to carry out instead."""
    held = prioritise(found)
    if held is None or held.within is None:
        return
    best = _best_named(held, held.within)
    for one in exceeded(found):
        place = Place(file, cell=f"priorities.by_year.{one.year}" if one.year else "priorities.budget")
        sentence, remedy = IN_YEAR if one.year else IN_ALL, DO_THE_SET if best else NO_SET
        amounts = tuple((name, f"{getattr(one, name):,.0f}") for name in ("cost", "over", "most"))
        values = (*amounts, ("year", one.year), *best)
        yield Finding(BEYOND, Severity.WARNING, sentence, remedy, place, values)


def beyond_limits(found: Appraised) -> tuple[Message, ...]:
    """What the front says where the projects carried out do not keep the limits: by how much, and the best set."""
    held = prioritise(found)
    if held is None or held.within is None or held.within.limits.allow(carried_out(held)):
        return ()
    over = tuple(_told(one, number) for number, one in enumerate(exceeded(found), 1))
    return (*(over or (_conditions(),)), _best(held, held.within))


def _told(one: Exceeded, number: int) -> Message:
    cost, over = (Quantity(getattr(one, name), "money", f"front.limit.{number}.{name}") for name in ("cost", "over"))
    most = Quantity(one.most, "money")
    if one.year:
        in_year = msgid("They cost {cost} once in {year}, {over} more than the {most} that the study sets for it.")
        return say(in_year, cost=cost, over=over, most=most, year=one.year)
    return say(msgid("They cost {cost} once, {over} more than the budget of {most}."), cost=cost, over=over, most=most)


def _conditions() -> Message:
    return say(
        msgid(
            "They leave out a project that is to be done in any case, or are not such as projects allow beside each "
            "other."
        )
    )


def _best(held: Prioritised, within: Within) -> Message:
    if within.best is None:
        return say(msgid("No set of projects keeps the limits: set aside more money, or require fewer projects."))
    cost = sum(held.candidates[place].cost for place in within.best.chosen)
    titles: tuple[Words, ...] = tuple(held.candidates[place].project.title for place in sorted(within.best.chosen))
    return say(
        BEST,
        projects=titles or msgid("None"),
        worth=Quantity(within.best.worth, "money", "within_budget.together.worth"),
        cost=Quantity(cost, "money", "within_budget.together.one_off"),
    )


def _best_named(held: Prioritised, within: Within) -> tuple[tuple[str, Value], ...]:
    """The best set and its worth as values of a finding; none where no set keeps the limits."""
    if within.best is None:
        return ()
    titles = [held.candidates[place].project.title for place in sorted(within.best.chosen)]
    told = listed(named(one.en, one.cy) for one in titles) if titles else named("none", "dim un")
    return ("set", told), ("worth", f"{within.best.worth:,.0f}")
