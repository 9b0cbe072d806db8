"""Journeys are walked as a user walks them: through the command line, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Consortia = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def consortia() -> Consortia:
    """Calls the command line and gives what it printed and its exit code."""

    def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "consortia", *map(str, words)]
        return subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "400"}, check=False
        )

    return call


@pytest.fixture(scope="session")
def study_folder(consortia: Consortia, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished small study: three Welsh councils, made and run through the command line."""
    folder = tmp_path_factory.mktemp("journey") / "three"
    made = consortia("new", folder, "--partners", "Ceredigion", "Sir Benfro", "Powys", "--from", "wales-2024-25")
    assert made.returncode == 0, made.stderr
    path = folder / "study.yaml"
    path.write_text(path.read_text() + "draws: 256\n")
    assert consortia("run", folder).returncode == 0
    return folder
