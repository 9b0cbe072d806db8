"""What analysts do with the definition of a study: each action is one transaction with its event inside."""

from __future__ import annotations

from django.db import transaction
from pydantic import ValidationError

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.study import Definition
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.definition.faults import Fault, at_the_record, endless, faults_of, new_faults
from consortia.web.definition.spots import (
    Plain,
    Spot,
    changed,
    digest_of,
    name_of,
    plain_definition,
    record_at,
    records_at,
)
from consortia.web.language import sentence
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import keep_definition, keep_fingerprint, load_definition
from consortia.web.studies.models import Study
from consortia.web.studies.uploads import keep_content


class Faulty(BlockedByFindings):
    """A record that cannot be kept, with each fault at its place."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """`faults` are in the person's language."""
        super().__init__(sentence("There is something to correct"))
        self.faults = faults


class ChangedMeanwhile(BlockedByFindings):
    """Somebody else changed or removed the record since the person opened it."""

    def __init__(self, now: Plain | None) -> None:
        """`now` is the record as it stands, None when it is gone."""
        super().__init__(
            sentence("Somebody else changed this after you opened it."),
            remedy=sentence("Open the record again, look at what it says now, and repeat what you did."),
        )
        self.now = now


@transaction.atomic
def change_record(study: Study, spot: Spot, given: Plain, *, digest: str, by: User) -> Definition:
    """Keeps a new or changed record; `digest` is that of the record as the person saw it, empty for a new one.

    Raises NotAllowed, ChangedMeanwhile, and Faulty with every fault at its place.
    """
    row = _locked(study, by)
    before = load_definition(row)
    plain = plain_definition(before)
    _check_unchanged(plain, spot, digest)
    kept, after = _checked(before, plain, spot, given)
    former = _keep(row, after)
    record("change_definition", by=by, subject=row.slug, place=kept.place, former=former)
    return after


@transaction.atomic
def remove_record(study: Study, spot: Spot, *, digest: str, by: User) -> None:
    """Takes a record out. Raises NotAllowed, ChangedMeanwhile and Faulty."""
    row = _locked(study, by)
    plain = plain_definition(load_definition(row))
    _check_unchanged(plain, spot, digest)
    former = _keep(row, _valid(changed(plain, spot, None), spot))
    record("remove_from_definition", by=by, subject=row.slug, place=spot.place, former=former)


def _locked(study: Study, by: User) -> Study:
    if not standing_in(study, by).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
    return Study.objects.select_for_update().get(pk=study.pk)


def _keep(row: Study, definition: Definition) -> str:
    """Keeps the definition; the former one stays in the data folder under the SHA-256 that is given back."""
    former = keep_content(row.definition.encode())
    keep_definition(row, definition)
    row.save(update_fields=["definition", "title", "title_cy"])
    keep_fingerprint(row)
    return former


def _check_unchanged(plain: Plain, spot: Spot, digest: str) -> None:
    """Raises ChangedMeanwhile when the person saw another record, or what held it is gone."""
    try:
        records_at(plain, spot.part, spot.within) if not spot.part.single else None
    except KeyError:
        raise ChangedMeanwhile(None) from None
    now = _now(plain, spot)
    if digest_of(now) != digest:
        raise ChangedMeanwhile(now)


def _now(plain: Plain, spot: Spot) -> Plain | None:
    try:
        return record_at(plain, spot) if spot.key or spot.part.single else None
    except KeyError:
        return None


def _checked(before: Definition, plain: Plain, spot: Spot, given: Plain) -> tuple[Spot, Definition]:
    """The spot of the record under its name, and the definition with it. Raises Faulty."""
    if spot.part.single:
        return spot, _with(before, plain, spot, given)
    try:
        kept = spot.part.adapter.validate_python(given)
    except ValidationError as error:
        raise Faulty(faults_of(error, given)) from None
    held = records_at(plain, spot.part, spot.within)
    names = [name_of(spot.part, one, place) for place, one in enumerate(held)]
    name = (spot.key or str(len(held) + 1)) if spot.part.numbered else kept.key
    if name in set(names) - {spot.key}:
        raise Faulty((Fault("key", sentence("There is one with the key '{keys}' already.", keys=name)),))
    if faults := endless(kept.model_dump()):
        raise Faulty(faults)
    return spot.named(name), _with(before, plain, spot, kept.to_plain(), name=name)


def _with(before: Definition, plain: Plain, spot: Spot, written: Plain, *, name: str = "") -> Definition:
    """The definition with the record. Raises Faulty with what it brings in the record."""
    after = _valid(changed(plain, spot, written), spot)
    if faults := new_faults(before, after, spot.named(name)):
        raise Faulty(faults)
    return after


def _valid(plain: Plain, spot: Spot) -> Definition:
    try:
        return Definition.model_validate(plain)
    except ValidationError as error:
        raise Faulty(at_the_record(faults_of(error, plain), spot)) from None
