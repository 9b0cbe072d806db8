"""What an appraisal refuses because of what a user chose, with what to do about it."""

from __future__ import annotations

from consortia.errors import ConsortiaError

FEWEST = 64
"""Fewer draws than these no study can ask for."""


class AppraisalError(ConsortiaError):
    """Assumptions that cannot be appraised together, or an appraisal too large for the machine."""


class AppraisalCancelled(ConsortiaError):
    """Whoever asked for an appraisal has stopped it."""


def refuse_too_many(draws: int, each: int, most: int, *, made_of: str) -> None:
    """Raises AppraisalError where `draws` of `each` amounts are more than the `most` that are kept.

    The remedy names the largest number that goes: a power of two, to which the central case comes as one more draw.
    """
    if draws * each <= most:
        return
    fit = most // each - 1
    largest = 1 << (fit.bit_length() - 1) if fit > 0 else 0
    raise AppraisalError(
        f"{draws:,} draws of {made_of} are {draws * each:,} amounts; at most {most:,} are kept.",
        remedy=f"Set `draws: {largest}` in the study, the largest number that goes, or less." if largest >= FEWEST
        else "Appraise it in parts: not even the fewest draws go.",
    )  # fmt: skip
