"""Pages: the Jinja environment of the site, and what every page knows."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from consortia import __version__
from consortia.report.worded import NUMERIC
from consortia.web.accounts.access import can_invite
from consortia.web.accounts.models import User
from consortia.web.language import counted, day, language, moment, sentence
from consortia.web.reasons import reason_in_words


class Named(Protocol):
    """A row with a name in both languages."""

    def in_language(self, language: str, /) -> str:
        """The name in "en" or "cy"."""


def environment(**options: Any) -> Environment:
    """The Jinja environment; a name that a page does not know is an error, never an empty place."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**(options | ours))  # noqa: S701  (autoescape is on: see settings)
    made.globals.update(
        _=sentence, counted=counted, day=day, moment=moment, url=_url, icon=_icon, style_sheet=_style_sheet
    )
    made.globals["numeric"] = NUMERIC
    made.globals["script"] = _script
    made.filters["named"] = _named
    made.filters["reason"] = reason_in_words
    return made


def page(request: HttpRequest, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page with what every page knows: the language, the person, and the messages that wait for them."""
    # A request for a strange host is refused before anybody asks who it comes from.
    user: User | AnonymousUser | None = getattr(request, "user", None)
    known = {
        "language": language(),
        "user": user if isinstance(user, User) else None,
        "may_invite": isinstance(user, User) and can_invite(user),
        "notices": messages.get_messages(request),
    }
    return render(request, template, known | context, status=status)


def notice(request: HttpRequest, sentence: str) -> None:
    """Shows a sentence on the next page, to say that something was done."""
    messages.success(request, sentence)


def caution(request: HttpRequest, sentence: str) -> None:
    """Shows a sentence on the next page, to say that something was not done."""
    messages.warning(request, sentence)


def _named(row: Named) -> str:
    return row.in_language(language().code)


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def _icon() -> str:
    return static("consortia/icon.svg")


def _style_sheet() -> str:
    return f"{static('consortia/site.css')}?v={__version__}"


@cache
def _script(name: str) -> Markup:
    """The element that loads one of our script files; a browser runs it only as it stands in the package."""
    path = Path(str(finders.find(f"consortia/{name}")))
    digest = base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
    address = f"{static(f'consortia/{name}')}?v={digest[:12]}"
    return Markup('<script src="{}" integrity="sha384-{}" defer></script>').format(address, digest)
