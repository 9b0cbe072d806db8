"""The mapping as it is in hand: what people decided, before it is applied to the return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import polars as pl
from django.utils.timezone import localdate

from consortia.errors import StudyError
from consortia.intake.files import study_years
from consortia.intake.mapping.ledger_return import LedgerReturn
from consortia.intake.mapping.mapped_return import mapped_return
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.postings import is_capital
from consortia.study import MappingLine, Return
from consortia.study.fingerprints import digest_of
from consortia.study.ledger_header import LedgerHeader
from consortia.study.tables import from_csv, records_of, table_of, to_csv
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.store import header_of, ledger_of, lines_of
from consortia.web.studies.access import studies_for
from consortia.web.studies.documents import load_definition, load_return
from consortia.web.studies.models import PartnerReturn


@dataclass(frozen=True)
class InHand:
    """A partner's ledger lines, its return, and the mapping that is being worked on."""

    row: PartnerReturn
    kept: Ledger
    header: LedgerHeader
    lines: pl.DataFrame
    returned: Return
    mapping: tuple[MappingLine, ...]

    @property
    def digest(self) -> str:
        """Of the mapping and the lines: what is applied must be what was looked at."""
        return digest_of([self.kept.sha256, [line.to_plain() for line in self.mapping]])

    @property
    def is_applied(self) -> bool:
        """True when the return was made from these lines by this mapping."""
        files = {(one.name, one.sha256) for one in self.header.files}
        same = files == {(one.name, one.sha256) for one in self.returned.header.uploads}
        return same and self.returned.is_from_ledger and self.mapping == self.returned.mapping

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the study: postings of others are in no line of the return."""
        return tuple(study_years(load_definition(self.row.study)))

    @property
    def of_the_years(self) -> pl.DataFrame:
        """The lines of the study's years that the ledger does not mark as capital: what may be in the return."""
        return self.lines.filter(pl.col("financial_year").is_in(self.years) & ~is_capital(self.lines))

    def applied(self) -> tuple[Return, LedgerReturn]:
        """The return that comes of it, with its account."""
        return mapped_return(
            self.returned, self.lines, self.mapping,
            files=self.header.files, years=self.years, on=localdate().isoformat(),
        )  # fmt: skip


def in_hand(row: PartnerReturn) -> InHand | None:
    """The mapping that is in hand; None when the partner has no ledger yet."""
    kept = ledger_of(row)
    lines = lines_of(kept)
    if lines is None:
        return None
    returned = load_return(row)
    mapping = _from_text(kept.mapping) if kept.mapping else returned.mapping
    return InHand(row, kept, header_of(kept), lines, returned, mapping)


def in_hand_or_refuse(row: PartnerReturn) -> InHand:
    """The same; StudyError when the partner has no ledger."""
    found = in_hand(row)
    if found is None:
        raise StudyError(sentence("No ledger was read yet."), remedy=sentence("Send a ledger file first."))
    return found


def keep_mapping(kept: Ledger, mapping: tuple[MappingLine, ...]) -> None:
    """Keeps a mapping as the one in hand."""
    kept.mapping = to_csv(MappingLine, table_of(MappingLine, mapping))
    kept.save()


def own_memory(hand: InHand, by: User) -> Memory:
    """What this council mapped: here, and in the other studies that the person takes part in.

    How other partners mapped their codes is their own detail, and is not looked at.
    """
    memory = Memory().learn((*hand.returned.mapping, *hand.mapping), where="this council", own=True)
    others = PartnerReturn.objects.filter(organisation=hand.row.organisation, study__in=studies_for(by))
    for row in others.exclude(pk=hand.row.pk).select_related("organisation", "study"):
        memory.learn(load_return(row).mapping, where=f"this council, in {row.study.title}", own=True)
    return memory


def _from_text(text: str) -> tuple[MappingLine, ...]:
    parsed = from_csv(MappingLine, text, "mapping.csv")
    return cast("tuple[MappingLine, ...]", tuple(records_of(MappingLine, parsed.table)))
