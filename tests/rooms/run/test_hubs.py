"""Consortia that each cost an organisation: how many are left, and what the choice is worth, as the cost rises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from consortia.errors import StudyError
from consortia.partnership import best_design
from consortia.partnership.columns import columns_of_masks
from consortia.run.partners import arrange
from consortia.run.partners.hub_tables import hub_choices_table, hubs_table
from consortia.run.partners.hubs import Hubs, hubs_of
from consortia.run.partners.simplicity import simple
from consortia.study import Study, read_study

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
COSTS = (0.0, 100_000.0, 1_000_000.0, 5_000_000.0, 100_000_000.0)


@pytest.fixture(scope="module")
def six() -> Study:
    return read_study(EXAMPLES / "south-west-and-mid-wales-six")


@pytest.fixture(scope="module")
def found(six: Study) -> dict[float, Hubs]:
    return {cost: hubs_of(six, cost) for cost in COSTS}


def test_at_no_cost_every_service_has_its_own_best(six: Study, found: dict[float, Hubs]) -> None:
    joint = simple(arrange(six), 1).joint
    assert found[0.0].design.value == pytest.approx(joint.free)
    assert found[0.0].design.common == pytest.approx(joint.value, abs=1)


def test_the_dearer_an_organisation_the_less_the_choice_is_worth(found: dict[float, Hubs]) -> None:
    values = [found[cost].design.value for cost in COSTS]
    assert values == sorted(values, reverse=True)


def test_at_a_very_high_cost_nothing_is_left(found: dict[float, Hubs]) -> None:
    dearest = found[COSTS[-1]]
    assert dearest.consortia == ()
    assert dearest.design.value == 0.0
    assert hubs_table(dearest).rows == (("Do nothing", (), 0.0, 0.0),)


@pytest.mark.parametrize("cost", COSTS)
def test_the_consortia_add_up_to_the_value(found: dict[float, Hubs], cost: float) -> None:
    total = sum(one.saving - cost for one in found[cost].consortia)
    assert total == pytest.approx(found[cost].design.value, abs=1)


def test_no_choice_beside_it_is_worth_more(found: dict[float, Hubs]) -> None:
    best, *beside = [row[1] for row in hub_choices_table(found[1_000_000.0]).rows]
    assert all(one <= best for one in beside)


def test_a_consortium_is_paid_for_once_for_all_services_that_use_it(found: dict[float, Hubs]) -> None:
    members = [one.members for one in found[1_000_000.0].consortia]
    assert len(members) == len(set(members))
    assert max(len(one.gains) for one in found[1_000_000.0].consortia) > 1


def test_what_is_not_proved_is_said_to_be_within_so_much(found: dict[float, Hubs]) -> None:
    design = replace(found[0.0].design, proved=False, value=99.0, bound=100.0)
    words = hub_choices_table(replace(found[0.0], design=design)).rows[0][3]
    assert dict(words.values)["share"].value == 0.01


def test_fifteen_councils_look_at_groups_on_the_map() -> None:
    fifteen = read_study(EXAMPLES / "lancashire-fifteen")
    hubs = hubs_of(fifteen, 1_000_000.0, service="environmental.waste_collection")
    assert 2 < int(hubs.columns.sizes.max()) <= 8
    assert hubs.design.bound >= hubs.design.value >= max(hubs.design.common or 0.0, hubs.design.apart)


def test_a_service_that_nobody_shares_is_refused(six: Study) -> None:
    with pytest.raises(StudyError, match="No such service"):
        hubs_of(six, 0.0, service="no.such")


def test_the_example_of_the_methods() -> None:
    pair = columns_of_masks(2, [1, 2, 3])
    assert best_design(pair, np.array([[0.0, 0.0, 3.0]] * 2), 4.0).value == pytest.approx(2.0)
