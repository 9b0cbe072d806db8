"""The same journey on PostgreSQL, on a private server that this test starts and stops."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def _programs() -> Path | None:
    """The folder of the server's programs."""
    named = os.environ.get("CONSORTIA_POSTGRES") or shutil.which("postgres")
    known = [Path(named), *sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))] if named else []
    known = known or sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return known[0].parent if known else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server_user(command: str) -> None:
    """PostgreSQL refuses to run as root, so root becomes `postgres`."""
    become = ["su", "postgres", "-c", command] if os.geteuid() == 0 else ["sh", "-c", command]
    subprocess.run(become, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Address of a database on a fresh server."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    folder, port = Path(tempfile.mkdtemp(prefix="consortia-postgresql-")), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _as_server_user(f"{programs}/initdb -D {folder}/d -A trust -U postgres -E UTF8 --locale=C.UTF-8 -N")
    options = f"-k {folder} -h 127.0.0.1 -p {port} -F"
    _as_server_user(f"{programs}/pg_ctl -D {folder}/d -w -l {folder}/log -o '{options}' start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _as_server_user(f"{programs}/pg_ctl -D {folder}/d -w -m immediate stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_the_journey_is_the_same_on_postgresql(server: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    names = ("test_journey.py", "test_signing.py", "test_queries.py", "test_accounts.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, *(str(HERE / name) for name in names)],
        env=clean | {"CONSORTIA_DATABASE": server},
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
