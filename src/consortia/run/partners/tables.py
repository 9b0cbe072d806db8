"""What partners agree on, as tables: shares by every rule, who would leave, wishes and their price, work, payments."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.partnership.burden import Burden, evenness
from consortia.partnership.schedules import Schedule
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.partners.agreed import agreed_name
from consortia.run.partners.arrangement import Arranged
from consortia.run.partners.naming import name_of, title_of
from consortia.run.partners.payments import Payments, payments_of
from consortia.run.partners.prices import WishPrice, wish_prices
from consortia.run.partners.shares_tables import service_tables
from consortia.run.partners.work import burdens_of

IN_PRICES = msgid(
    "Partners that must share together share with each other or not at all: where doing nothing is better, nothing is "
    "forced on them. Groups that are too likely to lose money are counted in."
)


def partner_tables(arranged: Arranged, *, rule: str = "") -> tuple[Table, ...]:
    """Every table that the study has something for; `rule` in place of the one agreed."""
    name = agreed_name(arranged.definition, rule)
    tables = [table for service in arranged.services for table in service_tables(arranged, service, name)]
    tables += [wishes_table(arranged), work_table(arranged, rule=name), *payment_tables(arranged, rule=name)]
    return tuple(table for table in tables if table.rows)


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
        notes=(
            msgid("Prices of several conditions cannot be added: one may make another cheaper or dearer."),
            IN_PRICES,
        ),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _wish_row(one: WishPrice) -> tuple[Cell, ...]:
    none = Absent.NOT_APPLICABLE
    price = msgid("No way to divide the partners is left") if one.price is None else one.price
    return one.wish, one.partners or none, one.reason or none, price


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
            Column("hosting", msgid("Hosts more than its part of the people served"), "percent"),
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
        _payments_title(arranged, found),
        say(
            msgid("What each receives (below zero: pays), nobody out of pocket after {year}."), year=years[found.within]
        ),
        (Column("partner", msgid("Partner")), *(Column(year, year, "money") for year in years[found.begun :])),
        tuple((name_of(arranged, code), *row) for code, row in rows),
        (msgid("As level from year to year as can be; in present value each comes to its share."),),
        period=arranged.setting.period,
        price_base=arranged.setting.price_base,
    )


def _payments_title(arranged: Arranged, found: Payments) -> Words:
    """The service, and which of its groups where there are several."""
    service = title_of(found.service)
    if len(found.service.formed) == 1:
        return say(msgid("Payments between partners: {service}"), service=service)
    members = tuple(name_of(arranged, code) for code in found.members)
    return say(msgid("Payments between partners: {service} ({members})"), service=service, members=members)


def _unpaid(arranged: Arranged, found: Payments, number: int) -> Table:
    """Each one's share where no payments keep everybody out of pocket, with the reason."""
    return Table(
        f"payments_{found.service.proposal.key}_{number}",
        _payments_title(arranged, found),
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
