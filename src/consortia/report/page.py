"""The decision paper as one HTML page that needs nothing else: no script, no asset from elsewhere, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from consortia.findings import Finding
from consortia.report.charts import Chart, charts_of, svg
from consortia.report.headline import COUNTED_TOGETHER, NOTHING_SHARED, headline, projects_first
from consortia.report.hexmap import map_summary, map_svg, map_table
from consortia.report.language import Language, gravest_first, translator
from consortia.report.paper import HexMap, PaperContent
from consortia.report.paper_tables import refusals_table
from consortia.report.project_charts import chart_of
from consortia.report.stated import stated
from consortia.report.tables import Table
from consortia.report.trace import traced_figures
from consortia.report.worded import WordedCell, WordedRow, WordedTable, worded
from consortia.report.words import Absent, Cell, Link, Message, Quantity, Words, finding_anchor, say_count

LONG = 40
"""Rows; a longer table is folded."""


def page(content: PaperContent, *, language: str, other_href: str = "") -> str:
    """The paper as HTML in "en" or "cy"; `other_href` is where the same paper stands in the other language.

    Every figure carries its key in `data-figure` and, where the run explains it, links to its formula on the page.
    """
    words, traced = translator(language), tuple(traced_figures(content))
    explained = frozenset(figure.key for figure, _ in traced)
    template = _environment().get_template("paper.html.j2")
    return template.render(
        c=content,
        lang=words,
        _=_Sentence(words, explained),
        show=_Show(words, explained),
        headline=headline(content),
        counted_together=COUNTED_TOGETHER,
        nothing_shared=NOTHING_SHARED,
        table=lambda table: worded(table, words),
        charts=[_picture(chart, words) for chart in charts_of(content, words)],
        agreements=[worded(table, words) for table in content.agreements],
        projects=[(worded(table, words), _pictures(table, words)) for table in content.projects],
        maps=[_map(hexes, words, number) for number, hexes in enumerate(content.maps, 1)],
        traced=traced,
        stated=lambda figure: stated(figure, words),
        folding=_folding,
        projects_first=projects_first(content),
        refusals=refusals_table(content.decision),
        not_shared=lambda table: _not_shared(len(table.rows)),
        findings=_anchored(_alike(content.findings)),
        more_of=_more_of,
        other_href=other_href,
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("consortia.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Sentence:
    """The `_` of the template: a sentence of the catalogue with its values, escaped."""

    def __init__(self, language: Language, explained: frozenset[str]) -> None:
        self._show = _Show(language, explained)
        self._language = language

    def __call__(self, sentence: str, /, **values: Cell) -> Markup:
        """The sentence; its quantities carry their figure's key."""
        shown = {name: self._show.cell(value) for name, value in values.items()}
        return Markup(escape(self._language.catalogue.gettext(sentence))).format(**shown)  # noqa: S704  (escaped)


class _Show:
    """Words and cells as HTML: escaped, with the key of the figure and, where there is one, a link to its formula."""

    def __init__(self, language: Language, explained: frozenset[str]) -> None:
        self._language = language
        self._explained = explained

    def words(self, words: Words) -> Markup:
        """A name or a sentence; quantities inside carry their figure's key."""
        if not isinstance(words, Message):
            return escape(self._language.words(words))
        values = {name: self.cell(value) for name, value in words.values}
        return Markup(escape(self._language.template(words))).format(**values)  # noqa: S704  (escaped)

    def cell(self, value: Cell) -> Markup:
        """A value inside a sentence."""
        if isinstance(value, Quantity):
            return self.figure(self._language.quantity(value), value.value, value.key)
        if isinstance(value, Link):
            return Markup('<a href="#{}">{}</a>').format(value.to, self._language.words(value.words))
        return escape(self._language.cell(value))

    def worded(self, cell: WordedCell) -> Markup:
        """A cell of a table."""
        if cell.foreign:
            return Markup('<span lang="en">{}</span>').format(cell.text)
        raw = cell.raw.value if isinstance(cell.raw, Quantity) else cell.raw
        return self.figure(cell.text, raw, cell.key)

    def figure(self, text: str, raw: Any, key: str) -> Markup:
        """A number with its raw value and key; a link where its formula stands on the page."""
        if isinstance(raw, Absent) or raw is None:
            return escape(text)
        if not key:
            return Markup('<span class="q">{}</span>').format(text) if isinstance(raw, int | float) else escape(text)
        data = Markup('<data value="{}" data-figure="{}" title="{}">{}</data>').format(raw, key, key, text)
        linked = key in self._explained
        return Markup('<a class="f" href="#{}">{}</a>').format(anchor(key), data) if linked else data


@dataclass(frozen=True, slots=True)
class _Folding:
    """A table as it first meets the eye: what is open, and what a reader opens."""

    shown: WordedTable | None
    folded: WordedTable | None = None
    opener: Message | None = None


def _folding(table: WordedTable) -> _Folding:
    """A long table is folded; of a long decision table only the services not to be shared, if any are."""
    refused = tuple(row for row in table.rows if WordedRow(row).refused)
    if len(table.rows) <= LONG or len(refused) == len(table.rows):
        return _Folding(table)
    if not refused:
        every = say_count("Show the {count} row of this table", "Show the {count} rows of this table", len(table.rows))
        return _Folding(None, table, every)
    shared = tuple(row for row in table.rows if row not in refused)
    rest = replace(table, rows=refused, key=f"{table.key}_rest")
    return _Folding(replace(table, rows=shared), rest, _not_shared(len(refused)))


def _not_shared(count: int) -> Message:
    """What opens the services not to be shared."""
    return say_count(
        "Show the {count} service not to be shared, with the reason",
        "Show the {count} services not to be shared, with the reasons",
        count,
    )


def _alike(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """The findings, gravest first, those that say the same of different places together."""
    kinds: dict[str, list[Finding]] = {}
    for finding in gravest_first(findings):
        kinds.setdefault(finding.sentence, []).append(finding)
    return tuple(map(tuple, kinds.values()))


def _anchored(kinds: Iterable[tuple[Finding, ...]]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Each kind of finding with its place on the page; a second kind of the same code has none."""
    known: set[str] = set()
    for alike in kinds:
        code = alike[0].code
        yield "" if code in known else finding_anchor(code), alike
        known.add(code)


def _more_of(alike: tuple[Finding, ...]) -> Message:
    """What opens the findings that say the same as the one shown."""
    return say_count("{count} more finding of this kind", "{count} more findings of this kind", len(alike) - 1)


def anchor(key: str) -> str:
    """The id of a figure's formula on the page."""
    return f"figure-{key.replace(' ', '_')}"


def _pictures(table: Table, language: Language) -> list[dict[str, Any]]:
    """The chart of a table, if it has one; the table itself stands under it."""
    chart = chart_of(table, language)
    return [_picture(chart, language)] if chart else []


def _picture(chart: Chart, language: Language) -> dict[str, Any]:
    return {
        "key": chart.key,
        "title": chart.title,
        "summary": chart.summary,
        "svg": Markup(svg(chart)),  # noqa: S704  (drawn by us; its texts are escaped by the renderer)
        "data": worded(chart.data, language),
    }


def _map(hexes: HexMap, language: Language, number: int) -> dict[str, Any]:
    key = f"map{number}"
    drawn = Markup(map_svg(hexes, language, key=key))  # noqa: S704  (drawn by us; its texts are escaped)
    data = worded(map_table(hexes, ""), language)
    return {"key": key, "title": data.title, "summary": map_summary(hexes), "svg": drawn, "data": data}
