"""Serves the site from one command: tables up to date, a worker for the runs beside the web server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

# The limit is a little above that of an upload, for the rest of the form.
SERVER: dict[str, Any] = {
    "threads": 8,
    "max_request_body_size": 52 * 1024 * 1024,
    "clear_untrusted_proxy_headers": True,
    "ident": "",
}
SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 1
# Addresses that this machine answers to as localhost.
EVERYWHERE = frozenset({"", "127.0.0.1", "0.0.0.0", "::1", "::", "localhost"})  # noqa: S104


def serve(host: str = "127.0.0.1", port: int = 8000, *, data: Path | None = None) -> None:
    """Serves the site until it is stopped. `data` is the data folder (default: CONSORTIA_DATA, or ./site).

    The first time it prints a link that makes its user the administrator.
    """
    import waitress

    application = start(data, host=host)
    # Stopped by the system (SIGTERM) the site ends as it does by Ctrl+C, with its worker.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = f"http://{'localhost' if host in EVERYWHERE else host}:{port}"
    print(f"Consortia is at {address} (stop it with Ctrl+C).", flush=True)
    link = set_up_link(address)
    if link:
        print(f"There is no account yet. Make the first one here (works once, for one day):\n  {link}", flush=True)
    with worker():
        waitress.serve(application, host=host, port=port, _quiet=True, **SERVER, **behind_proxy(os.environ))


def behind_proxy(environment: Mapping[str, str]) -> dict[str, Any]:
    """What the server believes of the proxy named by CONSORTIA_PROXY (its network address), and of nobody else.

    Without it anybody could claim to come by https, or from any address.
    """
    proxy = environment.get("CONSORTIA_PROXY", "")
    headers = {"x-forwarded-proto", "x-forwarded-for"}
    return {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": headers} if proxy else {}


def start(data: Path | None, *, host: str = "") -> WSGIHandler:
    """Prepares the data folder and the tables, and gives the application."""
    if data is not None:
        os.environ["CONSORTIA_DATA"] = str(Path(data).resolve())
    if host not in EVERYWHERE:
        os.environ["CONSORTIA_HOSTS"] = f"{os.environ.get('CONSORTIA_HOSTS', '')},{host}"
    # Django reads its settings when it is first imported, so the environment must stand before.
    from consortia.web.wsgi import application  # isort: skip

    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return application


def set_up_link(address: str) -> str:
    """The link for the first administrator; an empty text once there is an account."""
    from django.urls import reverse

    from consortia.web.accounts.actions import open_set_up
    from consortia.web.accounts.models import User

    return "" if User.objects.exists() else address + reverse("invitation", args=[open_set_up()])


@contextmanager
def worker() -> Iterator[None]:
    """The worker as a process of its own, so that a calculation never holds up a page; it ends with the server."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_working, args=(stop,), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(2 * SECONDS_TO_STOP)


def _keep_working(stop: threading.Event) -> None:
    """Starts the worker, and again when it ends before it should: a run that broke it must not end all runs."""
    command = [sys.executable, "-m", "consortia.web", "db_worker", "--no-startup-delay", "--interval", "0.5"]
    while not stop.is_set():
        _end_interrupted_runs()
        process = subprocess.Popen([*command, "--verbosity", "0"])  # noqa: S603  (our own program)
        while process.poll() is None and not stop.wait(SECONDS_BETWEEN_LOOKS):
            pass
        _end(process)
        stop.wait(SECONDS_BETWEEN_LOOKS)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_interrupted_runs() -> None:
    """No worker is at work now, so a run that says it is running was left by one that was stopped."""
    from django.db import connection

    from consortia.web.runs.comparing import fail_interrupted_comparisons
    from consortia.web.runs.tasks import fail_interrupted_runs

    fail_interrupted_runs()
    fail_interrupted_comparisons()
    connection.close()
