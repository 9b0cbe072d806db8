"""A word on the screen while the parts of a command are read in, which takes seconds: before anything else can tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

CLEARED = "\r\x1b[2K"


@contextmanager
def starting() -> Iterator[None]:
    """Shows "Starting" on a terminal's error stream and takes it away; nothing where nobody looks at a screen."""
    shown = sys.stderr.isatty()
    if shown:
        print("Starting", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print(CLEARED, end="", file=sys.stderr, flush=True)
