"""From a figure on a page to what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.urls import reverse

from consortia.report.figures import Entry, Figure
from consortia.run import Run as Result
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run


def figure_links(run: Run) -> Callable[[str], str]:
    """Gives for a figure's key the address of what it is made of; an empty text where the run does not explain it."""
    known = result_of(run).figures
    root = reverse("run", args=[run.study.slug, run.number])
    return lambda key: f"{root}figures/{quote(key, safe='')}" if key and key in known else ""


def opened(result: Result, key: str) -> tuple[Entry, tuple[Entry, ...]]:
    """The figure, assumption or source cell with that key, and what it is made of directly. Raises UnknownFigure."""
    entry = result.figures.find(key)
    inputs = entry.inputs if isinstance(entry, Figure) else ()
    return entry, tuple(result.figures.find(name) for name in inputs)
