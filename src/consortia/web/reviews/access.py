"""Who may do what in the review of a return. The return itself comes from the studies' guarded getter."""

from __future__ import annotations

from consortia.errors import ConsortiaError, NotAllowed
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.studies.access import standing_in
from consortia.web.studies.models import PartnerReturn


def check_is_officer(user: User, row: PartnerReturn) -> None:
    """Raises NotAllowed unless the person is a finance officer of the partner: contests, accepts, delegates."""
    if row.partner not in standing_in(row.study, user).finance_officer_of:
        raise NotAllowed(sentence("Only a finance officer of the partner does this."))


def check_is_analyst(user: User, row: PartnerReturn) -> None:
    """Raises NotAllowed unless the person is an analyst of the study: proposes and reverses changes."""
    if not standing_in(row.study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))


def check_can_accept(user: User, row: PartnerReturn, key: str) -> None:
    """The analyst accepts the amount of a contest, the finance officer everything that was done to her numbers."""
    if key.startswith("contest"):
        check_is_analyst(user, row)
    else:
        check_is_officer(user, row)


def is_officer(user: User, row: PartnerReturn) -> bool:
    """True when `check_is_officer` has no objection."""
    try:
        check_is_officer(user, row)
    except ConsortiaError:
        return False
    return True


def is_analyst(user: User, row: PartnerReturn) -> bool:
    """True when `check_is_analyst` has no objection."""
    try:
        check_is_analyst(user, row)
    except ConsortiaError:
        return False
    return True
