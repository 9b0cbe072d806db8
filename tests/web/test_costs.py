"""Costs by activity and target costs on the site: the tables of the command line, own detail only."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consortia.study.definition import ServiceComponent, ServiceFunction, Target, Text, ValueCase
from consortia.web.costs.activities import EXAMPLE
from consortia.web.studies.documents import keep_definition, load_definition, load_return
from consortia.web.studies.models import PartnerReturn

from .ledger_files import address
from .people import BURNLEY, PENDLE

CASE = (Path(__file__).parents[2] / "examples" / "cases" / "castleford.yaml").read_bytes()
LOOP = b"""year: 2024-25
departments:
  - {code: a, name: {en: Payroll}, cost: 100, serves: {b: 1}}
  - {code: b, name: {en: Personnel}, cost: 100, serves: {a: 1}}
  - {code: c, name: {en: Parks}, cost: 100}
"""


@pytest.fixture
def client_of(officer: Any, as_: Any) -> Any:
    return as_(officer)


def send(client: Any, content: bytes, name: str = "activities.yaml") -> Any:
    return client.post(address("costs"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_before_a_document_came_the_page_says_what_to_do(officer: Any, page: Any) -> None:
    text = unescape(page(officer, address("costs")))
    assert "Nobody has said yet what this council's people do." in text
    assert "What such a file looks like" in text


def test_the_example_on_the_page_can_be_sent(client_of: Any) -> None:
    text = send(client_of, EXAMPLE.read_bytes()).content.decode()
    assert "Overheads, three methods side by side" in text
    assert "Householder applications" in text
    assert "What stops" in text or "stranded" in text


def test_overheads_stand_side_by_side(client_of: Any) -> None:
    text = send(client_of, CASE).content.decode()
    assert "Overheads, three methods side by side" in text
    for method in ("Direct", "Step-down", "Reciprocal"):
        assert f'<th scope="col" class="number">{method} (£k)</th>' in text
    row = PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)
    assert load_return(row).activities is not None
    assert row.signature is None


def test_another_method_is_chosen_by_a_link_and_a_code_opened(client_of: Any) -> None:
    send(client_of, CASE)
    text = client_of.get(address("costs") + "?method=direct").content.decode()
    assert "What follows uses this method: Direct." in text
    trace = client_of.get(address("costs") + "?trace=machining").content.decode()
    assert "What makes up this cost:" in trace
    assert client_of.get(address("costs") + "?method=guess").status_code == 404
    assert "has no cost to trace" in client_of.get(address("costs") + "?trace=moon").content.decode()


def test_a_closed_loop_is_a_sentence(client_of: Any) -> None:
    text = send(client_of, LOOP).content.decode()
    assert "The activities cannot be costed." in text
    assert "Traceback" not in text
    assert "<table" not in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"year: 2024-25\ndepartments: [", "is not readable YAML"),
        (b"\xff\xfe", "is not readable YAML"),
        (b"year: 2024-25\nteam: []\n", "has faults"),
        (b"a: &a [1]\nb: *a\n", "uses names for parts of itself"),
        (b"- 1\n", "has faults"),
        (b"#" * (1024 * 1024 + 1), "larger than 1 MB"),
    ],
)
def test_a_document_that_is_none_is_refused(content: bytes, said: str, client_of: Any) -> None:
    response = send(client_of, content)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_member_does_not_send(study: Any, person: Any, as_: Any) -> None:
    assert send(as_(person("mel", BURNLEY, "member")), CASE).status_code == 403


@pytest.fixture
def targeted(study: Any) -> Any:
    """The study with a target for two partners and a matrix."""
    targets = tuple(
        Target(partner=code, service="environmental", budget=Decimal(budget), reason="Medium-term plan")
        for code, budget in ((BURNLEY, 7_654_321), (PENDLE, 6_543_210))
    )
    matrix = ValueCase(
        service="environmental",
        allowable=Decimal(90),
        functions=(ServiceFunction(code="clean", name=Text(en="Clean streets"), weight=1),),
        components=(ServiceComponent(code="crew", name=Text(en="Crews"), cost=Decimal(100), contributes={"clean": 1}),),
    )
    definition = load_definition(study).model_copy(update={"targets": targets, "value_cases": (matrix,)})
    keep_definition(study, definition)
    study.save()
    return study


def test_without_targets_the_page_says_what_to_do(study: Any, officer: Any, analyst: Any, page: Any) -> None:
    place = reverse("targets", args=[study.slug])
    assert "The study has no targets for your council." in page(officer, place)
    assert "put affordable budgets under `targets`" in page(analyst, place)


def test_the_analyst_sees_every_target_and_matrix(targeted: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("targets", args=[targeted.slug]))
    assert "Burnley" in text
    assert "Pendle" in text
    assert "Clean streets" in text


def test_a_partner_sees_its_own_target_only(targeted: Any, officer: Any, page: Any) -> None:
    text = page(officer, reverse("targets", args=[targeted.slug]))
    assert "7,654" in text
    assert "6,543" not in text
    assert "Pendle" not in text.replace("Pennine", "")
    assert "Clean streets" not in text


def test_what_the_latest_run_closes_stands_beside_it(targeted: Any, run: Any, officer: Any, page: Any) -> None:
    text = page(officer, reverse("targets", args=[targeted.slug]))
    assert "Closed by the run" in text
    assert "not known" not in text
