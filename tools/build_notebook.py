"""Runs the cells of examples/appraisal.ipynb and keeps what they print, with no notebook program: `make docs` style.

The notebook is its own source: edit its cells in any notebook program or by hand, then run this. A test runs the cells
too and holds their text against what is kept.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).resolve().parent.parent / "examples" / "appraisal.ipynb"


def main() -> None:
    """Runs every cell in the folder of the notebook and writes the notebook anew."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    with contextlib.chdir(NOTEBOOK.parent):
        for number, (cell, outputs) in enumerate(run_cells(notebook), start=1):
            cell["execution_count"], cell["outputs"] = number, outputs
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(os.path.relpath(NOTEBOOK))


def run_cells(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each code cell with what it gives when all are run in order in one name space."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in (each for each in notebook["cells"] if each["cell_type"] == "code"):
        yield cell, _run("".join(cell["source"]), names)


def _run(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell prints, and the value of its last line where that is an expression, as a notebook shows them."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    said, value = io.StringIO(), None
    with contextlib.redirect_stdout(said):
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    outputs: list[dict[str, Any]] = []
    if said.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": said.getvalue().splitlines(keepends=True)})
    if value is not None:
        outputs.append({"output_type": "display_data", "metadata": {}, "data": _shown(value)})
    return outputs


def _shown(value: Any) -> dict[str, list[str]]:
    if hasattr(value, "_repr_svg_"):
        return {"image/svg+xml": value._repr_svg_().splitlines(keepends=True)}
    return {"text/plain": repr(value).splitlines(keepends=True)}


if __name__ == "__main__":
    main()
