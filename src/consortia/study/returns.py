"""What one council prepares, owns and signs: its cost lines and volumes, each with the cell it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import polars as pl
from pydantic import Field

from consortia.findings import Finding
from consortia.study.activities import Activities
from consortia.study.ledger_origin import LedgerOrigin
from consortia.study.mapping import MappingLine
from consortia.study.records import Record
from consortia.study.review import Review, Status
from consortia.study.tables import empty_table

Measure = Literal[
    "employees",
    "running_expenses",
    "third_party_payments",
    "transfer_payments",
    "support_services",
    "internal_purchases",
    "capital_charges",
    "total_expenditure",
    "sales_fees_charges",
    "other_income",
    "specific_grants",
    "internal_income",
    "total_income",
    "net_current_expenditure",
]
TOTAL_MEASURES = ("total_expenditure", "total_income", "net_current_expenditure")
Basis = Literal["outturn", "budget"]
FROM_LEDGER = "ledger"
USE_OF = "use."
"""A volume of this and the code of a service says how much a partner uses the service: for shares by use."""


class CostLine(Record):
    """One amount as the partner sent it. Nominal pounds of its year; totals are kept beside their parts as a check."""

    key: str = Field(description="unique within the return: year/service/measure, with a number when it stands twice")
    year: str = Field(description="financial year, 2024-25")
    service: str = Field(description="code in the service taxonomy")
    measure: Measure
    amount: Decimal | None = Field(description="pounds, nominal; empty unless the status is known")
    status: Status = Field(description="known, not known, or not provided by this class of authority")
    heading: str = Field(default="", description="the words of the source")
    file: str = Field(default="", description="file that the amount was read from")
    sheet: str = ""
    cell: str = Field(default="", description="cell of that sheet, such as Q312")


class Volume(Record):
    """One volume that a unit cost divides by, such as residents or pupils."""

    key: str
    year: str = Field(description="financial year that the volume is used for")
    measure: str = Field(description="name of the denominator, such as population, or use. and a service")
    value: Decimal | None = Field(description="number of units; empty when not known")
    source: str = Field(default="", description="publisher and date of the number")


class Upload(Record):
    """A file kept as it was sent, under the SHA-256 of its content."""

    name: str
    sha256: str
    read_as: str = Field(default="", description="of a ledger file: fingerprint of the lines that were read from it")


class ReturnHeader(Record):
    """Whose return it is, where it comes from, who signed it, and who let the other partners see it."""

    partner: str
    basis: Basis = "outturn"
    source: str = Field(default="", description="title of the published return, or 'upload', or 'ledger'")
    price_base: Literal["nominal"] = "nominal"
    uploads: tuple[Upload, ...] = ()
    ledger: LedgerOrigin | None = Field(default=None, description="what it was made of, if from a ledger")
    signed_by: str = ""
    signed_on: str = ""
    signed_digest: str = Field(default="", description="fingerprint of what was signed")
    released_by: str = Field(default="", description="who let the other partners see it")
    released_on: str = ""
    released_digest: str = Field(default="", description="fingerprint of what was released")


@dataclass(frozen=True)
class Return:
    """One partner's return: the header and its tables (columns as declared by CostLine and Volume).

    The lines stay as they were sent; what people changed, asked and delegated stands in `review`, and how the
    partner's own codes were mapped in `mapping`. `activities` says what its people do, where it has been costed.
    `findings` are those on the file that the lines were loaded from; they are no part of what is signed. `loaded` are
    the files of the ledger that is kept beside the return, whether it was made from them or not.
    """

    header: ReturnHeader
    costs: pl.DataFrame
    volumes: pl.DataFrame
    mapping: tuple[MappingLine, ...] = ()
    review: Review = field(default_factory=Review)
    activities: Activities | None = None
    findings: tuple[Finding, ...] = ()
    loaded: tuple[Upload, ...] = ()

    @classmethod
    def empty(cls, header: ReturnHeader) -> Return:
        """A return without lines."""
        return cls(header, empty_table(CostLine), empty_table(Volume))

    @property
    def partner(self) -> str:
        """Code of the partner."""
        return self.header.partner

    @property
    def is_from_ledger(self) -> bool:
        """True when its lines were made from a ledger."""
        return self.header.source == FROM_LEDGER
