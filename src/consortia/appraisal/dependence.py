"""Rank correlations that somebody asks for between inputs, made to work beside the common factors.

Source: methods.md 7.2. A Spearman correlation s of two inputs is that of a Gaussian copula with latent correlation
2 sin(pi s / 6). A set of correlations that cannot exist together is replaced by the nearest that can, and said so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, isfinite, pi, sin, sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.nearest_correlation import firm, is_correlation, nearest_correlation
from consortia.appraisal.refusals import AppraisalError

Pair = tuple[str, str]
"""Two numbers of a matrix that are nearer than this are the same."""
_NO_OWN_PART = 1e-9
_MOVED = 1e-6
"""A correlation that changed by less is as it was asked for."""
_TIED = 1e-7
"""A smaller coefficient is rounding, not a tie."""


def latent_correlation(spearman: float) -> float:
    """The correlation of the latent normals for a wanted rank correlation: 2 sin(pi s / 6)."""
    return 2 * sin(pi * spearman / 6)


def rank_correlation(latent: float) -> float:
    """The rank correlation that a correlation of the latent normals gives: (6 / pi) arcsin(r / 2)."""
    return 6 / pi * asin(min(max(latent / 2, -0.5), 0.5))


@dataclass(frozen=True, slots=True)
class Dependence:
    """Spearman correlations asked for, by pair of inputs. A pair not named is as its common factors have it."""

    spearman: Mapping[Pair, float]

    def __post_init__(self) -> None:
        """Refuse a pair of one input with itself, a pair named twice and what is no correlation: AppraisalError."""
        seen: set[Pair] = set()
        for (one, two), value in self.spearman.items():
            if one == two or _ordered(one, two) in seen:
                raise AppraisalError(f"The correlation of '{one}' with '{two}' is asked for twice.", remedy=_ONCE)
            _check_size(one, two, value)
            seen.add(_ordered(one, two))

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs it speaks of, sorted: the order they are named in makes no difference to a draw."""
        return tuple(sorted({name for pair in self.spearman for name in pair}))


_ONCE = "Give each pair once."


@dataclass(frozen=True, slots=True)
class Move:
    """One pair of inputs whose correlation was changed so that all can exist together."""

    pair: Pair
    asked: float
    """Spearman correlation asked for, or that the common factors alone give."""
    given: float

    @property
    def change(self) -> float:
        """Change of the rank correlation."""
        return self.given - self.asked


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done to correlations that cannot exist together: each pair that moved, the farthest first."""

    moves: tuple[Move, ...]
    distance: float
    """Square root of the sum of the squared changes of all latent correlations (Frobenius)."""

    @property
    def largest(self) -> Move:
        """The pair that moved most."""
        return self.moves[0]


@dataclass(frozen=True, slots=True, eq=False)
class OwnParts:
    """How the own parts of inputs, beside what they have from common factors, follow from independent normals."""

    names: tuple[str, ...]
    factor: FloatArray
    """Lower triangular: row i says how much of each independent normal is in the own part of input i."""
    repair: Repair | None

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The inputs that are tied together, directly or through others; each input stands in one group."""
        tied: list[set[str]] = []
        for row, name in enumerate(self.names):
            with_it = {self.names[column] for column in np.flatnonzero(np.abs(self.factor[row]) > _TIED)} | {name}
            touching = [group for group in tied if group & with_it]
            tied = [group for group in tied if not group & with_it] + [with_it.union(*touching)]
        return tuple(sorted(tuple(sorted(group)) for group in tied))

    def of(self, name: str, independent: Mapping[str, FloatArray]) -> FloatArray:
        """The own part of one input, standard normal. Summed term by term: the same bits on every machine."""
        row = self.names.index(name)
        part = self.factor[row, 0] * independent[self.names[0]]
        for column in range(1, row + 1):
            part = part + self.factor[row, column] * independent[self.names[column]]
        return np.asarray(part, dtype=np.float64)


def own_parts(dependence: Dependence, shares: Mapping[str, Mapping[str, float]]) -> OwnParts:
    """The own parts that give the pairs asked for their rank correlation, whatever the common factors give already.

    Raises AppraisalError when an input that is named has no own part left, since its factors take it all.
    """
    names = dependence.names
    own = np.array([1 - sum(shares.get(name, {}).values()) for name in names])
    if own.size and own.min() < _NO_OWN_PART:
        raise AppraisalError(
            f"'{names[int(own.argmin())]}' follows its common factors wholly, so that no other correlation fits it.",
            remedy="Lower the shares of its factors or leave it out of the correlations.",
        )
    common = _common(names, shares)
    wanted = _wanted(dependence, common)
    rest = (wanted - common) / np.sqrt(np.outer(own, own))
    np.fill_diagonal(rest, 1.0)
    used = firm(rest) if is_correlation(rest) else nearest_correlation(rest)
    repair = None if is_correlation(rest) else _repair(names, wanted, common + used * np.sqrt(np.outer(own, own)))
    return OwnParts(names, np.asarray(np.linalg.cholesky(used), dtype=np.float64), repair)


def _common(names: Sequence[str], shares: Mapping[str, Mapping[str, float]]) -> FloatArray:
    """The latent correlation that the common factors alone give."""
    mine = [shares.get(name, {}) for name in names]
    return np.array(
        [[sum(sqrt(one[f] * two[f]) for f in sorted(one.keys() & two.keys())) for two in mine] for one in mine],
        dtype=np.float64,
    ).reshape(len(names), len(names))


def _wanted(dependence: Dependence, common: FloatArray) -> FloatArray:
    wanted, place = common.copy(), {name: i for i, name in enumerate(dependence.names)}
    for (one, two), value in dependence.spearman.items():
        i, j = place[one], place[two]
        wanted[i, j] = wanted[j, i] = latent_correlation(value)
    np.fill_diagonal(wanted, 1.0)
    return wanted


def _repair(names: Sequence[str], wanted: FloatArray, given: FloatArray) -> Repair:
    change = given - wanted
    np.fill_diagonal(change, 0.0)
    moves = (
        Move((names[j], names[i]), rank_correlation(float(wanted[i, j])), rank_correlation(float(given[i, j])))
        for i in range(len(names))
        for j in range(i)
        if abs(change[i, j]) > _MOVED
    )
    ordered = sorted(moves, key=lambda move: (-abs(move.change), move.pair))
    return Repair(tuple(ordered), float(np.linalg.norm(change)))


def _ordered(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def _check_size(one: str, two: str, value: float) -> None:
    if not isfinite(value) or abs(value) > 1:
        raise AppraisalError(
            f"The correlation of '{one}' with '{two}' is {value}, and no correlation is.",
            remedy="Give a number from -1 to 1.",
        )
