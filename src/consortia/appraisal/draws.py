"""Draws of uncertain inputs, with common factors, the same for the same seed in whatever order the inputs come.

Source: methods.md 7.2 (Gaussian copula) and 7.3 (scrambled Sobol sequence, a power of two). Draw 0 is the central case:
every input at its central value. It is a row of the same array, not a second calculation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.bounded import Bounded
from consortia.appraisal.dependence import Dependence, OwnParts, Repair, own_parts
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.quantile_table import SMOOTH, QuantileTable, is_smooth
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.sobol import HIGHEST_DIMENSION, Sobol

Shares = Mapping[str, Mapping[str, float]]
"""For each input the part of its latent variance that comes from each common factor; the rest is its own."""

Driver = tuple[str, str]
"""An independent standard normal behind the inputs: ("factor", its name) or ("input", whose own part it makes)."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampling:
    """How inputs follow from independent drivers: common factors, own parts, and correlations asked for."""

    inputs: Mapping[str, Distribution]
    shares: Shares
    own: OwnParts | None

    @classmethod
    def of(
        cls, inputs: Mapping[str, Distribution], *, shares: Shares | None = None, dependence: Dependence | None = None
    ) -> Sampling:
        """Checks that all of it can exist together.

        Two inputs that share factors have the latent normal correlation: sum over the factors of the square root of
        the product of their shares. A pair of `dependence` has the rank correlation asked for instead. Raises
        AppraisalError when shares add up to more than one, when a correlation names no input, or when there are more
        drivers than the sequence has dimensions.
        """
        shares = shares or {}
        _check_shares(inputs, shares)
        for name in dependence.names if dependence else ():
            if name not in inputs:
                raise AppraisalError(
                    f"A correlation names '{name}', which is not drawn.", remedy="Name an uncertain input."
                )
        sampling = cls(inputs, shares, own_parts(dependence, shares) if dependence and dependence.names else None)
        if len(sampling.drivers) > HIGHEST_DIMENSION:
            raise AppraisalError(
                f"{len(sampling.drivers)} uncertain inputs are too many to draw.", remedy="Study fewer services."
            )
        return sampling

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The independent normals, sorted by name, so that the order of the inputs makes no difference."""
        factors = {factor for name in self.inputs for factor in self.shares.get(name, {})}
        return tuple(sorted([("input", name) for name in self.inputs] + [("factor", factor) for factor in factors]))

    @property
    def repair(self) -> Repair | None:
        """What was done to correlations that cannot exist together."""
        return self.own.repair if self.own else None

    def normals(self, *, count: int, seed: int) -> dict[Driver, FloatArray]:
        """The drivers [count] of a seed: scrambled Sobol points as standard normals.

        Raises AppraisalError when `count` is no power of two.
        """
        return self.block(self.sequence(count=count, seed=seed), first=0, count=count)

    def sequence(self, *, count: int, seed: int) -> Sobol:
        """The points of a seed, one dimension for each driver.

        Raises AppraisalError when `count` is no power of two.
        """
        if count < 1 or count & (count - 1):
            raise AppraisalError(f"{count} draws are not a power of two.", remedy="Ask for 4096, 8192 or the like.")
        return Sobol.scrambled(len(self.drivers), count=count, seed=seed)

    def block(self, sequence: Sobol, *, first: int, count: int) -> dict[Driver, FloatArray]:
        """The drivers of draws `first` and following: the same numbers in whatever blocks they are made."""
        from scipy.special import ndtri

        return dict(zip(self.drivers, ndtri(sequence.points(first, count)), strict=True))

    def drawn(self, sequence: Sobol, *, first: int, count: int) -> dict[str, FloatArray]:
        """The inputs of draws `first` and following: the same numbers in whatever blocks they are made.

        Where nothing else moves an input, the point of the sequence is its probability, and no normal is needed.
        """
        from scipy.special import ndtri

        points = dict(zip(self.drivers, sequence.points(first, count), strict=True))
        straight = {name for name in self.inputs if self._is_straight(name)}
        normals = {driver: ndtri(points[driver]) for driver in self._drivers_of(set(self.inputs) - straight)}
        return {
            name: self.inputs[name].ppf(points["input", name]) if name in straight else self._column(name, normals)
            for name in self.inputs
        }

    def _is_straight(self, name: str) -> bool:
        """Whether an input follows from its own driver alone, and is quickly had from a probability."""
        tied = self.own is not None and name in self.own.names
        return not (tied or self.shares.get(name) or is_smooth(self.inputs[name]))

    def _drivers_of(self, names: set[str]) -> list[Driver]:
        """All that those inputs follow from, in order."""
        tied = self.own.names if self.own is not None and not names.isdisjoint(self.own.names) else ()
        factors = {("factor", factor) for name in names for factor in self.shares.get(name, {})}
        return sorted({("input", name) for name in names.union(tied)} | factors)

    def columns(self, normals: Mapping[Driver, FloatArray]) -> dict[str, FloatArray]:
        """The inputs that follow from drivers, of any number of rows."""
        return {name: self._column(name, normals) for name in self.inputs}

    def _column(self, name: str, normals: Mapping[Driver, FloatArray]) -> FloatArray:
        shares = self.shares.get(name, {})
        normal = sqrt(max(1.0 - sum(sorted(shares.values())), 0.0)) * self._own(name, normals)
        for factor in sorted(shares):
            normal = normal + sqrt(shares[factor]) * normals["factor", factor]
        return _drawn(self.inputs[name], normal)

    def _own(self, name: str, normals: Mapping[Driver, FloatArray]) -> FloatArray:
        if self.own is None or name not in self.own.names:
            return normals["input", name]
        return self.own.of(name, {each: normals["input", each] for each in self.own.names})


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """For each input an array [count + 1]; the first value is the central one."""

    columns: Mapping[str, FloatArray]
    count: int
    seed: int
    repair: Repair | None = None
    """What was done to correlations that cannot exist together; None: nothing."""

    @classmethod
    def sample(
        cls,
        inputs: Mapping[str, Distribution],
        *,
        count: int,
        seed: int,
        shares: Shares | None = None,
        dependence: Dependence | None = None,
    ) -> Draws:
        """Draws each input `count` times, tied together as `Sampling.of` says.

        Raises AppraisalError when `count` is no power of two, and for what `Sampling.of` refuses.
        """
        sampling = Sampling.of(inputs, shares=shares, dependence=dependence)
        drawn = sampling.drawn(sampling.sequence(count=count, seed=seed), first=0, count=count)
        columns = {name: np.concatenate([[inputs[name].central], values]) for name, values in drawn.items()}
        for column in columns.values():
            column.setflags(write=False)
        return cls(columns, count, seed, sampling.repair)

    def __getitem__(self, name: str) -> FloatArray:
        """The draws of one input, the central value first."""
        return self.columns[name]


def _drawn(distribution: Distribution, normal: FloatArray) -> FloatArray:
    from scipy.special import ndtr

    if isinstance(distribution, Bounded):
        return distribution.bound(_drawn(distribution.of, normal))
    if isinstance(distribution, SMOOTH):
        return QuantileTable.of(distribution).at(normal)
    return distribution.ppf(ndtr(normal))


def _check_shares(inputs: Mapping[str, Distribution], shares: Shares) -> None:
    for name in inputs:
        parts = list(shares.get(name, {}).values())
        if min(parts, default=0.0) < 0 or sum(parts) > 1 + 1e-12:
            raise AppraisalError(
                f"The correlations asked for '{name}' cannot exist together.", remedy="Lower one of them."
            )
