"""What a return that was made from a ledger was made of: the ledger's total, and what stands in no line and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from consortia.study.records import Record

Reason = Literal["another_year", "no_year", "capital", "excluded"]


class LeftOut(Record):
    """Postings that are in no line of the return, added up. Nominal pounds, signed as in the ledger: a cost is +."""

    year: str = Field(default="", description="financial year; empty where the postings have none")
    reason: Reason
    words: str = Field(default="", description="what an excluded code is, and why it was excluded")
    amount: Decimal


class LedgerOrigin(Record):
    """The ledger behind a return: what it adds up to, what was left out, and what the return held before it.

    `gross` and `unmapped` count debits and credits without their sign, so that they cannot hide each other. `before`
    names the heads that had a cost or income when the ledger took the place of the return, as 2024-25/highways.
    """

    total: Decimal
    gross: Decimal
    unmapped: Decimal
    left_out: tuple[LeftOut, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def unmapped_share(self) -> float:
        """The part of the gross amount that nobody has mapped."""
        return float(self.unmapped / self.gross) if self.gross else 0.0
