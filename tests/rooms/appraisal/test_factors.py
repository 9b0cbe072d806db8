"""A group priced by factors and the same group appraised are worth the same."""

from __future__ import annotations

import pytest

from consortia.appraisal import Pert, Phasing, value_factors


@pytest.mark.parametrize("start", [1, 2, 4, 9])
@pytest.mark.parametrize("offset", [0.0, -0.08, 0.07])
@pytest.mark.parametrize("saving", [Pert(-0.02, 0.07, 0.18), Pert(-0.05, 0, 0.05), Pert(-0.09, -0.03, 0.01)])
def test_the_value_of_a_group_is_draw_zero_of_its_appraisal(
    case, appraised, schedule, phasing, outline_idea, start, offset, saving
):
    one = case(start=start, offset=offset, saving=saving)
    by = value_factors(
        schedule=schedule, horizon=10, phasing=phasing, maturity=outline_idea, offset=offset, start=start
    )
    setup = one.setup_share.mean * by.first_two_years * max(one.planned_saving, 0.0)
    value = by.saving * one.planned_saving - by.setup * setup - by.coordination * one.coordination
    assert value == pytest.approx(appraised([one]).worth()[0], rel=1e-9)


def test_the_first_two_years_of_the_ramp_give_six_tenths_of_a_year(schedule, phasing, outline_idea):
    factors = value_factors(schedule=schedule, horizon=10, phasing=phasing, maturity=outline_idea)
    assert factors.first_two_years == pytest.approx(0.1 + (0.1 + 0.4))


def test_factors_of_a_certain_step_are_annuities(schedule, certain):
    step = Phasing(benefits=(1.0,), costs=(1.0,))
    factors = value_factors(schedule=schedule, horizon=3, phasing=step, maturity=certain)
    annuity = 1 / 1.035 + 1 / 1.035**2 + 1 / 1.035**3
    assert factors.saving == pytest.approx(annuity)
    assert factors.coordination == pytest.approx(annuity)
    assert factors.setup == pytest.approx(1 / 1.035)
    assert factors.first_two_years == 2
