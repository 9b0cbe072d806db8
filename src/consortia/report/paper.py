"""What a decision paper says, whatever it is printed on: the raw content that page, document and terminal render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from consortia.findings import Finding
from consortia.report.figures import FigureBook
from consortia.report.project_summary import ProjectSummary
from consortia.report.rows import Amount
from consortia.report.tables import Table
from consortia.report.words import Absent, Message, Words
from consortia.study.definition import Text


@dataclass(frozen=True, slots=True)
class PartnerName:
    """A partner and what it is called in both languages."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers behind the first screen. Amounts are pounds at the paper's price base.

    `low`, `middle`, `high` are P10, P50, P90 of the net saving as present value over the horizon; `chance_of_loss` of
    the whole; `setup` (undiscounted), `saving` (a year, once complete) and `payback` of the central case. `keys`
    names figures: "low", "middle", "high", "chance_of_loss", "setup", "saving", "payback". `unfit` says on whose
    returns no decision should rest.
    """

    services_considered: int
    shared: tuple[Text, ...]
    not_shared: tuple[Text, ...]
    low: Amount
    middle: Amount
    high: Amount
    chance_of_loss: float | Absent | None
    setup: Amount
    saving: Amount
    payback: float | Absent | None
    gainers: tuple[Text, ...]
    losers: tuple[Text, ...]
    unstable: tuple[Text, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    unfit: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """One bar of a chart: P10, P50 and P90 in pounds."""

    name: Text
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Fan:
    """Cumulative net cash flow of all partners at the end of each year (undiscounted pounds): P10, P50, P90."""

    years: tuple[str, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class HexCell:
    """A partner on the hexagon map. `q` and `r` as in the reference layout; `group` 0 for none, 1 for A, 2 for B ..."""

    code: str
    name: Text
    q: int
    r: int
    group: int


@dataclass(frozen=True, slots=True)
class HexMap:
    """Who shares one service with whom, as hexagons; `layout` says how odd rows or columns are shifted ("odd-r")."""

    service: Text
    cells: tuple[HexCell, ...]
    layout: str = "odd-r"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the paper was made from: fingerprint of the run, versions, and the date on it, which the caller gives."""

    fingerprint: str
    package_version: str
    reference_edition: str
    made_on: date
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything in a decision paper. The tables come from `paper_tables`, so that both languages have their words.

    `outcomes` is None where nothing is published of what the partners' services achieve; `projects` are the tables of
    the savings that partners state themselves, none where they state none; then `own` sums them up for the front, and
    `together` holds its tables of both. `agreements` are those on what they agree about the services to be shared.
    """

    title: Text
    partners: tuple[PartnerName, ...]
    base_year: str
    horizon_years: int
    discounting: Words
    summary: Summary
    alternatives: Table
    decision: Table
    by_partner: Table
    cash_flow: Table
    comparison: Table
    shares: Table
    stability: Table
    runners_up: Table
    uncertainty: Table
    assumptions: Table
    findings: tuple[Finding, ...]
    caveats: tuple[Words, ...]
    by_service: tuple[Span, ...]
    fan: Fan | None
    maps: tuple[HexMap, ...]
    stamp: Stamp
    figures: FigureBook = field(default_factory=FigureBook)
    outcomes: Table | None = None
    projects: tuple[Table, ...] = ()
    agreements: tuple[Table, ...] = ()
    own: ProjectSummary | None = None
    together: tuple[Table, ...] = ()

    @property
    def examined(self) -> bool:
        """Whether any service was examined for sharing; a study may hold projects alone."""
        return bool(self.decision.rows)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the paper."""
        outcomes = (self.outcomes,) if self.outcomes else ()
        return (
            self.alternatives, *self.together, self.decision, self.by_partner, self.cash_flow, self.comparison,
            *outcomes, self.shares, self.stability, *self.agreements, self.runners_up, self.uncertainty,
            *self.projects, self.assumptions,
        )  # fmt: skip
