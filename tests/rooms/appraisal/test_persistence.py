"""How long an effect lasts."""

from __future__ import annotations

import pytest

from consortia.appraisal.persistence import fading, lasting, recurrent
from consortia.appraisal.profiles import persisted
from consortia.appraisal.refusals import AppraisalError


def test_recurrent_savings_add_up_for_good() -> None:
    assert persisted((1, 2, 0, 0), recurrent(3)) == pytest.approx([1, 3, 3, 3])


def test_a_one_off_saving_is_gone_a_year_later() -> None:
    assert persisted((1, 2, 0, 0), lasting(0)) == pytest.approx([1, 2, 0, 0])


def test_a_saving_may_last_part_of_a_further_year() -> None:
    assert lasting(1) == (1, 1)
    assert persisted((4, 0, 0, 0), lasting(1.5)) == pytest.approx([4, 4, 2, 0])


def test_a_fading_saving_keeps_the_same_part_each_year() -> None:
    assert persisted((8, 0, 0, 0), fading(0.5, horizon=3)) == pytest.approx([8, 4, 2, 1])
    assert fading(1, horizon=2) == recurrent(2)


@pytest.mark.parametrize("wrong", [lambda: lasting(-1), lambda: fading(1.2, horizon=3)])
def test_a_persistence_that_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(AppraisalError):
        wrong()  # type: ignore[operator]
