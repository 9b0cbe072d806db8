"""In a browser: a partner dragged to another group is answered at once, and all that needs no script still works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from consortia.run.partners import arrange
from consortia.web.runs.seating import Seating, seating_of

from .chromium import Chromium, chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: Any) -> Iterator[Chromium]:
    program = chromium()
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    folder: Path = tmp_path_factory.mktemp("chromium")
    with Chromium(program, folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def seating(documents: Any) -> Seating:
    return seating_of(arrange(documents.study).services[0], {})


@pytest.fixture
def shown(live_server: Any, run: Any, analyst: Any, as_: Any, browser: Chromium) -> Chromium:
    """The page of groups in a browser of the analyst; `window.same` is gone when it is loaded anew."""
    session = as_(analyst).cookies[settings.SESSION_COOKIE_NAME].value
    browser.cookie(settings.SESSION_COOKIE_NAME, session, live_server.url)
    browser.show(live_server.url + reverse("run-groups", args=("pennine", 1)), height=1600)
    browser.wait_for("document.documentElement.classList.contains('can-drag')")
    browser.value("window.same = true")
    return browser


def said(browser: Chromium) -> str:
    return str(browser.value("document.querySelector('[data-part=said]').innerText"))


def test_a_partner_is_dragged_to_another_group_with_the_mouse(shown: Chromium, seating: Seating) -> None:
    code = seating.members(1)[0]
    shown.drag(shown.middle(f".chip[data-partner={code}]"), shown.middle(".box[data-group=B]"))
    shown.wait_for("document.querySelector('[data-part=said]').innerText.includes('moved from group A to group B')")
    assert shown.value(f"document.querySelector('.box[data-group=B] [data-partner={code}]') !== null")
    assert shown.value(f"new URLSearchParams(location.search).get('in-{code}')") == "B"
    assert shown.value("window.same")


def test_a_hexagon_is_dragged_onto_one_of_another_group(shown: Chromium, seating: Seating) -> None:
    code, other = seating.members(1)[0], seating.members(2)[0]
    shown.drag(shown.middle(f"svg [data-partner={code}] polygon"), shown.middle(f"svg [data-partner={other}] polygon"))
    shown.wait_for(f"document.getElementById('in-{code}').value == 'B'")
    shown.wait_for("document.querySelector('[data-part=said]').innerText.includes('moved from group A to group B')")
    assert shown.value("window.same")


def test_a_finger_drags_too(shown: Chromium, seating: Seating) -> None:
    code = seating.members(1)[0]
    shown.show(shown.value("location.href"), width=420, touch=True)
    shown.scroll_to(f".chip[data-partner={code}]")
    shown.drag_by_touch(shown.middle(f".chip[data-partner={code}]"), shown.middle(".box[data-group='–']"))
    shown.wait_for("document.querySelector('[data-part=said]').innerText.includes('on its own here')")


def test_the_answer_is_read_out_in_its_place_and_no_style_of_the_page_forbids_it(shown: Chromium) -> None:
    assert shown.value("document.querySelector('[data-part=said]').getAttribute('role')") == "status"
    shown.value("window.region = document.querySelector('[data-part=said]')")
    shown.value("document.querySelectorAll('#seating select')[0].value = '–'")
    shown.value("document.getElementById('show').focus()")
    before = said(shown)
    shown.press("Enter", 13, "\r")
    shown.wait_for("document.querySelector('[data-part=said]').innerText.includes('on its own here')")
    assert said(shown) != before
    assert shown.value("window.region === document.querySelector('[data-part=said]')")
    assert shown.value("document.activeElement.id") == "show"


def test_escape_lets_go_and_a_click_still_opens_the_link(shown: Chromium, seating: Seating) -> None:
    code = seating.members(1)[0]
    shown.lift(shown.middle(f".chip[data-partner={code}]"), shown.middle(".box[data-group=B]"))
    assert shown.value("document.querySelectorAll('.ghost').length") == 1
    shown.press("Escape", 27)
    assert shown.value("document.querySelectorAll('.ghost').length") == 0
    shown.let_go(shown.middle(".box[data-group=B]"))
    shown.click(shown.middle(f".chip[data-partner={code}]"))
    shown.wait_for("location.hash == '#moves'")
    assert shown.value("new URLSearchParams(location.search).get('picked')") == code


def test_back_takes_a_move_back(shown: Chromium, seating: Seating) -> None:
    code = seating.members(1)[0]
    shown.drag(shown.middle(f".chip[data-partner={code}]"), shown.middle(".box[data-group=B]"))
    shown.wait_for("document.querySelector('[data-part=said]').innerText.includes('moved from')")
    shown.value("history.back()")
    shown.wait_for("!document.querySelector('[data-part=said]').innerText.includes('moved from')")
    assert shown.value(f"document.getElementById('in-{code}').value") == "A"


def test_no_other_script_runs_on_the_page(shown: Chromium) -> None:
    shown.value(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))"
    )
    assert shown.value("typeof window.bad") == "undefined"
