"""`consortia partners` and `consortia what-if`: who gets what, who would leave, and what follows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

SIX = Path(__file__).resolve().parents[2] / "examples" / "south-west-and-mid-wales-six"


@pytest.fixture
def six(tmp_path) -> Path:
    """The six authorities, with few draws."""
    folder = tmp_path / "six"
    shutil.copytree(SIX, folder, ignore=shutil.ignore_patterns("runs", "papers", "account"))
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "draws: 256\n", encoding="utf-8")
    return folder


def say_also(folder: Path, yaml: str) -> None:
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + yaml, encoding="utf-8")


def test_every_rule_stands_beside_the_others_with_what_would_make_one_hold(consortia, six) -> None:
    said = consortia("partners", six, "--service", "highways")
    assert said.returncode == 0, said.stderr
    for words in ("By budget", "Nucleolus", "Who would do better alone", "Walk-away price", "from outside, at least"):
        assert words in said.stdout


def test_the_tables_are_there_in_welsh(consortia, six) -> None:
    said = consortia("partners", six, "--service", "highways", "--language", "cy")
    assert "Pwy sy'n cael beth" in said.stdout
    assert "Who" not in said.stdout


def test_what_if_says_what_the_rest_lose_and_who_stays(consortia, six) -> None:
    said = consortia("what-if", six, "--leaves", "Powys", "--service", "highways", "--json")
    assert said.returncode == 0, said.stderr
    table = json.loads(said.stdout)["tables"]["what_if"]
    assert len(table["rows"]) == 1


def test_a_wish_has_its_price_and_work_its_burden(consortia, six) -> None:
    say_also(
        six,
        "links: [{kind: apart, partners: [W06000010, W06000009], reason: an old quarrel}]\n"
        "partnership:\n"
        "  paid_back_by: 8\n"
        "  rule: equal\n"
        "  roles: [{partner: W06000011, role: host}]\n"
        "  efforts: [{partner: W06000011, hours: 900, spare: 600}, {partner: W06000023, hours: 100, spare: 400}]\n",
    )
    said = consortia("partners", six, "--service", "highways")
    assert said.returncode == 0, said.stderr
    for words in ("an old quarrel", "Who does the work", "Overloaded", "Payments between partners"):
        assert words in said.stdout


def test_a_partner_that_stays_out_is_in_no_group(consortia, six) -> None:
    say_also(six, "partnership: {roles: [{partner: W06000011, role: abstain, services: [highways]}]}\n")
    said = consortia("partners", six, "--service", "highways")
    assert said.returncode == 0, said.stderr
    assert "Stays out" in said.stdout
    assert "Swansea (£" not in said.stdout
    gone = consortia("what-if", six, "--leaves", "Swansea", "--service", "highways")
    assert gone.returncode != 0
    assert "would share nothing" in gone.stderr


def test_where_all_would_buy_nobody_hosts_and_nothing_is_shared(consortia, six) -> None:
    codes = ("W06000010", "W06000008", "W06000012", "W06000009", "W06000023", "W06000011")
    say_also(six, f"partnership: {{roles: [{', '.join(f'{{partner: {one}, role: buy}}' for one in codes)}]}}\n")
    said = consortia("partners", six, "--service", "highways")
    assert said.returncode != 0
    assert "nobody would host" in said.stdout
    assert "nothing to divide" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_service_that_is_not_proposed_is_refused_with_those_that_are(consortia, six) -> None:
    said = consortia("partners", six, "--service", "fire")
    assert said.returncode != 0
    assert "highways" in said.stderr


def test_consortia_that_cost_an_organisation_are_few_and_stand_beside_other_choices(consortia, six) -> None:
    said = consortia("partners", six, "--hub-cost", "1000000")
    assert said.returncode == 0, said.stderr
    for words in ("costs £1.0 million once", "One grouping for all services", "Each service its"):
        assert words in " ".join(said.stdout.split())
    welsh = consortia("partners", six, "--hub-cost", "1000000", "--language", "cy", "--json")
    tables = json.loads(welsh.stdout)["tables"]
    assert tables["hub_choices"]["title"] == "Gwerth rhannu'r sefydliadau"
    both = consortia("partners", six, "--hub-cost", "1000000", "--at-most", "1")
    assert "--at-most and --hub-cost ask for different tables" in " ".join(both.stderr.split())


def test_for_programs_every_sentence_is_spoken_in_the_language_asked_for(consortia, six) -> None:
    told = json.loads(consortia("partners", six, "--service", "highways", "--json").stdout)
    assert "{" not in str(words_in(told))
    welsh = json.loads(consortia("partners", six, "--service", "highways", "--language", "cy", "--json").stdout)
    assert welsh["tables"]["shares_share-highways_1"]["title"].startswith("Pwy")


def words_in(plain) -> list[str]:
    """Every text of a plain value, names of fields left out."""
    if isinstance(plain, dict):
        return [text for held in plain.values() for text in words_in(held)]
    if isinstance(plain, list):
        return [text for held in plain for text in words_in(held)]
    return [plain] if isinstance(plain, str) else []
