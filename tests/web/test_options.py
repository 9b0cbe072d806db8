"""What the registers offer stands on the site with its sums, and becomes a project at the press of a button."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from consortia.study import Definition
from consortia.web.studies.actions import create_study
from consortia.web.studies.documents import load_definition

from .people import BURNLEY, PENDLE

POSTS = [
    {"key": "b_legal", "partner": BURNLEY, "title": {"en": "Head of legal"}, "role": "head of legal", "salary": 80000,
     "on_cost": 0.3, "age": 57, "service_years": 22},
    {"key": "p_legal", "partner": PENDLE, "title": {"en": "Head of legal"}, "role": "head of legal", "salary": 76000,
     "on_cost": 0.3, "age": 48, "service_years": 12},
]  # fmt: skip


@pytest.fixture
def study(analyst: Any, documents: Any) -> Any:
    from consortia.web.accounts.models import Organisation

    definition = Definition.model_validate(documents.study.definition.to_plain() | {"posts": POSTS})
    whole = type(documents.study)(definition, documents.study.returns)
    return create_study(whole, owner=Organisation.objects.get(code="office"), by=analyst)


def at(study: Any, name: str = "options") -> str:
    return reverse(name, args=[study.slug])


def test_a_register_is_offered_with_its_arithmetic(study: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, at(study))
    assert "Posts that could be shared" in text
    assert "Shared: head of legal" in text
    assert "104,000 + 98,800 - 1 x 88,000 x 1.3 = 88,400" in text
    assert "Make this a project" in text


def test_a_proposal_becomes_a_project_of_the_study(study: Any, analyst: Any, as_: Any, page: Any) -> None:
    response = as_(analyst).post(at(study, "make-project"), {"key": "posts_head_of_legal"})
    study.refresh_from_db()
    project = load_definition(study).projects[0]
    assert response.status_code == 302
    assert (project.key, project.effects[0].posts) == ("posts_head_of_legal", ("b_legal", "p_legal"))
    assert "It is a project of the study already." in page(analyst, at(study))


def test_a_proposal_is_made_once(study: Any, analyst: Any, as_: Any) -> None:
    for status in (302, 409):
        response = as_(analyst).post(at(study, "make-project"), {"key": "posts_head_of_legal"})
        assert response.status_code == status
    assert as_(analyst).post(at(study, "make-project"), {"key": "nothing"}).status_code == 404


def test_registers_that_offer_nothing_say_what_would(analyst: Any, documents: Any, page: Any) -> None:
    from consortia.web.accounts.models import Organisation

    row = create_study(documents.study, owner=Organisation.objects.get(code="office"), by=analyst)
    assert "The registers offer nothing yet." in page(analyst, at(row))


def test_only_analysts_see_and_take_what_is_offered(study: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).get(at(study)).status_code == 403
    assert as_(officer).post(at(study, "make-project"), {"key": "posts_head_of_legal"}).status_code == 403
