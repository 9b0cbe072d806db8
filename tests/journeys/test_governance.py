"""`consortia governance`: what is stated of how partners run what they share, as of a day."""

from __future__ import annotations

import json
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "education-consortium"


def test_tables_and_findings_are_printed_as_of_a_day(consortia) -> None:
    told = json.loads(consortia("governance", EXAMPLE, "--on", "2020-06-30", "--json").stdout)
    assert {"leads", "pool_school-improvement", "post_director", "profiles", "needs"} <= set(told["tables"])
    assert any("overdue" in one for one in told["findings"])


def test_everything_is_there_in_welsh(consortia) -> None:
    said = consortia("governance", EXAMPLE, "--on", "2020-06-30", "--language", "cy").stdout
    assert "Cyllideb gyfun" in said
    assert "Pooled" not in said


def test_what_is_no_day_is_refused_in_words(consortia) -> None:
    said = consortia("governance", EXAMPLE, "--on", "soon")
    assert said.returncode != 0
    assert "is not a day" in said.stdout + said.stderr
