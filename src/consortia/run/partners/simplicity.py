"""One grouping of the partners for all services, or a few: what it costs to keep it simple.

Free to differ, every service has its own best groups. In one grouping for all, a group shares those of its services
that gain by it, among its members that provide them; the difference is the price of simplicity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.errors import StudyError
from consortia.partnership import JointGrouping, Limits, allowed_groups, at_most
from consortia.partnership.masks import MOST_PLAYERS, FloatArray, IntArray, all_groups
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Quantity, Words, msgid, say, say_count
from consortia.run.groups import group_values, limits_of
from consortia.run.partners.arrangement import Arranged
from consortia.run.proposals import Proposal
from consortia.study import Text

FREE, PROVED = msgid("Each service its own grouping"), msgid("Proved: no choice is worth more within the conditions.")
SHOWN = (1, 2, 3)
"""Numbers of different groupings that the papers show."""
QUICK = 16
"""Partners up to which the papers show all of these; with more each takes long."""
ONE_ONLY = msgid(
    "With {count} partners the papers work out one grouping for all services only: more of them take minutes. "
    "`consortia partners --at-most 2` works them out."
)
TOO_MANY = msgid(
    "One grouping for all services was not looked for: the study has {count} partners, and the search takes at most "
    "{most}. Split the study by region."
)


@dataclass(frozen=True)
class Simple:
    """The best choice of at most so many different groupings for the services of a study; present value, pounds."""

    different: int
    joint: JointGrouping
    services: tuple[Proposal, ...]
    codes: tuple[str, ...]
    shared: tuple[bool, ...]
    """Whether each service gains in any group of its grouping; where it does not it is not shared."""


def simple(arranged: Arranged, different: int) -> Simple:
    """The best choice of at most `different` groupings over all services that were examined.

    StudyError where there are more partners than a table over all groups can take.
    """
    codes, proposals = arranged.definition.codes, arranged.proposals
    if len(codes) > MOST_PLAYERS:
        raise StudyError(
            f"One grouping for all services is searched for up to {MOST_PLAYERS} partners; the study has {len(codes)}.",
            remedy="Split the study by region.",
        )
    tables = [_over_all(one, arranged) for one in proposals]
    joint = at_most(tables, different)
    divisions = [joint.groupings[bundle].together for bundle in joint.bundle_of]
    shared = tuple(bool((table[list(groups)] > 0).any()) for table, groups in zip(tables, divisions, strict=True))
    return Simple(different, joint, proposals, codes, shared)


def _over_all(proposal: Proposal, arranged: Arranged) -> FloatArray:
    """What every group of all partners gets from a service: what its members that provide it gain, or nothing.

    A wish to stand together for this service forbids the groups that break it; it forces nothing to be shared.
    """
    limits = limits_of(proposal, arranged.definition)
    count = len(proposal.members)
    gains = np.maximum(group_values(proposal, arranged.setting, replace(limits, together=())), 0.0)
    gains[0] = 0.0
    kept = allowed_groups(count, Limits(together=limits.together))
    kept[0] = True
    return np.where(kept, gains, -np.inf)[_inside(proposal, arranged.definition.codes)]


def _inside(proposal: Proposal, codes: Sequence[str]) -> IntArray:
    """For every group of all partners, the group of its members that provide the service."""
    masks = all_groups(len(codes))
    inside = np.zeros(masks.size, dtype=np.int64)
    for place, code in enumerate(proposal.members):
        inside |= (masks >> codes.index(code) & 1) << place
    return inside


def simplicity_in_papers(arranged: Arranged) -> Table:
    """The table for the papers: with many partners one grouping for all services only, or none, and says so."""
    count = len(arranged.definition.codes)
    if count <= QUICK:
        return simplicity_table(arranged, SHOWN)
    if count <= MOST_PLAYERS:
        return simplicity_table(arranged, SHOWN[:1], said=(say(ONE_ONLY, count=count),))
    return simplicity_table(arranged, (), said=(say(TOO_MANY, count=count, most=MOST_PLAYERS),))


def simplicity_table(arranged: Arranged, numbers: Iterable[int] = SHOWN, *, said: tuple[Words, ...] = ()) -> Table:
    """What so many groupings for all services are worth, and what that costs against free choice; `said` is noted."""
    found = [simple(arranged, different) for different in numbers if different <= len(arranged.proposals)]
    free = found[0].joint.free if found else sum(one.option.grouping.best.value for one in arranged.decisions)
    rows = [_simple_row(one) for one in found]
    return Table(
        "simplicity",
        msgid("What it costs to keep it simple"),
        msgid("Net saving in the central case if services must share a few groupings of the partners, or even one."),
        (
            Column("groupings", msgid("Groupings")),
            Column("value", msgid("Net saving, central case"), "money"),
            Column("price", msgid("Price of simplicity"), "money"),
            Column("proof", msgid("Proved?")),
        ),
        (*rows, (FREE, free, 0.0, PROVED if _all_proved(arranged) else msgid("Best of those looked at."))),
        (
            *said,
            msgid(
                "Inside a grouping a service is shared only where it gains, and only by members that provide it. "
                "Groups that are too likely to lose money are counted in."
            ),
        ),
        arranged.setting.period,
        arranged.setting.price_base,
    )


def _all_proved(arranged: Arranged) -> bool:
    """Say whether each service's own grouping is proved over all groups."""
    found = [one.option.grouping for one in arranged.decisions]
    return all(one.best.proved and one.listing is None for one in found)


