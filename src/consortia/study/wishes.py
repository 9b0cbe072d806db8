"""Wishes that contradict each other: a pair both together and apart, a partner in two roles or with two limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from consortia.study.partnership import PartnerRole, ShareLimit, concerns

if TYPE_CHECKING:
    from consortia.study.definition import Link

Said = TypeVar("Said", PartnerRole, ShareLimit)


@dataclass(frozen=True, slots=True)
class Torn:
    """Two partners that links hold together and another keeps apart; links are counted from 1."""

    pair: tuple[str, str]
    apart: int
    together: tuple[int, ...]


def torn_pair(links: Sequence[Link]) -> Torn | None:
    """The first pair that must be together, if only by way of others, and apart for the same service."""
    scopes = ("", *dict.fromkeys(service for one in links for service in one.services))
    for number, link in enumerate(links, 1):
        for scope in (one for one in scopes if link.kind == "apart" and concerns(link.services, one)):
            joined = {
                place: one
                for place, one in enumerate(links, 1)
                if one.kind == "together" and concerns(one.services, scope)
            }
            for first, second in combinations(link.partners, 2):
                if way := _way(first, second, joined):
                    return Torn((first, second), number, way)
    return None


def _way(first: str, second: str, joined: dict[int, Link]) -> tuple[int, ...]:
    """The fewest links that lead from one to the other; empty where none do."""
    ways: dict[str, tuple[int, ...]] = {first: ()}
    reached = [first]
    for code in reached:
        for number, link in joined.items():
            further = [one for one in link.partners if code in link.partners and one not in ways]
            ways |= dict.fromkeys(further, (*ways[code], number))
            reached += further
    return ways.get(second, ())


def two_roles(roles: Sequence[PartnerRole]) -> tuple[int, int] | None:
    """The first two entries, counted from 1, that give a partner different roles in the same service."""
    return next(((one, other) for one, other in _alike(roles) if roles[one - 1].role != roles[other - 1].role), None)


def two_limits(limits: Sequence[ShareLimit]) -> tuple[int, int] | None:
    """The first two entries, counted from 1, that limit the share of a partner in the same service."""
    return next(_alike(limits), None)


def _alike(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Entries of one partner for the same service; what names the service only counts before what is for all."""
    for (one, first), (other, second) in combinations(enumerate(said, 1), 2):
        same = set(first.services) & set(second.services) or not (first.services or second.services)
        if first.partner == second.partner and same:
            yield one, other


def places(part: str, numbers: Iterable[int]) -> str:
    """Where entries stand in the document, as `links.1, links.3`."""
    return ", ".join(f"{part}.{number}" for number in numbers)
