"""Index numbers as a table: what of a change of cost is price and what is volume, and one figure beside the peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consortia.report.benchmark_tables import left_out_of_it
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid
from consortia.study.definition import Text

FISHER = msgid(
    "Price is the cost of a unit and volume the number of units, such as residents, over all services together "
    "(Fisher's index); the two multiplied make the change of cost, with nothing left over."
)
NO_EFFICIENCY = msgid(
    "A lower price is not efficiency and a higher one not waste: a price holds wages, need, quality and what a service "
    "does for each unit. A service that was cut looks cheap."
)
BESIDE = msgid(
    "Beside the neighbours: the cost of the partner's own services over what they would cost at its neighbours' mean "
    "unit costs; above zero it costs more."
)
LEFT_OUT = msgid(
    "Left out are services with a break in the series since then, and those without cost or volume in both years."
)
NET_OUTTURN = msgid("Net current expenditure of the published outturns, not of the partners' own returns.")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One partner: factors of change in real terms since `first`, and its cost over that at its neighbours' unit costs.

    `price` x `volume` is the change of cost; each is None where no service could be followed. `services` and
    `compared` count what is in the change and in the comparison.
    """

    partner: Text
    first: str
    price: float | None
    volume: float | None
    services: int
    beside: float | None
    compared: int


def index_table(rows: Sequence[IndexRow], *, period: Words, price_base: str, withheld: tuple[Text, ...] = ()) -> Table:
    """The change of each partner's cost split into price and volume, and its cost beside its neighbours'."""
    columns = (
        Column("partner", msgid("Partner")),
        Column("first", msgid("From"), "year"),
        Column("cost", msgid("Change of cost"), "percent"),
        Column("price", msgid("By price"), "percent"),
        Column("volume", msgid("By volume"), "percent"),
        Column("services", msgid("Services followed"), "number"),
        Column("beside", msgid("Beside the neighbours"), "percent"),
        Column("compared", msgid("Services compared"), "number"),
    )
    return Table(
        key="indices",
        title=msgid("Price and volume"),
        caption=msgid("What of the change of cost is price and what is volume, in real terms."),
        columns=columns,
        rows=tuple(_cells(row) for row in rows),
        notes=(FISHER, LEFT_OUT, NET_OUTTURN, BESIDE, *left_out_of_it(withheld), NO_EFFICIENCY),
        period=period,
        price_base=price_base,
    )


def _cells(row: IndexRow) -> tuple[Cell, ...]:
    cost = None if row.price is None or row.volume is None else row.price * row.volume
    changes = (_change(each) for each in (cost, row.price, row.volume))
    return (row.partner, row.first or Absent.NOT_KNOWN, *changes, row.services, _change(row.beside), row.compared)


def _change(factor: float | None) -> Cell:
    return Absent.NOT_KNOWN if factor is None else factor - 1
