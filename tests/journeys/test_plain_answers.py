"""Answers that a person at a small terminal can read, and refusals that say what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Consortia

POWYS = ("--partner", "Powys")


def narrow(*words: str | Path) -> str:
    """What a call prints on a terminal of 80 columns."""
    command = [sys.executable, "-m", "consortia", *map(str, words)]
    environment = {**os.environ, "COLUMNS": "80"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout


def test_the_editions_can_be_read_at_80_columns() -> None:
    shown = narrow("reference", "editions")
    assert "lancashire-2021-22" in shown
    assert "Columns left out: " in shown
    assert "…" not in shown
    assert "basis: outturn" in narrow("reference", "editions", "--full")


@pytest.mark.parametrize("table", ["parameters", "services", "sources", "deflators"])
def test_no_word_of_a_reference_table_is_cut_at_80_columns(table: str) -> None:
    assert "…" not in narrow("reference", table)


def test_no_word_of_a_comparison_is_cut_at_80_columns(study_folder: Path) -> None:
    shown = narrow("compare", study_folder)
    assert "…" not in shown
    assert "Pembrokeshire" in shown


def test_the_main_figures_are_listed_with_key_meaning_and_value(study_folder: Path) -> None:
    shown = narrow("explain", study_folder)
    assert "net.p50" in shown
    assert "What it is" in shown
    assert "setup" not in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sign", *POWYS, "--by", " "), "was given empty"),
        (("agree", "--by", ""), "was given empty"),
        (("query", "x", *POWYS, "--by", "", "--text", "?"), "was given empty"),
        (("explain", "net.p50", "--depth", "-3"), "-3 is below zero"),
        (("papers", "--to", "/dev/null/papers"), "/dev/null"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    consortia: Consortia, study_folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = consortia(words[0], study_folder, *words[1:])
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("partners", "said"),
    [
        (["Burnley"], "at least two partners"),
        (["Birmingham", "Slough"], "nothing to share"),
    ],
    ids=["one partner", "no return"],
)
def test_a_study_that_could_not_be_run_is_not_made(
    consortia: Consortia, tmp_path: Path, partners: list[str], said: str
) -> None:
    made = consortia("new", tmp_path / "study", "--partners", *partners, "--from", "rsx-2024-25")
    assert made.returncode == 2
    assert said in made.stderr
    assert not (tmp_path / "study").exists()


def test_a_bridge_of_nothing_says_so(consortia: Consortia, study_folder: Path) -> None:
    done = consortia("bridge", study_folder, *POWYS, "--service", "police")
    assert "has no amount for this service in the base year" in done.stdout
    assert "Total" not in done.stdout
