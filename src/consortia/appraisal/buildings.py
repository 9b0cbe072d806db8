"""Buildings that partners could share: which to keep, which to leave, from when, and what that saves and costs.

Within a place, every choice of buildings that has room for everybody is priced, and the cheapest over the years looked
at is proposed; keeping all of them is one of the choices. Pounds of the base year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from consortia.appraisal.refusals import AppraisalError

MOST_IN_ONE_PLACE = 16
"""All choices of so many buildings (65,536) are priced at once; a larger place is to be divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building that stands, or (with `build_cost`) one that could be built or brought into use."""

    key: str
    partner: str
    place: str
    running_cost: float
    """Pounds a year."""
    area: float
    used_area: float = 0.0
    condition: str = "B"
    """A (good) to D (bad)."""
    backlog: float = 0.0
    """Repairs that are due if it is kept."""
    lease_break: date | None = None
    """First day on which a lease can be ended; None: owned, it can be left at any time."""
    exit_cost: float = 0.0
    receipt: float = 0.0
    must_stay: bool = False
    build_cost: float | None = None
    """Only for one that does not stand yet."""

    @property
    def stands(self) -> bool:
        """True for a building that is there today."""
        return self.build_cost is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a choice of buildings must keep to."""

    years: float
    """Years of running cost that a choice is priced over, without discounting."""
    fullest: float = 1.0
    """Part of its area that a building may be filled to."""
    worst_filled: str = "D"
    """A building in worse condition keeps its own people and takes in no others."""
    move_cost: float = 0.0
    """Pounds for each square metre whose people move."""
    leave_by: date | None = None
    """A lease that cannot be ended by then keeps its building; None: any lease can be waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoLocation:
    """A proposal for one place: what is kept and left, and the sums. Pounds; area in square metres."""

    place: str
    keep: tuple[Building, ...]
    leave: tuple[Building, ...]
    saving: float
    """Running cost of what is left, less that of what is new; pounds a year."""
    backlog_avoided: float
    exit_cost: float
    move_cost: float
    build_cost: float
    receipt: float
    worth: float
    """Over the years of the rules, undiscounted: saving x years + backlog avoided + receipt - costs."""

    @property
    def once(self) -> float:
        """One-off costs: leaving, moving, building. Receipts and avoided repairs are not taken off."""
        return self.exit_cost + self.move_cost + self.build_cost

    @property
    def from_day(self) -> date | None:
        """The day on which the last of the leases can be ended; None: nothing holds anybody."""
        return max((one.lease_break for one in self.leave if one.lease_break is not None), default=None)

    @property
    def arithmetic(self) -> str:
        """The yearly saving in figures: cost of what is left, less the cost of what is new."""
        gone = " + ".join(f"{one.running_cost:,.0f}" for one in self.leave) or "0"
        new = "".join(f" - {one.running_cost:,.0f}" for one in self.keep if not one.stands)
        return f"{gone}{new} = {self.saving:,.0f}"


def co_locations(buildings: Sequence[Building], *, rules: Rules) -> tuple[CoLocation, ...]:
    """The best choice for every place in which something can be left; places that are best as they are have none."""
    places = dict.fromkeys(building.place for building in buildings)
    best = (_best([one for one in buildings if one.place == place], rules) for place in places)
    return tuple(sorted((one for one in best if one.leave), key=lambda one: -one.worth))


def choices(buildings: Sequence[Building], *, rules: Rules) -> tuple[CoLocation, ...]:
    """Every choice with room for everybody in one place, best first; the one that leaves nothing is among them."""
    if len(buildings) > MOST_IN_ONE_PLACE:
        raise AppraisalError(
            f"{len(buildings)} buildings in one place are too many to try every choice.",
            remedy=f"Divide the place into parts of at most {MOST_IN_ONE_PLACE} buildings.",
        )
    return tuple(sorted(_priced(buildings, rules), key=lambda one: (-one.worth, len(one.keep))))


def _best(buildings: Sequence[Building], rules: Rules) -> CoLocation:
    return choices(buildings, rules=rules)[0]


def _priced(buildings: Sequence[Building], rules: Rules) -> Iterable[CoLocation]:
    free = [one for one in buildings if _can_be_left(one, rules)]
    needed = sum(one.used_area for one in buildings)
    for number in range(len(free) + 1):
        for left in combinations(free, number):
            keep = [one for one in buildings if one not in left]
            if sum(_room(one, rules) for one in keep) >= needed:
                yield _proposal(keep, [one for one in left if one.stands], rules)


def _room(building: Building, rules: Rules) -> float:
    if building.condition > rules.worst_filled:
        return building.used_area
    return max(building.area * rules.fullest, building.used_area)


def _can_be_left(building: Building, rules: Rules) -> bool:
    if building.must_stay:
        return False
    return rules.leave_by is None or building.lease_break is None or building.lease_break <= rules.leave_by


def _proposal(keep: Sequence[Building], leave: Sequence[Building], rules: Rules) -> CoLocation:
    new = [one for one in keep if not one.stands]
    saving = sum(one.running_cost for one in leave) - sum(one.running_cost for one in new)
    exits = sum(one.exit_cost for one in leave)
    move = rules.move_cost * sum(one.used_area for one in leave)
    build = sum(one.build_cost or 0.0 for one in new)
    avoided, receipt = sum(one.backlog for one in leave), sum(one.receipt for one in leave)
    return CoLocation(
        place=(*keep, *leave)[0].place,
        keep=tuple(keep),
        leave=tuple(leave),
        saving=saving,
        backlog_avoided=avoided,
        exit_cost=exits,
        move_cost=move,
        build_cost=build,
        receipt=receipt,
        worth=saving * rules.years + avoided + receipt - exits - move - build,
    )
