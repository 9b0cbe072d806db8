"""The demonstration does what the README says, word for word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demo prints on a terminal of 98 columns, and its folder."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    command = [sys.executable, "-m", "consortia", "demo", "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "98"}, check=True)
    return done.stdout, folder


def test_the_readme_shows_the_demos_real_output(demonstration: tuple[str, Path]) -> None:
    printed = [" ".join(line.split()) for line in demonstration[0].splitlines()]
    quoted = re.search(r"<!-- demo output.*?```text\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert quoted is not None
    lines = [" ".join(line.split()) for line in quoted[1].splitlines() if line.strip() not in ("", "...")]
    assert [line for line in lines if line not in printed] == []


def test_the_demo_says_do_not_share_with_a_reason(demonstration: tuple[str, Path]) -> None:
    assert "Do not share this." in demonstration[0]
    assert "than doing nothing" in " ".join(demonstration[0].split())


def test_the_demo_writes_every_paper(demonstration: tuple[str, Path]) -> None:
    written = {path.suffix for path in (demonstration[1] / "papers").iterdir()}
    assert written == {".html", ".docx", ".xlsx"}


def test_the_demo_says_how_to_open_the_site(demonstration: tuple[str, Path]) -> None:
    assert "make serve" in demonstration[0]


def test_the_shipped_studies_are_what_their_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    monkeypatch.syspath_prepend(ROOT / "tools")
    spec = importlib.util.spec_from_file_location("build_examples", ROOT / "tools" / "build_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "EXAMPLES", tmp_path)
    module.main()
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        assert path.read_bytes() == (ROOT / "examples" / path.relative_to(tmp_path)).read_bytes(), path.name
