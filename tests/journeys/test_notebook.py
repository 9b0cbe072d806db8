"""The shipped notebook runs from top to bottom and says what it is kept to say."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> Any:
    """The tool that runs notebooks."""
    spec = importlib.util.spec_from_file_location("build_notebook", ROOT / "tools" / "build_notebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(outputs: list[dict[str, Any]]) -> str:
    """What a cell prints; pictures are left out."""
    return "".join("".join(one.get("text", [])) for one in outputs)


def test_every_cell_runs_and_prints_what_is_kept(tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tool.NOTEBOOK.parent)
    notebook = json.loads(tool.NOTEBOOK.read_text(encoding="utf-8"))
    ran = list(tool.run_cells(notebook))
    assert len(ran) > 8
    assert [text_of(outputs) for _, outputs in ran] == [text_of(cell["outputs"]) for cell, _ in ran], (
        "run tools/build_notebook.py and look at what changed"
    )


def test_the_pictures_of_the_notebook_are_kept_with_it(tool) -> None:
    notebook = json.loads(tool.NOTEBOOK.read_text(encoding="utf-8"))
    shown = [
        one for cell in notebook["cells"] for one in cell.get("outputs", []) if "image/svg+xml" in one.get("data", {})
    ]
    assert len(shown) == 3
