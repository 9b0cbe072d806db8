"""How unlike two partners are: how far apart, with what systems, service levels and ways of working. It costs.

Each of what is known counts alike, from 0 (alike) to 1: distance over the distance that counts as far apart, the part
of the purposes for which both have a system in which the systems differ, the lower service level short of the higher,
and the mean difference of style, culture and readiness on their scales from 1 to 5, where both have stated them.
Source: methods 8.1 point 3 [judgement].
"""

from __future__ import annotations

from collections.abc import Sequence

from consortia.reference.geography import distance_km
from consortia.study import Definition
from consortia.study.profiles import PartnerProfile
from consortia.study.registers import System

SCALES = ("style", "culture", "readiness")
WIDTH = 4
"""From one end of a scale to the other."""

Matrix = tuple[tuple[float, ...], ...]


def unlikeness_of(members: Sequence[str], service: str, definition: Definition, *, far_apart: float) -> Matrix | None:
    """The unlikeness of each pair of members for a service; None where nothing is known of a pair.

    `far_apart`: kilometres from which on two partners count as wholly unlike in distance.
    """
    rows = [[_pair(one, other, service, definition, far_apart) for other in members] for one in members]
    known = [[value for value in row if value is not None] for row in rows]
    return tuple(map(tuple, known)) if all(len(row) == len(members) for row in known) else None


def _pair(one: str, other: str, service: str, definition: Definition, far_apart: float) -> float | None:
    if one == other:
        return 0.0
    parts = [
        part
        for part in (
            _distance(one, other, far_apart),
            _systems(one, other, definition.systems),
            _levels(one, other, service, definition),
            _ways(one, other, definition.partnership.profiles),
        )
        if part is not None
    ]
    return sum(parts) / len(parts) if parts else None


def _distance(one: str, other: str, far_apart: float) -> float | None:
    apart = distance_km(one, other)
    return None if apart is None or far_apart <= 0 else min(apart / far_apart, 1.0)


def _systems(one: str, other: str, systems: Sequence[System]) -> float | None:
    """The part of their common purposes in which neither system is the other's product or can take over its work."""
    own = {each.purpose: each for each in systems if each.partner == one}
    theirs = {each.purpose: each for each in systems if each.partner == other}
    common = sorted(own.keys() & theirs.keys())
    if not common:
        return None
    return sum(not _alike(own[purpose], theirs[purpose]) for purpose in common) / len(common)


def _alike(first: System, second: System) -> bool:
    same = bool(first.product) and first.product == second.product
    return same or second.key in first.compatible_with or first.key in second.compatible_with


def _levels(one: str, other: str, service: str, definition: Definition) -> float | None:
    stated = next((each for each in definition.partnership.service_levels if each.service == service), None)
    if stated is None:
        return None
    low, high = sorted((stated.level_of(one), stated.level_of(other)))
    return 1 - low / high


def _ways(one: str, other: str, profiles: Sequence[PartnerProfile]) -> float | None:
    """How far their ways of working lie apart, over the scales that both have stated."""
    own = next((each for each in profiles if each.partner == one), None)
    theirs = next((each for each in profiles if each.partner == other), None)
    if own is None or theirs is None:
        return None
    stated = [(getattr(own, name), getattr(theirs, name)) for name in SCALES]
    known = [abs(first - second) / WIDTH for first, second in stated if first is not None and second is not None]
    return sum(known) / len(known) if known else None
