"""Contract terms in cash, by hand: what a contract names once is held in cash, and deflated year by year.

The deflator (2024-25 = 100) is 103.118047 in 2025-26 and 105.411097 in 2026-27.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.run.programme import Appraised, appraise_projects
from consortia.study import Definition

INFLATION = (1.0, 1.03118047, 1.05411097)
SAVED = {"kind": "amounts", "key": "saved", "amounts": {"2025-26": 200_000, "2026-27": 200_000}}


def appraised(term: dict[str, Any], *, prices: str = "nominal") -> Appraised:
    project = {
        "key": "contract", "title": {"en": "Contract"}, "maturity": "as_stated", "prices": prices,
        "effects": [SAVED], "terms": [{"key": "term"} | term],
    }  # fmt: skip
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 2, "projects": [project],
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
    }  # fmt: skip
    return appraise_projects(Definition.model_validate(fields))


def real(kind: str, term: dict[str, Any]) -> list[float]:
    """Real pounds of 2025-26 and 2026-27 of a kind, less the 200,000 in cash that are saved without the term."""
    flow = appraised(term).flows()[kind]
    saved = [200_000 / price if kind == "cashable" else 0.0 for price in INFLATION]
    return [float(flow[t]) - saved[t] for t in (1, 2)]


def test_the_cap_of_a_gain_share_is_cash() -> None:
    """Half of 200,000 - 100,000 is 50,000, capped at 30,000 of cash: 29,092.87 and 28,460.00 in prices of 2024-25."""
    term = {"kind": "gain_share", "target": {"2025-26": 100_000}, "share_above": 0.5, "cap": 30_000}
    assert real("running_cost", term) == pytest.approx([30_000 / 1.03118047, 30_000 / 1.05411097])
    assert real("running_cost", term) == pytest.approx([29_092.87, 28_460.00], abs=0.01)


def test_the_target_of_a_gain_share_stays_where_it_is_in_cash() -> None:
    """Half of what is above 100,000 of cash in each year: 50,000 of cash in both."""
    term = {"kind": "gain_share", "target": {"2025-26": 100_000}, "share_above": 0.5}
    assert real("running_cost", term) == pytest.approx([50_000 / 1.03118047, 50_000 / 1.05411097])


def test_a_penalty_is_of_what_is_missing_in_cash() -> None:
    """A quarter of 260,000 - 200,000: 15,000 of cash a year."""
    term = {"kind": "gain_share", "target": {"2025-26": 260_000}, "share_above": 0, "share_below": 0.25}
    assert real("income", term) == pytest.approx([15_000 / 1.03118047, 15_000 / 1.05411097])


def test_a_guarantee_is_cash_and_so_is_its_ratchet() -> None:
    """240,000 guaranteed, 10% more in the second year: 40,000 and 264,000 - 200,000 = 64,000 of cash made good."""
    term = {"kind": "guarantee", "amounts": {"2025-26": 240_000}, "ratchet": 0.1}
    assert real("cashable", term) == pytest.approx([40_000 / 1.03118047, 64_000 / 1.05411097])


def test_a_contribution_that_goes_on_goes_on_in_cash() -> None:
    term = {"kind": "contribution", "giver": {"en": "Town"}, "amounts": {"2025-26": 20_000}, "then": "continue"}
    assert real("income", term) == pytest.approx([20_000 / 1.03118047, 20_000 / 1.05411097])


def test_profit_and_what_the_other_side_keeps_first_are_cash() -> None:
    """Half of 90,000 - 40,000: 25,000 of cash a year."""
    term = {"kind": "profit_share", "profit": 90_000, "keeps_first": 40_000, "share": 0.5}
    assert real("income", term) == pytest.approx([25_000 / 1.03118047, 25_000 / 1.05411097])


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 400_000), st.floats(0, 1), st.integers(0, 80_000))
def test_in_cash_no_more_than_the_cap_is_paid_in_any_year(target: int, share: float, cap: int) -> None:
    term = {"kind": "gain_share", "target": {"2025-26": target}, "share_above": share, "share_below": share, "cap": cap}
    for prices in ("real", "nominal"):
        found = appraised(term, prices=prices)
        flows = found.flows()
        for kind in ("running_cost", "income"):
            flow = flows.get(kind)
            paid = 0.0 if flow is None else float(max(found.in_cash(flow) if prices == "nominal" else flow))
            assert paid <= cap + 0.01
