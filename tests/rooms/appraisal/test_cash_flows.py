"""Cash flows of cases: who saves, who pays, when, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import AppraisalError, Correlations, Pert
from consortia.periods import FinancialYear, PriceBase

CONSTANT = {"saving": Pert(0.06, 0.06, 0.06), "level_factor": Pert(0.5, 0.5, 0.5), "setup_share": Pert(0.3, 0.3, 0.3)}


def test_the_axes_are_draw_partner_service_and_year(case, appraised):
    result = appraised([case("legal"), case("audit", members=("A", "D"), base_cost=(1e6, 1e6))])
    assert result.axes == ("draw", "partner", "service", "year")
    assert result.net.shape == (257, 4, 2, 11)
    assert result.services == ("audit", "legal")
    assert result.draws == 256


def test_net_is_saving_less_cost(case, appraised):
    result = appraised([case()])
    assert np.array_equal(result.net, result.saving - result.cost)


def test_the_result_states_its_price_base_years_and_seed(case, appraised):
    result = appraised([case()])
    assert result.price_base == PriceBase(FinancialYear(2024))
    assert [str(result.years[0]), str(result.years[-1])] == ["2024-25", "2034-35"]
    assert result.seed == 20_260_401


def test_a_case_that_is_certain_can_be_summed_by_hand(case, appraised, certain):
    """Three of cost 6m, 6% at full integration, level factor .5: a group of three sees (2/3)/(3/4) = 8/9 of it."""
    flow = appraised([case(maturity=certain, **CONSTANT)]).flow()
    steady = 6_000_000 * 0.5 * 0.06 * (2 / 3) / (3 / 4)  # 160,000
    setup = 0.3 * steady * (0.1 + 0.5)  # 28,800
    expected = [
        0,
        0.1 * steady - 0.3 * setup - 16_500,
        0.5 * steady - 0.5 * setup - 16_500,
        0.9 * steady - 0.2 * setup - 16_500,
        *[steady - 16_500] * 7,
    ]
    assert flow == pytest.approx(expected)


def test_the_members_share_by_cost_and_others_have_nothing(case, appraised):
    result = appraised([case()])
    net = result.net[:, :, 0, :]
    assert net[:, 1] == pytest.approx(2 * net[:, 0])
    assert net[:, 2] == pytest.approx(3 * net[:, 0])
    assert not net[:, 3].any()


def test_two_groups_may_share_the_same_service_apart(case, appraised):
    pair = {"service": "legal", "base_cost": (1e6, 1e6)}
    result = appraised([case("one", members=("A", "B"), **pair), case("two", members=("C", "D"), **pair)])
    assert result.saving.shape[2] == 1
    assert result.worth(partners=["A", "B"])[0] == pytest.approx(result.worth(partners=["C", "D"])[0])


def test_a_saving_below_zero_is_a_real_extra_cost(case, appraised):
    result = appraised([case(saving=Pert(-0.05, -0.03, -0.01))])
    assert (result.saving[..., -1].sum(axis=(1, 2)) < 0).all()
    assert (result.cost >= 0).all()


def test_a_plan_to_lose_has_no_setup_cost_but_coordination(case, appraised):
    result = appraised([case(saving=Pert(-0.05, -0.03, -0.01))])
    assert result.cost[0].sum(axis=(0, 1)) == pytest.approx([0] + [16_500] * 10)


def test_setup_cost_does_not_fall_because_delivery_fails(case, appraised, certain):
    failing = type(certain)(median=0.1)
    kept, failed = (appraised([case(maturity=maturity)]) for maturity in (certain, failing))
    assert np.array_equal(kept.cost, failed.cost)
    assert failed.saving[0].sum() == pytest.approx(0.1 * kept.saving[0].sum())


def test_the_rate_is_capped_at_the_high_end_whatever_the_size(case, appraised, certain):
    """Twenty members would see (19/20)/(3/4) = 1.27 times the range; the cap is the high end at that level."""
    members = tuple(f"P{i}" for i in range(20))
    many = case(members=members, base_cost=(1e6,) * 20, maturity=certain, level_factor=Pert(0.5, 0.5, 0.5))
    result = appraised([many], partners=members)
    steady = result.saving[..., -1].sum(axis=(1, 2))
    assert steady.max() == pytest.approx(0.5 * 0.18 * 20e6)


def test_a_named_comparator_may_lift_the_cap(case, appraised):
    high = case(saving=Pert(0.18, 0.18, 0.18), size_factor=1.2, highest_rate=0.25)
    assert high.planned_saving == pytest.approx(0.55 * 0.18 * 1.2 * 6e6)


def test_coordination_grows_with_the_depth_of_working_but_its_fixed_part_does_not(case, appraised):
    drawn = appraised([case(coordination=16_500.0, coordination_fixed=5_500.0, saving=Pert(0, 0, 0))])
    yearly = drawn.cost[..., -1].sum(axis=(1, 2))
    assert yearly[0] == pytest.approx(16_500)
    assert yearly.min() > 5_500 + 11_000 * 0.35 / 0.55 - 1
    assert yearly.max() < 5_500 + 11_000 * 0.75 / 0.55 + 1
    assert yearly.std() > 0


def test_no_draw_delivers_more_than_the_cap(case, appraised, outline_idea):
    prompt = type(outline_idea)(slip_probability=0.0, delay_mean_months=0.0)
    steady = appraised([case(maturity=prompt, delivery_cap=1.0, **CONSTANT)]).saving[1:, ..., -1].sum(axis=(1, 2))
    assert steady.max() <= case(**CONSTANT).planned_saving


def test_a_slip_moves_the_saving_by_a_year_and_the_cost_not_at_all(case, appraised, certain):
    on_time, late = (
        appraised([case(maturity=type(certain)(slip_probability=chance), **CONSTANT)]) for chance in (0.0, 1.0)
    )
    assert late.saving[1, ..., 1:] == pytest.approx(on_time.saving[1, ..., :-1])
    assert np.array_equal(late.cost, on_time.cost)
    assert np.array_equal(late.net[0], on_time.net[0])  # the central case has no slip


def test_what_falls_after_the_horizon_is_not_seen(case, appraised):
    result = appraised([case(start=10)])
    assert not result.net[..., :10].any()
    assert result.payback() is None


def test_a_partner_that_would_share_a_service_twice_is_refused(case, appraised):
    with pytest.raises(ValueError, match="legal of A, legal of B, legal of C would be appraised twice"):
        appraised([case("one", service="legal"), case("two", service="legal")])


def test_a_member_that_is_no_partner_is_refused(case, appraised):
    with pytest.raises(ValueError, match="C are members of a case but no partners"):
        appraised([case()], partners=("A", "B"))


def test_a_start_after_the_horizon_is_refused_with_a_remedy(case, appraised):
    with pytest.raises(AppraisalError, match=r"would start after the 10 years.*Start earlier"):
        appraised([case(start=11)])


def test_an_appraisal_too_large_for_the_machine_is_refused_before_it_is_begun(case, appraised):
    with pytest.raises(AppraisalError, match=r"1,048,577 draws of 15 partners.*draws: \d+"):
        appraised([case()], count=2**20, partners=tuple("ABCDEFGHIJKLMNO"))


def test_draws_that_are_no_power_of_two_are_refused(case, appraised):
    with pytest.raises(AppraisalError, match="1000 draws are not a power of two"):
        appraised([case()], count=1000)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"members": ("A", "A", "B")}, "named, each once"),
        ({"members": ()}, "named, each once"),
        ({"base_cost": (1.0, 2.0)}, "one cost for each of its 3 members"),
        ({"base_cost": (1.0, -2.0, 3.0)}, "known and not negative"),
        ({"base_cost": (1.0, float("nan"), 3.0)}, "known and not negative"),
        ({"coordination": 1.0, "coordination_fixed": 2.0}, "hold its fixed part"),
        ({"start": 0}, "change starts at 1"),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(case, changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        case(**changes)


def test_a_group_without_cost_saves_nothing_and_shares_coordination_equally(case, appraised):
    result = appraised([case(base_cost=(0.0, 0.0, 0.0))])
    assert not result.saving.any()
    assert result.cost[0, :3, 0, 1] == pytest.approx([5_500] * 3)


def test_no_case_at_all_is_worth_nothing(appraised):
    result = appraised([])
    assert result.worth().tolist() == [0.0] * 257
    assert result.payback() == 0


def test_the_whole_is_less_sure_when_cases_share_their_fortune(case, appraised):
    cases = [case(f"s{number}") for number in range(8)]
    apart, alike = (appraised(cases, count=4096, correlations=Correlations(*[r] * 3)).risk() for r in (0.0, 0.8))
    assert alike.p90 - alike.p10 > 1.5 * (apart.p90 - apart.p10)
