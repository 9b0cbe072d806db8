"""How a command is typed where the program runs: shown to people who will type it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAME = "consortia"


def command(*words: object) -> str:
    """A command line as it can be typed here: `consortia run FOLDER`, with the path of the program where needed."""
    return " ".join([_program(), *(str(word) for word in words)])


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its word: 1 line, 12 lines; `many` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _program() -> str:
    """The bare name where the shell finds this very program by it; else its path, from the current folder if near."""
    own = Path(sys.prefix) / "bin" / NAME
    found = shutil.which(NAME)
    if not own.exists() or (found and Path(found).resolve() == own.resolve()):
        return NAME
    near = os.path.relpath(own)
    return str(own) if near.startswith("..") else near
