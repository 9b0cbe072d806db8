"""The limit on failed log-ins, counted from the record of events so that all processes share it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from consortia.errors import NotAllowed
from consortia.web.accounts.models import Event
from consortia.web.language import sentence

WINDOW = timedelta(minutes=15)
# A person mistypes a few times; a list of stolen passwords is tried from one address; a botnet tries one account
# from many. The middle limit is wide because a whole council may sit behind one address.
LIMIT_PAIR, LIMIT_ADDRESS, LIMIT_EMAIL = 5, 100, 50


def check_may_try(email: str, address: str) -> None:
    """Raises NotAllowed when too many log-ins failed in the last 15 minutes for this e-mail and network address."""
    failed = Event.objects.filter(action="log_in_failed", at__gt=timezone.now() - WINDOW)
    pair = failed.filter(subject=email, detail__address=address)
    if (
        pair.count() >= LIMIT_PAIR
        or failed.filter(subject=email).count() >= LIMIT_EMAIL
        or failed.filter(detail__address=address).count() >= LIMIT_ADDRESS
    ):
        raise NotAllowed(
            sentence("Too many attempts to log in failed."), remedy=sentence("Wait 15 minutes, then try again.")
        )
