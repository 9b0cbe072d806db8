"""What a savings account is made of: the lines of the agreed case, and the lines that came true."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from consortia.findings import Place
from consortia.study.definition import Year
from consortia.study.records import Record

PromisedMeasure = Literal["saving", "one_off_cost", "running_cost"]
ActualKind = Literal["budgeted", "delivered"]
Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class PromisedLine:
    """One amount of the agreed case in whole pence; savings and costs are both positive, told apart by `measure`.

    Its price base is that of the account (`SavingsAccount.open`).
    """

    initiative: str
    partner: str
    year: str
    amount_pence: int
    measure: PromisedMeasure = "saving"

    def __post_init__(self) -> None:
        if self.measure not in get_args(PromisedMeasure):
            raise ValueError(f"'{self.measure}' is no measure of a case; use one of {get_args(PromisedMeasure)}")


def _small_letters(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _not_blank(value: Any) -> Any:
    if value is None:
        raise ValueError("is blank; leave the row out while the amount is not known, write 0 where nothing came")
    return value


Answered = Annotated[Answer, BeforeValidator(_small_letters)]
Amount = Annotated[Decimal, BeforeValidator(_not_blank)]


class ActualLine(Record):
    """One amount taken out of a budget, or delivered, with the answers to the cashable test. Nominal pounds."""

    initiative: str = Field(description="key of the initiative in the agreed case")
    partner: str = Field(description="code of the partner whose budget it is")
    year: Year = Field(description="financial year, 2024-25")
    kind: Annotated[ActualKind, BeforeValidator(_small_letters)] = Field(
        description="budgeted: taken out of the base budget; delivered: proved by the ledger"
    )
    amount: Amount = Field(description="pounds, nominal; no row at all while the amount is not known")
    evidence: str = Field(default="", description="where the proof is: ledger code, minute, report")
    level_kept: Answered = Field(default="unknown", description="level and frequency of the service kept")
    quality_kept: Answered = Field(default="unknown", description="quality of the service kept")
    voluntary_sector_kept: Answered = Field(default="unknown", description="voluntary sector's service kept")
    charges_unchanged: Answered = Field(default="unknown", description="no rise in what users pay")
    no_windfall: Answered = Field(default="unknown", description="not the fruit of an unpredictable event")
    recurrent: Answered = Field(default="unknown", description="comes back every year")
    revenue: Answered = Field(default="unknown", description="revenue spending, not capital")
    base_budget_reduced: Answered = Field(default="unknown", description="the base budget is lower for good")
    agreed_in_advance: Answered = Field(default="unknown", description="planned and agreed by the council before")
    budget_holder: Answered = Field(default="unknown", description="a named budget holder answers for it")
    measurable: Answered = Field(default="unknown", description="measured against what was planned")
    more_for_same: Answered = Field(default="unknown", description="the same budget now buys more or better service")
    file: str = Field(default="", description="file that the line was read from")
    sheet: str = ""
    cell: str = Field(default="", description="cell or row of the amount")

    @property
    def place(self) -> Place | None:
        """Where the line was read, when that is known."""
        return Place(self.file, self.sheet, self.cell) if self.file else None
