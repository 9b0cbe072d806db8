"""HARM-1's unit costs, methods 1.5: authority P per pupil, nominal and in 2024-25 prices."""

from __future__ import annotations

import polars as pl
import pytest

from consortia.benchmarking import real_trend, unit_costs
from consortia.periods import FinancialYear

LINES = pl.DataFrame(
    {
        "partner": ["P", "Q"],
        "year": ["2025-26", "2025-26"],
        "service": ["education", "education"],
        "measure": ["net_current_expenditure"] * 2,
        "status": ["known", "known"],
        # P: 900 + 300 - 150 + 120 - 200 - 100 = 870; Q: 5/12 * 700 + 7/12 * 760 + 100 - 60 - 40 = 735 (thousand pounds)
        "amount_pence": [870_000_00, 735_000_00],
        "price_base": ["nominal", "nominal"],
    }
)
PUPILS = pl.DataFrame(
    {"partner": ["P", "Q"], "year": ["2025-26"] * 2, "measure": ["pupils"] * 2, "value": [25_000.0, 18_000.0]}
)


def per_pupil() -> dict[str, float]:
    table = unit_costs(LINES, PUPILS, per={"education": "pupils"}, measure="net_current_expenditure")
    return dict(table.select("partner", "unit_cost").iter_rows())


def test_harm_1_net_cost_per_pupil() -> None:
    assert per_pupil()["P"] == pytest.approx(34.80, abs=0.001)  # 870,000 / 25,000
    assert per_pupil()["Q"] == pytest.approx(40.833, abs=0.001)  # 735,000 / 18,000


@pytest.mark.parametrize(("partner", "real"), [("P", 33.951), ("Q", 39.837)])
def test_harm_1_in_the_prices_of_2024_25(partner: str, real: float) -> None:
    index = {"2024-25": 100.0, "2025-26": 102.5}
    trend = real_trend({"2025-26": per_pupil()[partner]}, deflators=index, base=FinancialYear(2024))
    assert trend.values[0][1] == pytest.approx(real, abs=0.001)  # nominal * 100.0 / 102.5
