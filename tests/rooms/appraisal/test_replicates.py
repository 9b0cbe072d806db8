"""Standard errors from replicate scrambles: seeds by counting, errors that hold, and the rule for stopping."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import Draws, Pert
from consortia.appraisal.replicates import REPLICATES, replicate_seeds, risk_of_replicates, too_coarse

INPUTS = {name: Pert(10, 20, 60) for name in "abcde"}


def sums(count: int, seed: int, replicates: int = REPLICATES) -> np.ndarray:
    """The sum of five PERTs [replicate, draw]."""
    seeds = replicate_seeds(seed, replicates)
    return np.array([sum(Draws.sample(INPUTS, count=count, seed=s).columns.values()) for s in seeds])


def test_seeds_are_derived_by_counting():
    assert replicate_seeds(7, 4) == replicate_seeds(7, 16)[:4]
    assert len(set(replicate_seeds(7))) == 16
    assert not set(replicate_seeds(7)) & set(replicate_seeds(8))


def test_one_scramble_alone_has_no_error_to_state():
    with pytest.raises(ValueError, match="no standard error"):
        replicate_seeds(7, 1)
    with pytest.raises(ValueError, match="at least two"):
        risk_of_replicates(np.ones((1, 9)))


def test_the_mean_is_far_surer_than_that_of_independent_draws():
    """Independent draws would have sqrt(5) x 8.6603 / sqrt(1024) = .605; one scramble has less than a hundredth."""
    error = risk_of_replicates(sums(1024, 1)).errors.mean * np.sqrt(REPLICATES)
    assert error < np.sqrt(5) * 8.6603 / np.sqrt(1024) / 100


def test_the_errors_say_how_far_other_seeds_move_the_numbers():
    risks = [risk_of_replicates(sums(256, seed, 8)) for seed in range(24)]
    for name in ("p10", "p50", "p90"):
        moved = np.std([getattr(risk, name) for risk in risks], ddof=1)
        stated = np.sqrt(np.mean([getattr(risk.errors, name) ** 2 for risk in risks]))
        assert moved == pytest.approx(stated, rel=0.5)


def test_a_chance_on_which_all_replicates_agree_is_still_not_certain():
    risk = risk_of_replicates(sums(64, 1), target=1.0)
    assert (risk.chance_of_loss, risk.chance_of_target) == (0, 1)
    assert 0 < risk.errors.chance_of_loss < 0.005
    assert risk.expected_shortfall == 0


def test_drawing_may_stop_when_every_number_is_sure_enough():
    fine = risk_of_replicates(sums(1024, 1), target=125.0)
    assert too_coarse(fine) == ()


def test_what_is_still_too_coarse_is_named_with_what_is_allowed():
    coarse = risk_of_replicates(sums(8, 1, 2) - 122, target=3.0)
    missing = {each.measure: each for each in too_coarse(coarse)}
    assert {"p10", "chance_of_target"} <= missing.keys()
    assert missing["p10"].allowed == pytest.approx(0.01 * abs(coarse.p50))
    assert missing["p10"].error > missing["p10"].allowed
