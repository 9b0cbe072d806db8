"""What disclosure control refuses because of what a user asked to publish, with what to do about it."""

from __future__ import annotations

from consortia.errors import ConsortiaError


class DisclosureRefused(ConsortiaError):
    """A table that cannot be protected: negative contributions, or nothing left to withhold."""
