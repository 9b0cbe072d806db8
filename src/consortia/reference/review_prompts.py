"""Questions that the experience of others puts to a consortium: lessons of shared services, kept as prompts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question; `kind` is shared_post, coalition or lessons."""

    code: str
    kind: str
    text: str
    text_cy: str
    evidence: str
    source: str


@cache
def prompts() -> tuple[Prompt, ...]:
    """Every question, kind by kind."""
    return tuple(shelf.record(Prompt, row) for row in shelf.rows("review_prompts"))
