"""Partners are picked on the hexagon map: boxes to tick, who borders them, and on to the form for a new study."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from consortia.reference.authorities import all_authorities, find_authority
from consortia.web.accounts.models import Event
from consortia.web.picker.choosing import as_lines
from consortia.web.studies.documents import load_definition, load_study

from .people import BURNLEY, PENDLE

ADDRESS = reverse("pick-councils")
LANCASTER = find_authority("Lancaster").code
POWYS = find_authority("Powys").code


def ticked(text: str) -> set[str]:
    return set(re.findall(r'name="council" value="(\w+)" id="c-\w+" checked', text))


def offered(text: str) -> set[str]:
    return set(re.findall(r'name="council" value="(\w+)"', text))


@pytest.fixture
def asked(analyst: Any, as_: Any) -> Any:
    client = as_(analyst)

    def read(**query: Any) -> str:
        return str(client.get(ADDRESS, query).content.decode())

    return read


def test_every_hexagon_is_a_box_with_a_name(asked: Any) -> None:
    text = asked(area="districts-north-west")
    boxes = re.findall(r'<span class="hex"><input type="checkbox"[^>]+id="(c-\w+)"><label for="\1"><span>[^<]+', text)
    assert len(boxes) == 35
    assert "<script" not in text


def test_those_chosen_are_ticked_and_counted_and_their_neighbours_marked(asked: Any) -> None:
    text = asked(area="districts-north-west", council=[BURNLEY, LANCASTER])
    assert ticked(text) == {BURNLEY, LANCASTER}
    assert "Chosen so far (2): Burnley, Lancaster." in text
    assert re.search(rf'class="hex bordering"><input type="checkbox" name="council" value="{PENDLE}"', text)


def test_a_neighbour_on_another_map_is_offered_too(asked: Any) -> None:
    text = asked(area="districts-north-west", council=LANCASTER)
    assert find_authority("North Yorkshire").code in offered(text)


def test_those_chosen_stay_chosen_on_another_map(asked: Any) -> None:
    text = asked(area="wales", council=[BURNLEY, POWYS])
    assert ticked(text) == {BURNLEY, POWYS}
    assert "Chosen on other maps" in text


def test_without_a_map_that_of_the_first_chosen_is_shown(asked: Any) -> None:
    assert "<h2>Wales</h2>" in asked(council=POWYS)
    assert "<h2>North West</h2>" in asked(council=BURNLEY)


def test_an_analyst_of_a_council_begins_where_it_lies(person: Any, as_: Any) -> None:
    somebody = person("sam", POWYS, "analyst")
    assert b"<h2>Wales</h2>" in as_(somebody).get(ADDRESS).content


def test_the_form_for_a_new_study_takes_them_over(analyst: Any, as_: Any) -> None:
    text = as_(analyst).get(reverse("new-study"), {"area": "wales", "council": [BURNLEY, PENDLE]}).content.decode()
    assert re.search(r"<textarea[^>]+>\s*Burnley\nPendle</textarea>", text)
    assert f"{ADDRESS}?area=wales&amp;council={BURNLEY}&amp;council={PENDLE}" in text


def test_what_is_taken_over_is_read_back_as_the_same(db: None) -> None:
    bodies = [body for body in all_authorities() if body.is_current]
    lines = as_lines(bodies).split("\n")
    assert [find_authority(line) for line in lines] == bodies


@pytest.mark.parametrize("wrong", [{"area": "moon"}, {"council": "E99"}])
def test_what_is_not_there_is_not_found(wrong: dict[str, str], analyst: Any, as_: Any) -> None:
    assert as_(analyst).get(ADDRESS, wrong).status_code == 404


def test_only_who_makes_studies_picks(officer: Any, as_: Any) -> None:
    assert as_(officer).get(ADDRESS).status_code == 403


MORE, ADD = reverse("pick-partners", args=("pennine",)), reverse("add-partners", args=("pennine",))
WYRE = find_authority("Wyre").code


def test_partners_of_a_study_are_ticked_and_stay(study: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, MORE)
    assert f'value="{BURNLEY}" id="c-{BURNLEY}" checked disabled>' in text
    assert re.search(rf'class="hex bordering"><input type="checkbox" name="council" value="{WYRE}"', text)
    assert "Chosen so far" not in text


def test_who_would_join_is_shown_before_anything_is_kept(study: Any, analyst: Any, as_: Any) -> None:
    text = as_(analyst).get(ADD, {"council": [BURNLEY, WYRE]}).content.decode()
    assert re.findall(r'type="hidden" name="council" value="(\w+)"', text) == [WYRE]
    assert "rsx-2024-25" in text
    study.refresh_from_db()
    assert WYRE not in load_definition(study).codes


def test_a_council_joins_with_its_published_return(study: Any, analyst: Any, as_: Any) -> None:
    before = load_study(study)
    response = as_(analyst).post(ADD, {"council": WYRE})
    assert response["Location"] == reverse("study", args=("pennine",))
    study.refresh_from_db()
    after = load_study(study)
    assert after.definition.codes == (*before.definition.codes, WYRE)
    assert after.return_of(WYRE).costs.height > 0
    assert after.return_of(BURNLEY).costs.equals(before.return_of(BURNLEY).costs)
    assert Event.objects.filter(action="add_partners", subject="pennine").count() == 1


def test_nobody_joins_twice(study: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(ADD, {"council": BURNLEY})
    assert response.status_code == 400
    assert b"None of those chosen is new" in response.content


def test_who_made_none_of_the_returns_cannot_join(study: Any, analyst: Any, as_: Any) -> None:
    fingerprint = study.fingerprint
    assert as_(analyst).post(ADD, {"council": POWYS}).status_code == 400
    study.refresh_from_db()
    assert study.fingerprint == fingerprint


def test_only_analysts_add_partners(study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).post(ADD, {"council": WYRE}).status_code == 403
