"""What an appraisal refuses because of what a user chose, with what to do about it."""

from __future__ import annotations

from consortia.errors import ConsortiaError


class AppraisalError(ConsortiaError):
    """Assumptions that cannot be appraised together, or an appraisal too large for the machine."""


class AppraisalCancelled(ConsortiaError):
    """Whoever asked for an appraisal has stopped it."""
