"""The pages of ledger, mapping and costs, filled: found one's way in by keyboard and screen reader, in Welsh too."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from .ledger_files import address, chosen_on, confirm, send_ledger
from .people import BURNLEY
from .test_accessibility import CONTROLS, REFERENCES, Outline
from .test_costs import CASE
from .test_mappings import accept_all, apply, code_address

LINE = "?line=2024-25/environmental.street_cleansing/employees"
WELSH = {
    "ledger": "Ffeiliau&#39;r cyfriflyfr",
    "columns": "Cymerir fel",
    "mapping": "Heb ei fapio",
    "code": "Cyfran targed 1",
    "rows": "Mae&#39;r rhesi&#39;n gwneud y llinell",
    "costs": "Gorbenion",
    "targets": "Nid oes gan yr astudiaeth dargedau",
    "faults": "Ysgrifennwch gyfran",
}


@pytest.fixture(params=["en", "cy"])
def shown(request: Any, study: Any, officer: Any, as_: Any) -> dict[str, str]:
    """Every page of a finance officer whose ledger is read, mapped in part and applied."""
    client = as_(officer)
    client.cookies["django_language"] = request.param
    asked = send_ledger(client)
    confirm(client, asked)
    accept_all(client)
    apply(client)
    client.post(address("costs"), {"file": SimpleUploadedFile("activities.yaml", CASE)})
    places = {
        "ledger": address("ledger"), "mapping": address("mapping"), "code": code_address("0103"),
        "rows": address("ledger-rows") + LINE, "costs": address("costs"),
        "targets": reverse("targets", args=["pennine"]),
    }  # fmt: skip
    pages = {name: client.get(place).content.decode() for name, place in places.items()}
    faulty = client.post(code_address("0103"), {"target_1": "housing", "share_1": "lots"}).content.decode()
    return {**pages, "columns": asked.content.decode(), "faults": faulty}


def test_ways_in_names_and_tables(shown: dict[str, str]) -> None:
    for name, text in shown.items():
        page = Outline(text)
        assert len(page.all("h1")) == len(page.all("main")) == 1, name
        levels = [int(each["tag"][1]) for each in page.all("h1", "h2", "h3", "h4")]
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), name
        assert len(page.all("caption")) == len(page.all("table")), name
        assert [each for each in page.all("th") if each.get("scope") not in {"row", "col"}] == [], name


def test_every_control_has_a_label_and_every_reference_an_end(shown: dict[str, str]) -> None:
    for name, text in shown.items():
        page = Outline(text)
        ids = Counter(each["id"] for each in page.elements if each.get("id"))
        assert [one for one, count in ids.items() if count > 1] == [], name
        named = {word for each in page.elements for key in REFERENCES for word in (each.get(key) or "").split()}
        assert sorted(named - ids.keys()) == [], name
        labels = {each["for"] for each in page.all("label")}
        controls = [each for each in page.all(*CONTROLS) if each.get("type") != "hidden"]
        assert [each for each in controls if each.get("id") not in labels] == [], name
        assert [each for each in page.all("button", "a", "summary") if not each["words"].strip()] == [], name


def test_every_form_that_changes_something_carries_its_token(shown: dict[str, str]) -> None:
    for name, text in shown.items():
        page = Outline(text)
        posts = [each for each in page.all("form") if each.get("method") == "post"]
        tokens = [each for each in page.all("input") if each.get("name") == "csrfmiddlewaretoken"]
        assert len(tokens) == len(posts), name


def test_the_pages_are_there_in_the_reader_s_language(shown: dict[str, str]) -> None:
    if '<html lang="cy">' in shown["ledger"]:
        assert [name for name, words in WELSH.items() if words not in shown[name]] == []
        assert [name for name, text in shown.items() if '<span lang="en">' in text] == []
    else:
        assert [name for name, words in WELSH.items() if words in shown[name]] == []


def test_a_post_without_its_token_is_refused(study: Any, officer: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    for name in ("ledger", "accept-mapping", "apply-mapping", "discard-mapping", "leave-out-ledger-file", "costs"):
        assert client.post(reverse(name, args=["pennine", BURNLEY])).status_code == 403


def test_chosen_lists_are_read_from_the_page() -> None:
    assert chosen_on('<select name="a"><option value="x" selected>X</option></select>') == {"a": "x"}
