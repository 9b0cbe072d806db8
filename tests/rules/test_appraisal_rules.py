"""What must hold in every appraisal, whatever the cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal import Appraisal, Pert, Phasing, ServiceCase, appraise, risk_of
from consortia.appraisal.overlaps import attribute, combined_rate
from consortia.periods import FinancialYear

PARTNERS = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Bands:
    bands: tuple[tuple[int, int | None, float], ...] = ((0, None, 0.035),)


@dataclass(frozen=True)
class Plan:
    slip_probability: float
    median: float
    sigma: float
    delay_mean_months: float


def appraised(cases: list[ServiceCase], **changes: Any) -> Appraisal:
    usual: dict[str, Any] = {
        "partners": PARTNERS,
        "base_year": FinancialYear(2024),
        "horizon": 8,
        "schedule": Bands(),
        "phasing": Phasing((0.1, 0.4, 0.4, 0.1), (0.3, 0.5, 0.2)),
        "count": 64,
        "seed": 7,
    }
    return appraise(cases, **(usual | changes))


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False)


def perts(low: float, high: float) -> st.SearchStrategy[Pert]:
    return st.tuples(*[between(low, high)] * 3).map(lambda values: Pert(*sorted(values)))


plans = st.builds(Plan, between(0, 1), between(0.2, 1.5), between(0, 1), between(0, 24))


@st.composite
def cases(draw: st.DrawFn, key: str = "legal", lowest: float = -0.1) -> ServiceCase:
    members = draw(st.lists(st.sampled_from(PARTNERS), min_size=2, unique=True))
    costs = draw(st.lists(between(0, 1e7), min_size=len(members), max_size=len(members)))
    return ServiceCase(
        key=key,
        service=key,
        level="collaboration",
        members=tuple(members),
        base_cost=tuple(costs),
        saving=draw(perts(lowest, 0.3)),
        level_factor=draw(perts(0, 1)),
        setup_share=draw(perts(0, 1)),
        coordination=draw(between(0, 1e5)),
        maturity=draw(plans),
        start=draw(st.integers(1, 5)),
    )


@given(cases("legal"), cases("audit"))
@settings(deadline=None, max_examples=40)
def test_the_same_cases_give_the_same_numbers_to_the_last_bit(one: ServiceCase, two: ServiceCase) -> None:
    first, again = appraised([one, two]), appraised([one, two])
    assert np.array_equal(first.net, again.net)


@given(cases("legal"), cases("audit"), st.permutations(PARTNERS))
@settings(deadline=None, max_examples=40)
def test_the_order_of_cases_and_partners_changes_no_bit(one: ServiceCase, two: ServiceCase, order: list[str]) -> None:
    first, second = appraised([one, two]), appraised([two, one], partners=tuple(order))
    places = [second.partners.index(name) for name in PARTNERS]
    assert np.array_equal(first.net, second.net[:, places])
    assert np.array_equal(first.worth(), second.worth())


@given(cases(), st.randoms())
@settings(deadline=None, max_examples=40)
def test_the_order_of_members_changes_no_bit(case: ServiceCase, random: Any) -> None:
    pairs = list(zip(case.members, case.base_cost, strict=True))
    random.shuffle(pairs)
    members, costs = zip(*pairs, strict=True)
    turned = replace(case, members=members, base_cost=costs)
    assert np.array_equal(appraised([case]).net, appraised([turned]).net)


@given(cases(), between(0, 1))
@settings(deadline=None, max_examples=40)
def test_splitting_a_cost_among_two_members_changes_no_total(case: ServiceCase, part: float) -> None:
    whole = replace(case, size_factor=0.9)
    first, rest = case.base_cost[0], case.base_cost[1:]
    split = replace(
        whole, members=(*case.members, "New"), base_cost=(part * first, *rest, (1 - part) * first), size_factor=0.9
    )
    together, apart = appraised([whole]), appraised([split], partners=(*PARTNERS, "New"))
    scale = 1.0 + np.abs(together.saving).max() + together.cost.max()
    assert apart.saving.sum(axis=1) / scale == pytest.approx(together.saving.sum(axis=1) / scale, abs=1e-9)
    assert apart.cost.sum(axis=1) / scale == pytest.approx(together.cost.sum(axis=1) / scale, abs=1e-9)


@given(cases(lowest=0.0))
@settings(deadline=None, max_examples=40)
def test_a_later_start_never_raises_the_savings_so_far(case: ServiceCase) -> None:
    now, later = (appraised([replace(case, start=start)]) for start in (case.start, case.start + 1))
    assert (later.saving.cumsum(axis=-1) <= now.saving.cumsum(axis=-1) + 1e-6).all()


@given(cases("legal"), cases("audit"))
@settings(deadline=None, max_examples=40)
def test_what_the_partners_get_adds_up_to_the_group_in_every_draw(one: ServiceCase, two: ServiceCase) -> None:
    result = appraised([one, two])
    parts = np.sum([result.worth(partners=[name]) for name in PARTNERS], axis=0)
    assert parts == pytest.approx(result.worth(), rel=1e-9, abs=1e-3)


@given(cases())
@settings(deadline=None, max_examples=40)
def test_quantiles_do_not_fall(case: ServiceCase) -> None:
    risk = appraised([case]).risk()
    assert risk.p10 <= risk.p50 <= risk.p90
    assert 0 <= risk.chance_of_loss <= 1


@given(st.lists(between(-1e9, 1e9), min_size=2, max_size=50))
def test_quantiles_of_any_values_do_not_fall(values: list[float]) -> None:
    risk = risk_of(np.array(values))
    assert min(values[1:]) <= risk.p10 <= risk.p50 <= risk.p90 <= max(values[1:])


@given(st.lists(between(-1, 1), min_size=1, max_size=14), st.sampled_from([None, "sequential", "shapley", "log"]))
def test_attributed_parts_add_up_to_the_combined_rate(rates: list[float], method: Any) -> None:
    assert attribute(rates, method).sum() == pytest.approx(combined_rate(rates), rel=1e-9, abs=1e-9)
