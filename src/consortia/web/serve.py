"""Serves the site from one command: tables up to date, a worker for the runs beside the web server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consortia.web.data_folder import prepare

THREADS = 8
# A little above the largest upload, for the rest of the form.
BODY_LIMIT = 52 * 1024 * 1024
SECONDS_TO_STOP = 10


def serve(host: str = "127.0.0.1", port: int = 8000, *, data: Path | None = None) -> None:
    """Serves the site until it is stopped. `data` is the data folder (default: CONSORTIA_DATA, or ./site).

    The first time it prints a link that makes its user the administrator.
    """
    import waitress

    application = start(data)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::1') else host}:{port}"  # noqa: S104
    print(f"Consortia is at {address} (stop it with Ctrl+C).", flush=True)
    link = set_up_link(address)
    if link:
        print(f"There is no account yet. Make the first one here (works once, for one day):\n  {link}", flush=True)
    with worker():
        waitress.serve(
            application, host=host, port=port, threads=THREADS, max_request_body_size=BODY_LIMIT, ident="", _quiet=True
        )


def start(data: Path | None) -> object:
    """Prepares the data folder and the tables, ends what an earlier stop left unfinished, gives the application."""
    if data is not None:
        os.environ["CONSORTIA_DATA"] = str(Path(data).resolve())
    from consortia.web.data_folder import data_folder

    prepare(data_folder())
    from django.core.management import call_command

    from consortia.web.wsgi import application

    call_command("migrate", verbosity=0, interactive=False)
    from consortia.web.runs.tasks import fail_interrupted_runs

    fail_interrupted_runs()
    return application


def set_up_link(address: str) -> str:
    """The link for the first administrator; an empty text once there is an account."""
    from django.urls import reverse

    from consortia.web.accounts.actions import open_set_up
    from consortia.web.accounts.models import User

    return "" if User.objects.exists() else address + reverse("invitation", args=[open_set_up()])


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """The worker as a process of its own, so that a calculation never holds up a page; it ends with the server."""
    command = [sys.executable, "-m", "consortia.web", "db_worker", "--no-startup-delay", "--interval", "0.5"]
    process = subprocess.Popen([*command, "--verbosity", "0"])  # noqa: S603  (our own program)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
