"""How sure a programme's worth is: replicates of the whole appraisal, what makes its spread, what to find out."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.distributions import Uniform
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.programme_risk import programme_risk, sources_of_spread
from consortia.appraisal.replicates import replicate_seeds
from consortia.appraisal.streams import Programme, Stream
from consortia.periods import FinancialYear

INPUTS = {"legal": Uniform(0, 2), "ict": Uniform(0, 2)}


@pytest.fixture
def programme() -> Programme:
    """A saves about 10 and pays 9; B saves about 30 and pays nothing: 12 (a - .9) + 36 b in a year that counts 1.2."""
    streams = (
        Stream(key="a", project="a", partner="A", kind="cashable", planned=(0.0, 10.0), inputs=("legal",)),
        Stream(key="c", project="a", partner="A", kind="one_off_cost", planned=(0.0, 9.0)),
        Stream(key="b", project="b", partner="B", kind="cashable", planned=(0.0, 30.0), inputs=("ict",)),
    )
    return Programme(
        partners=("A", "B"),
        streams=streams,
        inputs=INPUTS,
        base_year=FinancialYear(2024),
        horizon=1,
        factors=np.array([1.0, 1.2]),
    )


def test_group_and_partners_each_have_their_chance_of_loss_with_its_error(programme):
    """A loses where its multiplier is below .9, in 45% of the draws; B never."""
    found = programme_risk(programme, count=256, seed=1, target=37.2)
    assert found.partners["A"].chance_of_loss == pytest.approx(0.45, abs=0.002)
    assert found.partners["B"].chance_of_loss == 0
    assert found.group.chance_of_target == pytest.approx(0.5, abs=0.01)
    assert found.group.central == pytest.approx(1.2 * (10 - 9 + 30))
    assert found.group.errors.mean < 0.01
    assert found.seeds == replicate_seeds(1)


def test_enough_draws_settle_every_number_and_few_do_not(programme):
    assert programme_risk(programme, count=1024, seed=1).too_coarse == ()
    assert programme_risk(programme, count=8, seed=1, replicates=2).too_coarse


def test_progress_is_told_after_every_scramble(programme):
    told = []
    programme_risk(programme, count=64, seed=1, replicates=3, progress=lambda *done: told.append(done))
    assert told == [(64, 192), (128, 192), (192, 192)]


def test_the_spread_comes_from_the_larger_saving_by_the_square(programme):
    """12 and 36 for one unit: 1 and 9 of 10 parts of the variance; of A's own worth all is its own."""
    appraisal = appraise_programme(programme, count=4096, seed=2)
    assert {each.group.name: each.share for each in sources_of_spread(appraisal)} == {
        "ict": pytest.approx(0.9, abs=0.01),
        "legal": pytest.approx(0.1, abs=0.01),
    }
    assert sources_of_spread(appraisal, partners=["A"])[0].group.name == "legal"