def _simple_row(one: Simple) -> tuple[Cell, ...]:
    gap = Quantity(one.joint.gap, "money")
    proof: Words = PROVED if one.joint.proved else say(msgid("At most {gap} short of the best."), gap=gap)
    title = say_count("{count} grouping for all services", "At most {count} groupings", one.different)
    return title, one.joint.value, one.joint.price_of_simplicity, proof


def groupings_table(arranged: Arranged, different: int) -> Table:
    """The groupings themselves: who stands with whom, for which services, and what that is worth."""
    found = simple(arranged, different)
    return Table(
        "groupings",
        say_count("The best {count} grouping for all services", "The best {count} groupings", different),
        msgid("Each grouping of the partners with the services that have it and their net saving, central case."),
        (
            Column("groups", msgid("Grouping")),
            Column("services", msgid("Services")),
            Column("value", msgid("Net saving, central case"), "money"),
        ),
        tuple(_grouping_row(arranged, found, number) for number in range(len(found.joint.groupings))),
        _left_out(found),
        arranged.setting.period,
        arranged.setting.price_base,
    )


def _titled(proposal: Proposal) -> Text:
    return Text(en=proposal.title("en"), cy=proposal.title("cy"))


def _left_out(found: Simple) -> tuple[Words, ...]:
    """Which services no group of the groupings shares."""
    named: tuple[Words, ...] = tuple(
        _titled(one) for one, shared in zip(found.services, found.shared, strict=True) if not shared
    )
    return (say(msgid("Not shared, for nothing is gained by it: {services}."), services=named),) if named else ()


def _grouping_row(arranged: Arranged, found: Simple, number: int) -> tuple[Words, tuple[Words, ...], float]:
    grouping = found.joint.groupings[number]
    named = [
        [arranged.definition.partner(code).name for place, code in enumerate(found.codes) if mask >> place & 1]
        for mask in grouping.together
    ]
    english = " | ".join(", ".join(name.en for name in group) for group in named)
    welsh = " | ".join(", ".join(name.in_language("cy") for name in group) for group in named)
    services: tuple[Words, ...] = tuple(
        _titled(one)
        for one, bundle, shared in zip(found.services, found.joint.bundle_of, found.shared, strict=True)
        if bundle == number and shared
    )
    groups: Words = Text(en=english, cy=welsh) if named else msgid("Do nothing")
    return groups, services, grouping.value
