"""The shape of the code: short functions, files about one thing, names of things, words around what is public."""

from __future__ import annotations

import ast
import re

LONGEST_FILE = 400
LONGEST_FUNCTION = 45
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc", "core", "base"}


def test_every_public_function_has_a_docstring(modules) -> None:
    bare = [f"{m.name}:{f.lineno} {f.name}" for m in modules for f in m.public() if not ast.get_docstring(f)]
    assert bare == []


def test_every_module_says_what_it_is_about(modules) -> None:
    silent = [m.name for m in modules if m.text.strip() and not ast.get_docstring(m.tree)]
    assert silent == []


def test_no_file_is_longer_than_400_lines(modules) -> None:
    long = {m.name: m.text.count("\n") for m in modules if m.text.count("\n") > LONGEST_FILE}
    assert long == {}


def test_no_function_is_longer_than_45_lines(modules) -> None:
    lengths = {f"{m.name} {f.name}": f.end_lineno - f.lineno + 1 for m in modules for f in m.functions()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_files_and_rooms_are_named_after_things(modules) -> None:
    vague = [m.name for m in modules if NAMES_OF_NOTHING & {part.removesuffix(".py") for part in m.path.parts}]
    assert vague == []


def test_nothing_is_left_for_later(modules) -> None:
    promises = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [m.name for m in modules if promises.search(m.text)] == []


def test_our_own_code_is_never_mocked(root) -> None:
    mock = re.compile(r"^\s*(from|import) (unittest\.mock|unittest import mock|mock\b|pytest_mock)", re.MULTILINE)
    tests = (root / "tests").rglob("*.py")
    assert [path.name for path in tests if mock.search(path.read_text(encoding="utf-8"))] == []


def test_every_finding_says_what_to_do(modules) -> None:
    made = [(f"{m.name}:{node.lineno}", node) for m in modules for node in ast.walk(m.tree) if _makes_a_finding(node)]
    silent = [place for place, node in made if len(node.args) < 4 and not any(k.arg == "remedy" for k in node.keywords)]
    assert made
    assert silent == []


def _makes_a_finding(node: ast.AST) -> bool:
    """True for a call of Finding with its values written out."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Finding":
        return False
    return not any(isinstance(arg, ast.Starred) for arg in node.args) and all(key.arg for key in node.keywords)
