"""What moving partners between groups costs whom, and what follows when one leaves: tables for a page of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from consortia.errors import ConsortiaError
from consortia.report.hexmap import group_letter
from consortia.report.paper import HexMap
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run import Run as Result
from consortia.run.maps import map_of
from consortia.run.partners import Arrangement, Sharing, shared_as
from consortia.run.partners.agreed import agreed_name
from consortia.run.partners.leaving import Exits, exits_of
from consortia.run.partners.naming import name_of, names_of, title_of
from consortia.run.partners.regrouped import Regrouped, regroup
from consortia.study import Text
from consortia.web.language import language, refusal
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run
from consortia.web.runs.seating import Seating
from consortia.web.studies.documents import load_study
from consortia.web.studies.models import Study

ALONE = msgid("On its own")
NOT_ALLOWED = msgid("Not allowed by the wishes and limits of the study.")
MOVES_NAMED = 3
PARTNERS_KEPT = 16
"""The tables of a service with at most so many partners take a few megabytes: they are kept."""
COUNTED_ALONE = msgid("May not form under the wishes and limits of the study: its members are counted alone.")


@dataclass(frozen=True)
class Move:
    """One place where a partner could be put: what that changes for it and for all, against the groups as chosen."""

    group: int
    own: float | None
    total: float | None
    holds: bool | None
    refused: str
    """Why it cannot be done or has no answer; empty where it has one."""
    seating: Seating


def arranged_for(run: Run) -> Sharing:
    """The services of a run in the groups that it found; the documents must be those of the run."""
    return _arranged(run.pk, run.fingerprint)


@lru_cache(maxsize=2)
def _arranged(pk: int, fingerprint: str) -> Sharing:
    """Kept in memory: it takes a second, and a reader moves many partners."""
    run = Run.objects.get(pk=pk, fingerprint=fingerprint)
    documents = load_study(Study.objects.get(pk=run.study_id, fingerprint=run.study_fingerprint))
    return shared_as(documents, groups_of(result_of(run)), scenario=run.scenario)


def keep_only(service: Arrangement, arranged: Sharing) -> None:
    """Lets go of what was priced for the other services where that is large: a reader looks at one at a time."""
    for other in arranged.services:
        if other is not service and len(other.partners) > PARTNERS_KEPT:
            other.forget()


def groups_of(result: Result) -> Mapping[Text, tuple[tuple[str, ...], ...]]:
    """The groups that a run found, by the title of the service: the codes of each group's members, A first."""
    return {hexes.service: tuple(_members(hexes)) for hexes in result.content.maps}


def _members(hexes: HexMap) -> Iterator[tuple[str, ...]]:
    for group in sorted({cell.group for cell in hexes.cells if cell.group}):
        yield tuple(cell.code for cell in hexes.cells if cell.group == group)


def regrouped_as(seating: Seating, service: Arrangement, arranged: Sharing) -> Regrouped:
    """The service in the groups chosen, under the agreed rule; StudyError where that has no answer."""
    definition = arranged.definition
    return regroup(service, seating.masks(), definition, rule=agreed_name(definition))


def moves_of(code: str, seating: Seating, service: Arrangement, arranged: Sharing) -> tuple[Move, ...]:
    """Where a partner could be put instead of where it stands, each answered."""
    before = regrouped_as(seating, service, arranged)
    places = (at for at in seating.offered if at != seating.chosen[code] and (at == 0 or seating.members(at)))
    return tuple(_move(code, seating.with_move(code, group), before, arranged) for group in places)


def _move(code: str, seating: Seating, before: Regrouped, arranged: Sharing) -> Move:
    group, player = seating.chosen[code], before.service.partners.index(code)
    try:
        after = regrouped_as(seating, before.service, arranged)
    except ConsortiaError as error:
        return Move(group, None, None, None, refusal(error), seating)
    if after.forbidden:
        return Move(group, None, None, None, language().words(NOT_ALLOWED), seating)
    own = float(after.shares[player] - before.shares[player])
    return Move(group, own, after.total - before.total, after.tempted is None, "", seating)


def map_for(seating: Seating, service: Arrangement, arranged: Sharing) -> HexMap:
    """The hexagon map of the groups chosen; each keeps its letter while others are emptied."""
    groups = [seating.members(group) for group in range(1, max(seating.offered) + 1)]
    return map_of(title_of(service), groups, arranged.definition)


