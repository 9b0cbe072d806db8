"""Paths: what multiplies an amount year by year."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.paths import FlooredIndex, Growth, Product, Survives, Table

DRAWN = {"growth": np.array([0.0, 0.1]), "rpi": np.array([0.02, 0.05]), "luck": np.array([0.5, 0.95])}


def factors(path, years=4):
    return path.factors(DRAWN, years=years, lanes=2)


def test_growth_compounds_from_the_base_year():
    assert factors(Growth(0.05))[:, 0] == pytest.approx([1, 1.05, 1.1025, 1.157625])
    assert factors(Growth("growth"))[:, 1] == pytest.approx([1, 1.1, 1.21, 1.331])


def test_an_index_less_three_points_does_not_fall_below_its_floor():
    path = FlooredIndex((0.05, "rpi"), less=0.03, floor=0.0)
    assert factors(path)[:, 0] == pytest.approx([1, 1.02, 1.02, 1.02])  # 2% less 3 points would be -1%: the floor
    assert factors(path)[:, 1] == pytest.approx([1, 1.02, 1.02**2, 1.02**3])


def test_a_contract_survives_until_it_ends_and_never_comes_back():
    path = Survives(0.2, "luck", first=2)
    assert factors(path, years=5)[:, 0].tolist() == [1, 1, 1, 1, 1]  # .8, .64, .512 are all above .5
    assert factors(path, years=5)[:, 1].tolist() == [1, 1, 0, 0, 0]  # .8 is below .95 in its first year at risk


def test_the_last_value_of_a_table_holds_for_the_years_after_it():
    assert factors(Table((1.0, 0.5)))[:, 0].tolist() == [1, 0.5, 0.5, 0.5]


def test_paths_multiply():
    together = factors(Product((Growth(0.1), Growth("growth"))))
    assert together[2].tolist() == pytest.approx([1.21, 1.21 * 1.21])


def test_a_path_names_the_inputs_it_depends_on_once():
    path = Product((Growth("growth"), FlooredIndex(("rpi", 0.02, "rpi")), Growth("growth")))
    assert path.inputs == ("growth", "rpi")


@pytest.mark.parametrize("refused", [lambda: Survives(1.2, "luck"), lambda: Table(()), lambda: FlooredIndex(())])
def test_a_path_that_makes_no_sense_is_refused(refused):
    with pytest.raises(ValueError, match=r"no probability|at least one|at least"):
        refused()
