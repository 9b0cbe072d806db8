"""What can be checked of WCAG 2.2 without a browser, on every main page in both languages."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from .people import BURNLEY

PAGES = [
    ("studies", ()),
    ("new-study", ()),
    ("pick-councils", ()),
    ("pick-partners", ("pennine",)),
    ("add-partners", ("pennine",)),
    ("people", ()),
    ("password", ()),
    ("study", ("pennine",)),
    ("return", ("pennine", BURNLEY)),
    ("bridge", ("pennine", BURNLEY)),
    ("review", ("pennine", BURNLEY)),
    ("run", ("pennine", 1)),
    ("run-table", ("pennine", 1, "comparison")),
    ("run-groups", ("pennine", 1)),
    ("run-agreement", ("pennine", 1)),
    ("account", ("pennine",)),
    ("history", ("pennine",)),
    ("compare-runs", ("pennine",)),
    ("definition", ("pennine",)),
    ("change-record", ("pennine", "projects")),
    ("change-record", ("pennine", "lines")),
    ("change-record", ("pennine", "systems")),
]
VOID = {"meta", "link", "input", "br", "img", "hr"}
CONTROLS = {"input", "select", "textarea"}
REFERENCES = ("aria-labelledby", "aria-describedby", "for")


class Outline(HTMLParser):
    """The elements of a page with their attributes, the words inside each, and what it stands in."""

    def __init__(self, text: str) -> None:
        """Reads the page; ValueError when tags do not match."""
        super().__init__()
        self.elements: list[dict[str, Any]] = []
        self._open: list[dict[str, Any]] = []
        self.feed(text)
        if self._open:
            raise ValueError(f"left open: {[each['tag'] for each in self._open]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        element = {"tag": tag, "words": "", "inside": [each["tag"] for each in self._open], **dict(attrs)}
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Closes the element; ValueError when another is open."""
        if not self._open or self._open.pop()["tag"] != tag:
            raise ValueError(f"</{tag}> closes something else")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element that closes itself."""
        self.elements.append({"tag": tag, "words": "", "inside": [], **dict(attrs)})

    def handle_data(self, data: str) -> None:
        """Adds the words to everything that they stand in."""
        for each in self._open:
            each["words"] += data

    def all(self, *tags: str) -> list[dict[str, Any]]:
        """The elements with these tags."""
        return [each for each in self.elements if each["tag"] in tags]


@pytest.fixture(params=["en", "cy"])
def outline(request: Any, case: Any, analyst: Any, as_: Any) -> Any:
    client = as_(analyst)
    client.cookies["django_language"] = request.param

    def read(name: str, args: tuple[Any, ...]) -> Outline:
        return Outline(client.get(reverse(name, args=args)).content.decode())

    return read


def test_the_review_of_a_finance_officer_has_ids_that_stand_once(study: Any, officer: Any, page: Any) -> None:
    found = Outline(page(officer, reverse("review", args=("pennine", BURNLEY))))
    ids = Counter(each["id"] for each in found.elements if each.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_page_can_be_found_one_s_way_in(name: str, args: tuple[Any, ...], outline: Any) -> None:
    page = outline(name, args)
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.all("title")[0]["words"].strip()
    assert page.all("html")[0]["lang"] in {"en", "cy"}
    levels = [int(each["tag"][1]) for each in page.all("h1", "h2", "h3", "h4")]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_ids_stand_once_and_references_lead_somewhere(name: str, args: tuple[Any, ...], outline: Any) -> None:
    page = outline(name, args)
    ids = Counter(each["id"] for each in page.elements if each.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    named = [word for each in page.elements for key in REFERENCES for word in (each.get(key) or "").split()]
    assert sorted(set(named) - ids.keys()) == []


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_every_control_has_a_label_and_every_button_words(name: str, args: tuple[Any, ...], outline: Any) -> None:
    page = outline(name, args)
    labels = {each["for"] for each in page.all("label")}
    shown = [each for each in page.all(*CONTROLS) if each.get("type") != "hidden"]
    assert [each for each in shown if each.get("id") not in labels] == []
    assert [each for each in page.all("button", "a", "summary") if not each["words"].strip()] == []


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_tables_say_what_they_show(name: str, args: tuple[Any, ...], outline: Any) -> None:
    page = outline(name, args)
    assert len(page.all("caption")) == len(page.all("table"))
    assert [each for each in page.all("th") if each.get("scope") not in {"row", "col"}] == []


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_drawings_are_told_in_words(name: str, args: tuple[Any, ...], outline: Any) -> None:
    page = outline(name, args)
    drawings = page.all("svg")
    assert [each for each in drawings if each.get("aria-hidden") != "true"] == []
    assert len(page.all("figcaption")) == len(drawings)


def test_faults_lead_to_their_field(db: None) -> None:
    page = Outline(Client().post(reverse("log-in"), {"email": "no address"}).content.decode())
    links = {each["href"].lstrip("#") for each in page.all("a") if each["href"].startswith("#id_")}
    assert links == {"id_email", "id_password"}
    fields = {each["id"]: each for each in page.all("input") if each.get("id")}
    assert all("fault_" in fields[link]["aria-describedby"] for link in links)
