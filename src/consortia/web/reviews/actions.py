"""What people do in the review of a return: each action is one transaction with its event inside."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from consortia.intake import reviewing
from consortia.intake.quality.of_return import adjustments_from
from consortia.run.review_tables import open_verdicts
from consortia.study import Return
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.reviews.access import check_can_accept, check_is_analyst, check_is_officer
from consortia.web.studies.documents import keep_fingerprint, keep_return, load_definition, load_return
from consortia.web.studies.models import PartnerReturn, Study


@transaction.atomic
def ask(row: PartnerReturn, *, line: str, text: str, by: User) -> None:
    """Puts a question on a line. Raises StudyError when there is no such line."""
    locked = _locked(row)
    returned, query = reviewing.ask(load_return(locked), line, text=text, by=by.name, on=_today())
    _keep(locked, returned)
    record("ask", by=by, subject=str(locked), line=line, key=query.key)


@transaction.atomic
def reply(row: PartnerReturn, *, key: str, text: str, close: bool, by: User) -> None:
    """Answers a query or a contest; closing a contest without its amount is the finance officer's alone."""
    locked = _locked(row)
    if close and key.startswith("contest"):
        check_is_officer(by, locked)
    returned = reviewing.reply(load_return(locked), key, text=text, by=by.name, on=_today(), close=close)
    _keep(locked, returned)
    record("reply", by=by, subject=str(locked), key=key, close=close)


@transaction.atomic
def contest(row: PartnerReturn, *, line: str, text: str, amount: Decimal | None, by: User) -> None:
    """Objects to a line, with the amount that the partner holds. Raises NotAllowed, and StudyError for no such line."""
    locked = _locked(row)
    check_is_officer(by, locked)
    returned, query = reviewing.contest(load_return(locked), line, reason=text, amount=amount, by=by.name, on=_today())
    _keep(locked, returned)
    record("contest", by=by, subject=str(locked), line=line, key=query.key)


@transaction.atomic
def accept(row: PartnerReturn, *, key: str, by: User) -> None:
    """Accepts a change, or the amount of a contest. Raises NotAllowed, and StudyError where it does not fit."""
    locked = _locked(row)
    check_can_accept(by, locked, key)
    _keep(locked, reviewing.accept(load_return(locked), key, by=by.name, on=_today()))
    record("accept_change", by=by, subject=str(locked), key=key)


@transaction.atomic
def accept_finding(row: PartnerReturn, *, code: str, text: str, by: User) -> None:
    """Accepts what the findings of a code tell of the ledger, with a reason.

    Raises NotAllowed, and StudyError where there is none that can be accepted.
    """
    locked = _locked(row)
    check_is_officer(by, locked)
    returned, _ = reviewing.accept_finding(load_return(locked), code, reason=text, by=by.name, on=_today())
    _keep(locked, returned)
    record("accept_finding", by=by, subject=str(locked), code=code)


@transaction.atomic
def reverse(row: PartnerReturn, *, key: str, text: str, by: User) -> None:
    """Takes a change back with the totals that followed it. Raises NotAllowed, StudyError where others build on it."""
    locked = _locked(row)
    check_is_analyst(by, locked)
    _keep(locked, reviewing.reverse(load_return(locked), key, reason=text, by=by.name, on=_today()))
    record("reverse_change", by=by, subject=str(locked), key=key)


@transaction.atomic
def propose(row: PartnerReturn, *, by: User) -> int:
    """Records what the quality rules propose; gives how many changes. Only rules marked so take effect at once."""
    locked = _locked(row)
    check_is_analyst(by, locked)
    returned = load_return(locked)
    verdicts = open_verdicts(returned, base_year=load_definition(locked.study).base_year)
    made = adjustments_from(verdicts, returned.review, by=by.name, on=_today())
    _keep(locked, reviewing.propose(returned, made))
    record("propose_changes", by=by, subject=str(locked), keys=[one.key for one in made])
    return len(made)


@transaction.atomic
def delegate(row: PartnerReturn, *, section: str, to: str, by: User) -> None:
    """Gives a section of the return to somebody. Raises NotAllowed, and StudyError when it is no section."""
    locked = _locked(row)
    check_is_officer(by, locked)
    _keep(locked, reviewing.delegate(load_return(locked), section, to=to, by=by.name, on=_today()))
    record("delegate", by=by, subject=str(locked), section=section, to=to)


@transaction.atomic
def finish_section(row: PartnerReturn, *, section: str, by: User) -> None:
    """Marks a delegated section as done; anybody of the partner may. Raises StudyError when nobody has it."""
    locked = _locked(row)
    _keep(locked, reviewing.finish(load_return(locked), section, on=_today()))
    record("finish_section", by=by, subject=str(locked), section=section)


def _keep(row: PartnerReturn, returned: Return) -> None:
    """Saves the return; the study's fingerprint is worked out anew only where what is signed changed."""
    before = row.digest
    keep_return(row, returned)
    row.save()
    if row.digest != before:
        keep_fingerprint(Study.objects.select_for_update().get(pk=row.study_id))


def _locked(row: PartnerReturn) -> PartnerReturn:
    """The row as it is now, kept from changing until the transaction ends."""
    rows = PartnerReturn.objects.select_for_update(of=("self",)).select_related("organisation", "study")
    return rows.get(pk=row.pk)


def _today() -> str:
    return localdate().isoformat()
