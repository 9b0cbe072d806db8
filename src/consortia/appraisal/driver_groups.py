"""The independent things behind a set of inputs, each with the name to show it by.

Inputs that move together have no share of the spread of their own, and indices of theirs add up to more than the
whole. What has a share is a common factor, the own part of an input, or a set of inputs that are tied to each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from consortia.appraisal.draws import Driver, Sampling


@dataclass(frozen=True, slots=True)
class DriverGroup:
    """Drivers that are studied as one."""

    name: str
    """The factor, the input or the inputs."""
    kind: str
    """"factor", "own part" (of an input that follows factors too), "input" or "tied inputs"."""
    drivers: tuple[Driver, ...]


def driver_groups(sampling: Sampling) -> tuple[DriverGroup, ...]:
    """Every driver of a sampling, in one group each, sorted by name."""
    tied = [group for group in (sampling.own.groups() if sampling.own else ()) if len(group) > 1]
    joined = {name for group in tied for name in group}
    groups = [
        _single(driver, sampling) for driver in sampling.drivers if driver[1] not in joined or driver[0] != "input"
    ]
    groups += [
        DriverGroup(" & ".join(group), "tied inputs", tuple(("input", name) for name in group)) for group in tied
    ]
    return tuple(sorted(groups, key=lambda group: (group.name, group.kind)))


def _single(driver: Driver, sampling: Sampling) -> DriverGroup:
    kind, name = driver
    if kind == "input":
        kind = "own part" if any(sampling.shares.get(name, {}).values()) else "input"
    return DriverGroup(name, kind, (driver,))
