"""Any spelling or code of a council resolves; an unknown one gets near names."""

from __future__ import annotations

import pytest

from consortia.errors import UnknownAuthority
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.authorities import all_authorities, authority, find_authority


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lancashire", "E10000017"),
        ("lancashire county council", "E10000017"),
        ("E10000017", "E10000017"),
        ("e2321", "E10000017"),
        ("blackburn", "E06000008"),
        ("Bristol UA", "E06000023"),
        ("Bolton MBC", "E08000001"),
        ("Sir Gâr", "W06000010"),
        ("sir gar", "W06000010"),
        ("Abertawe", "W06000011"),
        ("Rhondda Cynon Taff", "W06000016"),
        ("Ynys Môn", "W06000001"),
        ("St. Helens", "E08000013"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("City of London", "E09000001"),
    ],
)
def test_any_spelling_or_code_resolves(text, code):
    assert find_authority(text).code == code


def test_every_name_and_code_in_the_list_finds_its_own_authority():
    for body in all_authorities():
        assert authority(body.code) is body
        assert not body.e_code or authority(body.e_code) is body
        assert find_authority(body.code) is body


def test_a_name_that_two_bodies_held_means_the_present_one():
    assert find_authority("Somerset").code == "E06000066"


def test_a_name_that_two_bodies_held_means_the_one_of_the_year_asked_for():
    assert find_authority("Somerset", year=FinancialYear(2012)).code == "E10000027"
    assert find_authority("Somerset", year=FinancialYear(2023)).code == "E06000066"


def test_a_past_body_is_found_by_its_code_and_names_its_successors():
    cumbria = find_authority("E0920")
    assert (cumbria.name, cumbria.is_current) == ("Cumbria", False)
    assert {authority(code).name for code in cumbria.replaced_by} == {"Cumberland", "Westmorland and Furness"}


def test_a_code_given_up_still_finds_the_authority():
    assert find_authority("E08000016").code == "E08000038"  # Barnsley, new code in 2025
    assert find_authority("E06000048").name == "Northumberland"


@pytest.mark.parametrize(
    ("text", "suggestion"), [("Lancashyre", "Lancashire"), ("telford", "Telford and Wrekin"), ("Swanse", "Swansea")]
)
def test_an_unknown_name_gets_the_nearest_names(text, suggestion):
    with pytest.raises(UnknownAuthority, match=suggestion):
        find_authority(text)


def test_a_word_near_nothing_gets_told_what_can_be_given():
    with pytest.raises(UnknownAuthority, match="E-code"):
        find_authority("qqqqqq")


def test_there_are_as_many_present_councils_of_each_class_as_in_the_country():
    present = [body.kind for body in all_authorities() if body.is_current]
    counts = {kind: present.count(kind) for kind in ("SD", "SC", "UA", "MD", "LB", "WA")}
    assert counts == {"SD": 164, "SC": 21, "UA": 63, "MD": 36, "LB": 33, "WA": 22}


def test_welsh_authorities_have_a_welsh_name():
    assert all(body.name_cy for body in all_authorities() if body.kind == "WA")
    assert authority("W06000011").name_cy == "Abertawe"


def test_every_spelling_finds_its_authority_but_for_those_whose_names_went_to_a_unitary():
    spellings = [(row["spelling"], row["authority"]) for row in shelf.rows("spellings")]
    elsewhere = {(text, code) for text, code in spellings if find_authority(text).code != code}
    assert elsewhere == {
        ("Bedford", "E0231"),
        ("Buckinghamshire", "E10000002"),
        ("Cornwall", "E0820"),
        ("Dorset", "E10000009"),
        ("Durham", "E1321"),
        ("North Yorkshire", "E10000023"),
        ("Northumberland", "E2920"),
        ("Shropshire", "E3221"),
        ("Somerset", "E10000027"),
        ("Wiltshire", "E3921"),
    }
