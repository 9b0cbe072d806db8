"""Every page in Welsh and in English, from the same numbers."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

import consortia.web
from consortia.report.language import translator
from consortia.web.accounts import passwords
from consortia.web.accounts.models import Role
from consortia.web.runs.models import Status

from .people import BURNLEY

WEB = Path(consortia.web.__file__).parent
WORDS = {"_": None, "sentence": None, "msgid": None, "counted": (1, 2)}


def _catalogue() -> Any:
    with (WEB / "locale" / "cy.po").open("rb") as file:
        return read_po(file, locale="cy")


def _used() -> set[Any]:
    found = extract_from_dir(str(WEB), [("**.py", "python"), ("**.html", "jinja2")], keywords=WORDS)  # type: ignore[arg-type]
    said = {message for _, _, message, _, _ in found}
    labels = {*Role.labels, *Status.labels, passwords.TOO_SHORT, passwords.TOO_COMMON, passwords.ABOUT_YOU}
    return said | labels


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_has_welsh_words() -> None:
    own = {str(one.id if isinstance(one.id, str) else one.id[0]) for one in _catalogue() if one.id and one.string}
    papers = translator("cy").catalogue
    used = {message if isinstance(message, str) else message[0] for message in _used()}
    assert sorted(each for each in used - own if papers.gettext(each) == each) == []


@pytest.mark.parametrize("message", [one for one in _catalogue() if one.id], ids=lambda one: str(one.id)[:40])
def test_welsh_words_have_the_same_places(message: Any) -> None:
    english = message.id if isinstance(message.id, str) else message.id[1]
    welsh = [message.string] if isinstance(message.string, str) else message.string
    assert all(welsh)
    assert {frozenset(_fields(each)) for each in welsh} == {frozenset(_fields(english))}


def test_the_language_is_chosen_by_a_form_and_kept(officer: Any, as_: Any) -> None:
    client = as_(officer)
    client.post(reverse("set_language"), {"language": "cy", "next": "/"})
    text = client.get("/").content.decode()
    assert '<html lang="cy">' in text
    assert "Astudiaethau" in text
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()


def test_a_browser_that_asks_for_welsh_gets_welsh() -> None:
    text = Client(headers={"accept-language": "cy-GB,cy;q=0.9,en;q=0.5"}).get(reverse("log-in")).content.decode()
    assert "Mewngofnodi" in text


PAGES = [
    ("studies", (), "Astudiaethau"),
    ("new-study", (), "Ffurflenni cyhoeddedig"),
    ("pick-councils", (), "Dewis cynghorau ar y map"),
    ("people", (), "Gwahodd rhywun"),
    ("password", (), "Newid eich cyfrinair"),
    ("study", ("pennine",), "Rhedeg yr astudiaeth"),
    ("return", ("pennine", BURNLEY), "Gwasanaethau canolog"),
    ("run", ("pennine", 1), "Papurau"),
    ("run-table", ("pennine", 1, "cash_flow"), "Partner"),
    ("account", ("pennine",), "Cyfrif arbedion"),
    ("history", ("pennine",), "Creodd yr astudiaeth"),
]


@pytest.mark.parametrize(("name", "args", "words"), PAGES)
def test_pages_speak_welsh(name: str, args: tuple[Any, ...], words: str, case: Any, analyst: Any, as_: Any) -> None:
    client = as_(analyst)
    client.cookies["django_language"] = "cy"
    text = client.get(reverse(name, args=args)).content.decode()
    assert '<html lang="cy">' in text
    assert words in text


def test_the_numbers_are_the_same_in_both_languages(run: Any, analyst: Any, as_: Any) -> None:
    address = reverse("run-table", args=[run.study.slug, 1, "cash_flow"])
    client = as_(analyst)
    english = client.get(address).content.decode()
    client.cookies["django_language"] = "cy"
    welsh = client.get(address).content.decode()
    assert _numbers(english) == _numbers(welsh)


def _numbers(text: str) -> list[str]:
    return [cell.partition("<")[0] for cell in text.split('<td class="number">')[1:]]


def test_refusals_speak_welsh(officer: Any, study: Any, as_: Any) -> None:
    client = as_(officer)
    client.cookies["django_language"] = "cy"
    text = client.get(reverse("export", args=[study.slug])).content.decode()
    assert "Dim ond dadansoddwyr yr astudiaeth sy&#39;n gwneud hyn." in text
