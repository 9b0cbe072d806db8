"""The model of benchmarks/appraisal.py, as plain numbers that every competitor reads, and ours made of them.

Projects save parts of lines that partners spend, later than planned, and pay for it. Several projects on one line
combine as 1 - prod(1 - f), and leave a fifth of the line. Synthetic and seeded; no real council.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consortia.appraisal import Line, Pert, Programme, Stream, Timing, Triangular
from consortia.appraisal.paths import Growth
from consortia.periods import FinancialYear

ALIKE = 0.3
"""Correlation of the projects' benefits, on the normal scale."""
KEPT = 0.2
"""Part of each line that cannot be saved."""


@dataclass(frozen=True)
class Model:
    """Years are t = 0..years - 1. Inputs come as rows in the order of `names`."""

    partners: int
    projects: int
    years: int
    owner: np.ndarray
    """[line]: its partner."""
    growth: np.ndarray
    """[line]: which of the two growth rates moves it."""
    base: np.ndarray
    """[line], pounds a year."""
    overlap: np.ndarray
    """[overlap, 2]: project, line."""
    part: np.ndarray
    """[overlap]: part of the line that the project saves."""
    ramp: np.ndarray
    """[project, year]"""
    cost: np.ndarray
    """[project, partner], pounds in all."""
    spent: np.ndarray
    """[project, year]: part of the cost that is paid."""

    @property
    def names(self) -> tuple[str, ...]:
        """Benefit, delivery, months of delay and cost of each project, and two growth rates."""
        each = [f"{what}{i}" for what in ("benefit", "delivery", "months", "cost") for i in range(self.projects)]
        return (*each, "growth0", "growth1")

    @property
    def factors(self) -> np.ndarray:
        """Discount factors."""
        return 1.035 ** -np.arange(float(self.years))

    @property
    def flops(self) -> int:
        """Additions and multiplications that a draw needs at the least: the work, whoever does it."""
        first = np.argmax(self.ramp > 0, axis=1)
        overlaps = int((self.years - first[self.overlap[:, 0]]).sum()) * 3  # x size, 1 -, x
        drivers = self.projects * self.years * 5  # two years of the ramp, their sum, x scale
        return overlaps + drivers + self.base.size * self.years * 6 + self.cost.size * 2


def model(projects: int, partners: int, services: int, years: int, *, overlaps: int, seed: int = 1) -> Model:
    """A model of so many projects, partners, lines for each partner and years; seeded."""
    rng = np.random.default_rng(seed)
    lines = partners * services
    cells = np.sort(rng.choice(projects * lines, size=overlaps, replace=False))
    start = rng.integers(1, 4, projects)
    since = np.arange(years)[None, :] - start[:, None] + 1
    paid = np.array([0.3, 0.5, 0.2])
    return Model(
        partners=partners,
        projects=projects,
        years=years,
        owner=np.repeat(np.arange(partners), services),
        growth=np.arange(lines) % 2,
        base=rng.lognormal(14, 1, lines),
        overlap=np.column_stack(np.divmod(cells, lines)),
        part=rng.uniform(0.01, 0.2, overlaps),
        ramp=np.clip(since / 3, 0, 1),
        cost=rng.uniform(2e5, 2e6, (projects, partners)),
        spent=np.where((since >= 1) & (since <= 3), paid[np.clip(since - 1, 0, 2)], 0.0),
    )


def full() -> Model:
    """30 projects x 22 partners x 30 lines x 10 years and the base year, 122 inputs, 1,176 overlaps."""
    return model(30, 22, 30, 11, overlaps=1_176)


def small() -> Model:
    """3 projects x 2 partners x 3 lines x 5 years and the base year, 14 inputs."""
    return model(3, 2, 3, 6, overlaps=10)


def programme(one: Model) -> Programme:
    """The same model as a programme of ours."""
    inputs: dict[str, Pert | Triangular] = {}
    ranges = {"delivery": (0.3, 0.9, 1.2), "months": (0.0, 6.0, 24.0), "cost": (0.8, 1.0, 1.6)}
    for name in one.names:
        what = name.rstrip("0123456789")
        if what == "benefit":
            inputs[name] = Pert(0.2, 1.0, 1.6)
        else:
            inputs[name] = Triangular(*ranges.get(what, (-0.01, 0.01, 0.03)))
    return Programme(
        partners=tuple(f"P{a}" for a in range(one.partners)),
        lines=tuple(_line(one, place) for place in range(one.base.size)),
        streams=(*_savings(one), *_costs(one)),
        paths={"up0": Growth("growth0"), "up1": Growth("growth1")},
        inputs=inputs,
        timings={f"{i}": Timing(delivery=f"delivery{i}", delay_months=f"months{i}") for i in range(one.projects)},
        shares={f"benefit{i}": {"all": ALIKE} for i in range(one.projects)},
        base_year=FinancialYear(2024),
        horizon=one.years - 1,
        factors=one.factors,
    )


def _line(one: Model, place: int) -> Line:
    base = float(one.base[place])
    owner, path = f"P{one.owner[place]}", f"up{one.growth[place]}"
    return Line(key=f"L{place}", partner=owner, base=(base,) * one.years, path=path, floor=KEPT * base)


def _savings(one: Model) -> list[Stream]:
    return [
        Stream(
            key=f"s{number}",
            project=f"{i}",
            partner=f"P{one.owner[line]}",
            kind="cashable",
            line=f"L{line}",
            planned=tuple((one.part[number] * one.ramp[i]).tolist()),
            of_line=True,
            inputs=(f"benefit{i}",),
        )
        for number, (i, line) in enumerate(one.overlap.tolist())
    ]


def _costs(one: Model) -> list[Stream]:
    return [
        Stream(
            key=f"c{i}|{a}",
            project=f"{i}",
            partner=f"P{a}",
            kind="one_off_cost",
            planned=tuple((one.cost[i, a] * one.spent[i]).tolist()),
            inputs=(f"cost{i}",),
            delivered=False,
        )
        for i in range(one.projects)
        for a in range(one.partners)
    ]


def drawn(one: Model, count: int, seed: int = 5) -> np.ndarray:
    """The inputs [input, draw] that all competitors are given, so that their answers can be compared."""
    from consortia.appraisal.draws import Sampling

    made = programme(one)
    sampling = Sampling.of(made.inputs, shares=made.shares)
    columns = sampling.columns(sampling.normals(count=count, seed=seed))
    return np.array([columns[name] for name in one.names])
