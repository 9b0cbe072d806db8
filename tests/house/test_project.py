"""Promises that the project makes about itself, held against its files."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

LARGEST_REFERENCE = 12_000_000  # bytes
# What a browser would fetch by itself; a link that a reader may follow is no asset.
FETCHED = re.compile(
    r"""(?:<(?:script|img|iframe|source|link|video|audio|use|image)\b[^>]*?(?:src|href)\s*=\s*["']?"""
    r"""|url\(\s*["']?|@import\s+["']?|fetch\(\s*["'`]|import\(\s*["'`]|from\s+["'])(?:https?:)?//""",
    re.IGNORECASE,
)
ASSETS = {".html", ".jinja", ".j2", ".css", ".js", ".svg", ".txt"}


def load(path: Path):
    """A tool as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_dependency_comes_with_its_reason(root) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for extra in extras for each in extra)]
    lines = {line.strip() for line in text.splitlines()}
    bare = [each for each in wanted if not any(re.match(rf'"{re.escape(each)}",\s+# \w+', line) for line in lines)]
    assert bare == []


def test_the_shipped_reference_data_stay_small(root) -> None:
    tables = (root / "src/consortia/reference/tables").rglob("*")
    assert 0 < sum(path.stat().st_size for path in tables if path.is_file()) < LARGEST_REFERENCE


def test_no_asset_is_fetched_from_another_host(root) -> None:
    assets = [path for path in (root / "src").rglob("*") if path.suffix in ASSETS]
    assert assets
    assert [str(path) for path in assets if FETCHED.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://cdn.example/x.js">',
        "<link rel=stylesheet href='//fonts.example/a'>",
        "url(http://x.example/y)",
    ],
)
def test_the_rule_about_assets_sees_an_asset_of_another_host(page: str) -> None:
    assert FETCHED.search(page)
    assert not FETCHED.search('<a href="https://www.gov.uk/">the source</a>')


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_two_commands_of_the_readme_exist(root, command: str) -> None:
    target = command.split()[1]
    assert command in (root / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^[\w ]*\b{target}\b[\w ]*:", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert target in load(root / "tools/dev.py").TARGETS


def test_ci_calls_the_test_command_of_the_readme(root) -> None:
    assert "make test" in (root / ".ci/run").read_text(encoding="utf-8")


def test_the_changelog_speaks_of_this_version(root) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_generated_reference_pages_are_up_to_date(root) -> None:
    pages = load(root / "tools/build_docs.py").pages()
    stale = [name for name, text in pages.items() if not _holds(root / "docs/reference" / name, text)]
    assert stale == [], "run `make docs`"


def test_every_decision_has_context_decision_and_consequences(root) -> None:
    pages = [page for page in (root / "docs/decisions").glob("*.md") if page.name != "README.md"]
    assert pages
    parts = ("Context", "Decision", "Consequences")
    missing = [(page.name, part) for page in pages for part in parts if f"\n## {part}\n" not in page.read_text("utf-8")]
    assert missing == []


def test_links_between_the_documents_lead_somewhere(root) -> None:
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))]
    local = [(page, link) for page, link in links if not re.match(r"\w+:", link)]
    assert [(page.name, link) for page, link in local if not (page.parent / link).exists()] == []


def _holds(page: Path, text: str) -> bool:
    return page.exists() and page.read_text(encoding="utf-8") == text
