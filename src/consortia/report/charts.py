"""Charts as Vega-Lite specifications, drawn to SVG or PNG without a browser; the same data give the same picture."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

import vl_convert

from consortia.report.language import MILLIONS, Language, Scale, scale_for
from consortia.report.paper import Fan, PaperContent, Span
from consortia.report.tables import Column, Table
from consortia.report.words import Message, Quantity, msgid, say

INK, GAIN, LOSS, GREY = "#0b0c0c", "#00558c", "#b3470f", "#6f777b"
FONT = "Liberation Sans, Arial, sans-serif"
UNITS = {1: msgid("pounds (£)"), 1_000: msgid("thousand pounds (£k)"), 1_000_000: msgid("million pounds (£m)")}
LABEL_LINES: dict[str, Any] = {"labelExpr": "split(datum.label, '\\n')", "labelLimit": 0}
"""Of an axis or legend whose labels stand in lines: none of them is cut."""
LABEL_WIDTH = 46
CONFIG = {
    "font": FONT,
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": INK, "labelLimit": 320},
    "view": {"stroke": None},
    "background": "#ffffff",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: specification, what it shows in a sentence, and its numbers as a table for those who cannot see it."""

    key: str
    title: str
    spec: dict[str, Any]
    summary: Message
    data: Table

    def _repr_svg_(self) -> str:
        """The chart as a notebook shows it."""
        return svg(self)


def charts_of(content: PaperContent, language: Language) -> tuple[Chart, ...]:
    """The charts of a paper: net saving by service with its range, and the cumulative cash flow with its range."""
    period = content.decision.period
    drawn = []
    if content.by_service:
        drawn.append(whisker_chart(content.by_service, language, period=period, price_base=content.base_year))
    if content.fan:
        drawn.append(fan_chart(content.fan, language, price_base=content.base_year))
    return tuple(drawn)


def whisker_chart(spans: Sequence[Span], language: Language, *, period: Any, price_base: str) -> Chart:
    """Net saving of each span as a dot (P50) on a line (P10 to P90); below zero has its own colour and shape."""
    scale = _scale([span.low for span in spans] + [span.high for span in spans])
    values = [
        {
            "name": in_lines(language.words(span.name), LABEL_WIDTH),
            "low": span.low / scale.divisor,
            "middle": span.middle / scale.divisor,
            "high": span.high / scale.divisor,
            "sign": "loss" if span.low < 0 else "gain",
        }
        for span in spans
    ]
    columns = (Column("service", msgid("Service")), *_quantile_columns())
    rows = tuple((span.name, span.low, span.middle, span.high) for span in spans)
    title = msgid("Net saving by service, from cautious to hopeful")
    data = Table("chart_services", title, title, columns, rows, period=period, price_base=price_base)
    return Chart("by_service", title, _whisker_spec(values, language, scale), _whisker_summary(spans), data)


def fan_chart(fan: Fan, language: Language, *, price_base: str) -> Chart:
    """Cumulative net cash flow of all partners: the middle line, and the band from P10 to P90."""
    scale = _scale([*fan.low, *fan.high])
    values = [
        {"year": year, "low": low / scale.divisor, "middle": middle / scale.divisor, "high": high / scale.divisor}
        for year, low, middle, high in zip(fan.years, fan.low, fan.middle, fan.high, strict=True)
    ]
    title = msgid("Running total of costs and savings, all partners")
    columns = (Column("year", msgid("Year"), "year"), *_quantile_columns())
    rows = tuple(zip(fan.years, fan.low, fan.middle, fan.high, strict=True))
    period = say(msgid("{first} to {last}"), first=fan.years[0], last=fan.years[-1])
    data = Table("chart_fan", title, title, columns, rows, period=period, price_base=price_base)
    return Chart("fan", title, _fan_spec(values, language, scale), _fan_summary(fan), data)


def svg(chart: Chart) -> str:
    """The chart as an SVG element for a page; ids are its own, so that several fit on one page."""
    drawn = _svg(json.dumps(chart.spec, sort_keys=True, ensure_ascii=False))
    drawn = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{chart.key}-", drawn)
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """The chart as a PNG for a document."""
    spec = json.dumps(chart.spec, sort_keys=True, ensure_ascii=False)
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale))


