"""The independent things behind a set of inputs, each with the name to show it by.

Inputs that move together have no share of the spread of their own, and indices of theirs add up to more than the
whole. What has a share is a common factor, the own part of an input, or a set of inputs that are tied to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.draws import Driver, Sampling


@dataclass(frozen=True, slots=True)
class DriverGroup:
    """Drivers that are studied as one."""

    name: str
    """The factor, the input or the inputs."""
    kind: str
    """"factor", "own part" (of an input that follows common factors too), "input" or "tied inputs"."""
    drivers: tuple[Driver, ...]
    weights: tuple[float, ...] = ()
    """How much of each is in the one normal that the group comes to; none: it does not come to one."""

    def columns(self, normals: Mapping[Driver, FloatArray]) -> FloatArray:
        """[draw, column]: the normal that the group comes to, or each of its drivers."""
        if not self.weights:
            return np.column_stack([normals[driver] for driver in self.drivers])
        parts = (weight * normals[driver] for driver, weight in zip(self.drivers, self.weights, strict=True))
        return np.asarray(sum(parts))[:, None]


def driver_groups(sampling: Sampling) -> tuple[DriverGroup, ...]:
    """Every driver that moves anything, in one group each, sorted by name.

    A factor that only one input follows is no common factor: it belongs to that input.
    """
    users = _users(sampling)
    tied = [group for group in (sampling.own.groups() if sampling.own else ()) if len(group) > 1]
    single = sorted(set(sampling.inputs) - {name for group in tied for name in group})
    groups = [DriverGroup(factor, "factor", (("factor", factor),)) for factor, names in users.items() if len(names) > 1]
    groups += [_of_input(name, sampling, users) for name in single]
    groups += [_of_tied(group, sampling, users) for group in tied]
    return tuple(sorted(groups, key=lambda group: (group.name, group.kind)))


def _users(sampling: Sampling) -> dict[str, list[str]]:
    """The inputs that follow each factor, if only a little."""
    users: dict[str, list[str]] = {}
    for name in sorted(sampling.inputs):
        for factor, share in sampling.shares.get(name, {}).items():
            if share > 0:
                users.setdefault(factor, []).append(name)
    return users


def _own(name: str, sampling: Sampling, users: Mapping[str, list[str]]) -> dict[Driver, float]:
    """The part of an input's variance that comes from each driver that nothing else follows."""
    shares = sampling.shares.get(name, {})
    own = {("input", name): max(1.0 - sum(shares.values()), 0.0)}
    return own | {("factor", factor): shares[factor] for factor in sorted(shares) if users.get(factor) == [name]}


def _of_input(name: str, sampling: Sampling, users: Mapping[str, list[str]]) -> DriverGroup:
    own = _own(name, sampling, users)
    common = any(len(users.get(factor, ())) > 1 for factor in sampling.shares.get(name, {}))
    whole = sum(own.values())
    weights = tuple(sqrt(part / whole) if whole else 0.0 for part in own.values())
    return DriverGroup(name, "own part" if common else "input", tuple(own), weights)


def _of_tied(names: tuple[str, ...], sampling: Sampling, users: Mapping[str, list[str]]) -> DriverGroup:
    drivers = tuple(driver for name in names for driver in _own(name, sampling, users))
    return DriverGroup(" & ".join(names), "tied inputs", drivers)
