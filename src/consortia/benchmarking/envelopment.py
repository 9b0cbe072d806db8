"""Data envelopment: how little a unit could use and still do what it does, judged by the best of the others.

Source: Cooper, Seiford and Tone, Data Envelopment Analysis (2007), models CCR and BCC, input-oriented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from consortia.findings import msgid

Floats = npt.NDArray[np.float64]
Returns = Literal["constant", "variable"]

SMALL_WEIGHT = 1e-6  # a peer of less weight than this is noise of the solver
FEWEST_NATIONAL = 20  # ten partners discriminate nothing; a nation does: Wales has 22 authorities [J]
DETERMINISTIC = msgid(
    "Every difference from the best counts as inefficiency; an error in one good figure spoils many scores."
)
TOO_FEW_UNITS = msgid(
    "{units} units are too few for {inputs} inputs and {outputs} outputs: with fewer than {needed} nearly every unit "
    "counts as best practice."
)


@dataclass(frozen=True, slots=True)
class Refused:
    """An analysis that is not done: the sentence that says why, with the numbers at its places."""

    sentence: str
    values: tuple[tuple[str, int], ...] = ()

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.sentence.format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class EnvelopedUnit:
    """One unit: its score (1 is best practice), the peers that set it with their weights, and what is left over.

    Slacks are in the units of the inputs and outputs: what could still be saved, or done more, at that score.
    """

    score: float
    peers: tuple[tuple[int, float], ...]
    input_slacks: tuple[float, ...]
    output_slacks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Envelopment:
    """Scores under constant (CCR) and variable (BCC) returns; scale efficiency is the one over the other."""

    constant: tuple[EnvelopedUnit, ...]
    variable: tuple[EnvelopedUnit, ...]
    caveats: tuple[str, ...] = (DETERMINISTIC,)

    @property
    def scale_efficiency(self) -> tuple[float, ...]:
        """CCR score over BCC score for each unit: what its size costs it."""
        return tuple(one.score / other.score for one, other in zip(self.constant, self.variable, strict=True))


def envelop(inputs: Floats, outputs: Floats) -> Envelopment | Refused:
    """Gives CCR and BCC scores with peers and slacks for units (rows), or the reason why there are too few units.

    Inputs and outputs above or at zero, each column in its own unit. Fewer units than a nation has (20), or than
    max(m s, 3 (m + s)) for m inputs and s outputs, would make nearly everybody best: refused. ValueError for values
    below zero or a unit that uses or does nothing.
    """
    _check(inputs, outputs)
    needed = max(FEWEST_NATIONAL, fewest_units(inputs.shape[1], outputs.shape[1]))
    if len(inputs) < needed:
        sizes = {"units": len(inputs), "inputs": inputs.shape[1], "outputs": outputs.shape[1], "needed": needed}
        return Refused(TOO_FEW_UNITS, tuple(sizes.items()))
    return Envelopment(scores(inputs, outputs, returns="constant"), scores(inputs, outputs, returns="variable"))


def fewest_units(inputs: int, outputs: int) -> int:
    """The rule of thumb max(m s, 3 (m + s)) of Cooper, Seiford and Tone (2007), section 9.8."""
    return max(inputs * outputs, 3 * (inputs + outputs))


def scores(inputs: Floats, outputs: Floats, *, returns: Returns) -> tuple[EnvelopedUnit, ...]:
    """Gives the score of every unit, whatever their number: one linear programme for the score, one for the slacks."""
    _check(inputs, outputs)
    # Scores do not depend on the units of the columns; columns near one keep the programmes well behaved.
    sizes = np.concatenate([_sizes(inputs), _sizes(outputs)])
    uses, does = inputs / sizes[: inputs.shape[1]], outputs / sizes[inputs.shape[1] :]
    return tuple(_unit(unit, uses, does, returns, sizes) for unit in range(len(inputs)))


def _sizes(columns: Floats) -> Floats:
    return np.asarray(np.maximum(columns.max(axis=0), 1e-300))


def _unit(unit: int, uses: Floats, does: Floats, returns: Returns, sizes: Floats) -> EnvelopedUnit:
    score = _least_share(unit, uses, does, returns)
    weights, slacks = _most_slack(unit, uses, does, returns, score)
    over = slacks * sizes
    peers = tuple((int(peer), float(weights[peer])) for peer in np.flatnonzero(weights > SMALL_WEIGHT))
    return EnvelopedUnit(score, peers, tuple(over[: uses.shape[1]].tolist()), tuple(over[uses.shape[1] :].tolist()))


def _least_share(unit: int, uses: Floats, does: Floats, returns: Returns) -> float:
    """min theta: sum lambda x <= theta x_o, sum lambda y >= y_o (and sum lambda = 1 under variable returns)."""
    from scipy.optimize import linprog

    units = len(uses)
    goal = np.append(np.zeros(units), 1.0)
    below = np.vstack([np.column_stack([uses.T, -uses[unit]]), np.column_stack([-does.T, np.zeros(does.shape[1])])])
    limits = np.concatenate([np.zeros(uses.shape[1]), -does[unit]])
    found = linprog(goal, A_ub=below, b_ub=limits, **_whole(returns, units, 1), method="highs")
    return float(found.x[-1])


def _most_slack(unit: int, uses: Floats, does: Floats, returns: Returns, score: float) -> tuple[Floats, Floats]:
    """max sum of slacks at the score: sum lambda x + s- = theta x_o, sum lambda y - s+ = y_o."""
    from scipy.optimize import linprog

    units, kinds = len(uses), uses.shape[1] + does.shape[1]
    goal = np.concatenate([np.zeros(units), -np.ones(kinds)])
    signs = np.diag(np.concatenate([np.ones(uses.shape[1]), -np.ones(does.shape[1])]))
    rows = np.hstack([np.vstack([uses.T, does.T]), signs])
    wanted = np.concatenate([score * uses[unit], does[unit]])
    whole = _whole(returns, units, kinds)
    rows = np.vstack([rows, *([whole["A_eq"]] if whole else [])])
    wanted = np.concatenate([wanted, *([whole["b_eq"]] if whole else [])])
    found = linprog(goal, A_eq=rows, b_eq=wanted, method="highs")
    if found.x is None:  # the score's last digit leaves no point: the unit itself is one
        return np.eye(units)[unit], np.zeros(kinds)
    return found.x[:units], found.x[units:]


def _whole(returns: Returns, units: int, others: int) -> dict[str, Floats]:
    """The row that makes the weights add up to one under variable returns."""
    if returns == "constant":
        return {}
    return {"A_eq": np.concatenate([np.ones(units), np.zeros(others)])[None, :], "b_eq": np.ones(1)}


def _check(inputs: Floats, outputs: Floats) -> None:
    if inputs.ndim != 2 or outputs.ndim != 2 or len(inputs) != len(outputs):
        raise ValueError("inputs and outputs are tables with one row for each unit")
    if not (np.isfinite(inputs).all() and np.isfinite(outputs).all() and (inputs >= 0).all() and (outputs >= 0).all()):
        raise ValueError("inputs and outputs must be known and not below zero")
    if (inputs.max(axis=1) <= 0).any() or (outputs.max(axis=1) <= 0).any():
        raise ValueError("every unit uses something and does something")
