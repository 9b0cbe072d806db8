"""Everything that somebody does is on record, in the same transaction, and stays there."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import consortia.web
from consortia.web.accounts.events import record
from consortia.web.accounts.models import Event
from consortia.web.studies.events import EVENTS

WEB = Path(consortia.web.__file__).parent
ACTIONS = sorted(WEB.glob("*/actions.py"))


def _public_functions() -> list[ast.FunctionDef]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ACTIONS]
    nodes = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [node for node in nodes if not node.name.startswith("_")]


def _calls(node: ast.AST) -> set[str]:
    return {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}


@pytest.mark.parametrize("function", _public_functions(), ids=lambda node: str(node.name))
def test_every_action_says_by_whom_and_is_on_record(function: ast.FunctionDef) -> None:
    assert "by" in [each.arg for each in function.args.kwonlyargs]
    assert _calls(function) & {"record", "create_study"}


@pytest.mark.parametrize("function", _public_functions(), ids=lambda node: str(node.name))
def test_every_action_is_one_transaction(function: ast.FunctionDef) -> None:
    text = ast.unparse(function)
    assert "transaction.atomic" in text or "create_study(" in text


def test_an_action_that_fails_leaves_no_event(study: Any, analyst: Any, monkeypatch: Any) -> None:
    from consortia.web.studies import actions

    def broken(*_: Any) -> None:
        raise RuntimeError("no")

    before = Event.objects.count()
    monkeypatch.setattr(actions, "keep_fingerprint", broken)
    with pytest.raises(RuntimeError):
        actions.create_study(_documents(study), owner=study.owner, by=analyst)
    assert Event.objects.count() == before


def _documents(study: Any) -> Any:
    from consortia.web.studies.documents import load_study

    return load_study(study)


def test_events_are_never_changed_or_deleted(officer: Any) -> None:
    event = record("look", by=officer)
    with pytest.raises(ValueError, match="never changed"):
        event.save()
    with pytest.raises(ValueError, match="never deleted"):
        event.delete()
    with pytest.raises(ValueError, match="never deleted"):
        Event.objects.all().delete()
    with pytest.raises(ValueError, match="never changed"):
        Event.objects.update(actor="somebody else")


def test_events_outlive_the_person(person: Any) -> None:
    gone = person("gone")
    record("look", by=gone)
    gone.delete()
    assert Event.objects.get(action="look").actor == "gone@example.org"


def test_the_history_of_a_study_names_who_did_what(case: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("history", args=[case.study.slug]))
    assert "Made the study" in text
    assert "Recorded a run as the agreed case" in text
    assert "ann@example.org" in text


def test_every_event_of_a_study_has_words() -> None:
    recorded = {
        each.args[0].value
        for path in WEB.glob("*/*.py")
        if path.parent.name != "accounts"
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "record"
        if isinstance(each.args[0], ast.Constant)
    }
    assert recorded == set(EVENTS)
