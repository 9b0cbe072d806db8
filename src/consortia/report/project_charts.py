"""Charts of projects, each drawn from the table that stands under it: waterfall, cash flow, fan, tornado, phasing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consortia.report.charts import CONFIG, GAIN, GREY, INK, LABEL_LINES, LOSS, UNITS, Chart, fan_chart, in_lines
from consortia.report.language import MILLIONS, Language, Scale, scale_for
from consortia.report.paper import Fan
from consortia.report.tables import Table
from consortia.report.words import Cell, Message, Quantity, msgid, say

Spec = dict[str, Any]
WIDTH = 560
PATTERN = (GAIN, LOSS, "#00703c", GREY, "#5694ca", "#912b88", "#f499be", "#85994b")
"""Colours of projects, told apart by their order too: the legend follows the order of the bars."""
MANY = 8
NARROW, WIDE = 13, 46
"""Letters in a line of a label under a bar, and beside one or in a legend."""
LINE_STEP, BAR = 15, 16


def chart_of(table: Table, language: Language) -> Chart | None:
    """The chart of a table; None for a table that has none, or nothing to draw."""
    draw = DRAWN.get(table.key)
    return draw(table, language) if draw and table.rows and len(table.columns) > 1 else None


def _waterfall(table: Table, language: Language) -> Chart:
    """Bars that hang from each other: what comes in, what goes out, and what is left."""
    *steps, last = [(row[0], _number(row[1])) for row in table.rows]
    scale = _scale([amount for _, amount in (*steps, last)])
    level, values = 0.0, []
    for name, amount in steps:
        values.append(_bar(language, name, level, level + amount, scale, "gain" if amount >= 0 else "loss"))
        level += amount
    values.append(_bar(language, last[0], 0.0, last[1], scale, "total"))
    place = {
        "field": "name", "type": "nominal", "sort": None, "title": None,
        "axis": {"labelAngle": 0, "labelFontSize": 11} | LABEL_LINES,
    }  # fmt: skip
    bars = {
        "mark": {"type": "bar"},
        "encoding": {"x": place, "y": _money("from", language, scale), "y2": {"field": "to"}, "color": _signs()},
    }
    summary = say(
        msgid("From left to right what comes in lifts the bars and what goes out lowers them; {total} is left."),
        total=Quantity(last[1], "money"),
    )
    return _chart(table, _spec(values, [_zero("y"), bars], height=300), summary)


def _bar(language: Language, name: Cell, start: float, end: float, scale: Scale, sign: str) -> Spec:
    label = in_lines(language.cell(name), NARROW)
    return {"name": label, "from": start / scale.divisor, "to": end / scale.divisor, "sign": sign}


def _cash_flow(table: Table, language: Language) -> Chart:
    """Bars up for what comes in, down for what goes out, and a line for the running total."""
    years = [str(row[0]) for row in table.rows]
    comes, goes, totals = ([_number(row[place]) for row in table.rows] for place in (1, 2, 4))
    scale = _scale([*comes, *goes, *totals])
    values = [
        {"year": year, "comes": up / scale.divisor, "goes": down / scale.divisor, "total": total / scale.divisor}
        for year, up, down, total in zip(years, comes, goes, totals, strict=True)
    ]
    year = _year()
    layers = [
        {"mark": {"type": "bar", "color": GAIN}, "encoding": {"x": year, "y": _money("comes", language, scale)}},
        {"mark": {"type": "bar", "color": LOSS}, "encoding": {"x": year, "y": _money("goes", language, scale)}},
        _zero("y"),
        {
            "mark": {"type": "line", "color": INK, "strokeWidth": 2, "point": {"color": INK, "size": 40}},
            "encoding": {"x": year, "y": _money("total", language, scale)},
        },
    ]
    lowest = min(range(len(totals)), key=totals.__getitem__)
    summary = say(
        msgid("Bars above the line come in, bars below go out; the running total is lowest in {year}, at {lowest}, and "
              "ends at {last}."),
        year=years[lowest],
        lowest=Quantity(totals[lowest], "money"),
        last=Quantity(totals[-1], "money"),
    )  # fmt: skip
    return _chart(table, _spec(values, layers, height=300), summary)


def _fan(table: Table, language: Language) -> Chart:
    """The middle line with the band from P10 to P90."""
    years = tuple(str(row[0]) for row in table.rows)
    low, middle, high = (tuple(_number(row[place]) for row in table.rows) for place in (1, 2, 3))
    drawn = fan_chart(Fan(years, low, middle, high), language, price_base=table.price_base)
    return Chart(table.key, _title(table), drawn.spec, drawn.summary, table)


def _tornado(table: Table, language: Language) -> Chart:
    """A bar for each input from its result at P10 to that at P90, the widest on top."""
    keys = [column.key for column in table.columns]
    low, high = keys.index("at_low"), keys.index("at_high")
    rows = [(in_lines(language.cell(row[0]), WIDE), _number(row[low]), _number(row[high])) for row in table.rows]
    scale = _scale([amount for row in rows for amount in row[1:]])
    values = [
        {"name": name, "from": at_low / scale.divisor, "to": at_high / scale.divisor,
         "sign": "gain" if at_high >= at_low else "loss"}
        for name, at_low, at_high in rows
    ]  # fmt: skip
    lines = max(name.count("\n") + 1 for name, *_ in rows)
    place = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": LABEL_LINES}
    x = _money("from", language, scale) | {"scale": {"zero": False}}
    x["axis"] |= {"tickCount": 6}
    bars = {
        "mark": {"type": "bar", "height": BAR},
        "encoding": {"y": place, "x": x, "x2": {"field": "to"}, "color": _signs()},
    }
    summary = say(
        msgid("Each bar runs from the result at the input's P10 to that at its P90, the widest on top: {name}, from "
              "{low} to {high}."),
        name=table.rows[0][0],
        low=Quantity(rows[0][1], "money"),
        high=Quantity(rows[0][2], "money"),
    )  # fmt: skip
    return _chart(table, _spec(values, [bars], height={"step": BAR + LINE_STEP * lines - 5}), summary)


def _phasing(table: Table, language: Language) -> Chart:
    """Stacked bars by year, one colour for each project; small ones together where there are many."""
    names = [language.words(column.title) for column in table.columns[1:]]
    columns = [[_number(row[place]) for row in table.rows] for place in range(1, len(table.columns))]
    order = sorted(range(len(names)), key=lambda place: -sum(columns[place]))
    shown, rest = order[: MANY - 1], order[MANY - 1 :]
    series = {in_lines(names[place], WIDE): columns[place] for place in shown}
    if rest:
        series[language.text(msgid("All others"))] = [
            sum(year) for year in zip(*(columns[p] for p in rest), strict=True)
        ]
    scale = _scale([sum(year) for year in zip(*columns, strict=True)])
    values = [
        {"year": str(row[0]), "project": name, "amount": amounts[t] / scale.divisor}
        for name, amounts in series.items()
        for t, row in enumerate(table.rows)
    ]
    colour = {
        "field": "project", "type": "nominal", "title": None, "sort": list(series),
        "scale": {"domain": list(series), "range": list(PATTERN[: len(series)])},
        "legend": {"orient": "bottom", "columns": 2, "labelFontSize": 12} | LABEL_LINES,
    }  # fmt: skip
    bars = {
        "mark": {"type": "bar"},
        "encoding": {"x": _year(), "y": _money("amount", language, scale), "color": colour},
    }
    totals = [sum(year) for year in zip(*columns, strict=True)]
    summary = say(
        msgid("The projects together save {first} in {year} and {last} in {end}."),
        first=Quantity(next((total for total in totals if total), 0.0), "money"),
        year=str(next((row[0] for row, total in zip(table.rows, totals, strict=True) if total), table.rows[0][0])),
        last=Quantity(totals[-1], "money"),
        end=str(table.rows[-1][0]),
    )
    return _chart(table, _spec(values, [bars], height=300), summary)


DRAWN: Mapping[str, Callable[[Table, Language], Chart]] = {
    "waterfall": _waterfall,
    "projects_cash_flow": _cash_flow,
    "projects_fan": _fan,
    "tornado": _tornado,
    "phasing": _phasing,
}


def _chart(table: Table, spec: Spec, summary: Message) -> Chart:
    return Chart(table.key, _title(table), spec, summary, table)


def _title(table: Table) -> str:
    return table.title if isinstance(table.title, str) else table.key


def _number(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def _scale(amounts: Sequence[float]) -> Scale:
    largest = max(map(abs, amounts), default=0)
    return MILLIONS if largest >= 10_000_000 else scale_for(amounts)


def _year() -> Spec:
    return {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}}


def _money(field: str, language: Language, scale: Scale) -> Spec:
    axis = {"title": language.words(UNITS[scale.divisor]), "grid": True, "gridColor": "#dddddd", "format": ",~f"}
    return {"field": field, "type": "quantitative", "axis": axis}


def _zero(axis: str) -> Spec:
    return {"mark": {"type": "rule", "color": INK}, "encoding": {axis: {"datum": 0, "type": "quantitative"}}}


def _signs() -> Spec:
    scale = {"domain": ["gain", "loss", "total"], "range": [GAIN, LOSS, INK]}
    return {"field": "sign", "type": "nominal", "legend": None, "scale": scale}


def _spec(values: list[Spec], layers: list[Spec], *, height: Any) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": height,
        "config": CONFIG,
        "data": {"values": values},
        "layer": layers,
    }
