"""Puts the demo's real output into the README, shortened: `.venv/bin/python tools/build_readme.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
WIDTH = 98
SHOWN = ("Education", "Highways", "Libraries", "Management", "Children")
BLOCK = re.compile(r"(<!-- demo output.*?```text\n)(.*?)(```)", re.S)


def main() -> None:
    """Runs the demo and replaces the block of the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda found: found[1] + excerpt(demo_output()) + found[3], text), encoding="utf-8")


def demo_output() -> str:
    """What the demo prints on a terminal of 98 columns."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "consortia", "demo", "--folder", f"{folder}/demo"]
        environment = {**os.environ, "COLUMNS": str(WIDTH)}
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout


def excerpt(printed: str) -> str:
    """The head of the decision table and the first row of each service shown, with dots for what is left out."""
    head, _, rest = printed.partition("────")
    rule, _, body = rest.partition("\n")
    rows = re.split(r"\n\s*\n", body)
    chosen = [next(row for row in rows if row.strip().startswith(name)) for name in SHOWN]
    parts = [head.rstrip(" \n") + "\n ────" + rule, *chosen[:3], " ...", chosen[3], " ...", chosen[4]]
    lines = "\n".join(_stripped(part) for part in parts).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _stripped(part: str) -> str:
    return part.strip("\n") + "\n"


if __name__ == "__main__":
    main()
