"""What each wish of a partner costs all of them: the best grouping without it less the best with it, in pounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consortia.partnership import allowed_groups, price_groups
from consortia.partnership.grouping import limited
from consortia.partnership.worth_table import worth_table
from consortia.report.words import Words, msgid, say
from consortia.run.groups import group_model, limits_of
from consortia.run.partners.arrangement import Arranged
from consortia.run.proposals import propose
from consortia.study import Definition, Text
from consortia.study.partnership import concerns


@dataclass(frozen=True, slots=True)
class WishPrice:
    """One wish, whose it is or whom it concerns, and what it costs over all services; present value, pounds."""

    wish: Words
    partners: tuple[Text, ...]
    reason: str
    price: float


@dataclass(frozen=True, slots=True)
class _Wish:
    said: Words
    partners: tuple[str, ...]
    reason: str
    services: tuple[str, ...]
    without: Definition


def wish_prices(arranged: Arranged) -> tuple[WishPrice, ...]:
    """The price of each link, bound and role: difference of two solves, the others kept, dearest first."""
    definition = arranged.definition
    prices = [
        WishPrice(
            wish.said,
            tuple(definition.partner(code).name for code in wish.partners),
            wish.reason,
            max(_worth(arranged, wish.without, wish.services) - _worth(arranged, definition, wish.services), 0.0),
        )
        for wish in _wishes(definition)
    ]
    return tuple(sorted(prices, key=lambda one: -one.price))


def _worth(arranged: Arranged, definition: Definition, services: tuple[str, ...]) -> float:
    """What the best groupings of the services are worth in the central case, risky ones included."""
    setting = arranged.setting
    wanted = {one.key for one in arranged.proposals}
    ready = propose(definition, arranged.lines, assumptions=setting.assumptions).ready
    total = 0.0
    for proposal in ready:
        if proposal.key in wanted and concerns(services, proposal.service.code):
            allowed = allowed_groups(len(proposal.members), limits_of(proposal, definition))
            table = limited(price_groups(group_model(proposal, setting)).value, allowed)
            total += float(worth_table(table)[-1])
    return total


def _wishes(definition: Definition) -> Iterator[_Wish]:
    terms = definition.partnership
    together, apart = msgid("Must share together"), msgid("Must not share together")
    for place, link in enumerate(definition.links):
        said = together if link.kind == "together" else apart
        left = definition.model_copy(update={"links": _without(definition.links, place)})
        yield _Wish(said, link.partners, link.reason, link.services, left)
    for place, bound in enumerate(terms.bounds):
        left = _with(definition, bounds=_without(terms.bounds, place))
        yield _Wish(say(msgid("Size of groups: {key}"), key=bound.key), (), bound.reason, bound.services, left)
    for place, role in enumerate(terms.roles):
        if role.role != "host" or role.capacity is not None:
            said = {
                "abstain": msgid("Stays out"),
                "buy": msgid("Would buy, not host"),
                "host": msgid("Would host up to its capacity only"),
            }[role.role]
            left = _with(definition, roles=_without(terms.roles, place))
            yield _Wish(said, (role.partner,), role.reason, role.services, left)


def _with(definition: Definition, **changed: Any) -> Definition:
    return definition.model_copy(update={"partnership": definition.partnership.model_copy(update=changed)})


def _without(held: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return (*held[:place], *held[place + 1 :])
