"""What the rules about the code base look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A source file of the package, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path from `src/`, to be printed."""
        return str(self.path.relative_to(ROOT / "src"))

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Function]:
        """Functions of the module and methods of its public classes whose names do not begin with a line."""
        holders = [self.tree, *(node for node in self.tree.body if isinstance(node, ast.ClassDef))]
        named = [holder for holder in holders if not getattr(holder, "name", "").startswith("_")]
        found = (node for holder in named for node in holder.body if isinstance(node, Function))
        return (node for node in found if not node.name.startswith("_"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def modules() -> tuple[Module, ...]:
    """Every module of the package that a person wrote (migrations are written by Django)."""
    paths = sorted(path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(path, text := path.read_text(encoding="utf-8"), ast.parse(text)) for path in paths)