def groups_table(before: Regrouped, after: Regrouped, arranged: Sharing, seating: Seating) -> Table:
    """Each group with its members and what it is worth, in the run and as chosen, and the sum."""
    run = Seating(seating.service, seating.run, seating.run)
    groups = [group for group in seating.offered if group and (run.members(group) or seating.members(group))]
    rows = [
        (group_letter(group), *_half(before, run, group, arranged), *_half(after, seating, group, arranged))
        for group in groups
    ]
    none = Absent.NOT_APPLICABLE
    rows.append((msgid("All groups together"), none, before.total, none, after.total))
    return Table(
        "groups",
        msgid("What each group is worth"),
        msgid("Net saving of each group in the central case, in the run and as you have it here."),
        (
            Column("group", msgid("Group")),
            Column("members_run", msgid("Members in the run")),
            Column("worth_run", msgid("Worth in the run"), "money"),
            Column("members_here", msgid("Members here")),
            Column("worth_here", msgid("Worth here"), "money"),
        ),
        tuple(rows),
        notes=(COUNTED_ALONE,) if after.forbidden else (),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def said_of(before: Regrouped, after: Regrouped, arranged: Sharing, seating: Seating) -> tuple[Words, ...]:
    """Who was moved, what may not be, what it comes to, who gains and loses most, and whether it holds."""
    barred = msgid("The study's wishes and limits do not allow a group of {members}.")
    forbidden = (say(barred, members=names_of(arranged, after.service, group)) for group in after.forbidden)
    return (*_moved(seating, arranged), *forbidden, *_changes(before, after, arranged), holds(after, arranged))


def _moved(seating: Seating, arranged: Sharing) -> Iterator[Words]:
    """One sentence for each partner that was moved, or one for all when they are many."""
    if len(seating.moves) > MOVES_NAMED:
        yield say(msgid("Moved from where the run has them: {count} partners."), count=len(seating.moves))
        return
    for code, at, here in seating.moves:
        partner = name_of(arranged, code)
        if at and here:
            before, after = group_letter(at), group_letter(here)
            yield say(
                msgid("{partner}: moved from group {before} to group {after}."),
                partner=partner,
                before=before,
                after=after,
            )
        elif here:
            yield say(
                msgid("{partner}: on its own in the run, in group {letter} here."),
                partner=partner,
                letter=group_letter(here),
            )
        else:
            yield say(
                msgid("{partner}: in group {letter} in the run, on its own here."),
                partner=partner,
                letter=group_letter(at),
            )


def _changes(before: Regrouped, after: Regrouped, arranged: Sharing) -> Iterator[Words]:
    """What the change comes to for all, and for those who gain and lose most; nothing below a pound."""
    change = after.total - before.total
    each = after.shares - before.shares
    most, least = int(each.argmax()), int(each.argmin())
    partners = after.service.partners
    told = (
        (change, msgid("All together are worth {amount} more than in the run."), -1),
        (-change, msgid("All together are worth {amount} less than in the run."), -1),
        (each[most], msgid("{partner} gains most: {amount}."), most),
        (-each[least], msgid("{partner} loses most: {amount}."), least),
    )
    for amount, kind, player in told:
        if amount >= 1:
            partner = {"partner": name_of(arranged, partners[player])} if player >= 0 else {}
            yield say(kind, amount=Quantity(float(amount), "money"), **partner)


def holds(groups: Regrouped, arranged: Sharing) -> Words:
    """Whether anybody would do better in a group of their own, and who by how much."""
    if groups.tempted is None:
        return msgid("It holds: nobody would do better by leaving.")
    names = names_of(arranged, groups.service, groups.tempted.mask)
    amount = Quantity(groups.tempted.gain, "money")
    return say(
        msgid("It does not hold: {members} would have {amount} more by themselves."), members=names, amount=amount
    )


def exits_with(leaver: str, service: Arrangement, arranged: Sharing) -> Exits | None:
    """The group of the run that the partner would leave; None where it stands on its own."""
    player = service.partners.index(leaver)
    found = exits_of(service, arranged.setting, rule=agreed_name(arranged.definition))
    return next((one for one in found if player in one.members), None)


def left_with_table(leaver: str, exits: Exits, arranged: Sharing) -> Table:
    """What each member of a group has now and in the end, when one leaves and all who follow have gone."""
    follows = exits.follow(exits.service.partners.index(leaver))
    gone = [one.player for one in follows.departures]
    order = (*gone, *(one for one in exits.members if one not in gone))
    return Table(
        "left_with",
        say(msgid("Who is left with what when {partner} leaves"), partner=name_of(arranged, leaver)),
        msgid("Each member's part before, and when all who follow have gone; what leaving costs is taken off."),
        (
            Column("partner", msgid("Partner")),
            Column("leaves", msgid("Does it leave?")),
            Column("before", msgid("Has in the run"), "money"),
            Column("after", msgid("Has in the end"), "money"),
            Column("difference", msgid("Difference"), "money"),
        ),
        tuple(_left_row(one, exits, gone, follows.departures[-1].shares, arranged) for one in order),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def said_of_leaving(leaver: str, exits: Exits, arranged: Sharing) -> tuple[Words, ...]:
    """Who leaves next, who holds together in the end, and what it costs the rest, in sentences."""
    follows = exits.follow(exits.service.partners.index(leaver))
    next_one = follows.next_to_leave
    first: Words = msgid("Nobody would leave by itself after it.")
    if next_one is not None:
        first = say(msgid("Next to leave: {partner}."), partner=name_of(arranged, exits.service.partners[next_one]))
    left = names_of(arranged, exits.service, follows.left)
    last: Words = say(msgid("Left together in the end: {members}."), members=left) if left else msgid("The group ends.")
    return first, last, cost_to_the_rest(follows.costs_the_rest)


def cost_to_the_rest(cost: float) -> Words:
    """What those who stay lose or gain, in pounds, as a sentence."""
    if cost >= 1:
        return say(msgid("It costs the rest {amount} in all."), amount=Quantity(cost, "money"))
    if cost <= -1:
        return say(msgid("The rest gain {amount} in all."), amount=Quantity(-cost, "money"))
    return msgid("It costs the rest nothing.")


def _half(groups: Regrouped, seating: Seating, group: int, arranged: Sharing) -> tuple[Cell, Cell]:
    members = seating.members(group)
    if not members:
        return Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE
    mask = _mask(members, groups.service.partners)
    return names_of(arranged, groups.service, mask), groups.worth(mask)


def _mask(members: Iterable[str], partners: tuple[str, ...]) -> int:
    return sum(1 << partners.index(code) for code in members)


def _left_row(
    player: int, exits: Exits, gone: list[int], shares: tuple[float, ...], arranged: Sharing
) -> tuple[Cell, ...]:
    before = float(exits.shares[player])
    after = -exits.terms.leaver_pays[player] if player in gone else shares[player]
    order: Words = (
        say(msgid("Leaves, number {number}"), number=gone.index(player) + 1) if player in gone else msgid("Stays")
    )
    return name_of(arranged, exits.service.partners[player]), order, before, after, after - before
