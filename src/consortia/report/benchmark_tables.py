"""Tables of the comparison beyond unit costs: what size does, who is most alike, and how spending has moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortia.benchmarking import Neighbours, ScaleFinding, Trend
from consortia.benchmarking.scale import Verdict
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.study.definition import Text

SERVICE = Column("service", msgid("Service"))
VERDICTS: Mapping[Verdict, str] = {
    "bigger_costs_less": msgid("Bigger costs less"),
    "bigger_costs_more": msgid("Bigger costs more"),
    "cannot_tell": msgid("Cannot tell"),
}
WITH_BAND = msgid("{middle} ({low} to {high})")
BAND = msgid("In brackets: the band in which the truth lies, except in one case in twenty.")
SIZES = msgid("{service}: measured on councils of {smallest} to {largest} {units}.")
BY_CHANCE = msgid("Of {count} services, chance alone may show an effect in about {expected}.")
ELASTICITY = msgid("An elasticity of 1 means that cost grows in step with size; below 1, bigger costs less.")
ONE_SERVICE = msgid("{service}: {note}")
NO_BREAKS_ON_RECORD = msgid("No break is on record for these figures, which does not say that there was none.")
NET_OUTTURN = msgid("Net current expenditure of the published outturns, not of the partners' own returns.")
BREAK = msgid("{service}, {year}: {reason}")
BREAK_OVER_YEARS = msgid("{service}, {year} to {until}: {reason}")
MAIN_DIFFERENCES = msgid("{first} ({first_part}), {second} ({second_part}), {third} ({third_part})")
PARTS = msgid("The farthest is at distance 1. In brackets: each indicator's part in the square of the distance.")
WORTH = msgid(
    "Worth at most: what the partner would spend less each year at the first quartile of its neighbours, if every "
    "difference were waste; need, quality and accounting differ too."
)
RELIABILITY = msgid(
    "Drawn in: the same times the reliability, the part of the differences in its class that lasts from year to year."
)
NOT_FIT = msgid("Left out, because their returns have errors open or are of a part of the year: {partners}.")
NOT_ADDED = msgid("The total holds the services above it: do not add it to them.")
LOOK_FIRST = msgid("{service} of {partner} is far out of line: look at the figure itself first.")
WEIGHED = msgid("Weighed: {indicator} counts {weight} times.")


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """The scale curve of one service; volumes are counted in `denominator`."""

    service: Text
    denominator: Text
    finding: ScaleFinding


def scale_table(rows: Sequence[ScaleRow], *, edition: str, period: str) -> Table:
    """Does bigger cost less: the verdict for each service, its band, how many councils bear it, and its limits."""
    columns = (
        SERVICE,
        Column("verdict", msgid("Does bigger cost less?")),
        Column("change", msgid("Change of unit cost when size doubles")),
        Column("elasticity", msgid("Elasticity"), "number"),
        Column("n", msgid("Councils"), "number"),
    )
    return Table(
        key="scale",
        title=msgid("Does bigger cost less here?"),
        caption=say(msgid("What size does to the cost of a service, from {edition}."), edition=edition),
        columns=columns,
        rows=tuple(_scale_cells(row) for row in rows),
        notes=(BAND, ELASTICITY, *_by_chance(rows), *_scale_notes(rows), *_sizes(rows)),
        period=period,
    )


def _scale_cells(row: ScaleRow) -> tuple[Cell, ...]:
    found = row.finding
    return row.service, VERDICTS[found.verdict], _change(found), found.elasticity, found.n


def _change(found: ScaleFinding) -> Cell:
    change = found.unit_cost_change()
    if change is None:
        return Absent.NOT_KNOWN
    low, middle, high = (Quantity(value, "percent") for value in change)
    return say(WITH_BAND, middle=middle, low=low, high=high)


def _by_chance(rows: Sequence[ScaleRow]) -> tuple[Words, ...]:
    if len(rows) < 2:
        return ()
    expected = sum(row.finding.error_rate for row in rows)
    return (say(BY_CHANCE, count=len(rows), expected=Quantity(round(expected, 1), "number")),)


def _sizes(rows: Sequence[ScaleRow]) -> tuple[Words, ...]:
    """Between which sizes the finding holds, where one service is asked for."""
    if len(rows) != 1 or rows[0].finding.smallest is None:
        return ()
    found = rows[0].finding
    ends = {
        "smallest": Quantity(round(found.smallest or 0), "number"),
        "largest": Quantity(round(found.largest or 0), "number"),
    }
    return (say(SIZES, service=rows[0].service, units=rows[0].denominator, **ends),)


def _scale_notes(rows: Sequence[ScaleRow]) -> tuple[Words, ...]:
    """Caveats of every service once; those of some with the names of the services."""
    listed = dict.fromkeys(caveat for row in rows for caveat in row.finding.caveats)
    notes: list[Words] = []
    for caveat in listed:
        of = tuple(row.service for row in rows if caveat in row.finding.caveats)
        notes.append(caveat if len(of) == len(rows) else say(ONE_SERVICE, service=of, note=caveat))
    return tuple(notes)


def neighbour_table(name: Text, found: Neighbours, *, names: Mapping[str, Text], weights: Mapping[str, float]) -> Table:
    """The authorities most like one, nearest first, with the indicators that make most of each distance."""
    columns = (
        Column("authority", msgid("Authority")),
        Column("distance", msgid("Distance"), "number"),
        Column("differences", msgid("Differs most in")),
        Column("variables", msgid("Indicators"), "number"),
    )
    rows = tuple(
        (names[each.code], each.distance, _main_differences(each.contributions), each.variables) for each in found
    )
    weighed = tuple(say(WEIGHED, indicator=key, weight=value) for key, value in weights.items())
    return Table(
        key="neighbours",
        title=say(msgid("Authorities most like {authority}"), authority=name),
        caption=say(
            msgid("The nearest of {compared} authorities of the same class, by indicators of the area."),
            compared=found.compared,
        ),
        columns=columns,
        rows=rows,
        notes=(PARTS, *weighed, *found.caveats),
    )


def _main_differences(contributions: tuple[tuple[str, float], ...]) -> Cell:
    if len(contributions) < 3:
        return tuple(name for name, _ in contributions)
    values: dict[str, Cell] = {}
    for place, (name, part) in zip(("first", "second", "third"), contributions[:3], strict=True):
        values |= {place: name, f"{place}_part": Quantity(round(part, 2), "percent")}
    return say(MAIN_DIFFERENCES, **values)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One partner's series of a service; `reasons` gives the words of each break in it, by its year."""

    service: Text
    partner: Text
    trend: Trend
    reasons: Mapping[str, Text]


