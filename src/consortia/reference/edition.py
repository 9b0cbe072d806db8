"""Which edition of the reference data this is: a digest over every shipped table, to bind a result to."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def reference_edition() -> str:
    """The first twelve digits of the SHA-256 over all shipped tables, by name; another edition has another."""
    digest = hashlib.sha256()
    tables = files("consortia.reference") / "tables"
    found = sorted(_leaves(tables), key=lambda item: item[0])
    for name, content in found:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _leaves(folder: object, prefix: str = "") -> list[tuple[str, bytes]]:
    """Every file below a folder of the package with its name from there."""
    leaves: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():  # type: ignore[attr-defined]
        name = f"{prefix}{entry.name}"
        leaves += _leaves(entry, f"{name}/") if entry.is_dir() else [(name, entry.read_bytes())]
    return leaves
