"""A funnel in words and as a picture: who lies outside the limits, what the limits hold, and what neither may say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consortia.benchmarking import Funnel
from consortia.benchmarking.funnel import FunnelPoint
from consortia.report.charts import FONT, GAIN, GREY, INK, LOSS, Chart
from consortia.report.language import Language
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Quantity, Words, msgid, say, say_count
from consortia.study.definition import Text

POSITIONS: Mapping[str, str] = {
    "within": msgid("Within the limits"),
    "low": msgid("Below the inner limits"),
    "high": msgid("Above the inner limits"),
    "very low": msgid("Below the outer limits"),
    "very high": msgid("Above the outer limits"),
}
BAND = msgid("{low} to {high}")
TITLE = msgid("Funnel: {outcome}, {year}")
CAPTION = msgid("The councils outside the limits, and those asked for, about the rate of {count} councils together.")
ABOUT = msgid("All of them together: {target}. Inner limits leave 1 in 40 on each side, outer limits 1 in 1,000.")
WIDENED = msgid(
    "Councils differ from each other by {times} times as much as chance would make them; the limits are widened by "
    "that, so that only what stands out beyond lasting differences lies outside."
)
BY_CHANCE = msgid("No more than chance is seen in these differences; the limits are those of chance alone.")
MONEY = msgid(
    "Pounds are no cases: chance cannot be measured in them, and the limits come from how far these councils differ."
)
EXPECTED = msgid("Of {count} councils about {expected} lie outside the inner limits if nothing is the matter anywhere.")
NO_VERDICT = msgid(
    "Outside is a question, not a verdict: need, definitions and errors of counting come first. Inside is no praise. "
    "Nothing here says who does better than whom."
)


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What a funnel is about: the outcome, what it is counted among, its year, and the councils' names in its order.

    `left_out` counts the councils with too few cases for limits; `asked` are those to be shown wherever they lie.
    """

    outcome: Text
    per: Text
    year: str
    councils: tuple[Text, ...]
    among: tuple[float, ...]
    is_money: bool
    left_out: int
    asked: frozenset[Text]


def funnel_table(found: Funnel, words: FunnelWords) -> Table:
    """The councils outside the limits by name, without an order of merit; shares with their inner limits."""
    columns = (
        Column("council", msgid("Council")),
        Column("value", msgid("Result"), "percent"),
        Column("among", say(msgid("Of how many ({units})"), units=words.per), "number"),
        Column("limits", msgid("Inner limits")),
        Column("position", msgid("Where it lies")),
    )
    shown = [place for place in _by_name(words) if _is_shown(place, found, words)]
    return Table(
        key="funnel",
        title=say(TITLE, outcome=words.outcome, year=words.year),
        caption=say(CAPTION, count=len(words.councils)),
        columns=columns,
        rows=tuple(_cells(words.councils[place], words.among[place], found.points[place]) for place in shown),
        notes=(*_width(found, words), *_left_out(words), NO_VERDICT),
        period=words.year,
    )


def _by_name(words: FunnelWords) -> Sequence[int]:
    return sorted(range(len(words.councils)), key=lambda place: words.councils[place].en)


def _is_shown(place: int, found: Funnel, words: FunnelWords) -> bool:
    return found.points[place].position != "within" or words.councils[place] in words.asked


def _cells(council: Text, among: float, point: FunnelPoint) -> tuple[Cell, ...]:
    low, high = (Quantity(_share(end), "percent") for end in (point.lower, point.upper))
    return council, point.value, among, say(BAND, low=low, high=high), POSITIONS[point.position]


def _width(found: Funnel, words: FunnelWords) -> Sequence[Words]:
    """What the limits hold: the common rate, and how far they are widened."""
    about = say(ABOUT, target=Quantity(found.target, "percent"))
    expected = say(EXPECTED, count=len(words.councils), expected=Quantity(round(0.05 * len(words.councils)), "number"))
    if words.is_money:
        return about, MONEY, expected
    if found.dispersion == "none":
        return about, BY_CHANCE, expected
    return about, say(WIDENED, times=Quantity(round(found.phi**0.5, 1), "number")), expected