def trend_table(rows: Sequence[TrendRow], *, period: Words, price_base: str) -> Table:
    """How spending has moved in real terms, each from the last sudden break in its series; pounds."""
    columns = (
        SERVICE,
        Column("partner", msgid("Partner")),
        Column("since", msgid("From"), "year"),
        Column("first", msgid("Then"), "money"),
        Column("last", msgid("Now"), "money"),
        Column("change", msgid("Change"), "percent"),
        Column("yearly", msgid("Change a year"), "percent"),
        Column("breaks", msgid("Breaks in the series")),
    )
    return Table(
        key="trends",
        title=msgid("How spending has moved"),
        caption=msgid(
            "Spending on each service in real terms, from the first year that can be compared with the last (then) to "
            "the last (now)."
        ),
        columns=columns,
        rows=tuple(_trend_cells(row) for row in rows),
        notes=(NET_OUTTURN, *_trend_notes(rows)),
        period=period,
        price_base=price_base,
    )


def _trend_cells(row: TrendRow) -> tuple[Cell, ...]:
    trend = row.trend
    known = [(year, value) for year, value in trend.values if value is not None and year >= trend.since]
    years = tuple(each.year if not each.until else f"{each.year} – {each.until}" for each in trend.breaks)
    return (
        row.service, row.partner, trend.since, known[0][1] if known else None, known[-1][1] if known else None,
        trend.change, trend.yearly_change, years or Absent.NOT_APPLICABLE,
    )  # fmt: skip


def _trend_notes(rows: Sequence[TrendRow]) -> tuple[Words, ...]:
    caveats = dict.fromkeys(caveat for row in rows for caveat in row.trend.caveats)
    breaks: dict[Words, None] = {}
    for row in rows:
        for each in row.trend.breaks:
            values: dict[str, Cell] = {"service": row.service, "year": each.year, "reason": row.reasons[each.year]}
            until = {"until": each.until} if each.until else {}
            breaks[say(BREAK_OVER_YEARS if each.until else BREAK, **values, **until)] = None
    return (*caveats, *(breaks or (NO_BREAKS_ON_RECORD,)))


@dataclass(frozen=True, slots=True)
class GapRow:
    """A partner's unit cost beside its nearest neighbours, and what the way to their first quartile is worth.

    `gap` is the difference from their median as a share of it. `potential` (pounds a year) is an upper bound and
    `shrunk` the same times `reliability`, the part of differences that lasts; `far_out` marks a figure to be checked.
    """

    service: Text
    partner: Text
    unit_cost: float
    median: float
    neighbours: int
    gap: float
    potential: float
    reliability: float | None
    far_out: bool

    @property
    def shrunk(self) -> float | None:
        """The potential drawn in, pounds a year; None where its reliability cannot be measured."""
        return None if self.reliability is None else self.potential * self.reliability


def gap_table(rows: Sequence[GapRow], *, period: str, price_base: str, withheld: tuple[Text, ...] = ()) -> Table:
    """The distance of each partner from its neighbours in per cent and in pounds a year, with how sure it is."""
    columns = (
        SERVICE,
        Column("partner", msgid("Partner")),
        Column("unit_cost", msgid("Cost per unit"), "unit_cost"),
        Column("median", msgid("Neighbours"), "unit_cost"),
        Column("gap", msgid("Difference"), "percent"),
        Column("reliability", msgid("Reliability"), "percent"),
        Column("potential", msgid("Worth at most"), "money"),
        Column("shrunk", msgid("Drawn in"), "money"),
    )
    return Table(
        key="gaps",
        title=msgid("How far each partner is from its neighbours"),
        caption=msgid("Cost per unit beside the median of the neighbours, and what the difference may be worth."),
        columns=columns,
        rows=tuple(_gap_cells(row) for row in rows),
        notes=(WORTH, RELIABILITY, *left_out_of_it(withheld), *_not_added(rows), *_far_out(rows)),
        period=period,
        price_base=price_base,
    )


def left_out_of_it(withheld: tuple[Text, ...]) -> tuple[Words, ...]:
    """Who is not compared, because its return has errors open or is of a part of the year."""
    return (say(NOT_FIT, partners=withheld),) if withheld else ()


def _gap_cells(row: GapRow) -> tuple[Cell, ...]:
    return (
        row.service, row.partner, row.unit_cost, row.median, row.gap, row.reliability, row.potential, row.shrunk,
    )  # fmt: skip


def _not_added(rows: Sequence[GapRow]) -> tuple[Words, ...]:
    return (NOT_ADDED,) if len({row.service for row in rows}) > 1 else ()


def _far_out(rows: Sequence[GapRow]) -> tuple[Words, ...]:
    return tuple(say(LOOK_FIRST, service=row.service, partner=row.partner) for row in rows if row.far_out)
