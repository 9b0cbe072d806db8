"""What the site tells browsers, and that it needs nothing from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import consortia.web
from consortia.web.headers import CONTENT_SECURITY_POLICY, POLICY_WITH_SCRIPT

from .people import BURNLEY

WEB = Path(consortia.web.__file__).parent
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def _pages(study: Any) -> list[str]:
    of_study = [("study", ()), ("return", (BURNLEY,)), ("run", (1,)), ("account", ()), ("history", ())]
    own = [reverse(name) for name in ("studies", "new-study", "people", "password")]
    return own + [reverse(name, args=(study.slug, *args)) for name, args in of_study]


def test_every_page_carries_the_policy_and_asks_no_other_host(case: Any, analyst: Any, as_: Any) -> None:
    client = as_(analyst)
    for address in _pages(case.study):
        response = client.get(address)
        assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, address
        text = response.content.decode()
        assert set(re.findall(r"https?://[^\s\"'<]+", text)) <= NAMESPACES, address


def test_pages_hold_no_script_and_no_inline_style(case: Any, analyst: Any, as_: Any) -> None:
    for address in _pages(case.study):
        text = as_(analyst).get(address).content.decode()
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", text), address


def test_the_policy_lets_nothing_run_and_nothing_in() -> None:
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "script-src" not in CONTENT_SECURITY_POLICY


def _static(name: str) -> bytes:
    return (WEB / "static" / "consortia" / name).read_bytes()


def test_only_the_page_of_groups_may_run_our_script(case: Any, analyst: Any, as_: Any) -> None:
    own = "; script-src 'self'; script-src-attr 'none'; connect-src 'self'"
    assert CONTENT_SECURITY_POLICY + own == POLICY_WITH_SCRIPT
    response = as_(analyst).get(reverse("run-groups", args=(case.study.slug, 1)))
    assert response["Content-Security-Policy"] == POLICY_WITH_SCRIPT


def test_its_script_is_one_file_that_runs_only_as_it_stands(case: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("run-groups", args=(case.study.slug, 1)))
    digest = base64.b64encode(hashlib.sha384(_static("groups.js")).digest()).decode()
    address = f"/static/consortia/groups.js?v={digest[:12]}".replace("+", "&#43;")
    assert re.findall(r"<script.*?</script>", text) == [
        f'<script src="{address}" integrity="sha384-{digest}" defer></script>'
    ]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)


def test_the_script_writes_no_markup_and_asks_no_other_host() -> None:
    text = _static("groups.js").decode()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|import|https?:", text)


@pytest.mark.parametrize("name", ["studies/pennine/runs/9/groups/", "studies/moon/runs/1/groups/"])
def test_a_refusal_runs_no_script(name: str, case: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).get(f"/{name}")
    assert response.status_code == 404
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_other_sites_may_not_frame_or_guess(officer: Any, as_: Any) -> None:
    response = as_(officer).get("/")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


def test_a_form_from_elsewhere_is_refused_with_a_sentence(officer: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    response = client.post(reverse("log-out"))
    assert response.status_code == 403
    assert b"did not come from this site" in response.content


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(officer: Any) -> None:
    from .people import PASSWORD

    client = Client()
    client.post(reverse("log-in"), {"email": officer.email, "password": PASSWORD})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_the_style_sheet_is_our_own_and_fetches_nothing(db: None) -> None:
    text = (WEB / "static" / "consortia" / "site.css").read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("name", ["site.css", "icon.svg", "groups.js"])
def test_static_files_are_served_by_the_site_itself(name: str, db: None) -> None:
    response = Client().get(f"/static/consortia/{name}")
    assert response.status_code == 200


def test_a_strange_host_is_not_answered(db: None) -> None:
    assert Client(headers={"host": "evil.example"}).get(reverse("log-in")).status_code == 400


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: relative luminance of the lighter plus 0.05 over that of the darker plus 0.05."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["ink", "soft", "bar", "link", "error", "warning", "good"])
@pytest.mark.parametrize("ground", ["#ffffff", "#f3f5f7", "#fdf5e6", "#eef6f0"])
def test_words_stand_out_from_their_ground(name: str, ground: str) -> None:
    text = (WEB / "static" / "consortia" / "site.css").read_text(encoding="utf-8")
    colour = re.search(rf"--{name}: (#[0-9a-f]{{6}});", text)
    assert colour
    assert _contrast(colour[1], ground) >= 4.5
