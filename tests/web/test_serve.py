"""The site as it is served: one command, a worker of its own, and everything ends together."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
import waitress

from consortia.web.serve import SERVER, behind_proxy

from .people import PASSWORD

SERVE = "import sys; from consortia.web.serve import serve; serve(port=int(sys.argv[1]), data=sys.argv[2])"
PATIENCE = 90


class Browser:
    """Keeps cookies and sends the token of each form, as a browser does."""

    def __init__(self, root: str) -> None:
        """`root` is the address of the site."""
        self.root = root
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """The page at that path."""
        with self._opener.open(self.root + path, timeout=30) as response:
            return str(response.read().decode())

    def post(self, path: str, *, on: str, **values: str) -> str:
        """Sends the form of the page `on` and gives the page that follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(on))
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]} | values).encode()
        request = urllib.request.Request(self.root + path, data, {"Referer": self.root + on})
        with self._opener.open(request, timeout=30) as response:
            return str(response.read().decode())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str, subprocess.Popen[str]]]:
    """A site on a free port: a browser for it, the link for its administrator, the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-c", SERVE, str(port), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = "".join(process.stdout.readline() for _ in range(3))
    link = re.search(r"/invitation/\S+", said)
    assert link, said
    browser = Browser(f"http://localhost:{port}")
    _until(lambda: browser.get("/log-in/"))
    yield browser, link[0], process
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def _finished(page: str) -> str:
    return page if "What is proposed" in page else ""


def _until(look: Callable[[], str]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = look()
        except urllib.error.URLError:
            found = ""
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError("waited in vain")


def test_runs_are_done_by_the_worker_even_after_it_died(served: tuple[Browser, str, Any]) -> None:
    browser, link, process = served
    browser.post(link, on=link, email="ann@example.org", name="Ann", password=PASSWORD)
    wanted = {"title": "Two", "partners": "Burnley\nPendle", "editions": "rsx-2024-25", "owner": "1"}
    browser.post("/studies/new/", on="/studies/new/", **wanted)
    browser.post("/studies/two/runs/", on="/studies/two/")
    assert "service by service" in _until(lambda: _finished(browser.get("/studies/two/runs/1/")))

    for worker in _children(process.pid):
        os.kill(worker, signal.SIGKILL)
    browser.post("/studies/two/runs/", on="/studies/two/")
    assert "service by service" in _until(lambda: _finished(browser.get("/studies/two/runs/2/")))


def test_it_stops_when_it_is_told_to_and_takes_the_worker_along(served: tuple[Browser, str, object]) -> None:
    process = served[2]
    assert isinstance(process, subprocess.Popen)
    children = _children(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert children
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def _seen(environment: dict[str, str]) -> str:
    """Scheme and address of a request that claims to come by https from elsewhere, as the site sees them."""

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()]

    server = waitress.create_server(application, host="127.0.0.1", port=0, **SERVER, **behind_proxy(environment))
    threading.Thread(target=server.run, daemon=True).start()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    request = urllib.request.Request(f"http://127.0.0.1:{server.effective_port}/", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return str(response.read().decode())


def test_only_the_named_proxy_is_believed() -> None:
    assert _seen({"CONSORTIA_PROXY": "127.0.0.1"}) == "https 203.0.113.7"
    assert _seen({}) == _seen({"CONSORTIA_PROXY": "192.0.2.1"}) == "http 127.0.0.1"


def test_the_command_leaves_the_data_folder_to_the_environment() -> None:
    from consortia.cli import app

    _, bound, _ = app.parse_args(["serve"], exit_on_error=False)
    assert bound.arguments.get("data") is None