def _left_out(words: FunnelWords) -> Sequence[Words]:
    if not words.left_out:
        return ()
    left_out = say_count(
        msgid("{count} council has too few cases for limits and is left out."),
        msgid("{count} councils have too few cases for limits and are left out."),
        words.left_out,
    )
    return (left_out,)


def funnel_chart(found: Funnel, words: FunnelWords, language: Language) -> Chart:
    """The funnel as a picture: each council by its size and its rate, the common rate, and both pairs of limits."""
    table = funnel_table(found, words)
    values = [
        {
            "size": size, "rate": point.value, "outside": point.position != "within",
            "name": language.words(council) if _is_named(council, point, words) else "",
        }
        for council, size, point in zip(words.councils, words.among, found.points, strict=True)
    ]  # fmt: skip
    limits = [
        {"size": size} | dict(zip("abcd", map(_share, _ends(point)), strict=True))
        for size, point in sorted(zip(words.among, found.points, strict=True), key=lambda each: each[0])
    ]
    outside = sum(point.position != "within" for point in found.points)
    summary = say(
        msgid("{outside} of {count} councils lie outside the inner limits about {target}."),
        outside=outside, count=len(values), target=Quantity(found.target, "percent"),
    )  # fmt: skip
    return Chart("funnel", language.words(table.title), _spec(values, limits, found, words, language), summary, table)


def _ends(point: FunnelPoint) -> tuple[float, float, float, float]:
    return point.lower, point.upper, point.lowest, point.highest


def _share(end: float) -> float:
    """A limit of a share, which lies between none and all."""
    return min(max(end, 0.0), 1.0)


def _is_named(council: Text, point: FunnelPoint, words: FunnelWords) -> bool:
    """Names stand beyond the outer limits only, and where asked for: more would cover each other."""
    return point.position.startswith("very") or council in words.asked


def _spec(
    values: list[dict[str, Any]], limits: list[dict[str, Any]], found: Funnel, words: FunnelWords, language: Language
) -> dict[str, Any]:
    title = language.words(say(msgid("Of how many ({units})"), units=words.per))
    across = {"field": "size", "type": "quantitative", "axis": {"title": title, "format": ",~f"}}
    up = {"type": "quantitative", "axis": {"title": language.words(msgid("Result")), "format": ".0%"}}
    up["scale"] = {"zero": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": language.words(say(TITLE, outcome=words.outcome, year=words.year)), "fontSize": 14},
        "width": 640, "height": 400, "background": "#ffffff",
        "config": {"font": FONT, "view": {"stroke": None}},
        "layer": [
            *(_limit(limits, end, across, up, inner=end in "ab") for end in "abcd"),
            {
                "data": {"values": [{"target": found.target}]}, "mark": {"type": "rule", "color": INK},
                "encoding": {"y": {"field": "target", **up}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "opacity": 0.9, "size": 45},
                "encoding": {"x": across, "y": {"field": "rate", **up}, "color": _outside(GAIN, LOSS),
                             "shape": _outside("circle", "diamond")},
            },
            {
                "data": {"values": [each for each in values if each["name"]]},
                "mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 11, "color": INK},
                "encoding": {"x": across, "y": {"field": "rate", **up}, "text": {"field": "name"}},
            },
        ],
    }  # fmt: skip


def _limit(
    limits: list[dict[str, Any]], end: str, across: dict[str, Any], up: dict[str, Any], *, inner: bool
) -> dict[str, Any]:
    mark = {"type": "line", "color": GREY, "strokeDash": [] if inner else [4, 4], "clip": True}
    return {"data": {"values": limits}, "mark": mark, "encoding": {"x": across, "y": {"field": end, **up}}}


def _outside(inside: str, beyond: str) -> dict[str, Any]:
    return {
        "field": "outside", "type": "nominal", "legend": None,
        "scale": {"domain": [False, True], "range": [inside, beyond]},
    }  # fmt: skip
