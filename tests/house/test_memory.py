"""What polars frees is kept for the next ledger file, unless whoever runs the program said otherwise."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

NAME = "_RJEM_MALLOC_CONF"
PRINTED = f"import os, consortia; print(os.environ['{NAME}'])"


@pytest.mark.parametrize(("said", "found"), [({}, "dirty_decay_ms:5000"), ({NAME: "thp:never"}, "thp:never")])
def test_the_setting_is_there_before_polars_and_gives_way(said: dict[str, str], found: str) -> None:
    around = {name: value for name, value in os.environ.items() if name != NAME}
    done = subprocess.run(
        [sys.executable, "-c", PRINTED], env=around | said, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == found
