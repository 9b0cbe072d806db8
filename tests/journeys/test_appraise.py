"""`consortia appraise`: case files and a study with returns, both languages, comparison, JSON, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[2] / "examples" / "cases"
PROJECTS = """
lines:
  - {key: planning, partner: W06000008, service: planning}
projects:
  - key: one_team
    title: {en: One planning team, cy: Un tîm cynllunio}
    effects:
      - {kind: rate_of_line, key: rate, lines: [planning], rate: {low: 0.02, mode: 0.05, high: 0.1}}
"""


def row(text: str, first: str) -> list[str]:
    """The cells of the first table row that begins with these words."""
    line = next(line for line in text.splitlines() if line.strip().startswith(first))
    return re.split(r"  +", line.strip())


def test_a_case_prints_every_table_and_what_it_must_not_claim(consortia) -> None:
    said = consortia("appraise", CASES / "barnet.yaml")
    assert said.returncode == 0, said.stderr
    assert row(said.stdout, "All years") == ["All years", "117,000", "8,400", "8,000"]
    for title in ("What the projects are worth", "What each partner gains", "in cash", "plan's view", "Full-year"):
        assert title in said.stdout
    assert "What these figures must not be used to claim" in said.stdout


def test_counts_that_do_not_add_up_are_told_with_their_place(consortia) -> None:
    assert "[barnet.yaml, projects.services.counts.at_risk]" in consortia("appraise", CASES / "barnet.yaml").stdout


def test_a_case_prints_in_welsh(consortia) -> None:
    said = consortia("appraise", CASES / "barnet.yaml", "--language", "cy").stdout
    assert "Gwerth y prosiectau" in said
    assert "Cost untro" in said


def test_a_comparison_names_each_change_and_what_it_moved(consortia) -> None:
    said = consortia("appraise", CASES / "green-book.yaml", "--compare", "option_b").stdout
    assert row(said, "projects.a.active") == ["projects.a.active", "true", "false", "817"]
    assert row(said, "Remainder")[-1] == "0"
    assert row(said, "Net present value: option_b")[-1] == "510"


def test_a_fault_of_the_other_scenario_is_looked_for_there(consortia, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    plain = (CASES / "green-book.yaml").read_text(encoding="utf-8")
    bad = "  - {key: bad, title: {en: Bad}, overrides: {projects.b.active: true}}\n"
    assert "scenarios:\n" in plain
    case.write_text(plain.replace("scenarios:\n", f"scenarios:\n{bad}"), encoding="utf-8")
    said = consortia("appraise", case, "--compare", "bad")
    assert said.returncode != 0
    assert "[case.yaml, scenarios.bad, projects.a.excludes]" in " ".join(said.stderr.split())


def test_a_broken_path_of_another_scenario_is_told_beside_the_base(consortia, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    bad = "scenarios:\n  - {key: bad, title: {en: Bad}, overrides: {projects.digitl.start: 2026-27}}\n"
    plain = (CASES / "green-book.yaml").read_text(encoding="utf-8")
    case.write_text(plain.replace("scenarios:\n", bad), encoding="utf-8")
    said = consortia("appraise", case)
    assert said.returncode == 0
    assert "warning There is no 'digitl' there." in said.stdout
    assert "[case.yaml, scenarios.bad.overrides.projects.digitl.start]" in said.stdout


def test_a_comparison_tells_the_cautions_of_both_sides_under_their_names(consortia, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    late = "scenarios:\n  - {key: late, title: {en: Late}, overrides: {projects.a.start: 2098-99}}\n"
    plain = (CASES / "green-book.yaml").read_text(encoding="utf-8")
    case.write_text(plain.replace("scenarios:\n", late), encoding="utf-8")
    said = consortia("appraise", case, "--compare", "late").stdout
    assert "starts after" in said.split("\nOf late\n")[1]
    told = json.loads(consortia("appraise", case, "--compare", "late", "--json").stdout)
    assert told["beside"] == "late"
    assert "starts after" in " ".join(told["findings_beside"])
    assert "starts after" not in " ".join(told["findings"])


def test_json_holds_the_raw_values(consortia) -> None:
    found = json.loads(consortia("appraise", CASES / "overlap.yaml", "--json").stdout)
    assert (found["study"], found["seed"], found["draws"]) == ("overlap", 20260401, 64)
    assert {"measures", "projects_by_partner", "kinds", "kinds_cash", "plan", "projects"} <= found["tables"].keys()


def test_the_same_case_gives_the_same_answer_to_the_last_bit(consortia) -> None:
    first, again = (consortia("appraise", CASES / "other-terms.yaml", "--json").stdout for _ in range(2))
    assert first == again


def test_a_line_takes_its_amount_from_the_partners_return(consortia, study_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "three"
    shutil.copytree(study_folder, folder)
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PROJECTS, encoding="utf-8")
    said = consortia("appraise", folder)
    assert said.returncode == 0, said.stderr
    today = row(said.stdout, "Ceredigion: Planning and development")[1]
    assert int(today.replace(",", "")) > 1_000


def test_every_fault_is_told_at_once_with_its_place(consortia, tmp_path: Path) -> None:
    text = (CASES / "overlap.yaml").read_text(encoding="utf-8")
    case = tmp_path / "faulty.yaml"
    text = text.replace("rate: 0.10", "rate: {low: 0.3, mode: 0.1, high: 0.2}")
    case.write_text(text.replace("[line], rate: 0.15", "[lime], rate: 0.15"), encoding="utf-8")
    said = consortia("appraise", case)
    assert said.returncode == 5
    assert "[faulty.yaml, projects.first.effects.rate.rate]" in said.stderr
    assert "[faulty.yaml, projects.second.effects.rate.lines]" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--scenario", "option_c"), "There is no scenario 'option_c'"),
        (("--compare", "nowhere"), "There is no scenario 'nowhere'"),
    ],
)
def test_a_scenario_that_there_is_not_is_refused_with_those_there_are(consortia, words, told: str) -> None:
    said = consortia("appraise", CASES / "green-book.yaml", *words)
    assert said.returncode == 2
    assert told in said.stderr
    assert "option_b" in said.stderr


def test_a_study_without_projects_says_where_to_put_them(consortia, study_folder: Path) -> None:
    said = consortia("appraise", study_folder)
    assert said.returncode == 2
    assert "under `projects`" in said.stderr


def test_check_lists_the_faults_of_projects_too(consortia, study_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "three"
    shutil.copytree(study_folder, folder)
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PROJECTS.replace("[planning]", "[plannings]"), encoding="utf-8")
    said = consortia("check", folder)
    assert said.returncode == 5
    assert "projects.one_team.effects.rate.lines" in said.stdout


def test_the_papers_of_a_study_with_projects_have_their_charts(consortia, study_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "three"
    shutil.copytree(study_folder, folder)
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PROJECTS, encoding="utf-8")
    ran = consortia("run", folder)
    assert ran.returncode == 0
    assert "The partners' own projects by themselves" in ran.stdout
    assert "front.own.middle" in ran.stdout
    assert consortia("papers", folder).returncode == 0
    paper = (folder / "papers" / "decision-paper.cy.html").read_text(encoding="utf-8")
    assert "Arbedion y mae partneriaid yn eu datgan eu hunain" in paper
    assert 'id="waterfall-words"' in paper


def test_one_partner_sees_its_own_worth_kinds_and_plan(consortia) -> None:
    said = consortia("appraise", CASES / "merseyside.yaml", "--partner", "merseyside police")
    assert said.stdout.startswith("Merseyside Police")
    assert row(said.stdout, "2013-14") == ["2013-14", "0", "525", "6,600"]  # three quarters of 0.7m and of 8.8m
    refused = consortia("appraise", CASES / "merseyside.yaml", "--partner", "Wirral")
    assert refused.returncode == 2
    assert "Merseyside Fire and Rescue" in refused.stderr


def test_json_holds_sentences_and_no_templates(consortia) -> None:
    said = consortia("appraise", CASES / "overlap.yaml", "--json", "--language", "cy").stdout
    found = json.loads(said)
    assert "msgid" not in said
    assert found["tables"]["measures"]["columns"][1]["title"] == "Gwerth"


def test_a_figure_of_a_case_opens_down_to_what_it_states(consortia) -> None:
    listed = consortia("explain", CASES / "barnet.yaml").stdout
    assert "measures.npv.value" in listed
    assert "13.04 £k" not in listed
    opened = consortia("explain", CASES / "barnet.yaml", "kinds.2013-14.cashable").stdout
    assert "projects.services.effects.price.amounts" in opened


def test_an_appraisal_says_how_to_open_a_figure(consortia) -> None:
    printed = consortia("appraise", CASES / "barnet.yaml").stdout
    assert "barnet.yaml measures.npv.value" in printed
