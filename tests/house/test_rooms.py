"""Which room may look into which, and that calculation keeps its hands off the world."""

from __future__ import annotations

import ast
import subprocess
import sys

CALCULATING = ("costing", "disclosure", "benchmarking", "appraisal", "partnership", "delivery")
HEAVY = ("polars", "numba", "scipy", "numpy", "django", "docx", "vl_convert", "xlsxwriter", "highspy", "pydantic")
WORLDLY_CALLS = {"open", "print", "input", "exec", "eval"}
CLOCKS = {"now", "utcnow", "today"}


def calculating(modules):
    """The modules of the calculating rooms."""
    return [m for m in modules if any(m.name.startswith(f"consortia/{room}/") for room in CALCULATING)]


def calls(module):
    """Every call with the dotted name of what is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_the_import_contracts_hold(root) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    result = subprocess.run([*command, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-1000:]


def test_calculating_rooms_open_and_print_nothing(modules) -> None:
    found = [f"{m.name}:{node.lineno} {name}" for m in calculating(modules) for node, name in calls(m)]
    assert [place for place in found if place.split()[-1] in WORLDLY_CALLS] == []


def test_calculating_rooms_read_and_write_no_tables(modules) -> None:
    places = [(f"{m.name}:{node.lineno}", name) for m in calculating(modules) for node, name in calls(m)]
    io = ("read_", "write_", "scan_", "sink_", "save", "load")
    assert [place for place, name in places if name.rpartition(".")[2].startswith(io)] == []


def test_calculating_rooms_look_at_no_clock(modules) -> None:
    places = [(f"{m.name}:{node.lineno}", name) for m in calculating(modules) for node, name in calls(m)]
    assert [place for place, name in places if name.rpartition(".")[2] in CLOCKS] == []


def test_calculating_rooms_have_no_random_state_of_their_own(modules) -> None:
    places = [(f"{m.name}:{node.lineno}", node, name) for m in calculating(modules) for node, name in calls(m)]
    drawn = [(place, node, name) for place, node, name in places if ".random." in name or name.endswith("default_rng")]
    seeded = [place for place, node, name in drawn if name.endswith("default_rng") and (node.args or node.keywords)]
    assert [place for place, _, _ in drawn if place not in seeded] == []


def test_the_command_line_starts_without_the_heavy_parts() -> None:
    script = f"import sys, consortia.cli; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []
