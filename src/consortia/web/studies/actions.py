"""What people do with studies and returns: each action is one transaction with its event inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from consortia.errors import BlockedByFindings, IntakeError
from consortia.findings import Finding
from consortia.intake.files import read_return, study_years
from consortia.intake.open_work import signed_despite
from consortia.intake.published import baseline, check_something_to_share
from consortia.intake.replaced_return import Blanked, blanked_by
from consortia.intake.reviewing import carried_over
from consortia.study import Return, Study
from consortia.web.accounts.events import record
from consortia.web.accounts.models import Organisation, User
from consortia.web.language import sentence
from consortia.web.studies import models
from consortia.web.studies.access import check_can_send, check_can_sign
from consortia.web.studies.documents import (
    findings_to_text,
    keep_definition,
    keep_fingerprint,
    keep_partner,
    keep_return,
    load_definition,
    load_return,
)
from consortia.web.studies.uploads import keep_content, under_its_name

SLUG_LENGTH = 70


def start_from_published(
    *, title: str, partners: Sequence[str], editions: Sequence[str], owner: Organisation, by: User
) -> models.Study:
    """A study of these councils with the published returns as their returns. Raises the errors of `baseline`."""
    study, findings = baseline(partners, editions, name=slugify(title)[:SLUG_LENGTH] or "study", title=title)
    check_something_to_share(study)
    return create_study(study, findings=findings, owner=owner, by=by)


@transaction.atomic
def create_study(
    study: Study, *, findings: Iterable[Finding] = (), owner: Organisation, by: User | None
) -> models.Study:
    """Keeps a study in the database; its partners become organisations that people can be invited to."""
    row = models.Study(slug=_free_slug(study.definition.key), owner=owner, findings=findings_to_text(findings))
    keep_definition(row, study.definition)
    row.save()
    for order, partner in enumerate(study.definition.partners):
        keep_partner(row, partner, study.return_of(partner.code), order=order)
    keep_fingerprint(row)
    record("create_study", by=by, subject=row.slug, partners=list(study.definition.codes), fingerprint=row.fingerprint)
    return row


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a file: the number of rows that became the return, the faults, and the amounts that it blanked."""

    rows: int
    findings: tuple[Finding, ...]
    blanked: Blanked


def receive_return(row: models.PartnerReturn, *, name: str, content: bytes, by: User, blanks: bool = False) -> Received:
    """Takes in a partner's file: it is kept as it is, its good rows become the return, its faults become findings.

    A file without one readable row leaves the return as it was. Raises NotAllowed, and IntakeError for a file that
    cannot be read at all, or that leaves most of the known amounts blank, unless `blanks` says that this is meant.
    """
    check_can_send(by, row)
    digest = keep_content(content)
    returned, findings = _read(row, name=name, digest=digest, by=by)
    kept = load_return(row)
    blanked = blanked_by(kept, returned)
    if blanked.is_mistake and not blanks:
        raise _refused(row, _too_blank(blanked), name=name, digest=digest, by=by)
    with transaction.atomic():
        _keep_upload(row, name=name, digest=digest, size=len(content), by=by)
        if returned.costs.height:
            _replace_return(row, _beside(returned, kept))
        record("receive_return", by=by, subject=str(row), file=name, sha256=digest, rows=returned.costs.height)
    return Received(returned.costs.height, findings, blanked)


@transaction.atomic
def sign(row: models.PartnerReturn, *, digest: str, by: User, despite: str = "") -> None:
    """Signs the return as the person saw it, with the reason to sign `despite` open work as part of it.

    Raises NotAllowed or BlockedByFindings.
    """
    locked = _locked(row)
    check_can_sign(by, locked, digest=digest)
    _keep_open_work(locked, despite=despite, by=by)
    models.SignOff.objects.create(partner_return=locked, digest=locked.digest, signed_by=by)
    _sign_document(locked, by=by, on=localdate())
    record("sign", by=by, subject=str(locked), digest=locked.digest)


def _keep_open_work(row: models.PartnerReturn, *, despite: str, by: User) -> None:
    """What is open becomes part of what is signed, with the reason; BlockedByFindings where none is given."""
    returned = load_return(row)
    accepted = signed_despite(returned, reason=despite, by=by.name, on=localdate().isoformat())
    if accepted != returned.review.accepted:
        keep_return(row, replace(returned, review=returned.review.model_copy(update={"accepted": accepted})))
        row.save()
        keep_fingerprint(models.Study.objects.select_for_update().get(pk=row.study_id))


@transaction.atomic
def withdraw_signature(row: models.PartnerReturn, *, by: User) -> None:
    """Takes the signature back; the return stays as it is. Raises NotAllowed or BlockedByFindings."""
    locked = _locked(row)
    check_can_send(by, locked)
    if not locked.sign_offs.filter(digest=locked.digest).delete()[0]:
        raise BlockedByFindings(sentence("The return is not signed."))
    _sign_document(locked, by=None, on=None)
    record("withdraw_signature", by=by, subject=str(locked), digest=locked.digest)


def _free_slug(wanted: str) -> str:
    """The first of wanted, wanted-2, wanted-3 ... that no study has."""
    stem = slugify(wanted)[:SLUG_LENGTH] or "study"
    taken = set(models.Study.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{stem}-{number}") not in taken)


def _keep_upload(row: models.PartnerReturn, *, name: str, digest: str, size: int, by: User) -> None:
    models.Upload.objects.create(partner_return=row, name=name, sha256=digest, size=size, sent_by=by)


def _read(row: models.PartnerReturn, *, name: str, digest: str, by: User) -> tuple[Return, tuple[Finding, ...]]:
    """What the file holds; a file that cannot be read is on record too."""
    try:
        with under_its_name(digest, name) as path:
            return read_return(path, partner=row.partner, years=study_years(load_definition(row.study)))
    except IntakeError as error:
        raise _refused(row, error, name=name, digest=digest, by=by) from None


def _refused(row: models.PartnerReturn, error: IntakeError, *, name: str, digest: str, by: User) -> IntakeError:
    """The error, put on record."""
    record("refuse_return", by=by, subject=str(row), file=name, sha256=digest, reason=error.what)
    return error


def _too_blank(blanked: Blanked) -> IntakeError:
    what = sentence(
        "The file leaves {lost} of {asked} amounts blank that this return holds; nothing was changed.",
        lost=f"{blanked.lost:,}", asked=f"{blanked.asked:,}",
    )  # fmt: skip
    remedy = sentence("Fill them in, or tick the box and send it again if they are not known.")
    return IntakeError(what, remedy=remedy)


def _beside(returned: Return, kept: Return) -> Return:
    """The new lines beside what was mapped, said and done before; a file of costs only leaves the volumes."""
    volumes = returned.volumes if returned.volumes.height else kept.volumes
    review = carried_over(kept.review, returned.costs, on=localdate().isoformat())
    new = replace(kept, header=returned.header, costs=returned.costs, volumes=volumes, review=review)
    return replace(new, findings=returned.findings)


def _replace_return(row: models.PartnerReturn, returned: Return) -> None:
    keep_return(row, returned)
    row.save()
    keep_fingerprint(models.Study.objects.select_for_update().get(pk=row.study_id))


def _sign_document(row: models.PartnerReturn, *, by: User | None, on: date | None) -> None:
    """The signature stands in the document too, so that it travels with an export; the digest leaves it out."""
    signed = {
        "signed_by": by.name if by else "",
        "signed_on": on.isoformat() if on else "",
        "signed_digest": row.digest if by else "",
    }
    returned = load_return(row)
    keep_return(row, replace(returned, header=returned.header.model_copy(update=signed)))
    row.save(update_fields=["files"])


def _locked(row: models.PartnerReturn) -> models.PartnerReturn:
    """The row as it is now, kept from changing until the transaction ends."""
    rows = models.PartnerReturn.objects.select_for_update(of=("self",)).select_related("organisation", "study")
    return rows.get(pk=row.pk)
