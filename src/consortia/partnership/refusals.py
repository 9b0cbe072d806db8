"""What the search for partners refuses because of what a user chose, with what to do about it."""

from consortia.errors import ConsortiaError


class PartnershipError(ConsortiaError):
    """Wishes that contradict each other, or more partners than the exact search can take."""
