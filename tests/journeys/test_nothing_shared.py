"""A run that proposes to share nothing prints nothing empty, and one that cannot run says what can be done instead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

PROJECT = {
    "key": "desk", "title": {"en": "One desk"}, "maturity": "as_stated",
    "effects": [{"kind": "amounts", "key": "fewer", "partner": "W06000008", "amounts": {"2025-26": 50_000}}],
}  # fmt: skip


@pytest.fixture
def careful(study_folder: Path, tmp_path: Path) -> Path:
    """The three councils, who will bear no chance of a loss at all."""
    folder = tmp_path / "three"
    shutil.copytree(study_folder, folder)
    limit = {"key": "max_chance_of_loss", "value": 0, "reason": "nothing is to be risked"}
    change(folder, assumptions=[limit], initiatives=stated(folder)["initiatives"][:2])
    return folder


def stated(folder: Path) -> dict:
    return yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))


def change(folder: Path, **fields: object) -> None:
    text = yaml.safe_dump(stated(folder) | fields, sort_keys=False)
    (folder / "study.yaml").write_text(text, encoding="utf-8")


def test_where_nothing_is_to_be_shared_no_table_of_gains_is_printed(consortia, careful) -> None:
    said = consortia("run", careful)
    assert said.returncode == 0, said.stderr
    for words in ("Do not share", "The alternatives", "Nothing is to be shared as the study stands.", "compare"):
        assert words in said.stdout
    for words in ("What each partner gains or pays", "Ways to share the gain", "Open a figure"):
        assert words not in said.stdout


def test_it_is_said_in_welsh(consortia, careful) -> None:
    said = consortia("run", careful, "--language", "cy").stdout
    assert "Nid oes dim i'w rannu fel y saif yr astudiaeth." in " ".join(said.split())


def test_without_initiatives_projects_are_run_by_themselves(consortia, careful) -> None:
    change(careful, initiatives=[])
    assert "there is none under `initiatives`" in consortia("run", careful).stderr
    change(careful, projects=[PROJECT])
    said = consortia("run", careful)
    assert said.returncode == 0, said.stderr
    assert "No service was examined for sharing" in said.stdout
    assert "The partners' own projects by themselves" in " ".join(said.stdout.split())
    assert "The alternatives" not in said.stdout
    assert consortia("papers", careful).returncode == 0
    paper = (careful / "papers" / "decision-paper.en.html").read_text(encoding="utf-8")
    assert "No service was examined for sharing." in paper
    for id in ("alternatives", "decision", "runners-up", "uncertainty"):
        assert f'id="{id}"' not in paper


def test_a_run_goes_on_beside_a_faulty_scenario_and_says_so_in_its_papers(consortia, careful) -> None:
    bad = {"key": "bad", "title": {"en": "Bad"}, "overrides": {"horizn_years": 5}}
    change(careful, scenarios=[bad])
    assert consortia("run", careful).returncode == 0
    kept = (careful / "runs" / "newest").read_text(encoding="utf-8").strip()
    assert "scenarios.bad.overrides.horizn_years" in (careful / "runs" / kept).read_text(encoding="utf-8")
    refused = consortia("run", careful, "--scenario", "bad")
    assert refused.returncode != 0
    assert "Did you mean 'horizon_years'?" in refused.stderr
