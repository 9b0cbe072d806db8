"""Overlapping initiatives: what they save together and what belongs to each."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.overlaps import attribute, combined_rate


def test_beyond_eight_initiatives_the_log_share_is_the_default():
    rates = np.linspace(0.01, 0.1, 9)
    assert np.array_equal(attribute(rates), attribute(rates, "log"))
    assert np.array_equal(attribute(rates[:8]), attribute(rates[:8], "shapley"))


def test_who_saves_the_whole_line_takes_it_all_by_log():
    assert attribute((1.0, 0.3), "log").tolist() == [1, 0]
    assert attribute((1.0, 1.0), "log").tolist() == [0.5, 0.5]


def test_initiatives_that_cancel_each_other_still_add_up():
    rates = (0.5, -1.0)  # .5 x 2 = 1: nothing is saved together
    assert combined_rate(rates) == 0
    assert attribute(rates, "log").sum() == pytest.approx(0)


def test_equal_initiatives_have_equal_shapley_parts_whatever_their_order():
    parts = attribute((0.1, 0.2, 0.1), "shapley")
    assert parts[0] == pytest.approx(parts[2])


def test_a_rate_above_the_whole_line_is_refused():
    with pytest.raises(ValueError, match="one at most"):
        combined_rate((0.2, 1.1))
