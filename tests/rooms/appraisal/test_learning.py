"""What recorded outturns teach, by hand and at the limits."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from consortia.appraisal import AppraisalError
from consortia.appraisal.learning import DeliveryClass, Outturn, learn, reference_class, updated
from consortia.reference.delivery_classes import maturity_class, service_offset

PRIOR = DeliveryClass(slip_probability=0.25, median=1.0, sigma=0.5)


def outturns(*ratios: float, service: str = "legal", maturity: str = "outline_case") -> list[Outturn]:
    return [Outturn(f"i{n}", service, maturity, 100.0, 100.0 * ratio) for n, ratio in enumerate(ratios)]


def test_four_outturns_weigh_as_much_as_the_class():
    """Four at one half: the log median goes half the way from ln 1 to ln .5."""
    found = updated(PRIOR, outturns(0.5, 0.5, 0.5, 0.5))
    assert found.median == pytest.approx(exp((4 * 0 + 4 * log(0.5)) / 8))
    assert (found.chance_weight, found.ratio_weight) == (8, 8)


def test_the_spread_is_learned_from_the_class_the_scatter_and_the_distance_between_them():
    """(4 x s^2 + no scatter + 4 x 4 / 8 x (ln .5)^2) / 8, with s the .5 less what one more initiative adds to it.

    One more is wider by sqrt(1 + 1/4) x 1.5332 / 1.2816 before, and by sqrt(1 + 1/8) x 1.3968 / 1.2816 after.
    """
    found = updated(PRIOR, outturns(0.5, 0.5, 0.5, 0.5))
    before, after = sqrt(1.25) * 1.5332 / 1.2816, sqrt(1.125) * 1.3968 / 1.2816
    squares = 4 * (0.5 / before) ** 2 + 4 * 4 / 8 * log(0.5) ** 2
    assert found.sigma == pytest.approx(after * sqrt(squares / 8), rel=1e-4)


def test_no_higher_ratio_is_drawn_than_two_and_a_half_or_the_highest_on_record():
    assert updated(PRIOR, outturns(0.5)).ratio.highest == 2.5
    assert updated(PRIOR, outturns(0.5, 3.1)).ratio.highest == pytest.approx(3.1)


def test_outturns_that_deliver_nothing_move_the_chance_of_a_slip_and_not_the_ratio():
    """(4 x .25 + 2) / (4 + 2) = 1/2."""
    found = updated(PRIOR, outturns(0, 0))
    assert found.slip_probability == pytest.approx(0.5)
    assert (found.median, found.sigma) == (PRIOR.median, PRIOR.sigma)


def test_delivery_of_anything_lowers_the_chance_of_a_slip():
    assert updated(PRIOR, outturns(0.1)).slip_probability == pytest.approx(4 * 0.25 / 5)


def test_without_outturns_nothing_is_learned():
    assert updated(PRIOR, []) == PRIOR


def test_of_many_outturns_the_class_is_forgotten():
    random = np.random.default_rng(4)
    found = updated(PRIOR, outturns(*np.exp(-0.3 + 0.2 * random.standard_normal(2000))))
    assert log(found.median) == pytest.approx(-0.3, abs=0.02)
    assert found.sigma == pytest.approx(0.2, abs=0.02)
    assert found.slip_probability == pytest.approx(0, abs=0.001)


def test_each_class_learns_from_its_own_outturns_and_shows_prior_and_posterior():
    priors = {
        (service, maturity): reference_class(maturity_class(maturity), offset=service_offset(service))
        for service in ("central", "highways")
        for maturity in ("outline_idea", "full_case")
    }
    recorded = outturns(0.5, 0, service="central", maturity="full_case")
    found = {(each.service, each.maturity): each for each in learn(recorded, priors)}
    taught = found["central", "full_case"]
    assert taught.prior == priors["central", "full_case"]
    assert taught.posterior.median < taught.prior.median < 1
    assert (len(taught.outturns), taught.late, taught.nothing) == (2, 1, 0)
    assert all(each.posterior == each.prior for key, each in found.items() if key != ("central", "full_case"))


def test_a_class_becomes_uncertain_inputs():
    found = updated(PRIOR, outturns(0.5))
    assert found.ratio.central == found.median
    assert found.slip.probability == found.slip_probability


@pytest.mark.parametrize(
    ("planned", "delivered", "sentence"),
    [(0.0, 1.0, "planned 0.0"), (-5.0, 1.0, "planned -5.0"), (5.0, -1.0, "-1.0 delivered"), (5.0, float("nan"), "nan")],
)
def test_what_cannot_be_learned_from_is_refused(planned, delivered, sentence):
    with pytest.raises(AppraisalError, match=sentence):
        Outturn("new depot", "highways", "full_case", planned, delivered)


def test_an_outturn_of_no_known_class_is_refused():
    with pytest.raises(AppraisalError, match="no reference class"):
        learn(outturns(0.5), {})
