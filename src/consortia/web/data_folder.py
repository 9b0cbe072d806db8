"""The site's data folder: the database (when it is SQLite), the secret key, and every upload by its content."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEY_FILE = "secret-key"
KEY_BYTES = 50


def data_folder() -> Path:
    """The folder named by CONSORTIA_DATA, or `site` in the current folder."""
    return Path(os.environ.get("CONSORTIA_DATA") or "site").resolve()


def prepare(folder: Path) -> None:
    """Makes the folder, readable by its owner only, and the secret key in it when there is none."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / KEY_FILE
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(KEY_BYTES))


def secret_key(folder: Path) -> str:
    """The key from CONSORTIA_SECRET_KEY or the data folder; a passing one where neither is there (checks and tests)."""
    from_environment = os.environ.get("CONSORTIA_SECRET_KEY", "")
    path = folder / KEY_FILE
    if from_environment:
        return from_environment
    return path.read_text(encoding="ascii") if path.exists() else secrets.token_urlsafe(KEY_BYTES)


def _write_once(path: Path, text: str) -> None:
    """Two processes that start together must end with one key, so only the first may create the file."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
