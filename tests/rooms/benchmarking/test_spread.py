"""Spread among peers: quartiles only where they mean something, potential never more than an upper bound."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.benchmarking import potential, robust_scores, spread, total_potential
from consortia.benchmarking.spread import NO_FIGURES, SOME_MISSING, TOO_FEW, UPPER_BOUND

EIGHT = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0]


def test_quartiles_are_of_type_7() -> None:
    found = spread(EIGHT)
    # Position (n - 1) p of 0..7: 1.75 -> 20 + 0.75 * 10; 3.5 -> 40 + 0.5 * 10; 5.25 -> 60 + 0.25 * 10
    assert (found.first_quartile, found.median, found.third_quartile) == (27.5, 45.0, 62.5)
    assert (found.n, found.missing, found.caveats) == (8, 0, ())


def test_fewer_than_eight_peers_have_no_quartiles() -> None:
    found = spread(EIGHT[:7])
    assert (found.first_quartile, found.third_quartile) == (None, None)
    assert (found.lowest, found.median, found.highest) == (10.0, 40.0, 70.0)
    assert found.caveats == (TOO_FEW,)


def test_a_missing_figure_is_counted_and_left_out() -> None:
    found = spread([*EIGHT, None])
    assert (found.n, found.missing, found.median) == (8, 1, 45.0)
    assert found.caveats == (SOME_MISSING,)


def test_no_figures_give_no_spread() -> None:
    found = spread([None, None])
    assert (found.n, found.median) == (0, None)
    assert found.caveats == (NO_FIGURES, SOME_MISSING)


def test_a_robust_score_is_distance_from_the_median_in_scaled_mad() -> None:
    scores = robust_scores([1.0, 2.0, 3.0, 4.0, 100.0])
    # median 3; deviations 2 1 0 1 97, their median 1; (100 - 3) / 1.4826
    assert scores[-1] == pytest.approx(97 / 1.4826)
    assert scores[2] == 0.0


def test_when_more_than_half_are_the_same_the_mean_deviation_stands_in() -> None:
    scores = robust_scores([5.0, 5.0, 5.0, 9.0])
    # MAD 0; mean deviation 4 / 4 = 1; (9 - 5) / 1.2533
    assert scores[-1] == pytest.approx(4 / 1.2533)


def test_figures_that_are_all_the_same_have_no_score() -> None:
    assert robust_scores([5.0, 5.0, None]) == (None, None, None)
    assert robust_scores([None]) == (None,)


def test_potential_is_the_way_down_to_the_first_quartile_and_is_labelled_an_upper_bound() -> None:
    found = potential("central", 40.0, volume=1_000.0, peers=spread(EIGHT))
    assert found is not None
    assert found.amount == 12_500.0  # (40 - 27.5) * 1,000
    assert UPPER_BOUND in found.caveats
    assert found.n == 8


def test_an_authority_below_the_first_quartile_has_no_potential_and_not_a_negative_one() -> None:
    found = potential("central", 10.0, volume=1_000.0, peers=spread(EIGHT))
    assert found is not None
    assert found.amount == 0.0


@pytest.mark.parametrize(("cost", "volume", "peers"), [(None, 1.0, EIGHT), (1.0, None, EIGHT), (1.0, 1.0, EIGHT[:5])])
def test_potential_needs_a_unit_cost_a_volume_and_enough_peers(cost, volume, peers) -> None:
    assert potential("central", cost, volume=volume, peers=spread(peers)) is None


def test_potentials_of_different_services_add_up() -> None:
    peers = spread(EIGHT)
    parts = [potential(name, 40.0, volume=2.0, peers=peers) for name in ("central.a", "central.b", "centralised")]
    assert total_potential([part for part in parts if part]) == 75.0  # 3 * (40 - 27.5) * 2


@pytest.mark.parametrize("other", ["central", "central.legal", "total"])
def test_potentials_that_hold_the_same_money_are_never_added(other: str) -> None:
    peers = spread(EIGHT)
    pair = [potential(name, 40.0, volume=2.0, peers=peers) for name in ("central", other)]
    with pytest.raises(ValueError, match="hold the same money"):
        total_potential([part for part in pair if part])


def test_quartiles_are_numpys_default() -> None:
    values = [3.1, 4.7, 1.2, 9.9, 5.5, 2.8, 7.3, 6.0, 8.4]
    found = spread(values)
    assert (found.first_quartile, found.third_quartile) == tuple(np.quantile(values, [0.25, 0.75]))
