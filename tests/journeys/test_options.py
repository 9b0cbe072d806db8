"""`consortia options`: what the registers offer, as tables and as projects that the appraisal takes."""

from __future__ import annotations

from pathlib import Path

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "registers.yaml"


def test_each_register_prints_its_table(consortia) -> None:
    said = consortia("options", CASE)
    assert said.returncode == 0, said.stderr
    for title in (
        "Posts that could be shared",
        "Buildings that could be left",
        "Systems that could become one",
        "Which system can take over which",
        "Contracts that could be let together",
        "Spend that could be bought together",
    ):
        assert title in said.stdout


def test_the_proposals_are_projects_that_the_appraisal_takes(consortia, tmp_path) -> None:
    projects = consortia("options", CASE, "--projects").stdout
    case = tmp_path / "case.yaml"
    case.write_text(CASE.read_text(encoding="utf-8") + projects, encoding="utf-8")
    said = consortia("appraise", case)
    assert said.returncode == 0, said.stderr
    assert "Fewer buildings: Burnley" in said.stdout


def test_registers_that_offer_nothing_say_what_to_fill(consortia) -> None:
    said = consortia("options", CASE.with_name("barnet.yaml"))
    assert said.returncode == 2
    assert "offer nothing" in said.stderr
    assert "posts, buildings, systems or contracts" in said.stderr
