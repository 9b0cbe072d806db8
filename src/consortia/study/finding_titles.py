"""Findings on projects speak of them by their titles; keys stay in the place, where somebody looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from consortia.findings import Finding, Value, listed, named
from consortia.study.definition import Definition
from consortia.study.values import Text

ARROW = " \N{RIGHTWARDS ARROW} "
PARTS = ("part", "beside")
PROJECTS = ("project", "one", "other", "ring")


def in_titles(findings: Iterable[Finding], definition: Definition) -> tuple[Finding, ...]:
    """The findings with titles in both languages in place of the keys of projects, their parts, lines and posts."""
    held = {
        "line": _titles(definition.lines),
        "post": _titles(definition.posts),
        **dict.fromkeys(PROJECTS, _titles(definition.projects)),
    }
    return tuple(_told(one, {**held, **dict.fromkeys(PARTS, _parts_at(one, definition))}) for one in findings)


def _told(finding: Finding, titles: Mapping[str, Mapping[str, Value]]) -> Finding:
    values = tuple((name, _called(value, titles.get(name, {}))) for name, value in finding.values)
    return replace(finding, values=values)


def _called(value: Value, titles: Mapping[str, Value]) -> Value:
    """The title of a key, or those of several in a row; what is no key stays as it is."""
    keys = value.split(ARROW) if isinstance(value, str) else []
    return listed((titles[key] for key in keys), ARROW) if keys and all(key in titles for key in keys) else value


def _parts_at(finding: Finding, definition: Definition) -> dict[str, Value]:
    """Titles of the parts of the project in which a finding lies."""
    steps = finding.place.cell.split(".") if finding.place else []
    own = [one for one in definition.projects if steps[:2] == ["projects", one.key]]
    return {key: value for one in own for what in (one.effects, one.costs, one.terms, one.funding)
            for key, value in _titles(what).items()}  # fmt: skip


def _titles(records: Iterable[object]) -> dict[str, Value]:
    found = ((getattr(one, "key", ""), getattr(one, "title", None)) for one in records)
    return {key: named(title.en, title.cy) for key, title in found if isinstance(title, Text)}
