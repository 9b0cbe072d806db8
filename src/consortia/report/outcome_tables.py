"""Cost beside outcome as a table: each council with both figures, in words about the medians, never as a rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consortia.benchmarking.outcomes import FEW_PAIRS, FEWEST_TO_STAND, NOT_CAUSE
from consortia.report.rows import Amount
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study.definition import Text

PARTNER, NEIGHBOUR = msgid("Partner"), msgid("Neighbour")
MEASURE = msgid("{name} ({unit})")
SET_BESIDE = msgid(
    "Set beside the medians of the partners and their nearest neighbours that have both figures; the numbers of "
    "councils say how many those are."
)
OTHER_YEAR = msgid("Results of {year} beside costs of {base}: {outcomes}.")
OF_THE_HEAD = msgid("Beside the cost of all of {service}, as its own is not known: {outcomes}.")
OUR_JUDGEMENT = msgid("Which way is better is our judgement, not the publisher's: {outcomes}.")
FEW = msgid("{note} {outcomes}.")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A council's unit cost (real pounds) beside one outcome (in its own unit), and where it stands.

    `standing` is a sentence about the medians of the `councils` with both figures, or why it cannot be placed;
    `is_withheld`: the cost is shown and in no median.
    """

    council: Text
    is_partner: bool
    unit_cost: Amount
    value: float | Absent
    standing: Words
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeSet:
    """One outcome of a service with the councils that are compared on it; `year` is that of the outcome.

    `service` is the one whose cost stands beside it; `is_head`: only the cost of the head is published for them.
    """

    outcome: Text
    unit: Text
    service: Text
    year: str
    is_head: bool
    is_judgement: bool
    rows: tuple[OutcomeRow, ...]
    median_cost: Amount
    median_outcome: float | Absent
    councils: int

    @property
    def name(self) -> Words:
        """The outcome with its unit."""
        return say(MEASURE, name=self.outcome, unit=self.unit)


def outcome_table(sets: Sequence[OutcomeSet], *, base_year: str, neighbours: bool = False) -> Table:
    """Cost beside outcome: partners and, where wanted, their neighbours; unit costs in the prices of the base year."""
    columns = (
        Column("outcome", msgid("Outcome")),
        Column("partner", msgid("Council")),
        *((Column("whose", msgid("Partner or neighbour")),) if neighbours else ()),
        Column("unit_cost", msgid("Cost per unit"), "unit_cost"),
        Column("value", msgid("Result"), "number"),
        Column("standing", msgid("Beside the medians")),
        Column("median_cost", msgid("Median cost"), "unit_cost"),
        Column("median_outcome", msgid("Median result"), "number"),
        Column("councils", msgid("Councils with both"), "number"),
    )
    rows = [_cells(each, row, neighbours) for each in sets for row in each.rows if row.is_partner or neighbours]
    return Table(
        key="outcomes",
        title=msgid("Cost beside outcome"),
        caption=msgid("What a service costs for each unit beside what is published of its results."),
        columns=columns,
        rows=tuple(rows),
        notes=(NOT_CAUSE, SET_BESIDE, *_notes(sets, base_year)),
        period=base_year,
        price_base=base_year,
    )


def _cells(each: OutcomeSet, row: OutcomeRow, neighbours: bool) -> tuple[Cell, ...]:
    whose = (PARTNER if row.is_partner else NEIGHBOUR,) if neighbours else ()
    median_cost = Absent.NOT_APPLICABLE if row.is_withheld else each.median_cost
    figures = (row.unit_cost, row.value, row.standing, median_cost, each.median_outcome, each.councils)
    return each.name, row.council, *whose, *figures


def _notes(sets: Sequence[OutcomeSet], base_year: str) -> Iterator[Words]:
    """What to know before the figures are read; outcomes of which the same is to be said stand together."""
    for year in sorted({each.year for each in sets} - {base_year}):
        yield say(OTHER_YEAR, year=year, base=base_year, outcomes=_named(each for each in sets if each.year == year))
    for service in dict.fromkeys(each.service for each in sets if each.is_head):
        of = _named(each for each in sets if each.is_head and each.service == service)
        yield say(OF_THE_HEAD, service=service, outcomes=of)
    if judged := _named(each for each in sets if each.is_judgement):
        yield say(OUR_JUDGEMENT, outcomes=judged)
    if few := _named(each for each in sets if each.councils < FEWEST_TO_STAND):
        yield say(FEW, note=FEW_PAIRS, outcomes=few)


def _named(sets: Iterable[OutcomeSet]) -> tuple[Words, ...]:
    return tuple(each.outcome for each in sets)
