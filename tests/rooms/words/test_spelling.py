"""Commands are shown as they can be typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from consortia.cli.spelling import command


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the program in its own environment, and nothing of that name where the shell looks."""
    program = tmp_path / ".venv" / "bin" / "consortia"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_checkout_the_path_of_the_program_is_shown(checkout: Path) -> None:
    assert command("run", checkout.name) == f".venv/bin/consortia run {checkout.name}"


def test_where_the_shell_finds_the_program_its_name_is_enough(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout / ".venv" / "bin"))
    assert command("run", "study") == "consortia run study"
