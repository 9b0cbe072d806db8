"""The engine's rules, each sum spelled out: docs/methods/appraisal.md, section 8."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from consortia.appraisal import Line, Programme, Settlement, Stream, Timing, Triangular, appraise_programme
from consortia.appraisal.overlaps import attribute
from consortia.appraisal.paths import Growth
from consortia.periods import FinancialYear

HORIZON = 3


@pytest.fixture
def appraised():
    """Legal costs Ash £1m a year, growing by 2%, and cannot fall below £300,000. Three projects act on it."""
    line = Line(key="legal", partner="Ash", base=(1_000_000.0,) * 4, path="demand", floor=300_000.0)
    shared = {"partner": "Ash", "kind": "cashable", "line": "legal"}
    streams = (
        Stream(key="a", project="merger", planned=(0, 0.10, 0.10, 0.10), of_line=True, **shared),
        Stream(key="b", project="ICT", planned=(0, 0, 0.16, 0.16), of_line=True, **shared),
        Stream(key="c", project="panel", planned=(0, 0, 600_000, 500_000), **shared),
        Stream(
            key="d",
            project="ICT",
            partner="Ash",
            kind="one_off_cost",
            planned=(0, 120_000, 0, 0),
            inputs=("cost",),
            delivered=False,
        ),
    )
    guarantee = Settlement(
        key="g", project="merger", partner="Ash", kind="cashable", lower=(0, 90_000, 90_000, 120_000), share_below=1.0
    )
    programme = Programme(
        partners=("Ash",),
        lines=(line,),
        streams=streams,
        settlements=(guarantee,),
        paths={"demand": Growth(0.02)},
        inputs={"cost": Triangular(0.9, 1.0, 1.1), "late": Triangular(3, 3, 3)},
        timings={"ICT": Timing(delay_months="late")},
        base_year=FinancialYear(2024),
        horizon=HORIZON,
        factors=1.035 ** -np.arange(4.0),
    )
    return appraise_programme(programme, count=16, seed=1)


def test_a_line_shared_by_three_projects_and_a_guarantee(appraised):
    base = [1_000_000 * 1.02**t for t in range(4)]  # 1,040,400 in year 2, 1,061,208 in year 3
    ict = 0.16 * 9 / 12  # three months late: nine twelfths of its first year
    year_2, year_3 = base[2] * (1 - 0.90 * (1 - ict)), base[3] * (1 - 0.90 * 0.84)
    merger, both, panel, _, guarantee = appraised.central.flows
    assert merger[1] == pytest.approx(0.10 * 1_020_000)
    assert (merger + both)[2:] == pytest.approx([year_2, year_3])
    assert merger[3] == pytest.approx(year_3 * log(0.90) / log(0.90 * 0.84))
    assert panel[2:] == pytest.approx([base[2] - 300_000 - year_2, 500_000])  # 600,000 would go below the floor
    assert appraised.central.unmet[2, 2] == pytest.approx(600_000 - panel[2])
    assert guarantee == pytest.approx([0, 0, 0, 120_000 - merger[3]])


def test_the_figures_of_the_methods_page(appraised):
    merger, both, panel, cost, guarantee = appraised.central.flows.round().tolist()
    assert merger == [0, 102_000, 97_774, 97_534]
    assert both == [0, 0, 118_629, 161_401]
    assert panel == [0, 0, 523_997, 500_000]
    assert cost == [0, 120_000, 0, 0]
    assert guarantee == [0, 0, 0, 22_466]
    assert round(appraised.unmet[0]) == 76_003
    assert round(appraised.worth()[0]) == 1_378_559
    assert dict(zip(appraised.projects, appraised.by_project[0].round().tolist(), strict=True)) == {
        "merger": 298_057,
        "ICT": 140_374,
        "panel": 940_128,
    }
    assert round(appraised.overlap[0]) == -97_919


def test_dbl_1_three_rates_on_one_line():
    """DBL-1: 10%, 15% and 5% save 27.325% together; by logarithms 9.0201, 13.9136 and 4.3913."""
    line = Line(key="legal", partner="Ash", base=(100.0,))
    rates = {"a": 0.10, "b": 0.15, "c": 0.05}
    streams = tuple(
        Stream(key=key, project=key, partner="Ash", kind="cashable", line="legal", planned=(rate,), of_line=True)
        for key, rate in rates.items()
    )
    programme = Programme(
        partners=("Ash",),
        lines=(line,),
        streams=streams,
        base_year=FinancialYear(2024),
        horizon=0,
        factors=np.ones(1),
    )
    result = appraise_programme(programme, count=16, seed=1)
    assert result.worth()[0] == pytest.approx(27.325)
    assert result.alone[0].tolist() == [10, 15, 5]
    assert result.overlap[0] == pytest.approx(27.325 - 30)
    assert result.by_project[0] == pytest.approx([9.0201, 13.9136, 4.3913], abs=5e-5)
    assert result.by_project[0] == pytest.approx(100 * attribute(list(rates.values()), "log"))
