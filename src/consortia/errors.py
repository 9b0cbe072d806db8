"""What a user did that cannot go on: one sentence that says what happened, one that says what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ConsortiaError(Exception):
    """Misuse by a user; the command line prints it without a traceback and exits with `exit_code`."""

    exit_code = 2

    def __init__(self, what: str, *, remedy: str = "") -> None:
        """`what` says what is wrong and where; `remedy` says what to do next."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class UnknownAuthority(ConsortiaError):
    """A name or code that no council answers to."""


class UnknownReference(ConsortiaError):
    """A published list, edition or parameter that this edition of the reference data does not hold."""


class StudyError(ConsortiaError):
    """A study folder that cannot be read or is inconsistent."""


class NewerStudy(StudyError):
    """A study folder written by a newer version of Consortia."""

    exit_code = 3


class IntakeError(ConsortiaError):
    """A file that cannot be read at all."""


class NotAllowed(ConsortiaError):
    """Somebody asked for what their membership does not allow."""

    exit_code = 4


class BlockedByFindings(ConsortiaError):
    """Data with faults that must be resolved before the next step."""

    exit_code = 5


def suggest(word: str, known: Iterable[str], *, count: int = 3) -> str:
    """Gives "Did you mean A, B or C?" from the nearest known words, or an empty text when none is near."""
    near = get_close_matches(word, list(known), n=count, cutoff=0.5)
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f"Did you mean {listed}?"
