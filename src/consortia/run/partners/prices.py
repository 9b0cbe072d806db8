"""What each condition costs all partners: the best grouping without it less the best with it, in pounds.

Partners that wish to stand together share together or not at all: no wish forces a service to be shared. Both solves
are those of the run, before groups that are too likely to lose money are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from consortia.partnership import PartnershipError
from consortia.report.words import Words, msgid, say
from consortia.run.groups import best_worth, limits_of
from consortia.run.partners.arrangement import Arranged
from consortia.run.proposals import propose, without_efficient_size
from consortia.study import Definition, Text
from consortia.study.partnership import concerns

BORDER_DEFAULT = msgid(
    "Nobody's wish: a default of the list of services, for {services}. study.yaml cannot lift it; the price says what "
    "it is worth to share these across borders that are not common."
)


@dataclass(frozen=True, slots=True)
class WishPrice:
    """One wish, whose it is or whom it concerns, and what it costs over all services; present value, pounds."""

    wish: Words
    partners: tuple[Text, ...]
    reason: Words
    price: float | None
    """None: there is no way to divide the partners with it or without it, so that it has no price."""


@dataclass(frozen=True, slots=True)
class _Wish:
    said: Words
    partners: tuple[str, ...]
    reason: Words
    services: tuple[str, ...]
    without: Definition
    bordered: bool = True
    """Whether services that need a common border still do."""
    endless: bool = False
    """Whether size goes on saving beyond the efficient size."""


def wish_prices(arranged: Arranged) -> tuple[WishPrice, ...]:
    """The price of each link, bound and role: difference of two solves, the others kept, dearest first."""
    wishes = [*_wishes(arranged.definition), *_border_need(arranged), *_efficient_size(arranged)]
    prices = sorted((_priced(arranged, wish) for wish in wishes), key=lambda one: -(one.price or 0.0))
    return (*prices, *(_priced(arranged, one) for one in _sums(arranged, wishes)))


def _priced(arranged: Arranged, wish: _Wish) -> WishPrice:
    definition = arranged.definition
    names = tuple(definition.partner(code).name for code in wish.partners)
    try:
        held = _worth(arranged, definition, wish.services)
        without = _worth(arranged, wish.without, wish.services, bordered=wish.bordered, endless=wish.endless)
    except (ValueError, PartnershipError):
        return WishPrice(wish.said, names, wish.reason, None)
    return WishPrice(wish.said, names, wish.reason, max(without - held, 0.0))


def _worth(
    arranged: Arranged,
    definition: Definition,
    services: tuple[str, ...],
    *,
    bordered: bool = True,
    endless: bool = False,
) -> float:
    """What the best groupings of the services are worth in the central case, risky ones included."""
    setting = arranged.setting
    wanted = {one.key for one in arranged.proposals}
    ready = propose(definition, arranged.lines, assumptions=setting.assumptions).ready
    total = 0.0
    for proposal in ready:
        if proposal.key in wanted and concerns(services, proposal.service.code):
            limits = limits_of(proposal, definition)
            limits = limits if bordered else replace(limits, links=None)
            priced = without_efficient_size(proposal) if endless else proposal
            total += best_worth(priced, setting, limits)
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


def _border_need(arranged: Arranged) -> Iterator[_Wish]:
    """The need for a common border, where services that are bound to the map have it."""
    bound = [one for one in arranged.proposals if one.service.adjacency]
    if bound:
        named: tuple[Words, ...] = tuple(Text(en=one.title("en"), cy=one.title("cy")) for one in bound)
        reason = say(BORDER_DEFAULT, services=named)
        services = tuple(one.service.code for one in bound)
        yield _Wish(msgid("Groups share a common border"), (), reason, services, arranged.definition, bordered=False)


def _efficient_size(arranged: Arranged) -> Iterator[_Wish]:
    """The size beyond which nothing more is saved, where services are priced by a scale curve that has one."""
    sized = [one for one in arranged.proposals if one.curve is not None and one.curve.curve.efficient_size is not None]
    if sized:
        reason = Text(en=", ".join(one.title("en") for one in sized), cy=", ".join(one.title("cy") for one in sized))
        services = tuple(one.service.code for one in sized)
        said = msgid("Size saves nothing beyond the efficient size")
        yield _Wish(said, (), reason, services, arranged.definition, endless=True)


def _sums(arranged: Arranged, wishes: Sequence[_Wish]) -> Iterator[_Wish]:
    """All conditions together where there are several; before it the wishes alone, where defaults stand beside them."""
    definition = arranged.definition
    without = _with(definition.model_copy(update={"links": ()}), bounds=(), roles=())
    own = [one for one in wishes if one.bordered and not one.endless]
    if 1 < len(own) < len(wishes):
        yield _Wish(msgid("Your own wishes together"), (), "", (), without)
    if len(wishes) > 1:
        bordered, endless = all(one.bordered for one in wishes), any(one.endless for one in wishes)
        yield _Wish(msgid("All of these together"), (), "", (), without, bordered=bordered, endless=endless)


def _with(definition: Definition, **changed: Any) -> Definition:
    return definition.model_copy(update={"partnership": definition.partnership.model_copy(update=changed)})


def _without(held: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return (*held[:place], *held[place + 1 :])
