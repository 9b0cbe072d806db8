"""From a study to its map of working together and the action plan, on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "education-consortium"


def test_the_action_plan_is_written_in_welsh(consortia, tmp_path: Path) -> None:
    plan = tmp_path / "cynllun.csv"
    said = consortia("continuum", FOLDER, "--actions", plan, "--language", "cy", "--json")
    assert said.returncode == 0, said.stderr
    assert set(json.loads(said.stdout)["tables"]) == {"continuum", "continuum_reasons", "level_rules", "actions"}
    rows = list(csv.reader(plan.read_text(encoding="utf-8").splitlines()))
    assert [len(rows), rows[1][1]] == [5, "Un rhestr o gyrsiau am y flwyddyn"]


def test_for_programs_every_sentence_is_spoken(consortia) -> None:
    tables = json.loads(consortia("continuum", FOLDER, "--json").stdout)["tables"]
    said = json.dumps([table["rows"] for table in tables.values()])
    assert '"msgid"' not in said
    welsh = json.loads(consortia("continuum", FOLDER, "--language", "cy", "--json").stdout)["tables"]
    assert welsh["actions"]["title"] != tables["actions"]["title"]
