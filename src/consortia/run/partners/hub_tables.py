"""The consortia that pay for their organisation, and how good that choice is, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.partners.hubs import EVERY_GROUP, Consortium, Hubs
from consortia.study import Text

PROVED = msgid("Proved: no choice among these groups is worth more.")
TIE = 1.0
"""Pounds: choices no further apart are equal but for the pennies that decide between equal groups."""


def hubs_table(found: Hubs) -> Table:
    """Each consortium, the services that use it, and what they save before and after its organisation is paid."""
    return Table(
        "hubs",
        msgid("Consortia that pay for their organisation"),
        say(msgid("Each consortium costs {cost} once, however many services use it."), cost=_money(found.hub_cost)),
        (
            Column("members", msgid("Members")),
            Column("services", msgid("Services")),
            Column("saving", msgid("Net saving before its organisation"), "money"),
            Column("net", msgid("Net saving after it"), "money"),
        ),
        tuple(_hub_row(one, found) for one in found.consortia) or ((msgid("Do nothing"), (), 0.0, 0.0),),
        (
            msgid(
                "Present values of the central case. A service is shared among the members that provide it. "
                "The chance of a loss is not tested here."
            ),
        ),
        found.setting.period,
        found.setting.price_base,
    )


def _hub_row(one: Consortium, found: Hubs) -> tuple[Cell, ...]:
    services: tuple[Words, ...] = tuple(Text(en=each.title("en"), cy=each.title("cy")) for each, _ in one.gains)
    return _named(one.members, found), services, one.saving, one.saving - found.hub_cost


def _named(codes: Sequence[str], found: Hubs) -> Text:
    names = [found.setting.definition.partner(code).name for code in codes]
    return Text(en=", ".join(one.en for one in names), cy=", ".join(one.in_language("cy") for one in names))


def hub_choices_table(found: Hubs) -> Table:
    """The choice beside one grouping for all and each service its own, organisations paid, and how good it is."""
    design = found.design
    rows = (
        (msgid("The best choice found"), design.value, 0.0, _proof(found)),
        _beside(msgid("One grouping for all services"), design.common, design.value),
        _beside(msgid("Each service its own grouping"), design.apart, design.value),
    )
    return Table(
        "hub_choices",
        msgid("What sharing the organisations is worth"),
        msgid("Net saving in the central case, every organisation paid for."),
        (
            Column("choice", msgid("Choice")),
            Column("value", msgid("Net saving, central case"), "money"),
            Column("less", msgid("Less than the best found"), "money"),
            Column("proof", msgid("Proved?")),
        ),
        rows,
        (_looked_at(found),),
        found.setting.period,
        found.setting.price_base,
    )


def _beside(title: Words, value: float | None, best: float) -> tuple[Cell, ...]:
    if value is None:
        return title, Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE
    less = best - value if best - value >= TIE else 0.0
    return title, value, less, Absent.NOT_APPLICABLE


def _proof(found: Hubs) -> Words:
    """That it is proved, or how far from the best possible it may be; a share is rounded up."""
    design = found.design
    if design.proved:
        return PROVED
    if design.bound <= 0:
        return say(msgid("At most {gap} short of the best."), gap=_money(design.gap))
    share = ceil(design.gap / design.bound * 1000) / 1000
    within = msgid("Within {share} of the best possible among these groups: at most {gap} short of it.")
    return say(within, share=Quantity(share, "percent"), gap=_money(design.gap))


def _looked_at(found: Hubs) -> Words:
    count = Quantity(len(found.columns), "number")
    if found.columns.players <= EVERY_GROUP:
        return say(msgid("All {count} groups of the partners were looked at."), count=count)
    return say(
        msgid("{count} groups of at most {largest} partners that hang together by common borders were looked at."),
        count=count,
        largest=int(found.columns.sizes.max()),
    )


def _money(pounds: float) -> Quantity:
    return Quantity(pounds, "money")
