"""Charts and maps of a run for a page: drawn inline, each with its words and its numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consortia.report.charts import Chart, charts_of, svg
from consortia.report.hexmap import map_summary, map_svg, map_table
from consortia.report.language import Language
from consortia.report.paper import PaperContent
from consortia.report.project_charts import chart_of
from consortia.report.tables import Table
from consortia.report.worded import WordedTable, worded


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows in sentences, and its numbers."""

    key: str
    title: str
    summary: tuple[str, ...]
    drawing: Markup
    data: WordedTable


def charts_for(content: PaperContent, language: Language) -> tuple[Picture, ...]:
    """The charts of what a person may read of a run: totals of services and of all partners, then of the projects.

    Where nothing is to be shared the first of these would be empty and flat: they are left out.
    """
    sharing = charts_of(content, language) if content.summary.shared else ()
    projects = (chart_of(table, language) for table in content.projects)
    drawn = (*sharing, *(chart for chart in projects if chart))
    return tuple(_picture(chart, language) for chart in drawn)


def picture_of(table: Table, language: Language) -> Picture | None:
    """The chart of a table of projects; None for a table that has none."""
    chart = chart_of(table, language)
    return _picture(chart, language) if chart else None


def maps_for(content: PaperContent, language: Language) -> tuple[Picture, ...]:
    """The hexagon map of each service: who would share it with whom."""
    pictures = []
    for number, hexes in enumerate(content.maps, 1):
        key, data = f"map{number}", worded(map_table(hexes, ""), language)
        drawn = Markup(map_svg(hexes, language, key=key))  # noqa: S704  (drawn by us; its texts are escaped)
        summary = tuple(language.words(each) for each in map_summary(hexes))
        pictures.append(Picture(key, data.title, summary, drawn, data))
    return tuple(pictures)


def _picture(chart: Chart, language: Language) -> Picture:
    drawing = Markup(svg(chart))  # noqa: S704  (drawn by us; its texts are escaped by the renderer)
    words = (language.words(chart.summary),)
    return Picture(chart.key, language.words(chart.title), words, drawing, worded(chart.data, language))
