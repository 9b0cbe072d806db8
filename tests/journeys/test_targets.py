"""What services may cost: gaps by partner, what the run closes, the function-cost matrix with its floor; hosting."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "yacht.yaml"


@pytest.fixture(scope="module")
def targeted(study_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with the example's targets, hosting and matrix in its definition."""
    folder = tmp_path_factory.mktemp("targets") / "three"
    shutil.copytree(study_folder, folder)
    path = folder / "study.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{CASE.read_text(encoding='utf-8')}", encoding="utf-8")
    return folder


def row(text: str, first: str) -> list[str]:
    """The cells of the first table row that begins with these words."""
    line = next(line for line in text.splitlines() if line.strip().startswith(first))
    return re.split(r"  +", line.strip())


def test_the_gap_is_current_cost_less_what_is_affordable(consortia, targeted: Path) -> None:
    said = consortia("target", targeted)
    assert said.returncode == 0, said.stderr
    cells = row(said.stdout, "Planning and development services")
    current, budget, saving, affordable, gap = (int(cell.replace(",", "").replace("−", "-")) for cell in cells[2:7])
    assert (budget, saving, affordable) == (6_000, 500, 5_500)
    assert abs(gap - (current - affordable)) <= 1


def test_a_duty_s_floor_takes_from_the_other_components(consortia, targeted: Path) -> None:
    said = consortia("target", targeted, "--service", "planning").stdout
    # Thousands. 9.72 by importance is below the floor of 11; the others share 109 by 0.355 : 0.201 : 0.140 : 0.223.
    assert row(said, "Electrical")[-3:] == ["11", "11", "5.0"]
    assert row(said, "Hull and keel")[-2] == f"{109 * 0.355 / 0.919:.0f}"
    assert "Should cost less" in row(said, "Electrical")


def test_a_hosted_service_is_a_step_of_the_bridge(consortia, targeted: Path) -> None:
    said = consortia("bridge", targeted, "--partner", "Ceredigion")
    assert said.returncode == 0, said.stderr
    as_returned, hosted, harmonised = row(said.stdout, "Planning and development services")[1:4]
    assert hosted == "100"  # 400,000 of cost for the 300,000 that it paid
    number = [int(text.replace(",", "")) for text in (as_returned, harmonised)]
    assert abs(number[1] - number[0] - 100) <= 1


def test_a_study_without_targets_says_where_they_go(consortia, study_folder: Path) -> None:
    said = consortia("target", study_folder)
    assert said.returncode == 2
    assert "under `targets` in study.yaml" in said.stderr


def test_a_floor_without_its_duty_is_refused(consortia, targeted: Path) -> None:
    path = targeted / "study.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^ +duty: .*$", "", text), encoding="utf-8")
    said = consortia("target", targeted)
    path.write_text(text, encoding="utf-8")
    assert said.returncode == 2
    assert "A floor needs the duty that sets it" in said.stderr
    assert "[study.yaml, value_cases[1].components.electrical]" in said.stderr
