"""A finding names services and councils in the language of its reader."""

from __future__ import annotations

import json

from consortia.findings import Finding, Severity, listed, named
from consortia.report.language import translator
from consortia.report.plain import from_plain, to_plain
from consortia.study.kept_findings import KeptFindings

ROADS = named("Highways and transport", "Priffyrdd a thrafnidiaeth")
TIES = Finding(
    "groupings-tie",
    Severity.NOTE,
    "{service}: {count} groupings are worth the same; the order of the partners chose among them.",
    values=(("service", ROADS), ("count", "12")),
)


def test_a_service_is_named_in_welsh_in_a_welsh_finding() -> None:
    said = translator("cy").finding(TIES)
    assert "Priffyrdd a thrafnidiaeth: " in said
    assert "Highways" not in said


def test_the_same_finding_is_named_in_english_for_english_readers() -> None:
    assert translator("en").finding(TIES).startswith("Highways and transport: 12")
    assert TIES.text().startswith("Highways and transport: 12")


def test_a_list_is_made_in_both_languages() -> None:
    assert listed((ROADS, "Total")) == ("Highways and transport, Total", "Priffyrdd a thrafnidiaeth, Total")


def test_a_name_without_welsh_is_one_text() -> None:
    assert named("Burnley", "") == named("Burnley", "Burnley") == "Burnley"


def test_both_names_survive_a_file() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(TIES)))) == TIES
    assert KeptFindings.model_validate(json.loads(KeptFindings.of([TIES]).model_dump_json())).told() == (TIES,)
