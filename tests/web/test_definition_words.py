"""Forms follow the records: every field of every part has a field on the site, with words in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.utils import translation

from consortia.study.records import Record
from consortia.web.definition.codes import CODES, KINDS
from consortia.web.definition.derived import groups_of, peeled
from consortia.web.definition.entries import Entry, Group
from consortia.web.definition.parts import PARTS, Part


def records_of(part: Part) -> list[type[Record]]:
    wanted = peeled(part.record).of
    return [peeled(one).of for one in get_args(wanted)] or [wanted]


def apart(part: Part) -> set[str]:
    """The fields that stand on pages of their own."""
    return {each.field for each in PARTS.values() if each.held_by == part.key}


def groups(part: Part) -> Iterator[Group]:
    for record in records_of(part):
        yield from groups_of(record, only=part.fields, without=apart(part))


@pytest.fixture
def welsh() -> Iterator[None]:
    translation.activate("cy")
    yield
    translation.activate("en")


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda one: one.key)
def test_every_field_has_welsh_words(part: Part, welsh: None) -> None:
    held: list[Group | Entry] = [one for group in groups(part) for one in (group, *group.entries)]
    assert [getattr(one, "name", one) for one in held if one.foreign] == []


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda one: one.key)
def test_every_field_of_a_record_is_a_field_of_its_form(part: Part) -> None:
    for record in records_of(part):
        wanted = {name for name in record.model_fields if not part.fields or name in part.fields}
        shown = {
            entry.steps[0]
            for group in groups_of(record, only=part.fields, without=apart(part))
            for entry in group.entries
        }
        fixed = {"kind"} if part.key in KINDS else set()
        assert wanted - shown - apart(part) <= fixed


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda one: one.key)
def test_every_code_that_can_be_chosen_has_a_name(part: Part) -> None:
    chosen = [entry.choices for group in groups(part) for entry in group.entries]
    assert sorted({code for one in chosen if isinstance(one, tuple) for code in one} - CODES.keys()) == []


def test_every_kind_of_record_can_be_added() -> None:
    kinds: dict[str, set[Any]] = {
        key: {kind for one in records_of(PARTS[key]) for kind in get_args(one.model_fields["kind"].annotation)}
        for key in KINDS
    }
    assert kinds == {key: set(named) for key, named in KINDS.items()}
