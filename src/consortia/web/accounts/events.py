"""The record of what everybody did: every action writes one event in its own transaction."""

from __future__ import annotations

from typing import Any

from consortia.web.accounts.models import Event, User

THE_SITE = "site"


def record(action: str, *, by: User | None, subject: str = "", **detail: Any) -> Event:
    """Adds one event. `by` is None when the site itself acts; `detail` holds plain values only, never figures."""
    return Event.objects.create(action=action, actor=by.email if by else THE_SITE, subject=subject, detail=detail)
