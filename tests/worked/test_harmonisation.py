"""HARM-1 of the methods: two authorities made comparable, by plain values and through the table. GBP thousand.

Price base 2024-25 = 100.0, 2025-26 = 102.5. P keeps financial years and recharges support services; Q keeps academic
years and does not. The published answers are to 0.001.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl
import pytest

from consortia.costing import Components, cost_table, harmonise, measures_of
from consortia.costing.area import AreaWeights, area_adjusted, area_factor
from consortia.costing.overheads import apportion
from consortia.money import to_pence
from consortia.periods import FinancialYear, financial_from_academic
from consortia.study import CostLine, Return, ReturnHeader
from consortia.study.tables import table_of

DEFLATORS = {"2024-25": 100.0, "2025-26": 102.5}
PUPILS_P, PUPILS_Q = 25_000, 18_000
P = {
    "employees": 900,
    "running_expenses": 300,
    "support_services": 120,
    "capital_charges": 60,
    "sales_fees_charges": 200,
    "other_income": 100,
    "internal_income": 150,
}


def test_p_costs_1170_and_870_net_of_income() -> None:
    measures = measures_of(Components(**{name: Decimal(amount) for name, amount in P.items()}))
    assert measures.total_cost == 900 + 300 - 150 + 120 == 1170
    assert measures.net_current_expenditure == 1170 - 200 - 100 == 870


def test_p_costs_34_80_per_pupil_and_33_951_in_prices_of_2024_25() -> None:
    per_pupil = 870 * 1000 / PUPILS_P
    assert per_pupil == pytest.approx(34.80, abs=0.001)
    assert per_pupil * 100.0 / 102.5 == pytest.approx(33.951, abs=0.001)
    assert area_adjusted(per_pupil * 100.0 / 102.5, 1.00) == pytest.approx(33.951, abs=0.001)


def test_q_costs_835_after_its_academic_years_and_its_share_of_support_services() -> None:
    direct = financial_from_academic(Decimal(700), Decimal(760))
    assert direct == (5 * 700 + 7 * 760) / Decimal(12) == 735
    support = apportion(to_pence(5_000), {"this service": 14, "all others": 700 - 14})["this service"]
    assert support == to_pence(5_000 * Decimal(14) / 700) == to_pence(100)
    assert direct + 100 == 835
    assert direct + 100 - 60 - 40 == 735


def test_q_costs_40_833_per_pupil_39_837_real_and_37_583_at_national_prices() -> None:
    per_pupil = 735 * 1000 / PUPILS_Q
    real = per_pupil * 100.0 / 102.5
    assert per_pupil == pytest.approx(40.833, abs=0.001)
    assert real == pytest.approx(39.837, abs=0.001)
    assert area_adjusted(real, 1.06) == pytest.approx(37.583, abs=0.001)


def test_an_area_factor_weighs_local_pay_and_local_rates() -> None:
    weights = AreaWeights(labour=0.75, rates=0.05)
    assert area_factor(weights, labour_cost=1.08, rates_cost=1.00) == pytest.approx(1 + 0.75 * 0.08 + 0.05 * 0)


def test_the_table_gives_the_same_total_costs_and_real_net_per_pupil() -> None:
    lines = _harmonised().lines
    assert _amount(lines, "P", "total_cost", "nominal_pence") == to_pence(1_170_000)
    assert _amount(lines, "Q", "total_cost", "nominal_pence") == to_pence(835_000)
    net_p = _amount(lines, "P", "net_current_expenditure", "amount_pence") / 100 / PUPILS_P
    net_q = _amount(lines, "Q", "net_current_expenditure", "amount_pence") / 100 / PUPILS_Q
    assert net_p == pytest.approx(33.951, abs=0.001)
    assert net_q == pytest.approx(39.837, abs=0.001)


def test_the_bridge_of_q_reads_from_its_own_books_to_the_comparable_figure() -> None:
    steps = _harmonised().steps.filter(partner="Q", year="2025-26", measure="total_cost")
    assert dict(zip(steps["step"], steps["amount_pence"], strict=True)) == {
        "as_returned": to_pence(760_000),
        "support_services": to_pence(100_000),
        "time_basis": to_pence(735_000 - 760_000),
        "price_base": to_pence("814634.15") - to_pence(835_000),  # 835,000 / 1.025 = 814,634.146
    }


def _harmonised():
    q = [_return("Q", year, {"total_expenditure": direct, "total_income": 100})
         for year, direct in (("2024-25", 700), ("2025-26", 760))]  # fmt: skip
    support = pl.DataFrame(
        {"partner": ["Q", "Q"], "year": ["2024-25", "2025-26"], "service": ["education"] * 2,
         "amount_pence": [to_pence(100_000)] * 2}
    )  # fmt: skip
    return harmonise(
        cost_table([_return("P", "2025-26", P), *q]),
        price_base=FinancialYear(2024),
        deflators=DEFLATORS,
        basis="reapportioned",
        support=support,
        academic=["Q"],
    )


def _return(partner: str, year: str, thousands: Mapping[str, int]) -> Return:
    lines = [
        CostLine(
            key=f"{year}/education/{measure}",
            year=year,
            service="education",
            measure=measure,
            amount=Decimal(amount) * 1000,
            status="known",
        )
        for measure, amount in thousands.items()
    ]
    header = ReturnHeader(partner=partner)
    return Return(header, table_of(CostLine, lines), Return.empty(header).volumes)


def _amount(lines: pl.DataFrame, partner: str, measure: str, column: str) -> int:
    return lines.filter(partner=partner, year="2025-26", measure=measure)[column].item()
