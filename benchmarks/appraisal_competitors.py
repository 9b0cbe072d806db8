"""The competitors of benchmarks/appraisal.py: the same model as vectorised numpy, a function for each draw, pandas.

Each takes the model and drawn inputs [input, draw] and gives [draw, partner + 2]: net present value of each partner,
of all, and the payback of all (inf: never). Line floors are a part of the base year's amount.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from appraisal_model import KEPT, Model

CHUNK = 512
"""Draws that numpy works on at once; more are slower."""
SMALL_CHUNK = 64
"""With so few all that is in hand stays near the processor: the fastest that we found."""


def numpy_vectorised(one: Model, inputs: np.ndarray) -> np.ndarray:
    """As few and large array operations as we could find, draws last."""
    return _in_chunks(one, inputs, CHUNK)


def numpy_in_small_chunks(one: Model, inputs: np.ndarray) -> np.ndarray:
    """The same, fewer draws at once."""
    return _in_chunks(one, inputs, SMALL_CHUNK)


def _in_chunks(one: Model, inputs: np.ndarray, size: int) -> np.ndarray:
    layers = _layers(one)
    parts = [_numpy_chunk(one, inputs[:, k : k + size], layers) for k in range(0, inputs.shape[1], size)]
    return np.concatenate(parts)


def _layers(one: Model) -> list[np.ndarray]:
    """The overlaps in layers, in each of which a line comes once: a layer is one operation."""
    seen = np.zeros(one.base.size, dtype=int)
    layer = np.empty(len(one.part), dtype=int)
    for number, line in enumerate(one.overlap[:, 1]):
        layer[number], seen[line] = seen[line], seen[line] + 1
    return [np.flatnonzero(layer == k) for k in range(seen.max())]


def _numpy_chunk(one: Model, inputs: np.ndarray, layers: list[np.ndarray]) -> np.ndarray:
    n, draws = one.projects, inputs.shape[1]
    benefit, delivery, months, cost = (inputs[k * n : (k + 1) * n] for k in range(4))
    late = months / 12
    whole = np.floor(late).astype(int)
    part = (late - whole)[:, None]
    at = np.arange(one.years)[None, :, None] - whole[:, None]
    ramp = np.pad(one.ramp, ((0, 0), (3, 0)))[:, :, None]
    driven = (1 - part) * np.take_along_axis(ramp, np.maximum(at + 3, 0), axis=1)
    driven += part * np.take_along_axis(ramp, np.maximum(at + 2, 0), axis=1)
    driven *= (benefit * delivery)[:, None]
    left = np.ones((one.base.size, one.years, draws))
    for places in layers:
        project, line = one.overlap[places].T
        left[line] *= 1 - np.minimum(one.part[places][:, None, None] * driven[project], 1.0)
    grown = (1 + inputs[4 * n :, None]) ** np.arange(one.years)[None, :, None]
    base = one.base[:, None, None] * grown[one.growth]
    saved = np.minimum(base * (1 - left), np.maximum(base - KEPT * one.base[:, None, None], 0))
    net = np.add.reduceat(saved, np.flatnonzero(np.diff(one.owner, prepend=-1)), axis=0)
    net -= np.einsum("ia,it,id->atd", one.cost, one.spent, cost, optimize=True)
    npv = np.einsum("atd,t->ad", net, one.factors)
    return np.column_stack([npv.T, npv.sum(axis=0), _payback(net.sum(axis=0).T)])


def _payback(net: np.ndarray) -> np.ndarray:
    so_far = np.cumsum(net, axis=1)
    below = so_far < 0
    last = net.shape[1] - 1 - np.argmax(below[:, ::-1], axis=1)
    rows, after = np.arange(len(net)), np.minimum(last + 1, net.shape[1] - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = last - so_far[rows, last] / (so_far[rows, after] - so_far[rows, last])
    return np.where(below.any(axis=1), np.where(last == net.shape[1] - 1, np.inf, crossing), 0.0)


def one_draw(one: Model, row: np.ndarray) -> list[float]:
    """Plain Python for one draw: what a user of monaco or the EMA workbench writes."""
    n, years = one.projects, range(one.years)
    driven = []
    for i in range(n):
        whole, part = divmod(row[2 * n + i] / 12, 1)
        ramp = [0.0] * int(whole + 1) + one.ramp[i].tolist()
        driven.append([((1 - part) * ramp[t + 1] + part * ramp[t]) * row[i] * row[n + i] for t in years])
    left = [[1.0] * one.years for _ in one.base]
    for (i, line), size in zip(one.overlap.tolist(), one.part.tolist(), strict=True):
        for t in years:
            left[line][t] *= 1 - min(size * driven[i][t], 1.0)
    net = [[-sum(one.cost[i, a] * one.spent[i, t] * row[3 * n + i] for i in range(n)) for t in years]
           for a in range(one.partners)]  # fmt: skip
    for line, base in enumerate(one.base.tolist()):
        for t in years:
            grown = base * (1 + row[4 * n + one.growth[line]]) ** t
            net[one.owner[line]][t] += min(grown * (1 - left[line][t]), max(grown - KEPT * base, 0.0))
    npv = [sum(flow * factor for flow, factor in zip(flows, one.factors, strict=True)) for flows in net]
    return [*npv, sum(npv), float(_payback(np.array(net).sum(axis=0)[None])[0])]


def plain_function(one: Model, inputs: np.ndarray) -> np.ndarray:
    """The function for each draw, in a loop."""
    return np.array([one_draw(one, row) for row in inputs.T])


def pandas_loop(one: Model, inputs: np.ndarray) -> np.ndarray:
    """A tidy table for each draw: one row for each overlap and year, grouped by line."""
    import pandas as pd

    years = np.arange(one.years)
    grid = pd.DataFrame(
        {
            "project": np.repeat(one.overlap[:, 0], one.years),
            "line": np.repeat(one.overlap[:, 1], one.years),
            "year": np.tile(years, len(one.part)),
            "size": np.repeat(one.part, one.years),
        }
    )
    lines = pd.MultiIndex.from_product([range(one.base.size), years], names=["line", "year"]).to_frame(index=False)
    lines["partner"], lines["base"] = one.owner[lines["line"]], one.base[lines["line"]]
    lines["growth"] = one.growth[lines["line"]]
    return np.array([_pandas_draw(one, row, grid, lines) for row in inputs.T])


def _pandas_draw(one: Model, row: np.ndarray, grid: Any, lines: Any) -> list[float]:
    n = one.projects
    late = row[2 * n : 3 * n] / 12
    whole = np.floor(late).astype(int)
    part, at = (late - whole)[:, None], np.arange(one.years)[None, :] - whole[:, None]
    ramp = np.pad(one.ramp, ((0, 0), (3, 0)))
    driven = (1 - part) * np.take_along_axis(ramp, np.maximum(at + 3, 0), axis=1)
    driven += part * np.take_along_axis(ramp, np.maximum(at + 2, 0), axis=1)
    driven *= (row[:n] * row[n : 2 * n])[:, None]
    left = 1 - np.minimum(grid["size"] * driven[grid["project"], grid["year"]], 1.0)
    left = left.groupby([grid["line"], grid["year"]]).prod().rename("left")
    frame = lines.join(left, on=["line", "year"]).fillna({"left": 1.0})
    grown = frame["base"] * (1 + row[4 * n :][frame["growth"]]) ** frame["year"]
    frame["saved"] = np.minimum(grown * (1 - frame["left"]), np.maximum(grown - KEPT * frame["base"], 0))
    net = frame.pivot_table(index="partner", columns="year", values="saved", aggfunc="sum").to_numpy()
    net = net - np.einsum("ia,it,i->at", one.cost, one.spent, row[3 * n : 4 * n])
    npv = net @ one.factors
    return [*npv, npv.sum(), float(_payback(net.sum(axis=0)[None])[0])]


def monaco_loop(one: Model, inputs: np.ndarray) -> np.ndarray:
    """monaco runs the function for each of its cases; it draws its own inputs, so ours are looked up by case."""
    import monaco as mc
    from scipy.stats import randint

    draws = inputs.shape[1]

    def preprocess(case: Any) -> tuple[int]:
        return (case.ncase,)

    def run(place: int) -> tuple[list[float]]:
        return (one_draw(one, inputs[:, place]),)

    def postprocess(case: Any, result: list[float]) -> None:
        case.addOutVal("npv", result[-2])
        rows[case.ncase] = result

    rows = np.zeros((draws, one.partners + 2))
    sim = mc.Sim(
        name="bench", ndraws=draws, fcns={"preprocess": preprocess, "run": run, "postprocess": postprocess},
        firstcaseismedian=False, seed=1, singlethreaded=True, verbose=False, debug=True,
        savecasedata=False, savesimdata=False,
    )  # fmt: skip
    sim.addInVar(name="any", dist=randint, distkwargs={"low": 0, "high": 2})
    sim.runSim()
    return rows


def ema_loop(one: Model, inputs: np.ndarray) -> np.ndarray:
    """The EMA workbench, sequential, one experiment for each draw."""
    from ema_workbench import Model as EmaModel
    from ema_workbench import RealParameter, ScalarOutcome, Scenario, perform_experiments

    names = list(one.names)
    outputs = [f"v{k}" for k in range(one.partners + 2)]

    def function(**given: float) -> dict[str, float]:
        return dict(zip(outputs, one_draw(one, np.array([given[name] for name in names])), strict=True))

    ema = EmaModel("bench", function=function)
    ema.uncertainties = [RealParameter(name, -1.0, 100.0) for name in names]
    ema.outcomes = [ScalarOutcome(name) for name in outputs]
    scenarios = [Scenario(str(k), **dict(zip(names, row, strict=True))) for k, row in enumerate(inputs.T.tolist())]
    _, results = perform_experiments(ema, scenarios=scenarios)
    return np.column_stack([results[name] for name in outputs])
