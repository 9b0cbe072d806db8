"""What analysts do with the map: councils join a study that is under way, with their published returns."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.intake.published import baseline
from consortia.reference.authorities import authority
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import (
    findings_from_text,
    findings_to_text,
    keep_definition,
    keep_fingerprint,
    keep_partner,
    load_definition,
)
from consortia.web.studies.models import Study


@transaction.atomic
def add_partners(study: Study, *, codes: Iterable[str], by: User) -> tuple[str, ...]:
    """Makes councils partners of a study, with the returns that it was made from; gives the codes of those added.

    Raises NotAllowed, BlockedByFindings for a study that was not made from published returns or where nobody is new,
    and IntakeError for who made none of those returns.
    """
    if not standing_in(study, by).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
    row = Study.objects.select_for_update().get(pk=study.pk)
    definition = load_definition(row)
    new = tuple(code for code in dict.fromkeys(codes) if authority(code).code not in definition.codes)
    _check(new, definition.editions)
    joining, findings = baseline(new, definition.editions, name=definition.key, title=definition.title)
    partners = (*definition.partners, *joining.definition.partners)
    keep_definition(row, definition.model_copy(update={"partners": partners}))
    row.findings = findings_to_text((*findings_from_text(row.findings), *findings))
    row.save(update_fields=["definition", "title", "title_cy", "findings"])
    for order, partner in enumerate(joining.definition.partners, len(definition.partners)):
        keep_partner(row, partner, joining.return_of(partner.code), order=order)
    keep_fingerprint(row)
    record("add_partners", by=by, subject=row.slug, partners=list(joining.definition.codes))
    return joining.definition.codes


def _check(new: tuple[str, ...], editions: tuple[str, ...]) -> None:
    if not new:
        raise BlockedByFindings(
            sentence("None of those chosen is new to the study."), remedy=sentence("Choose councils on the map.")
        )
    if not editions:
        raise BlockedByFindings(
            sentence("This study was not made from published returns, so nobody can join it from the map."),
            remedy=sentence("Add the partner and its return to the study folder."),
        )
