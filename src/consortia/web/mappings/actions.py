"""What people decide on a mapping: each action is one transaction with its event inside. Nothing applies itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from consortia.errors import BlockedByFindings
from consortia.intake.mapping.ledger_return import LedgerReturn
from consortia.intake.mapping.suggestions import Suggestion, suggest_targets
from consortia.study import MappingLine
from consortia.study.mapping import Side, check_shares, merged
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.mappings.codes import Targets, codes_in
from consortia.web.mappings.in_hand import InHand, in_hand_or_refuse, keep_mapping, own_memory
from consortia.web.studies.access import check_can_send
from consortia.web.studies.documents import keep_fingerprint, keep_return
from consortia.web.studies.models import PartnerReturn, Study


@transaction.atomic
def accept_suggestions(row: PartnerReturn, *, side: Side, seen: Sequence[tuple[str, Targets]], by: User) -> int:
    """Takes suggestions into the mapping in hand, each as it was seen; gives how many codes.

    Raises NotAllowed, and BlockedByFindings when one is another by now.
    """
    hand = _locked(row, by)
    codes = {one.code.local: one.code for one in codes_in(hand, side)}
    wanted = [codes[local] for local, _ in seen if local in codes]
    found = {one.code.local: one for one in suggest_targets(wanted, own_memory(hand, by))}
    if any(local not in found or found[local].targets != targets for local, targets in seen):
        raise BlockedByFindings(
            sentence("The suggestions changed after you opened the page."), remedy=sentence("Look at them again.")
        )
    lines = [line for local, _ in seen for line in _accepted(found[local], by)]
    keep_mapping(hand.kept, merged(hand.mapping, lines))
    record("accept_mapping", by=by, subject=str(row), side=side, codes=[local for local, _ in seen])
    return len(seen)


@transaction.atomic
def map_code(row: PartnerReturn, *, side: Side, local: str, targets: Targets, reason: str, by: User) -> None:
    """Maps a code to a target, or splits it over several; without any it is unmapped again.

    Raises NotAllowed, and StudyError for shares that do not sum to one.
    """
    hand = _locked(row, by)
    code = next(one.code for one in codes_in(hand, side) if one.code.local == local)
    others = tuple(line for line in hand.mapping if (line.side, line.local) != (side, local))
    lines = [
        MappingLine(
            side=side, local=local, words=code.words, target=target, share=share, reason=reason, by=by.name,
            on=localdate().isoformat(),
        )
        for target, share in targets
    ]  # fmt: skip
    check_shares(lines)
    keep_mapping(hand.kept, merged(others, lines))
    record("map_code", by=by, subject=str(row), side=side, code=local, targets=[target for target, _ in targets])


@transaction.atomic
def apply_mapping(row: PartnerReturn, *, digest: str, by: User) -> LedgerReturn:
    """Makes the return from the ledger by the mapping in hand, as it was looked at.

    Raises NotAllowed, and BlockedByFindings when lines or mapping changed since.
    """
    hand = _locked(row, by)
    if digest != hand.digest:
        raise BlockedByFindings(
            sentence("The ledger or its mapping changed after you opened the page."),
            remedy=sentence("Look at what comes of it again, then apply it."),
        )
    returned, built = hand.applied()
    keep_return(hand.row, returned)
    hand.row.save()
    hand.kept.mapping = ""
    hand.kept.save()
    keep_fingerprint(Study.objects.select_for_update().get(pk=row.study_id))
    record("apply_mapping", by=by, subject=str(row), lines=returned.costs.height)
    return built


@transaction.atomic
def discard_mapping(row: PartnerReturn, *, by: User) -> None:
    """Goes back to the mapping of the return. Raises NotAllowed."""
    hand = _locked(row, by)
    hand.kept.mapping = ""
    hand.kept.save()
    record("discard_mapping", by=by, subject=str(row))


def _accepted(suggestion: Suggestion, by: User) -> list[MappingLine]:
    """The lines of an accepted suggestion, in the name of the person."""
    return [
        MappingLine(
            side=suggestion.code.side, local=suggestion.code.local, words=suggestion.code.words, target=target,
            share=share, reason=suggestion.reason, confidence=Decimal(suggestion.confidence), by=by.name,
            on=localdate().isoformat(),
        )
        for target, share in suggestion.targets
    ]  # fmt: skip


def _locked(row: PartnerReturn, by: User) -> InHand:
    """The mapping in hand, kept from changing until the transaction ends."""
    check_can_send(by, row)
    rows = PartnerReturn.objects.select_for_update(of=("self",)).select_related("organisation", "study")
    return in_hand_or_refuse(rows.get(pk=row.pk))
