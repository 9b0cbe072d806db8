"""Several initiatives on the same budget line: what they save together, and how much of it belongs to each.

Source: methods.md 5.8. A rate is the part of the line that an initiative would save alone; the second one saves its
part of what the first has left, so rates are never added. A rate below zero adds cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from consortia.appraisal.arrays import FloatArray

Attribution = Literal["sequential", "shapley", "log"]
LARGEST_FOR_SHAPLEY = 8


def combined_rate(rates: Sequence[float]) -> float:
    """The part of the line that all of them save together: 1 - product of (1 - f). Raises ValueError above one."""
    return float(1.0 - np.prod(1.0 - _checked(rates)))


def attribute(rates: Sequence[float], method: Attribution | None = None) -> FloatArray:
    """Splits the combined rate among the initiatives; the parts add up to it.

    "sequential": in the order given, each on what is left. "shapley": the mean over all orders. "log": by
    ln(1 - f), close to Shapley and the same however initiatives are merged. Default: Shapley up to eight, else log.
    """
    checked = _checked(rates)
    chosen = method or ("shapley" if checked.size <= LARGEST_FOR_SHAPLEY else "log")
    return {"sequential": _sequential, "shapley": _shapley, "log": _by_log}[chosen](checked)


def _checked(rates: Sequence[float]) -> FloatArray:
    checked = np.asarray(rates, dtype=np.float64)
    if not np.all(np.isfinite(checked)) or np.any(checked > 1):
        raise ValueError("a rate is a known part of the line, one at most")
    return checked


def _sequential(rates: FloatArray) -> FloatArray:
    left = np.cumprod(np.concatenate([[1.0], 1.0 - rates[:-1]]))
    return rates * left[: rates.size]


def _shapley(rates: FloatArray) -> FloatArray:
    """f_i times the integral over x in [0, 1] of the product of the others' (1 - x f_j).

    In a random order each other initiative stands before i with probability x, given the place x of i. The integrand
    is a polynomial, so Gauss-Legendre quadrature with enough nodes is exact, without going through the orders.
    """
    nodes, weights = np.polynomial.legendre.leggauss(rates.size // 2 + 1)
    left = 1.0 - np.outer((nodes + 1) / 2, rates)
    others = [np.prod(np.delete(left, i, axis=1), axis=1) for i in range(rates.size)]
    return rates * np.array([weights @ product / 2 for product in others], dtype=np.float64)


def _by_log(rates: FloatArray) -> FloatArray:
    if np.any(rates == 1):
        takes_all = (rates == 1).astype(np.float64)  # the limit
        return np.asarray(takes_all / takes_all.sum())
    logs = np.log1p(-rates)
    total = float(np.sum(logs))
    scale = float(np.expm1(total)) / total if total else 1.0
    return np.asarray(-logs * scale)
