"""The consortium of the examples: six hold, one leaves, and the rest come apart in an order that the tool names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "education-consortium"


@pytest.fixture(scope="module")
def partners_table(consortia):
    """The rows of one table of `consortia partners` or `what-if`, by the keys of the columns."""

    def call(key: str, *words: str) -> list[dict[str, object]]:
        said = consortia(*words, "--json")
        assert said.returncode == 0, said.stderr
        table = json.loads(said.stdout)["tables"][key]
        keys = [column["key"] for column in table["columns"]]
        return [dict(zip(keys, row, strict=True)) for row in table["rows"]]

    return call


def name(said: object) -> str:
    return said["en"] if isinstance(said, dict) else str(said)


def test_nobody_would_rather_be_alone_while_all_six_pay_forty_thousand(partners_table) -> None:
    rows = partners_table("walk_away", "partners", FOLDER)
    assert len(rows) == 6
    assert all(row["walk_away"] > 0 for row in rows)


def test_when_one_leaves_the_rest_come_apart_and_the_tool_says_who_is_next(partners_table) -> None:
    rows = partners_table("what_if", "what-if", FOLDER, "--leaves", "Castell-nedd Port Talbot")
    assert [name(row["leaves"]) for row in rows] == [
        "Neath Port Talbot", "Ceredigion", "Pembrokeshire", "Powys", "Carmarthenshire",
    ]  # fmt: skip
    assert rows[0]["rest"] < 0


def test_shared_by_budget_the_same_five_hold(partners_table) -> None:
    rows = partners_table("what_if", "what-if", FOLDER, "--leaves", "Neath Port Talbot", "--rule", "budget")
    assert len(rows) == 1


def test_at_four_times_the_contribution_the_answer_is_not_to_share(consortia, tmp_path) -> None:
    folder = tmp_path / "six"
    shutil.copytree(FOLDER, folder)
    run = consortia("run", folder, "--scenario", "fourfold", "--json")
    decision = json.dumps(json.loads(run.stdout)["content"]["decision"])
    assert "No group does better than doing nothing" in decision
    refused = consortia("partners", folder, "--scenario", "fourfold")
    assert refused.returncode == 2
    assert "nothing to divide and nobody to leave" in refused.stderr


def test_without_the_largest_partner_the_other_five_are_solved_again(partners_table) -> None:
    rows = partners_table("walk_away", "partners", FOLDER, "--scenario", "without-the-largest")
    assert len(rows) == 5
    assert min(rows, key=lambda row: row["walk_away"])["walk_away"] < 0
