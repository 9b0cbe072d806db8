"""How large a group may be and who could host it, from what the partners have said, for one proposal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from consortia.errors import StudyError
from consortia.reference.denominators import denominator
from consortia.run.proposals import Proposal
from consortia.study import Definition
from consortia.study.partnership import GroupBounds, concerns


class Bounds(TypedDict):
    """Fields of `Limits` that bound a group's size, its people and its host."""

    smallest: int | None
    largest: int | None
    lightest: float | None
    heaviest: float | None
    weights: tuple[float, ...]
    hosts: tuple[float, ...] | None


def bounds_of(proposal: Proposal, definition: Definition) -> Bounds:
    """The bounds of a service, the tightest of all that concern it, and the most people that each could host for.

    StudyError where a bound counts people and a partner's population is not known.
    """
    held = [one for one in definition.partnership.bounds if concerns(one.services, proposal.service.code)]
    hosts = _hosts(proposal, definition)
    counts_people = any(one.least_population or one.most_population for one in held) or (
        hosts is not None and any(0 < most < float("inf") for most in hosts)
    )
    return Bounds(
        smallest=max((one.smallest for one in held if one.smallest), default=None),
        largest=min((one.largest for one in held if one.largest), default=None),
        lightest=max((one.least_population for one in held if one.least_population is not None), default=None),
        heaviest=min((one.most_population for one in held if one.most_population is not None), default=None),
        weights=_known_people(proposal, definition, held) if counts_people else (),
        hosts=hosts,
    )


def people_of(codes: Sequence[str], definition: Definition) -> tuple[float | None, ...]:
    """Residents of each partner at the base year; None where not known."""
    found = [denominator(code, "population", definition.year) for code in codes]
    return tuple(None if one is None else one.value for one in found)


def _known_people(proposal: Proposal, definition: Definition, held: Sequence[GroupBounds]) -> tuple[float, ...]:
    people = people_of(proposal.members, definition)
    unknown = [code for code, count in zip(proposal.members, people, strict=True) if count is None]
    if unknown:
        names = ", ".join(definition.partner(code).name.en for code in unknown)
        keys = ", ".join(one.key for one in held) or "roles"
        raise StudyError(
            f"A bound on people ({keys}) cannot be tested: the population of {names} is not known.",
            remedy="Bound the number of members instead, or leave those partners out of the service.",
        )
    return tuple(count or 0.0 for count in people)


def _hosts(proposal: Proposal, definition: Definition) -> tuple[float, ...] | None:
    """The most people that each member could host for; None where nobody has said anything about roles."""
    roles = [definition.partnership.role_of(code, proposal.service.code) for code in proposal.members]
    if not any(roles):
        return None
    return tuple(
        float("inf")
        if role is None or (role.role == "host" and role.capacity is None)
        else (role.capacity or 0.0 if role.role == "host" else 0.0)
        for role in roles
    )
