"""What benchmarks/grouping.py --families and --large solve: every kind of value table, at the largest sizes.

Ten random distributions from the literature on dividing players (|S| is the size of a group), and published spending:
the 22 Welsh authorities by seven heads, thirty services, and up to 28 London boroughs by nine heads.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Random = np.random.Generator

PAIR_RATES = (0.005, 0.01)
LANES = 512
"""Numbers that the limit works on: they and what is added to them stay in the processor's nearest memory."""
SERVICES = 30


# ---- Random tables ----


def uniform(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| U(0, 1)."""
    return sizes * random.uniform(size=sizes.size)


def normal(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| N(10, 0.1)."""
    return sizes * random.normal(10, 0.1, sizes.size)


def modified_uniform(random: Random, sizes: FloatArray) -> FloatArray:
    """10 |S| U(0, 1), a fifth of the groups with up to 50 more."""
    more = np.where(random.uniform(size=sizes.size) < 0.2, random.uniform(0, 50, sizes.size), 0)
    return 10 * sizes * random.uniform(size=sizes.size) + more


def modified_normal(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| N(10, 0.1), a fifth of the groups with N(25, 0.1) more."""
    more = np.where(random.uniform(size=sizes.size) < 0.2, random.normal(25, 0.1, sizes.size), 0)
    return sizes * random.normal(10, 0.1, sizes.size) + more


def exponential(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| Exp(1)."""
    return sizes * random.exponential(size=sizes.size)


def beta(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| Beta(0.5, 0.5)."""
    return sizes * random.beta(0.5, 0.5, sizes.size)


def gamma(random: Random, sizes: FloatArray) -> FloatArray:
    """|S| Gamma(2, 2)."""
    return sizes * random.gamma(2, 2, sizes.size)


def agent_based_uniform(random: Random, sizes: FloatArray) -> FloatArray:
    """Sum over the members of U(0, 2 p), each player's p drawn from U(0, 10)."""
    return _by_member(sizes, [lambda count, p=p: random.uniform(0, 2 * p, count) for p in random.uniform(0, 10, 64)])


def agent_based_normal(random: Random, sizes: FloatArray) -> FloatArray:
    """Sum over the members of N(p, 0.1), each player's p drawn from N(10, 0.1)."""
    return _by_member(sizes, [lambda count, p=p: random.normal(p, 0.1, count) for p in random.normal(10, 0.1, 64)])


def ndcs(random: Random, sizes: FloatArray) -> FloatArray:
    """N(|S|, root of |S|), drawn again where not above zero."""
    drawn = random.normal(sizes, np.sqrt(sizes))
    while (low := np.flatnonzero((drawn <= 0) & (sizes > 0))).size:
        drawn[low] = random.normal(sizes[low], np.sqrt(sizes[low]))
    return drawn


def _by_member(sizes: FloatArray, draws: list[Callable[[int], FloatArray]]) -> FloatArray:
    total = np.zeros(sizes.size)
    for player in range(sizes.size.bit_length() - 1):
        having = total.reshape(-1, 2, 1 << player)[:, 1]
        having += draws[player](having.size).reshape(having.shape)
    return total


FAMILIES: dict[str, Callable[[Random, FloatArray], FloatArray]] = {
    one.__name__: one
    for one in (
        uniform, normal, modified_uniform, modified_normal, exponential, beta, gamma, agent_based_uniform,
        agent_based_normal, ndcs,
    )
}  # fmt: skip


def random_table(family: str, players: int, seed: int) -> FloatArray:
    """Give one table of a family; nobody is worth nothing."""
    sizes = np.bitwise_count(np.arange(1 << players)).astype(np.float64)
    table = FAMILIES[family](np.random.default_rng(seed), sizes)
    table[0] = 0.0
    return table


def london_models(players: int, pair_rate: float, services: int) -> list[Any]:
    """Give pricing models of so many services of London boroughs, as `large_tables.welsh_models` does for Wales."""
    import large_tables

    heads = large_tables.spending(large_tables.london()[:players], large_tables.ENGLISH_EDITION)
    return large_tables.service_models(heads, pair_rate, services)


# ---- Tasks, each answered by a process of its own ----


def solve_family(family: str, *, players: int, seed: int, method: str) -> dict[str, Any]:
    """Give what one method takes for one table of a family: `ours`, the dynamic `programme` alone, or `limit`."""
    return timed(method, random_table(family, players, seed))


def solve_wales(*, pair_rate: float, services: int, method: str) -> dict[str, Any]:
    """Give what pricing all groups of the Welsh authorities takes, and then one method."""
    import large_tables

    from consortia.partnership import total_value

    models = large_tables.welsh_models(pair_rate, services)
    _load()
    wall, spent = time.perf_counter(), time.process_time()
    table = np.asarray(total_value(models).value, np.float64)
    priced = {"table_cpu": time.process_time() - spent, "table_wall": time.perf_counter() - wall}
    return priced | timed(method, table)


def timed(method: str, table: FloatArray) -> dict[str, Any]:
    """Give CPU and wall seconds, value, proof and work of a method; compiled code is loaded first."""
    players = table.size.bit_length() - 1
    _load()
    if method == "limit":
        pairs = 2 ** (players - 1) + (3 ** (players - 1) - 1) // 2
        cpu = limit_loop(min(pairs, 2 * 10**8)) * pairs / min(pairs, 2 * 10**8)
        return {"cpu": cpu, "wall": cpu, "pairs": pairs}
    work = {"programme": _programme, "ours": _ours}[method]
    wall, spent = time.perf_counter(), time.process_time()
    found = work(table)
    return found | {"cpu": time.process_time() - spent, "wall": time.perf_counter() - wall}


def solve_large(*, players: int, pair_rate: float, services: int) -> dict[str, Any]:
    """Give what one division of many London boroughs for all services takes, from costs to proof."""
    from consortia.partnership.every_group import MOST_DIVIDED, best_of_every_group

    _load(single=players > MOST_DIVIDED)
    models = london_models(players, pair_rate, services)
    wall, spent = time.perf_counter(), time.process_time()
    found = best_of_every_group(models)
    return {
        "cpu": time.process_time() - spent,
        "wall": time.perf_counter() - wall,
        "value": found.value,
        "gap": found.gap,
        "proved": found.proved,
        "rounds": found.rounds,
        "kept": found.kept,
        "states": found.states,
        "method": found.method,
    }


def limit_loop(pairs: int) -> float:
    """Give the CPU seconds of so many additions and maxima, compiled, on numbers that stay in the nearest memory."""
    from numba import njit

    @njit(fastmath={"nnan", "nsz"})
    def add_and_compare(numbers, best, times):  # type: ignore[no-untyped-def]
        for turn in range(times):
            more = numbers[turn % numbers.size]
            for i in range(best.size):
                joined = numbers[i] + more
                if joined > best[i]:
                    best[i] = joined

    numbers, best = np.random.default_rng(0).uniform(size=LANES), np.zeros(LANES)
    add_and_compare(numbers, best, 1)
    start = time.process_time()
    add_and_compare(numbers, best, pairs // LANES)
    return time.process_time() - start


def _programme(table: FloatArray) -> dict[str, Any]:
    from consortia.partnership import best_partition

    best = best_partition(table)
    return {"value": best.value, "proved": best.proved}


def _ours(table: FloatArray) -> dict[str, Any]:
    from consortia.partnership.every_group import divide_table

    best = divide_table(table)
    return {"value": best.value, "proved": best.proved, "scans": best.rounds, "kept": best.kept, "method": best.method}


def _load(*, single: bool = False) -> None:
    """Load, or compile, what is timed."""
    from consortia.partnership import best_partition, total_value
    from consortia.partnership.table_partition import best_of_table

    models = london_models(13, 0.01, 3)
    best_of_table(total_value(models, single=single).value, _exact(models) if single else None)
    best_partition(np.asarray(total_value(models).value, np.float64))


def _exact(models: list[Any]) -> Callable[[Any], FloatArray]:
    from consortia.partnership.columns import columns_of_masks
    from consortia.partnership.listed_values import price_listed

    players = len(models[0].cost)
    return lambda masks: np.asarray(sum(price_listed(one, columns_of_masks(players, masks)).value for one in models))


# ---- Printing ----

Ask = Callable[..., dict[str, Any]]
METHODS = ("programme", "ours", "limit")


def print_families(ask: Ask, *, players: int, rounds: int) -> None:
    """Print what each family takes; `ask(method, ...)` asks that method's process."""
    print(
        f"\nOne division of {players} players, every family, medians of {rounds} rounds; load {os.getloadavg()[0]:.1f}"
    )
    print("  family                  table    ours (wall)     scans    kept  programme alone (wall)   times the limit")
    for rate in PAIR_RATES if players == 22 else ():
        answers = [
            {method: ask(method, kind="wales", pair_rate=rate, services=SERVICES, method=method) for method in METHODS}
            for _ in range(rounds)
        ]
        _print_family(f"Wales, 30 services, {rate:.1%}", answers)
    for family in FAMILIES:
        answers = [
            {
                method: ask(method, kind="family", family=family, players=players, seed=seed, method=method)
                for method in METHODS
            }
            for seed in range(rounds)
        ]
        _print_family(family, answers)


def _print_family(name: str, rounds: list[dict[str, dict[str, Any]]]) -> None:
    for one in rounds:
        if abs(one["ours"]["value"] - one["programme"]["value"]) > 1e-9 * abs(one["programme"]["value"]):
            raise SystemExit(f"{name}: ours {one['ours']['value']!r}, the programme {one['programme']['value']!r}.")

    def median(method: str, what: str) -> float:
        return float(np.median([one[method][what] for one in rounds]))

    ratios = [one["programme"]["cpu"] / one["limit"]["cpu"] for one in rounds]
    table = f"{median('ours', 'table_cpu'):6.2f}" if "table_cpu" in rounds[0]["ours"] else " " * 6
    scans = sum("scans" in one["ours"]["method"] for one in rounds)
    print(
        f"  {name:22}{table}   {median('ours', 'cpu'):5.2f} ({median('ours', 'wall'):.2f})   {scans} of {len(rounds)}"
        f" {median('ours', 'kept'):8,.0f}   {median('programme', 'cpu'):5.2f} ({median('programme', 'wall'):.2f})"
        f"             {np.median(ratios):4.1f} ({min(ratios):.1f} to {max(ratios):.1f})",
        flush=True,
    )


def answer(*, kind: str, **task: Any) -> dict[str, Any]:
    """Give the answer to one task."""
    return {"family": solve_family, "wales": solve_wales, "large": solve_large}[kind](**task)


def print_large(ask: Ask, sizes: tuple[int, ...]) -> None:
    """Print what one division of so many boroughs for thirty services takes; `ask` starts a process for each."""
    for players in sizes:
        for rate in PAIR_RATES:
            found = ask("large", kind="large", players=players, pair_rate=rate, services=SERVICES)
            proof = "proved" if found["proved"] else f"NOT PROVED, gap {found['gap'] / found['value']:.2%}"
            print(
                f"  {players} boroughs, {SERVICES} services, {rate:.1%}: {found['cpu']:.1f} CPU-s, "
                f"{found['wall']:.1f} s wall, {found['peak_mb']:,.0f} MB, {proof}, "
                f"{found['rounds']} scans, {found['kept']:,} groups kept, {found['states']:,} states; "
                f"load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
