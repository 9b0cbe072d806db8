"""A group is priced and an appraised case is valued by the same arithmetic: the two must not drift apart."""

from dataclasses import dataclass

import pytest

from consortia.appraisal import Pert, Phasing, ServiceCase, appraise, value_factors
from consortia.partnership import DuplicatedWork, LevelFactor, price_groups, solve_service
from consortia.periods import FinancialYear

PARTNERS = ("Ash", "Beech", "Cedar", "Dogwood", "Elm")
COST = (1.1e6, 2.3e6, 0.7e6, 4.9e6, 3.1e6)
SETUP, LEVEL = Pert(0.18, 0.30, 0.59), Pert(0.35, 0.55, 0.75)
PHASING = Phasing(benefits=(0.1, 0.4, 0.4, 0.1), costs=(0.3, 0.5, 0.2))


@dataclass(frozen=True)
class Bands:
    bands = ((0, 30, 0.035),)


@dataclass(frozen=True)
class OutlineCase:
    slip_probability = 0.3
    median = 0.7
    sigma = 0.5
    delay_mean_months = 6.0


def central_worth(members, saving, coordination):
    case = ServiceCase(
        key="payroll", service="payroll", level="collaboration", members=tuple(PARTNERS[place] for place in members),
        base_cost=tuple(COST[place] for place in members), saving=saving, level_factor=LEVEL, setup_share=SETUP,
        coordination=coordination, coordination_fixed=5_000, maturity=OutlineCase(), offset=-0.1, start=2,
    )  # fmt: skip
    appraised = appraise(
        [case], partners=PARTNERS, base_year=FinancialYear(2024), horizon=10, schedule=Bands(), phasing=PHASING,
        count=2, seed=1,
    )  # fmt: skip
    return appraised.worth()[0]


@pytest.fixture(params=[Pert(-0.02, 0.07, 0.18), Pert(0.05, 0.1, 0.11), Pert(-0.05, 0, 0.01)], ids=str)
def saving(request):
    """A usual range, one whose cap binds, and one that loses."""
    return request.param


@pytest.fixture
def pricing(model, saving):
    factors = value_factors(schedule=Bands(), horizon=10, phasing=PHASING, maturity=OutlineCase(), offset=-0.1, start=2)
    return model(
        cost=COST, gain=DuplicatedWork(saving.central), highest_rate=saving.high, setup_share=SETUP.central,
        levels=(LevelFactor("collaboration", LEVEL.central),), factors=factors, pair_rate=0.005, fixed=5_000,
    )  # fmt: skip


@pytest.mark.parametrize("members", [(0, 1), (1, 3, 4), (0, 1, 2, 3, 4)])
def test_every_group_is_worth_what_the_central_case_of_its_appraisal_is(pricing, saving, members):
    values, mask = price_groups(pricing), sum(1 << place for place in members)
    coordination = float(values.coordination[mask])
    assert values.value[mask] == pytest.approx(central_worth(members, saving, coordination), rel=1e-9)


def test_the_chosen_group_hands_its_coordination_cost_on(pricing, saving):
    answer = solve_service(pricing, partners=PARTNERS, budgets=COST)
    for group in (*answer.groups, answer.most_promising):
        members = [PARTNERS.index(name) for name in group.members]
        assert group.value == pytest.approx(central_worth(members, saving, group.coordination), rel=1e-9)
