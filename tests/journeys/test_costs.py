"""From a partner's activities to what stops when they are shared; from a harmonised cost back to its source cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "castleford.yaml"
CEREDIGION = "W06000008"


@pytest.fixture(scope="module")
def costed(study_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with the textbook's activities beside one return."""
    folder = tmp_path_factory.mktemp("costs") / "three"
    shutil.copytree(study_folder, folder)
    shutil.copyfile(CASE, folder / "returns" / CEREDIGION / "activities.yaml")
    return folder


def row(text: str, first: str) -> list[str]:
    """The cells of the first table row that begins with these words."""
    line = next(line for line in text.splitlines() if line.strip().startswith(first))
    return line.replace(first, "").split()


def plain(text: str) -> str:
    """What was printed on one line: titles are broken at the width of their table."""
    return " ".join(text.split())


def test_the_three_methods_stand_side_by_side(consortia, costed: Path) -> None:
    said = consortia("cost", costed, "--partner", "Ceredigion")
    assert said.returncode == 0, said.stderr
    assert row(said.stdout, "Machining") == ["4,000", "7,653", "8,301", "8,187"]
    assert row(said.stdout, "Assembly") == ["2,000", "6,099", "5,451", "5,565"]
    assert "Order of closing in step-down: Plant maintenance, Information systems." in said.stdout


def test_idle_capacity_stands_on_its_own_line(consortia, costed: Path) -> None:
    said = consortia("cost", costed, "--partner", "Ceredigion").stdout
    team = said[said.index("Time of the team") :]
    assert row(team, "Unused capacity") == ["–", "–", "121,400", "–", "97"]


def test_what_is_stranded_is_said(consortia, costed: Path) -> None:
    said = consortia("cost", costed, "--partner", "Ceredigion").stdout
    shared = said[said.index("If this is shared: Assembly") :]
    assert row(shared, "Total") == ["–", "5,565", "1,911", "3,454", "200"]


def test_money_is_traced_both_ways(consortia, costed: Path) -> None:
    made = consortia("cost", costed, "--partner", "Ceredigion", "--trace", "assembly").stdout
    went = consortia("cost", costed, "--partner", "Ceredigion", "--trace", "maintenance").stdout
    assert "What makes up this cost: Assembly" in plain(made)
    assert "Where this money went: Plant maintenance" in plain(went)
    assert row(made, "Plant maintenance") == row(went, "Assembly") == ["3,343"]


def test_an_unknown_code_and_a_partner_without_activities_get_a_sentence(consortia, costed: Path) -> None:
    nearest = consortia("cost", costed, "--partner", "Ceredigion", "--trace", "asembly")
    assert (nearest.returncode, "Did you mean assembly?" in nearest.stderr) == (2, True)
    silent = consortia("cost", costed, "--partner", "Powys")
    assert (silent.returncode, "has not said what its people do" in silent.stderr) == (2, True)


def test_a_closed_loop_is_refused_with_the_departments_in_it(consortia, costed: Path) -> None:
    path = costed / "returns" / CEREDIGION / "activities.yaml"
    text = path.read_text(encoding="utf-8")
    looped = text.replace("systems: 1600, machining: 2400, assembly: 4000", "systems: 1600")
    path.write_text(looped.replace("maintenance: 200, machining: 1600, assembly: 200", "maintenance: 200"))
    said = consortia("cost", costed, "--partner", "Ceredigion")
    path.write_text(text, encoding="utf-8")
    assert said.returncode == 5
    assert "A closed loop: maintenance & systems serve nobody else" in said.stderr


def test_the_bridge_goes_from_the_return_to_the_harmonised_cost_and_to_the_cell(consortia, costed: Path) -> None:
    said = consortia("bridge", costed, "--partner", "Ceredigion", "--service", "planning")
    assert said.returncode == 0, said.stderr
    assert "from the return to the harmonised cost" in plain(said.stdout)
    assert "Source cells: " in said.stdout


def test_every_partner_has_a_bridge(consortia, costed: Path) -> None:
    said = consortia("bridge", costed, "--language", "cy")
    assert said.returncode == 0, said.stderr
    assert all(name in said.stdout for name in ("Ceredigion", "Sir Benfro", "Powys"))


def test_every_amount_of_a_bridge_has_a_grade(consortia, costed: Path) -> None:
    said = consortia("bridge", costed, "--partner", "Powys").stdout
    assert row(said, "Education")[-1] in {"2", "3", "4", "5", "6"}
    assert "1 best to 6, the worst of its source, age and estimates" in plain(said)


def test_who_has_not_said_what_its_people_do_is_pointed_to_a_councils_example(consortia, costed: Path) -> None:
    refused = consortia("cost", costed, "--partner", "Powys")
    example = CASE.with_name("council-tax-office.yaml")
    assert f"examples/cases/{example.name} is one" in refused.stderr
    shutil.copyfile(example, costed / "returns" / "W06000023" / "activities.yaml")
    said = plain(consortia("cost", costed, "--partner", "Powys").stdout)
    for title in (
        "Overheads, three methods",
        "Reminders and recovery",
        "Unused capacity",
        "If this is shared: Council",
    ):
        assert title in said
