"""Uploads as they were sent: kept once under the SHA-256 of their content, never changed, never run or shown inline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from consortia.study.store import write_whole


def keep_content(content: bytes) -> str:
    """Keeps the content in the data folder and gives its SHA-256 in hex."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, content)
    return digest


def path_of(digest: str) -> Path:
    """Where the content with that SHA-256 lies."""
    return Path(settings.DATA_FOLDER) / "uploads" / digest[:2] / digest


@contextmanager
def under_its_name(digest: str, name: str) -> Iterator[Path]:
    """The content as a file with the name it was sent under, because readers go by the ending and name it in faults."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(path_of(digest).read_bytes())
        yield path
