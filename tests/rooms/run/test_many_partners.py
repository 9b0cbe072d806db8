"""Groups of neighbours for any number of partners: as the search over all groups says, where both can look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consortia.errors import StudyError
from consortia.intake.published import baseline
from consortia.reference.authorities import all_authorities
from consortia.run.partners import arrange
from consortia.run.partners.many import many_table, on_the_map
from consortia.study import Link, Study, Text, read_study
from consortia.study.partnership import GroupBounds

LANCASHIRE = Path(__file__).resolve().parents[3] / "examples" / "lancashire-fifteen"
BOUND_TO_THE_MAP = "environmental.waste_collection"


@pytest.fixture(scope="module")
def fifteen() -> Study:
    return read_study(LANCASHIRE)


def test_where_a_service_is_bound_to_the_map_it_is_the_answer_of_the_search_over_all(fifteen: Study) -> None:
    bound = GroupBounds(key="small", largest=4, reason="A test.")
    terms = fifteen.definition.partnership.model_copy(update={"bounds": (bound,)})
    bounded = replace(fifteen, definition=fifteen.definition.model_copy(update={"partnership": terms}))
    whole = arrange(bounded, service=BOUND_TO_THE_MAP).decisions[0].option.grouping.best
    listed = on_the_map(fifteen, largest=4, service=BOUND_TO_THE_MAP)[0].best
    assert listed.proved
    assert listed.value == pytest.approx(whole.value)


def test_thirty_councils_get_an_answer_with_its_bound() -> None:
    names = [one.code for one in all_authorities() if one.kind == "LB" and not one.end][:30]
    study, _ = baseline(names, ["rsx-2024-25"], name="thirty", title=Text(en="Thirty"))
    found = on_the_map(study, largest=3, service="cultural")[0]
    assert sorted(place for group in found.best.groups for place in group) == list(range(len(found.proposal.members)))
    assert len(found.proposal.members) > 22
    assert found.best.bound >= found.best.value


def test_too_many_partners_are_told_of_it(fifteen: Study) -> None:
    table = many_table(fifteen, largest=2, service=BOUND_TO_THE_MAP)
    assert table.rows[0][0].en == "Waste collection"
    with pytest.raises(StudyError, match="No such service"):
        many_table(fifteen, largest=2, service="no.such")


def test_a_group_of_one_is_refused_in_a_sentence(fifteen: Study) -> None:
    with pytest.raises(StudyError, match="A group of 1 is no group"):
        on_the_map(fifteen, largest=1)


def test_a_wish_of_more_partners_than_a_group_may_have_is_named(fifteen: Study) -> None:
    three = fifteen.definition.codes[1:4]
    wish = Link(kind="together", partners=three, reason="One team already.")
    wishing = replace(fifteen, definition=fifteen.definition.model_copy(update={"links": (wish,)}))
    with pytest.raises(StudyError, match=r"the wish of 3 partners .*One team already.* groups of at most 2"):
        on_the_map(wishing, largest=2, service=BOUND_TO_THE_MAP)
