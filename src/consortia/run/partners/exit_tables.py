"""What leaving costs, as tables: the walk-away price of each partner, and what follows when one goes."""

from __future__ import annotations

from math import isfinite

from consortia.partnership.exit import Cascade
from consortia.report.sharing_tables import RULES
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.partners.agreed import agreed_name
from consortia.run.partners.arrangement import Arranged
from consortia.run.partners.leaving import Exits, exits_of
from consortia.run.partners.naming import name_of, names_of, title_of

EXIT_NOTE = msgid(
    "Leaving costs the partner its contribution until its notice is over and its part of taking systems apart; "
    "cost that does not fall away with it stays with the rest. Judgement where the agreement is silent; not discounted."
)


ALONE = msgid(
    "The test here is one partner alone: who would do better by itself goes next. Whether several would do better by "
    "leaving together, within the group or across groups, stands in the tables of shares."
)
BELOW_ZERO = msgid("What changes for the rest: below zero they lose by a departure, above zero they gain.")


def all_exits(arranged: Arranged, rule: str = "") -> tuple[Exits, ...]:
    """The exit prices of every group of every service, under the agreed rule or the one asked for."""
    name = agreed_name(arranged.definition, rule)
    return tuple(one for service in arranged.services for one in exits_of(service, arranged.setting, rule=name))


def walk_away_table(arranged: Arranged, *, rule: str = "") -> Table:
    """For each member of each group: its share, what leaving costs, its walk-away price, and who would leave next."""
    rows = [_walk_away_row(arranged, one, player) for one in all_exits(arranged, rule) for player in one.members]
    return Table(
        "walk_away",
        msgid("If one leaves: walk-away prices and what follows"),
        say(
            msgid("What each partner has, how far that may fall before it leaves, and what its leaving does: {rule}"),
            rule=RULES[agreed_name(arranged.definition, rule)],
        ),
        (
            Column("service", msgid("Service")),
            Column("partner", msgid("Partner")),
            Column("share", msgid("Its share"), "money"),
            Column("exit_cost", msgid("Leaving costs it"), "money"),
            Column("walk_away", msgid("Walk-away price"), "money"),
            Column("next", msgid("Who leaves next")),
            Column("left", msgid("Who is left in the end")),
            Column("rest", msgid("What changes for the rest"), "money"),
        ),
        tuple(rows),
        notes=(
            msgid(
                "Walk-away price: how far a share may fall until its partner is as well off alone. Below zero: it goes."
            ),
            BELOW_ZERO,
            ALONE,
            EXIT_NOTE,
        ),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def what_if_table(arranged: Arranged, leaver: str, *, rule: str = "") -> Table:
    """The departures that follow when a partner leaves every service it shares, in order."""
    rows: list[tuple[Cell, ...]] = []
    for one in all_exits(arranged, rule):
        if leaver in one.service.partners and one.service.partners.index(leaver) in one.members:
            rows += _departures(arranged, one, one.service.partners.index(leaver))
    return Table(
        "what_if",
        say(msgid("What if {partner} leaves?"), partner=name_of(arranged, leaver)),
        say(
            msgid("Who leaves, in which order, and what that does to those who stay: {rule}"),
            rule=RULES[agreed_name(arranged.definition, rule)],
        ),
        (
            Column("service", msgid("Service")),
            Column("leaves", msgid("Leaves")),
            Column("stay", msgid("Who stays")),
            Column("rest", msgid("What changes for those who stay"), "money"),
            Column("has", msgid("They then have"), "money"),
            Column("exit_cost", msgid("Leaving costs it"), "money"),
            Column("stranded", msgid("Falls on the rest"), "money"),
            Column("notice", msgid("Notice, months"), "number"),
            Column("possible", msgid("Best that the rest could do anew"), "money"),
        ),
        tuple(rows),
        notes=(BELOW_ZERO, ALONE, EXIT_NOTE),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _walk_away_row(arranged: Arranged, one: Exits, player: int) -> tuple[Cell, ...]:
    follows, service = one.follow(player), one.service
    return (
        title_of(service),
        name_of(arranged, service.partners[player]),
        float(one.shares[player]),
        one.terms.leaver_pays[player],
        float(one.walk_away[player]),
        _next(arranged, one, follows),
        _left(arranged, one, follows.left),
        -follows.costs_the_rest,
    )


def _departures(arranged: Arranged, one: Exits, first: int) -> list[tuple[Cell, ...]]:
    follows, service = one.follow(first), one.service
    return [
        (
            title_of(service),
            name_of(arranged, service.partners[each.player]),
            _left(arranged, one, each.left),
            -each.costs_the_rest,
            each.worth,
            one.terms.leaver_pays[each.player],
            one.terms.rest_bear[each.player],
            one.notice_months,
            one.still_possible(first) if each.player == first else Absent.NOT_APPLICABLE,
        )
        for each in follows.departures
    ]


def _next(arranged: Arranged, one: Exits, follows: Cascade) -> Words:
    if follows.next_to_leave is None:
        return msgid("Nobody: none left would do better alone")
    return name_of(arranged, one.service.partners[follows.next_to_leave])


def _left(arranged: Arranged, one: Exits, mask: int) -> Cell:
    if mask and not isfinite(one.service.worth_of(mask)):
        return msgid("Nobody: those left may not form a group")
    return names_of(arranged, one.service, mask) or msgid("Nobody: it ends")
