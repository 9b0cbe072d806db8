"""What the tests of the definition's pages send and read."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from .people import BURNLEY

LINE = {"key": "ict", "partner": BURNLEY, "amount": "£1,200,000", "source": "Budget book, page 4"}
PROJECT = {"key": "desk", "title.en": "One service desk", "active": "on", "maturity": "full_case"}
EFFECT = {"key": "fewer", "lines": ["ict"], "rate.low": "5%", "rate.mode": "0.1", "rate.high": "0.2"}


def at(study: Any, part: str, **query: str) -> str:
    return f"{reverse('change-record', args=[study.slug, part])}?{urlencode(query)}"


def faults(response: Any) -> str:
    text = unescape(response.content.decode())
    assert response.status_code == 400
    return text.partition('<div class="faults"')[2].partition("</div>")[0]
