"""Who gets what in each group by every rule, and who would do better alone: tables of one service."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.partnership.masks import FloatArray, players_of
from consortia.partnership.rules import Division
from consortia.partnership.subsidy import least_subsidy
from consortia.report.sharing_tables import HOLDS, RULES, verdict, verdict_columns, why_recommended
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.naming import group_or_across, name_of, names_of, title_of
from consortia.run.partners.temptation import Temptation, looks_across, temptations, tempted_across, tempted_inside

TEMPTED = 5
NONE_AT_ALL = msgid(
    "No rule holds: it would take {amount} from outside, at least, so that nobody would gain by leaving."
)
NONE_ACROSS = msgid(
    "No rule holds both within and across groups: it would take {amount} from outside, at least, so that nobody would "
    "gain by leaving, by themselves or with members of other groups."
)
MORE_IN_GROUP = msgid("{group}: {count} more sets would gain, each by less.")
NOT_ACROSS = msgid(
    "So many partners provide it that each group is looked into by itself: whether partners of different groups would "
    "do better together was not looked at."
)


def service_tables(arranged: Arranged, service: Arrangement, name: str) -> tuple[Table, ...]:
    """A table of shares for each group to be formed, and one of those who would do better alone."""
    shares = agreed_shares(service, arranged.definition, name)
    tempted = temptations(service, shares, count=TEMPTED)
    groups = [
        _shares_table(arranged, service, one, number, shares, name)
        for number, one in enumerate((each for each in tempted if each.group), 1)
    ]
    return *groups, _leavers_table(arranged, service, tempted, name)


def no_rule_holds(service: Arrangement) -> Words:
    """Said where no rule would hold, or none across groups: the least that it would take from outside."""
    circles = service.circles(service.groups)
    lacking = sum(
        least_subsidy(one.after, [one.inside(group) for group in service.groups if one.holds(group)]) for one in circles
    )
    said = NONE_ACROSS if service.recommended else NONE_AT_ALL
    return say(said, amount=Quantity(lacking, "money"))


def more_than_shown(arranged: Arranged, service: Arrangement, one: Temptation) -> Words:
    """How many sets of a group would gain that a table does not name."""
    return say(MORE_IN_GROUP, group=group_or_across(arranged, service, one.group), count=one.more)


def _shares_table(
    arranged: Arranged, service: Arrangement, one: Temptation, number: int, agreed: FloatArray, name: str
) -> Table:
    """A row for each rule, a column for each member of the group."""
    members, best, single = players_of(one.group), service.recommended, len(service.formed) == 1
    rows = [_agreed_row(service, one.group, agreed, name)]
    rows += [_rule_row(service, one.group, division, best) for division in service.divisions]
    title = say(msgid("Who gets what: {service}"), service=title_of(service))
    if not single:
        said = msgid("Who gets what: {service}, group {number} of {count}")
        title = say(said, service=title_of(service), number=number, count=len(service.formed))
    return Table(
        f"shares_{service.proposal.key}" if single else f"shares_{service.proposal.key}_{number}",
        title,
        msgid("What the group is worth in the central case, shared among its own members by every rule."),
        (
            Column("rule", msgid("Sharing rule")),
            *(Column(code, name_of(arranged, code), "money") for code in (service.partners[each] for each in members)),
            *verdict_columns(across=looks_across(service)),
            Column("note", msgid("Note")),
        ),
        tuple(rows),
        notes=(*_advice(service, best), *_wish_note(service)),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _agreed_row(service: Arrangement, group: int, agreed: FloatArray, name: str) -> tuple[Cell, ...]:
    return (
        say(msgid("As agreed: {rule}"), rule=RULES[name]),
        *(float(agreed[player]) for player in players_of(group)),
        *_verdicts(service, group, agreed),
        msgid("Within floors and caps, where there are any."),
    )


def _verdicts(service: Arrangement, group: int, shares: FloatArray) -> tuple[Cell, ...]:
    """Whether the group holds within, and, where that is a test of its own, across groups for its own members."""
    within = verdict(not tempted_inside(service, group, shares, count=1).sets)
    if not looks_across(service):
        return (within,)
    return within, verdict(not tempted_across(service, shares, count=1, touching=group).sets)


def _rule_row(service: Arrangement, group: int, one: Division, best: Division | None) -> tuple[Cell, ...]:
    members, none = players_of(group), Absent.NOT_APPLICABLE
    if one.refused is not None:
        blank = [none] * (len(members) + (2 if looks_across(service) else 1))
        return (RULES[one.rule], *blank, msgid("This rule has no answer here."))
    note: Cell = why_recommended(across=one.stable if looks_across(service) else None) if one is best else none
    own = (one.shares[player] for player in members)
    return (RULES[one.rule], *own, *_verdicts(service, group, np.array(one.shares)), note)


def _advice(service: Arrangement, best: Division | None) -> tuple[Words, ...]:
    """The rule recommended, what it would take where none holds fully, and what the two ways of holding mean."""
    meaning = (HOLDS,) if looks_across(service) else ()
    if best is None:
        return no_rule_holds(service), *meaning
    advised = say(msgid("Recommended rule: {rule}."), rule=RULES[best.rule])
    return (advised, *meaning) if best.stable else (advised, no_rule_holds(service), *meaning)


def _wish_note(service: Arrangement) -> tuple[Words, ...]:
    """Said where a wish to stand together is left out of the test that the papers' own table keeps to."""
    if all(np.array_equal(one.game, one.after) for one in service.circles(service.groups)):
        return ()
    return (msgid("A wish to stand together stops nobody from leaving: this test leaves such wishes out."),)


def _leavers_table(arranged: Arranged, service: Arrangement, tempted: Sequence[Temptation], name: str) -> Table:
    """Sets of partners that would do better by themselves than under the agreed rule, the most tempted first."""
    rows = [
        (group_or_across(arranged, service, one.group), names_of(arranged, service, each.mask), each.gain)
        for one in tempted
        for each in one.sets
    ]
    notes = [more_than_shown(arranged, service, one) for one in tempted if one.more > 0]
    return Table(
        f"leavers_{service.proposal.key}",
        say(msgid("Who would do better alone: {service}"), service=title_of(service)),
        say(msgid("Partners that would gain by leaving together, under the rule: {rule}"), rule=RULES[name]),
        (
            Column("group", msgid("Group")),
            Column("leavers", msgid("Would do better alone together")),
            Column("gain", msgid("Their gain by leaving"), "money"),
        ),
        tuple(rows),
        notes=(*notes, *(() if service.everybody else (NOT_ACROSS,))),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )
