"""Wishes of partners that contradict each other or name nobody are told with their places and a remedy."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from consortia.findings import Finding
from consortia.study import Definition
from consortia.study.document_findings import document_findings

PARTNERS = [
    {"code": "W1", "name": {"en": "Swansea", "cy": "Abertawe"}},
    {"code": "W2", "name": {"en": "Cardiff", "cy": "Caerdydd"}},
    {"code": "W3", "name": {"en": "Powys"}},
]


def told(**changed: object) -> Finding:
    plain = {"key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": PARTNERS} | changed
    with pytest.raises(ValidationError) as error:
        Definition.model_validate(plain)
    (finding,) = document_findings(error.value, plain, Definition, file="study.yaml")
    return finding


def link(kind: str, *partners: str, services: tuple[str, ...] = ()) -> dict[str, object]:
    return {"kind": kind, "partners": partners, "services": services, "reason": "test"}


def test_a_pair_both_together_and_apart_is_told_with_both_places() -> None:
    found = told(links=[link("together", "W1", "W2"), link("apart", "W2", "W1", services=("planning",))])
    assert found.text().startswith("Cardiff and Swansea must be together (links.1) and must not (links.2)")
    assert str(found.place) == "study.yaml, links.2.partners"
    assert dict(found.values)["first"] == ("Cardiff", "Caerdydd")


def test_a_pair_joined_by_way_of_a_third_is_told_with_the_whole_way() -> None:
    links = [link("apart", "W1", "W3"), link("together", "W1", "W2"), link("together", "W2", "W3")]
    assert "(links.2, links.3) and must not (links.1)" in told(links=links).text()


def test_wishes_for_different_services_do_not_contradict_each_other() -> None:
    links = [link("together", "W1", "W2", services=("housing",)), link("apart", "W1", "W2", services=("planning",))]
    plain = {"key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": PARTNERS, "links": links}
    assert len(Definition.model_validate(plain).links) == 2


def test_two_roles_in_one_service_are_told() -> None:
    roles = [{"partner": "W1", "role": "abstain"}, {"partner": "W1", "role": "host"}]
    found = told(partnership={"roles": roles})
    assert found.sentence == "{partner} has two roles in the same service ({places})."
    assert dict(found.values)["places"] == "roles.1, roles.2"
    assert str(found.place) == "study.yaml, partnership.roles.2.role"


def test_two_limits_of_one_partner_in_one_service_are_told() -> None:
    limits = [{"partner": "W1", "floor": 5}, {"partner": "W1", "cap": 3}]
    assert "limited twice (share_limits.1, share_limits.2)" in told(partnership={"share_limits": limits}).text()


def test_what_a_partner_said_of_a_service_by_name_counts_before_what_it_said_of_all() -> None:
    limits = [{"partner": "W1", "floor": 5, "services": ["planning"]}, {"partner": "W1", "floor": 3}]
    plain = {"key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": PARTNERS}
    terms = Definition.model_validate(plain | {"partnership": {"share_limits": limits}}).partnership
    assert [terms.limit_of("W1", code).floor for code in ("planning", "housing")] == [5, 3]
    assert terms.limit_of("W2", "planning") is None


def test_a_floor_above_its_cap_is_told_in_both_amounts() -> None:
    found = told(partnership={"share_limits": [{"partner": "W1", "floor": 5000, "cap": 300}]})
    assert found.text() == "The floor of W1, £5,000, lies above its cap, £300. Lower the floor or raise the cap."


def test_a_partner_named_by_its_name_is_told_its_code_at_the_place() -> None:
    found = told(links=[link("together", "W1", "W2"), link("apart", "abertawe", "Cardif")])
    assert "abertawe \N{RIGHTWARDS ARROW} W1 (Swansea); Cardif \N{RIGHTWARDS ARROW} W2 (Cardiff)" in found.text()
    assert str(found.place) == "study.yaml, links.2.partners"
