"""The whole journey on the command line: published return, run, papers, a traced figure, the savings account."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Consortia


@pytest.fixture
def study(study_folder: Path, tmp_path: Path) -> Path:
    """A copy of the finished study, to be changed."""
    return Path(shutil.copytree(study_folder, tmp_path / "study"))


def test_a_baseline_needs_no_typing(study_folder: Path) -> None:
    assert {path.name for path in (study_folder / "returns").iterdir()} == {"W06000008", "W06000009", "W06000023"}


def test_the_run_prints_a_decision_for_every_service(consortia: Consortia, study: Path) -> None:
    printed = consortia("run", study).stdout
    assert "Education" in printed
    assert "Do not share" in printed


def test_the_run_can_be_read_by_a_program(consortia: Consortia, study: Path) -> None:
    plain = json.loads(consortia("run", study, "--json").stdout)
    assert plain["bindings"]["scenario"] == "base"


def test_the_papers_are_written_in_both_languages(consortia: Consortia, study: Path) -> None:
    consortia("papers", study)
    written = {path.name for path in (study / "papers").iterdir()}
    assert written == {
        f"{paper}.{language}.{kind}"
        for paper, kind in (("decision-paper", "html"), ("decision-paper", "docx"), ("workbook", "xlsx"))
        for language in ("en", "cy")
    }


def test_a_figure_opens_to_its_source_cell(consortia: Consortia, study: Path) -> None:
    printed = consortia("explain", study, "gross.education.W06000023").stdout
    assert "StatsWales" in printed or "Welsh" in printed
    assert "£" in printed


def test_the_savings_account_goes_from_promise_to_verdict(consortia: Consortia, study: Path) -> None:
    assert consortia("agree", study, "--by", "A. Treasurer").returncode == 0
    answers = "level_kept,quality_kept,voluntary_sector_kept,charges_unchanged,no_windfall,recurrent,revenue"
    more = "base_budget_reduced,agreed_in_advance,budget_holder,measurable,more_for_same"
    rows = [
        f"initiative,partner,year,kind,amount,evidence,{answers},{more}",
        "share-education,Powys,2025-26,budgeted,1000,minute 12," + ",".join(["yes"] * 11 + ["no"]),
        "share-education,Powys,2025-26,delivered,900,ledger 4711," + ",".join(["yes"] * 11 + ["no"]),
        "share-education,Ceredigion,2025-26,delivered,500,ledger 12,yes,unknown" + ",yes" * 9 + ",no",
    ]
    actuals = study / "actuals.csv"
    actuals.write_text("\n".join(rows) + "\n")
    shown = consortia("account", study, "--load", actuals)
    assert shown.returncode == 0, shown.stderr
    assert "Cashable saving" in shown.stdout
    assert "Unverified" in shown.stdout


def test_a_changed_study_cannot_be_agreed_before_it_is_run_again(consortia: Consortia, study: Path) -> None:
    path = study / "study.yaml"
    path.write_text(path.read_text() + "sharing_rule: equal\n")
    refused = consortia("agree", study, "--by", "A. Treasurer")
    assert refused.returncode == 2
    assert "changed since" in refused.stderr


def test_a_signed_return_stays_signed_until_it_changes(consortia: Consortia, study: Path) -> None:
    consortia("sign", study, "--partner", "Powys", "--by", "B. Finance")
    assert "Not signed: Ceredigion, Pembrokeshire" in consortia("check", study).stdout
    costs = study / "returns" / "W06000023" / "costs.csv"
    lines = costs.read_text().splitlines()
    costs.write_text("\n".join([lines[0], lines[1].replace(".00,known", ".01,known"), *lines[2:]]) + "\n")
    assert "Powys" in consortia("check", study).stdout.split("Not signed:")[1]


def test_a_blank_return_is_filled_in_and_loaded(consortia: Consortia, study: Path) -> None:
    blank = study / "blank.xlsx"
    assert consortia("template", study, blank, "--partner", "Powys").returncode == 0
    own = study / "own.csv"
    own.write_text("year,service,measure,amount,status\n2024-25,education,net_current_expenditure,131000000,known\n")
    loaded = consortia("intake", study, own, "--partner", "Powys")
    assert loaded.returncode == 0, loaded.stderr
    assert "Loaded 1 line for" in loaded.stdout


def test_reference_data_are_listed_and_explained(consortia: Consortia) -> None:
    assert "parameters" in consortia("reference").stdout
    assert (
        "setup_share"
        in consortia("reference", "parameters", "--search", "set-up").stdout
        + consortia("reference", "parameters").stdout
    )
