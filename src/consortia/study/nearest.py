"""What somebody most likely meant by a name that is not known: the code or key most like it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consortia.study.definition import Partner


def nearest_partner(name: str, partners: Iterable[Partner]) -> str:
    """The code of the partner most like a code or a name in either language, with its name in brackets."""
    said: dict[str, str] = {}
    for one in partners:
        shown = f"{one.code} ({one.name.en})"
        said |= {text.casefold(): shown for text in (one.code, one.name.in_language("cy"), one.name.en)}
    return next((said[near] for near in get_close_matches(name.casefold(), said, 1, 0)), "\N{EN DASH}")
