"""Service levels that drift apart, by hand: 1,000 a year for two, used 60 to 40; 80% of it moves with the level."""

import pytest

from consortia.partnership.drift import Step, drift_charges

TWO = {"cost": 1000.0, "use": (60.0, 40.0), "standard": 1.0, "varies": 0.8, "falls_away": 0.5}


def test_who_chooses_more_pays_for_it_and_the_other_pays_as_before():
    first, second = drift_charges(levels=(1.5, 1.0), **TWO)
    assert (first.agreed, first.charge) == pytest.approx((600, 600 * 0.8 * (1.5 - 1)))
    assert (first.pays, second.pays) == pytest.approx((840, 400))
    # Spread by use all 1,240 would fall 744 and 496: the second would pay 96 for what the first chose.
    assert (first.spread, second.spread) == pytest.approx((1240 * 0.6, 1240 * 0.4))
    assert (first.spared, second.spared) == pytest.approx((-96, 96))


def test_who_chooses_less_keeps_what_does_not_fall_away():
    first, second = drift_charges(levels=(1.0, 0.5), **TWO)
    # 400 x 0.8 x 0.5 = 160 should fall away; half does. The other 80 stay with the one who chose less.
    assert (first.pays, second.pays) == pytest.approx((600, 400 - 80))


def test_a_step_is_borne_by_those_at_its_level_by_use():
    steps = (Step(level=1.5, cost=90.0), Step(level=1.0, cost=50.0), Step(level=2.0, cost=999.0))
    first, second = drift_charges(levels=(1.5, 1.0), steps=steps, **TWO)
    assert (first.charge, second.charge) == pytest.approx((240 + 90 + 50 * 0.6, 50 * 0.4))


def test_payments_add_up_to_the_cost_however_they_drift():
    found = drift_charges(levels=(1.3, 0.4), steps=(Step(1.2, 70.0),), **TWO)
    assert sum(one.pays for one in found) == pytest.approx(sum(one.spread for one in found))
    assert sum(one.spared for one in found) == pytest.approx(0, abs=1e-9)


def test_nobody_is_charged_where_all_keep_to_the_standard():
    assert [one.charge for one in drift_charges(levels=(1.0, 1.0), **TWO)] == [0, 0]


@pytest.mark.parametrize("wrong", [{"levels": (1.0,)}, {"levels": (0.0, 1.0)}, {"levels": (1.0, 1.0), "varies": 1.2}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"above zero|between 0 and 1"):
        drift_charges(**{**TWO, **wrong})