def svg_to_png(drawn: str, *, scale: float = 2.0) -> bytes:
    """Any SVG as a PNG for a document."""
    return bytes(vl_convert.svg_to_png(drawn, scale=scale))


def in_lines(text: str, width: int) -> str:
    """A label in lines of at most `width` letters where its words allow, for an axis or legend `LABEL_LINES`."""
    return "\n".join(wrap(text, width, break_long_words=False, break_on_hyphens=False))


@lru_cache(maxsize=128)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def _scale(amounts: Sequence[float]) -> Scale:
    scale = scale_for(amounts)
    return MILLIONS if max(map(abs, amounts), default=0) >= 10_000_000 else scale


def _quantile_columns() -> tuple[Column, ...]:
    return (
        Column("low", msgid("Cautious view (P10)"), "money"),
        Column("middle", msgid("Middle view (P50)"), "money"),
        Column("high", msgid("Hopeful view (P90)"), "money"),
    )


def _whisker_spec(values: list[dict[str, Any]], language: Language, scale: Scale) -> dict[str, Any]:
    axis = {"title": language.words(UNITS[scale.divisor]), "grid": True, "gridColor": "#dddddd", "format": ",~f"}
    order = [value["name"] for value in values]
    colour = {
        "field": "sign", "type": "nominal", "legend": None,
        "scale": {"domain": ["gain", "loss"], "range": [GAIN, LOSS]},
    }  # fmt: skip
    place = {"field": "name", "type": "nominal", "sort": order, "title": None, "axis": LABEL_LINES}
    return _spec(
        values,
        [
            {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
            {
                "mark": {"type": "rule", "size": 4},
                "encoding": {
                    "y": place, "color": colour,
                    "x": {"field": "low", "type": "quantitative", "axis": axis}, "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    "y": place, "color": colour, "x": {"field": "middle", "type": "quantitative"},
                    "shape": {
                        "field": "sign", "type": "nominal", "legend": None,
                        "scale": {"domain": ["gain", "loss"], "range": ["circle", "diamond"]},
                    },
                },
            },
        ],
        height={"step": 30},
    )  # fmt: skip


def _fan_spec(values: list[dict[str, Any]], language: Language, scale: Scale) -> dict[str, Any]:
    year = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "labelOverlap": True}}
    title = language.words(UNITS[scale.divisor])
    axis = {"title": title, "gridColor": "#dddddd", "format": ",~f"}
    line = {"field": "middle", "type": "quantitative"}
    return _spec(
        values,
        [
            {
                "mark": {"type": "area", "color": GAIN, "opacity": 0.25},
                "encoding": {
                    "x": year, "y": {"field": "low", "type": "quantitative", "axis": axis}, "y2": {"field": "high"},
                },
            },
            {"mark": {"type": "rule", "color": INK}, "encoding": {"y": {"datum": 0, "type": "quantitative"}}},
            {
                "mark": {"type": "line", "color": GAIN, "strokeWidth": 3, "point": {"color": GAIN, "size": 50}},
                "encoding": {"x": year, "y": line},
            },
        ],
        height=300,
    )  # fmt: skip


def _spec(values: list[dict[str, Any]], layers: list[dict[str, Any]], *, height: Any) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": height,
        "config": CONFIG,
        "data": {"values": values},
        "layer": layers,
    }


def _whisker_summary(spans: Sequence[Span]) -> Message:
    best = max(spans, key=lambda span: span.middle)
    return say(
        msgid(
            "For each service a line from the cautious to the hopeful view, with a mark at the middle view; a diamond "
            "marks a service whose cautious view is a loss. The largest is {name}: {middle}, from {low} to {high}."
        ),
        name=best.name,
        middle=Quantity(best.middle, "money"),
        low=Quantity(best.low, "money"),
        high=Quantity(best.high, "money"),
    )


def _fan_summary(fan: Fan) -> Message:
    lowest = min(range(len(fan.years)), key=lambda place: fan.middle[place])
    return say(
        msgid(
            "The running total in the middle view is lowest in {year}, at {lowest}, and reaches {last} at the end of "
            "{end}; the band runs from {low} to {high} in that year."
        ),
        year=fan.years[lowest],
        lowest=Quantity(fan.middle[lowest], "money"),
        last=Quantity(fan.middle[-1], "money"),
        end=fan.years[-1],
        low=Quantity(fan.low[-1], "money"),
        high=Quantity(fan.high[-1], "money"),
    )
