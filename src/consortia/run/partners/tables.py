"""What partners agree on, as tables: shares by every rule, who would leave, wishes and their price, work, payments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.partnership import Blocking, blocking_groups, is_stable
from consortia.partnership.burden import Burden, evenness
from consortia.partnership.masks import FloatArray, players_of
from consortia.partnership.rules import Division
from consortia.partnership.schedules import Schedule
from consortia.partnership.subsidy import least_subsidy
from consortia.report.sharing_tables import RULES
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.partners.agreed import agreed_name, agreed_shares
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.payments import Payments, payments_of
from consortia.run.partners.prices import WishPrice, wish_prices
from consortia.run.partners.work import burdens_of
from consortia.study import Text

TEMPTED = 5


def partner_tables(arranged: Arranged, *, rule: str = "") -> tuple[Table, ...]:
    """Every table that the study has something for; `rule` in place of the one agreed."""
    name = agreed_name(arranged.definition, rule)
    tables = [table for service in arranged.services for table in _service_tables(arranged, service, name)]
    tables += [wishes_table(arranged), work_table(arranged, rule=name), *payment_tables(arranged, rule=name)]
    return tuple(table for table in tables if table.rows)


def _service_tables(arranged: Arranged, service: Arrangement, name: str) -> tuple[Table, ...]:
    shares = agreed_shares(service, arranged.definition, name)
    return _shares_table(arranged, service, shares, name), _leavers_table(arranged, service, shares, name)


def _shares_table(arranged: Arranged, service: Arrangement, agreed: FloatArray, name: str) -> Table:
    """A row for each rule, a column for each member of a group to be formed."""
    divisions, best = service.divisions, service.recommended
    inside = [player for group in service.formed for player in players_of(group)]
    rows = [_agreed_row(service, agreed, inside, name), *(_rule_row(service, one, inside, best) for one in divisions)]
    return Table(
        f"shares_{service.proposal.key}",
        say(msgid("Who gets what: {service}"), service=title_of(service)),
        msgid("Each partner's part of the net saving in the central case, by every rule of sharing."),
        (
            Column("rule", msgid("Sharing rule")),
            *(Column(code, name_of(arranged, code), "money") for code in (service.partners[one] for one in inside)),
            Column("verdict", msgid("Does it hold?"), "verdict"),
            Column("note", msgid("Note")),
        ),
        tuple(rows),
        notes=(_advice(service, best), *_wish_note(service)),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _agreed_row(service: Arrangement, agreed: FloatArray, inside: list[int], name: str) -> tuple[Cell, ...]:
    verdict = "stable" if is_stable(service.after, agreed) else "unstable"
    said = say(msgid("As agreed: {rule}"), rule=RULES[name])
    return (
        said,
        *(float(agreed[one]) for one in inside),
        verdict,
        msgid("Within floors and caps, where there are any."),
    )


def _rule_row(service: Arrangement, one: Division, inside: list[int], best: Division | None) -> tuple[Cell, ...]:
    del service
    none = Absent.NOT_APPLICABLE
    if one.refused is not None:
        return (RULES[one.rule], *([none] * len(inside)), none, msgid("This rule has no answer here."))
    note: Cell = msgid("Recommended: the first in order of preference that holds.") if one is best else none
    verdict = "stable" if one.stable else "unstable"
    return (RULES[one.rule], *(one.shares[player] for player in inside), verdict, note)


def _advice(service: Arrangement, best: Division | None) -> Words:
    if best is not None:
        return say(msgid("Recommended rule: {rule}."), rule=RULES[best.rule])
    return no_rule_holds(service)


def no_rule_holds(service: Arrangement) -> Words:
    """Said where no rule would hold: the least that it would take from outside."""
    lacking = least_subsidy(service.after, service.groups)
    return say(
        msgid("No rule holds: it would take {amount} from outside, at least, so that nobody would gain by leaving."),
        amount=Quantity(lacking, "money"),
    )


def _wish_note(service: Arrangement) -> tuple[Words, ...]:
    """Said where a wish to stand together is left out of the test that the papers' own table keeps to."""
    if np.array_equal(service.game, service.after):
        return ()
    return (msgid("A wish to stand together stops nobody from leaving: this test leaves such wishes out."),)


