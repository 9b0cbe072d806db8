"""Every mechanism of the appraisal has a user: somebody who writes a document, a command, a notebook or a tool.

A function that only tests call is either a mechanism that nobody can reach or a second way of doing what is done
elsewhere; both rot. What is public in the room is looked at, with the private parts that it needs.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOM = "consortia.appraisal"
ONLY_TESTED = {"sd"}
"""The standard deviation of a shape: what published examples print of it, so that tests hold the shapes to them."""
Place = tuple[str, str]
"""A module and a name in it."""


class Code:
    """Modules by name, with what each defines and imports."""

    def __init__(self, trees: dict[str, ast.Module]) -> None:
        self.trees = trees
        self.defined = {name: dict(_definitions(tree)) for name, tree in trees.items()}
        self.imported = {name: dict(_imports(tree, set(trees))) for name, tree in trees.items()}

    def place(self, module: str, name: str) -> Place:
        """Where a name is defined, through what passes it on."""
        while name not in self.defined.get(module, {}) and name in self.imported.get(module, {}):
            module, name = self.imported[module][name]
        return module, name

    def used(self, module: str, node: ast.AST) -> Iterator[Place]:
        """What a piece of a module names."""
        for each in ast.walk(node):
            if isinstance(each, ast.Name):
                yield self.place(module, each.id)
            elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                base, name = self.imported[module].get(each.value.id, ("", "x"))
                if base and not name:
                    yield self.place(base, each.attr)


def test_every_public_function_of_the_appraisal_has_a_user_outside_tests(root, modules) -> None:
    code = Code({**{_name(m.path, root / "src"): m.tree for m in modules}, **_beside(root)})
    room = {name for name in code.trees if name == ROOM or name.startswith(f"{ROOM}.")}
    todo = [place for name in set(code.trees) - room for place in code.used(name, code.trees[name])]
    reached: set[Place] = set()
    while todo:
        module, name = todo.pop()
        if (module, name) not in reached:
            reached.add((module, name))
            if module in room and name in code.defined[module]:
                todo += code.used(module, code.defined[module][name])
    unused = {(m, n) for m in room for n in code.defined[m] if n[0] != "_"} - reached
    assert sorted(unused) == [], "give each a user (a field of a document, a table, the notebook) or take it out"


def test_every_public_method_of_the_appraisal_is_called_outside_tests(root, modules) -> None:
    called = {node.attr for m in modules for node in ast.walk(m.tree) if isinstance(node, ast.Attribute)}
    called |= {node.attr for t in _beside(root).values() for node in ast.walk(t) if isinstance(node, ast.Attribute)}
    room = [m for m in modules if "appraisal" in m.path.parts]
    assert [f"{m.name} {f.name}" for m in room for f in _methods(m.tree) if f.name not in called | ONLY_TESTED] == []


def _name(path: Path, src: Path) -> str:
    return ".".join(path.relative_to(src).with_suffix("").parts).removesuffix(".__init__")


def _beside(root: Path) -> dict[str, ast.Module]:
    """The tools and the cells of the shipped notebooks: they use the package as a reader of theirs would."""
    found = {f"tools.{path.stem}": ast.parse(path.read_text(encoding="utf-8")) for path in root.glob("tools/*.py")}
    for path in root.glob("examples/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        found[f"examples.{path.stem}"] = ast.parse(source)
    return found


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            yield from ((target.id, node) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def _imports(tree: ast.Module, known: set[str]) -> Iterator[tuple[str, Place]]:
    """The names that a module imports: of an object its place, of a module the module alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield alias.asname or alias.name, (whole, "") if whole in known else (node.module, alias.name)


def _methods(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for holder in (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"):
        yield from (f for f in holder.body if isinstance(f, ast.FunctionDef) and f.name[0] != "_")
