"""A browser without a window, told what to do over a pipe; for what only a browser can show."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-extensions", "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 30
STEPS = 8


def chromium() -> str | None:
    """The program, where this machine has one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _between(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Places on the way from one to the other, the last of them the other."""
    (x, y), (to_x, to_y) = start, end
    return [(x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS) for step in range(1, STEPS + 1)]


class Chromium:
    """One page in one browser. Messages end with a zero byte, as its remote debugging pipe has them."""

    def __init__(self, program: str, folder: Path) -> None:
        """`folder` holds what the browser keeps while it runs."""
        (to_read, self._write), (self._read, to_write) = os.pipe(), os.pipe()
        # The program reads from 3 and writes to 4: a shell puts them there, whatever their numbers are here.
        command = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", command, program, *OPTIONS, f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        self._last, self._rest, self._session = 0, b"", ""
        target = next(each for each in self._pages() if each["type"] == "page")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.tell("Page.enable")

    def __enter__(self) -> Chromium:
        """The browser itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the browser."""
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
        os.close(self._read)
        os.close(self._write)

    def tell(self, method: str, /, **params: Any) -> Any:
        """Sends one command and gives its answer; RuntimeError when the browser refuses it."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            continue
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def show(self, address: str, *, width: int = 1200, height: int = 900, touch: bool = False) -> None:
        """Opens an address and waits until it is there."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.tell("Page.navigate", url=address)
        self.wait_for("document.readyState == 'complete' && location.href != 'about:blank'")

    def cookie(self, name: str, value: str, address: str) -> None:
        """Sets a cookie, such as that of somebody who is logged in."""
        self.tell("Network.setCookie", name=name, value=value, url=address)

    def value(self, expression: str) -> Any:
        """What an expression gives in the page; RuntimeError when it throws."""
        answer = self.tell("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Waits until an expression is true; TimeoutError when it never is."""
        end = time.monotonic() + PATIENCE
        while not self.value(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            time.sleep(0.05)

    def middle(self, selector: str) -> tuple[float, float]:
        """The middle of an element in the window."""
        found = self.value(
            f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        return float(found[0]), float(found[1])

    def scroll_to(self, selector: str) -> None:
        """Brings an element to the middle of the window."""
        self.value(
            f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
        )

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Presses the mouse at one place, moves it and lets go at the other."""
        self.lift(start, end)
        self.let_go(end)

    def lift(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Presses the mouse at one place and moves it to another."""
        self._mouse("mousePressed", start, buttons=1)
        for place in _between(start, end):
            self._mouse("mouseMoved", place, buttons=1)

    def let_go(self, place: tuple[float, float]) -> None:
        """Lets the mouse go."""
        self._mouse("mouseReleased", place, buttons=0)

    def click(self, place: tuple[float, float]) -> None:
        """Presses the mouse and lets it go at one place."""
        self._mouse("mousePressed", place, buttons=1)
        self.let_go(place)

    def drag_by_touch(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags with a finger."""
        self._touch("touchStart", start)
        for place in _between(start, end):
            self._touch("touchMove", place)
        self._touch("touchEnd")

    def press(self, key: str, code: int, text: str = "") -> None:
        """One key, down and up."""
        known = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        self.tell("Input.dispatchKeyEvent", type="keyDown", **known)
        self.tell("Input.dispatchKeyEvent", type="keyUp", **(known | {"text": ""}))

    def picture(self, path: Path) -> None:
        """The whole page as a PNG file."""
        size = self.tell("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        taken = self.tell("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def _pages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.tell("Target.getTargets")["targetInfos"]
        return found

    def _mouse(self, kind: str, place: tuple[float, ...], *, buttons: int) -> None:
        self.tell(
            "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", buttons=buttons, clickCount=1
        )

    def _touch(self, kind: str, place: tuple[float, ...] = ()) -> None:
        points = [{"x": place[0], "y": place[1]}] if place else []
        self.tell("Input.dispatchTouchEvent", type=kind, touchPoints=points)

    def _next(self) -> dict[str, Any]:
        """The next message of the browser; RuntimeError when it has ended."""
        while b"\0" not in self._rest:
            read = os.read(self._read, 1 << 16)
            if not read:
                raise RuntimeError("the browser ended")
            self._rest += read
        message, self._rest = self._rest.split(b"\0", 1)
        found: dict[str, Any] = json.loads(message)
        return found
