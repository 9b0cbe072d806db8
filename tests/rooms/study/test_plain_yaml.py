"""A field that stands twice in a document is a fault with its lines; the last of them never wins without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from consortia.errors import StudyError
from consortia.report.language import translator
from consortia.study.plain_yaml import RepeatedKeys, plain_yaml, remedy_of
from consortia.study.store import read_definition

TWICE = """\
key: two
partners: [{code: E1, name: {en: Ash}}, {code: E2, name: {en: Birch}}]
lines:
- key: parks
  partner: E1
  amount: 1000
  amount: 2000
base_year: 2024-25
lines: []
"""


def repeats_of(text: str) -> list[tuple[str, int, int]]:
    with pytest.raises(RepeatedKeys) as refused:
        plain_yaml(text)
    return [(one.place, one.first, one.again) for one in refused.value.repeats]


def test_each_field_that_stands_twice_is_told_with_both_its_lines() -> None:
    assert repeats_of(TWICE) == [("lines.parks.amount", 6, 7), ("lines", 3, 9)]


def test_a_year_is_the_same_field_in_quotation_marks() -> None:
    assert repeats_of("a:\n  2025: 1\n  '2025': 2\n") == [("a.2025", 2, 3)]


def test_a_record_of_a_list_without_a_key_goes_by_its_number() -> None:
    assert repeats_of("a: [{b: 1}, {b: 1, b: 2}]") == [("a[2].b", 1, 1)]


def test_what_a_record_takes_over_may_be_said_anew() -> None:
    assert plain_yaml("a: &a {b: 1, c: 2}\nd: {<<: *a, b: 3}") == {"a": {"b": 1, "c": 2}, "d": {"b": 3, "c": 2}}


def test_names_that_stand_for_each_other_are_walked_once() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 30))
    assert "l29" in plain_yaml(f"l0: &l0 [1]\n{levels}")


def test_nothing_and_plain_values_read_as_they_did() -> None:
    assert plain_yaml("") is None
    assert plain_yaml("on: 2027-03-31") == {"on": "2027-03-31"}


def test_a_case_file_with_a_field_twice_is_refused_with_every_other_fault(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TWICE, encoding="utf-8")
    with pytest.raises(StudyError) as refused:
        read_definition(path)
    said = str(refused.value)
    assert "'amount' stands twice, in line 6 and in line 7" in said
    assert "[case.yaml, lines.parks.amount]" in said
    assert "[case.yaml, title]" in said  # missing: told in the same breath
    assert "Take one of them out" in said


def test_it_is_told_in_welsh() -> None:
    with pytest.raises(RepeatedKeys) as refused:
        plain_yaml("a: 1\na: 2")
    (finding,) = refused.value.findings("study.yaml")
    assert translator("cy").finding(finding).startswith("Mae 'a' yma ddwywaith, yn llinell 1 ac yn llinell 2")


def test_a_tab_is_named_as_the_cause() -> None:
    with pytest.raises(yaml.YAMLError) as refused:
        plain_yaml("projects:\n\t- key: one\n")
    assert "A tab is the cause" in remedy_of(refused.value)


def test_any_other_fault_is_to_be_mended_where_it_stands() -> None:
    with pytest.raises(yaml.YAMLError) as refused:
        plain_yaml("projects: [one")
    assert remedy_of(refused.value) == "Mend that line, then try again."