def _leavers_table(arranged: Arranged, service: Arrangement, shares: FloatArray, name: str) -> Table:
    """Sets of partners that would do better by themselves than under the agreed rule, the most tempted first."""
    found = blocking_groups(service.after, shares, count=service.after.size)
    shown = found[:TEMPTED]
    notes: tuple[Words, ...] = (
        (say(msgid("{count} more sets would gain, each by less."), count=len(found) - TEMPTED),)
        if len(found) > TEMPTED
        else ()
    )
    return Table(
        f"leavers_{service.proposal.key}",
        say(msgid("Who would do better alone: {service}"), service=title_of(service)),
        say(msgid("Partners that would gain by leaving together, under the rule: {rule}"), rule=RULES[name]),
        (
            Column("leavers", msgid("Would do better alone together")),
            Column("gain", msgid("Their gain by leaving"), "money"),
        ),
        tuple(_leavers_row(arranged, service, one) for one in shown),
        notes=notes,
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _leavers_row(arranged: Arranged, service: Arrangement, one: Blocking) -> tuple[Cell, ...]:
    return names_of(arranged, service, one.mask), one.gain


def wishes_table(arranged: Arranged) -> Table:
    """What each wish of the partners costs all of them."""
    return Table(
        "wishes",
        msgid("What each condition costs"),
        msgid("The best groupings without the condition, less the best with it, all others kept; central case."),
        (
            Column("wish", msgid("Condition")),
            Column("partners", msgid("Partners")),
            Column("reason", msgid("Reason")),
            Column("price", msgid("Costs all together"), "money"),
        ),
        tuple(_wish_row(one) for one in wish_prices(arranged)),
        notes=(msgid("Prices of several conditions cannot be added: one may make another cheaper or dearer."),),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _wish_row(one: WishPrice) -> tuple[Cell, ...]:
    none = Absent.NOT_APPLICABLE
    return one.wish, one.partners or none, one.reason or none, one.price


def work_table(arranged: Arranged, *, rule: str = "") -> Table:
    """Who does the work, by what each has stated, beside its part of the gain."""
    found = burdens_of(arranged, agreed_name(arranged.definition, rule))
    rows = [
        (
            name_of(arranged, code),
            one.load,
            one.effort_share,
            one.benefit_share,
            one.index,
            one.hosting_gap,
            msgid("Overloaded") if one.overloaded else Absent.NOT_APPLICABLE,
        )
        for code, one in found.items()
    ]
    return Table(
        "work",
        msgid("Who does the work"),
        msgid("Hours given over hours to spare, and each partner's part of the effort beside its part of the gain."),
        (
            Column("partner", msgid("Partner")),
            Column("load", msgid("Load"), "percent"),
            Column("effort", msgid("Part of the effort"), "percent"),
            Column("benefit", msgid("Part of the gain"), "percent"),
            Column("index", msgid("Effort over gain"), "number"),
            Column("hosting", msgid("Hosts more than its part"), "percent"),
            Column("flag", msgid("Note")),
        ),
        tuple(rows),
        notes=(
            msgid("Only partners that have stated their hours. Effort over gain above 1.25 is flagged [judgement]."),
            *_evenness(tuple(found.values())),
        ),
    )


def _evenness(found: Sequence[Burden]) -> tuple[Words, ...]:
    """How even loads and burdens are, where each is known: Jain's index."""
    loads = [one.load for one in found if one.load is not None]
    indices = [one.index for one in found if one.index is not None]
    said = msgid("How even it is (Jain's index: 1 when all alike, one part of their number when one has all): {parts}")
    parts: list[Words] = []
    if len(loads) == len(found):
        parts.append(say(msgid("load {even}"), even=Quantity(round(evenness(loads), 2), "number")))
    if len(indices) == len(found):
        parts.append(say(msgid("effort over gain {even}"), even=Quantity(round(evenness(indices), 2), "number")))
    return (say(said, parts=tuple(parts)),) if parts else ()


def payment_tables(arranged: Arranged, *, rule: str = "") -> list[Table]:
    """What partners pay each other year by year, or why no payments do what is agreed; a table for each group."""
    found = enumerate(payments_of(arranged, agreed_name(arranged.definition, rule)), 1)
    return [
        _unpaid(arranged, one, number) if one.schedule is None else _payments(arranged, one, one.schedule, number)
        for number, one in found
        if one.schedule is None or one.schedule.moved >= 1
    ]


def _payments(arranged: Arranged, found: Payments, schedule: Schedule, number: int) -> Table:
    years = arranged.setting.years
    rows = zip(found.members, schedule.payments.tolist(), strict=True)
    return Table(
        f"payments_{found.service.proposal.key}_{number}",
        say(msgid("Payments between partners: {service}"), service=title_of(found.service)),
        say(
            msgid("What each receives (below zero: pays), nobody out of pocket after {year}."), year=years[found.within]
        ),
        (Column("partner", msgid("Partner")), *(Column(year, year, "money") for year in years)),
        tuple((name_of(arranged, code), *row) for code, row in rows),
        (msgid("As level from year to year as can be; in present value each comes to its share."),),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _unpaid(arranged: Arranged, found: Payments, number: int) -> Table:
    """Each one's share where no payments keep everybody out of pocket, with the reason."""
    return Table(
        f"payments_{found.service.proposal.key}_{number}",
        say(msgid("Payments between partners: {service}"), service=title_of(found.service)),
        _why_unpaid(found, arranged.setting.years[found.within]),
        (Column("partner", msgid("Partner")), Column("share", msgid("Its share"), "money")),
        tuple((name_of(arranged, code), share) for code, share in zip(found.members, found.shares, strict=True)),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _why_unpaid(found: Payments, year: str) -> Words:
    if found.shares.min() < 0:
        return msgid(
            "None are proposed: who has a share below zero is out of pocket in the end, whatever it is paid in between."
            " Agree another rule."
        )
    return say(
        msgid("None are proposed: none keep every partner out of pocket no longer than {year}. Agree a later year."),
        year=year,
    )


def title_of(service: Arrangement) -> Text:
    """What the service is called."""
    return Text(en=service.proposal.title("en"), cy=service.proposal.title("cy"))


def name_of(arranged: Arranged, code: str) -> Text:
    """A partner's name."""
    return arranged.definition.partner(code).name


def names_of(arranged: Arranged, service: Arrangement, mask: int) -> tuple[Text, ...]:
    """The names of a group's members."""
    return tuple(name_of(arranged, service.partners[player]) for player in players_of(mask))
