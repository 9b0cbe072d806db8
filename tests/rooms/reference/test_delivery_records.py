"""The published records of delivery, held against what methods.md 6.2 and 6.4 count in them."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.reference.delivery_records import delivery_cases, survey_cells


def printed(tier: str) -> np.ndarray:
    cells = [cell.difference_percent for cell in survey_cells() if cell.tier == tier]
    return np.array([each for each in cells if each is not None])


@pytest.mark.parametrize(
    ("tier", "cells", "mean", "median", "sd", "below"),
    [("single_tier", 29, -0.6, -2, 25.0, 0.59), ("district", 17, 22.3, 9, 61.0, 0.35)],
)
def test_the_survey_has_the_summary_of_the_method_note(tier, cells, mean, median, sd, below):
    found = printed(tier)
    assert found.size == cells
    assert found.mean() == pytest.approx(mean, abs=0.05)
    assert np.median(found) == median
    assert found.std(ddof=1) == pytest.approx(sd, abs=0.05)
    assert np.mean(found < 0) == pytest.approx(below, abs=0.005)


def test_a_cell_that_is_not_printed_is_not_zero():
    missing = [cell for cell in survey_cells() if cell.difference_percent is None]
    assert [(cell.service, cell.year, cell.ratio) for cell in missing] == [
        ("fire", "2010-11", None),
        ("other", "2012-13", None),
    ]


def test_the_cases_have_the_ratios_of_the_method_note():
    ratios = np.array([case.ratio for case in delivery_cases()])
    assert ratios == pytest.approx([0.628, 0.217, 0.667, 0.161, 1, 2.25, 1.94], abs=5e-3)
    assert np.median(ratios) == pytest.approx(0.667, abs=5e-4)
    assert np.log(ratios).mean() == pytest.approx(-0.39, abs=0.005)
    assert np.log(ratios).std(ddof=1) == pytest.approx(1.00, abs=0.02)
