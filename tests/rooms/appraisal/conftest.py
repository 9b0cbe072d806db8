"""The cast of the appraisal's tests: a schedule, a phasing, a maturity, and cases that differ in what a test names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from consortia.appraisal import Appraisal, Correlations, Draws, Pert, Phasing, ServiceCase, appraise
from consortia.appraisal.sharing import sharing_programme
from consortia.periods import FinancialYear


@dataclass(frozen=True)
class Bands:
    bands: tuple[tuple[int, int | None, float], ...] = ((0, 30, 0.035), (31, None, 0.03))


@dataclass(frozen=True)
class OutlineIdea:
    slip_probability: float = 0.25
    median: float = 0.75
    sigma: float = 0.60
    delay_mean_months: float = 9.0


@dataclass(frozen=True)
class Certain:
    """A plan delivered in full and on time, so that a sum can be done by hand."""

    slip_probability: float = 0.0
    median: float = 1.0
    sigma: float = 0.0
    delay_mean_months: float = 0.0


@pytest.fixture
def schedule() -> Bands:
    return Bands()


@pytest.fixture
def phasing() -> Phasing:
    return Phasing(benefits=(0.1, 0.4, 0.4, 0.1), costs=(0.3, 0.5, 0.2))


@pytest.fixture
def outline_idea() -> OutlineIdea:
    return OutlineIdea()


@pytest.fixture
def certain() -> Certain:
    return Certain()


@pytest.fixture
def case(outline_idea: OutlineIdea) -> Callable[..., ServiceCase]:
    def make(key: str = "legal", **changes: Any) -> ServiceCase:
        usual: dict[str, Any] = {
            "key": key,
            "service": key,
            "level": "collaboration",
            "members": ("A", "B", "C"),
            "base_cost": (1_000_000.0, 2_000_000.0, 3_000_000.0),
            "saving": Pert(-0.02, 0.07, 0.18),
            "level_factor": Pert(0.35, 0.55, 0.75),
            "setup_share": Pert(0.18, 0.30, 0.59),
            "coordination": 16_500.0,
            "maturity": outline_idea,
        }
        return ServiceCase(**(usual | changes))

    return make


@pytest.fixture
def appraised(schedule: Bands, phasing: Phasing) -> Callable[..., Appraisal]:
    def run(cases: Sequence[ServiceCase], **changes: Any) -> Appraisal:
        usual: dict[str, Any] = {
            "partners": ("A", "B", "C", "D"),
            "base_year": FinancialYear(2024),
            "horizon": 10,
            "schedule": schedule,
            "phasing": phasing,
            "count": 256,
            "seed": 20_260_401,
        }
        return appraise(cases, **(usual | changes))

    return run


@pytest.fixture
def drawn(schedule: Bands, phasing: Phasing) -> Callable[[Sequence[ServiceCase]], Draws]:
    """The inputs of cases, drawn 8,192 times."""

    def draw(cases: Sequence[ServiceCase]) -> Draws:
        programme = sharing_programme(
            cases,
            partners=("A", "B", "C", "D"),
            base_year=FinancialYear(2024),
            horizon=10,
            schedule=schedule,
            phasing=phasing,
            correlations=Correlations(),
        )
        return Draws.sample(programme.inputs, count=8192, seed=5, shares=programme.shares)

    return draw
