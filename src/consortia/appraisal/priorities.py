"""Projects ranked by weighted criteria, and how far a weight must move before two of them change places.

A linear additive model of scores (HM Treasury and DCLG, "Multi-criteria analysis: a manual", 2009, chapter 6). Scores
stand on scales that are fixed beforehand, so that another project changes nobody's score. Nothing here knows of money.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from consortia.appraisal.arrays import FloatArray

TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two projects that change places when the weight of one criterion moves by `change`, a part of that weight."""

    above: int
    below: int
    criterion: int
    change: float


def on_scale(value: float, *, worst: float, best: float) -> float:
    """A value as a score from 0, the worst of its scale, to 1, the best; beyond the ends it is that of the end.

    `worst` may lie above `best`, as for a cost. ValueError where the scale has no length.
    """
    if worst == best:
        raise ValueError("a scale needs two ends that differ")
    return float(np.clip((value - worst) / (best - worst), 0.0, 1.0))


def weighted_scores(scores: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted mean score of each project, 0 to 1; `scores` [project, criterion], weights of any sum above 0."""
    found: FloatArray = scores @ (weights / weights.sum())
    return found


def ranks(totals: FloatArray) -> tuple[int, ...]:
    """The rank of each project, 1 for the highest; those that are equal share the better rank."""
    return tuple(int(1 + np.sum(totals > total + TIE)) for total in totals)


def first_shares(scores: FloatArray, *, count: int, seed: int) -> FloatArray:
    """The part of all weights with which each project comes first: weights even over all that add up to one.

    Stochastic multi-criteria acceptability (Lahdelma, Hokkanen and Salminen 1998); projects that tie share the draw.
    The same seed gives the same parts.
    """
    weights = np.random.default_rng(seed).dirichlet(np.ones(scores.shape[1]), size=count)
    totals = weights @ scores.T
    first = totals >= totals.max(axis=1, keepdims=True) - TIE
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))


def efficient(totals: FloatArray, costs: FloatArray) -> tuple[bool, ...]:
    """Whether no other project has at least the score for at most the cost, with one of the two better."""
    return tuple(
        not any(
            score >= totals[own] - TIE and cost <= costs[own] and (score > totals[own] + TIE or cost < costs[own])
            for score, cost in zip(totals, costs, strict=True)
        )
        for own in range(len(totals))
    )


def reversals(scores: FloatArray, weights: FloatArray, *, within: float) -> tuple[Reversal, ...]:
    """Every pair that changes places before one weight has moved by the part `within`, up or down; the nearest first.

    Exact: with the weight w of a criterion moved by the part d, the lead D of one project over another becomes
    D + d w (difference of their scores on it), so that they are equal at d = -D / (w x difference). Weights that are
    made to add up again multiply all leads alike and change no order. Projects that are equal at the start reverse
    nothing.
    """
    parts = weights / weights.sum()
    totals = weighted_scores(scores, weights)
    found = []
    for first, second in combinations(range(len(totals)), 2):
        lead = totals[first] - totals[second]
        if abs(lead) <= TIE:
            continue
        above, below = (first, second) if lead > 0 else (second, first)
        moving = parts * (scores[above] - scores[below])
        for criterion in np.flatnonzero(np.abs(moving) > TIE):
            change = -abs(lead) / moving[criterion]
            if abs(change) < within:
                found.append(Reversal(above, below, int(criterion), float(change)))
    return tuple(sorted(found, key=lambda one: (abs(one.change), one.above, one.below, one.criterion)))


def rank_ranges(scores: FloatArray, weights: FloatArray, *, within: float) -> tuple[tuple[int, int], ...]:
    """The best and the worst rank of each project while any one weight moves by up to the part `within`."""
    seen = [ranks(weighted_scores(scores, weights))]
    turning = reversals(scores, weights, within=within)
    for criterion in range(len(weights)):
        turns = sorted({-within, within, *(one.change for one in turning if one.criterion == criterion)})
        # Between two turns no order changes: one look between each two sees every order.
        for change in (*(-within, within), *((low + high) / 2 for low, high in pairwise(turns))):
            moved = weights.copy()
            moved[criterion] *= 1 + change
            seen.append(ranks(weighted_scores(scores, moved)))
    every = np.array(seen)
    return tuple(zip(every.min(axis=0).tolist(), every.max(axis=0).tolist(), strict=True))
