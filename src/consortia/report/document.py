"""The decision paper as a Word document: real headings, repeated header rows, alternative text, its language set."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from consortia.errors import ConsortiaError
from consortia.report.charts import Chart, charts_of, png, svg_to_png
from consortia.report.document_table import add_table
from consortia.report.headline import COUNTED_TOGETHER, NOTHING_SHARED, headline, projects_first
from consortia.report.hexmap import columns_of, map_summary, map_svg
from consortia.report.language import Language, gravest_first, translator
from consortia.report.paper import HexMap, PaperContent
from consortia.report.paper_tables import refusals_table
from consortia.report.project_charts import chart_of
from consortia.report.stated import stated
from consortia.report.tables import Table
from consortia.report.trace import traced_figures
from consortia.report.worded import worded
from consortia.report.words import msgid

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE_MARKS = {"en": "en-GB", "cy": "cy-GB"}
FONT = "Arial"
SPOKEN = 4
"""More sentences than this in answer to one question stand as a list."""
PICTURE_CM, HEXAGON_CM = 17.0, 1.2


def document(content: PaperContent, *, language: str) -> bytes:
    """The paper as the bytes of a .docx file, in "en" or "cy".

    Raises ConsortiaError when the part that writes Word files is not installed.
    """
    words = translator(language)
    paper = _new_document(content, words)
    _brief(paper, content, words)
    charts = {chart.key: chart for chart in charts_of(content, words)}
    if projects_first(content):
        _projects(paper, content, words)
        if content.examined:
            _section(paper, refusals_table(content.decision), words)
    else:
        _section(paper, content.decision, words, charts.get("by_service"))
    _maps(paper, content, words)
    if content.summary.shared:
        _section(paper, content.by_partner, words)
        _section(paper, content.cash_flow, words, charts.get("fan"))
    elif content.examined:
        paper.add_paragraph(words.text(NOTHING_SHARED))
    outcomes = (content.outcomes,) if content.outcomes else ()
    sharing = (content.shares, content.stability) if content.summary.shared else ()
    for table in (content.comparison, *outcomes, *sharing):
        _section(paper, table, words)
    for table in content.agreements:
        _section(paper, table, words, level=2)
    for table in (content.runners_up, content.uncertainty) if content.examined else ():
        _section(paper, table, words)
    if not projects_first(content):
        _projects(paper, content, words)
    _section(paper, content.assumptions, words)
    paper.add_paragraph(words.text(msgid("Future amounts are discounted: {schedule}."), schedule=content.discounting))
    _findings(paper, content, words)
    _caveats(paper, content, words)
    _trace(paper, content, words)
    saved = io.BytesIO()
    paper.save(saved)
    return saved.getvalue()


def can_write_word() -> bool:
    """Whether the part that writes Word papers (`consortia[reports]`) is installed."""
    return find_spec("docx") is not None


def _docx() -> Any:
    try:
        import docx
    except ModuleNotFoundError:
        raise ConsortiaError(
            "The part that writes Word papers is not installed.",
            remedy="Install it with `pip install 'consortia[reports]'`; the other papers need nothing more.",
        ) from None
    return docx


def _new_document(content: PaperContent, words: Language) -> Document:
    paper: Document = _docx().Document()
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.8)
    _style(paper, words)
    title = words.words(content.title)
    properties = paper.core_properties
    properties.title, properties.language, properties.author = title, LANGUAGE_MARKS[words.code], "Consortia"
    properties.comments = words.text(
        msgid("Fingerprint of the run: {fingerprint}"), fingerprint=content.stamp.fingerprint
    )
    paper.add_heading(title, level=0)
    partners = ", ".join(words.words(partner.name) for partner in content.partners)
    paper.add_paragraph(f"{words.text(msgid('Decision paper'))} · {words.date(content.stamp.made_on)} · {partners}")
    return paper


def _style(paper: Document, words: Language) -> None:
    """Our own plain type in place of the template's, and the language that a reader aloud is to use."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", 10.5), ("Title", 24), ("Heading 1", 16), ("Heading 2", 12.5), ("List Bullet", 10.5)):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    defaults = paper.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    mark = defaults.find(qn("w:lang"))
    mark.set(qn("w:val"), LANGUAGE_MARKS[words.code])


def _brief(paper: Document, content: PaperContent, words: Language) -> None:
    paper.add_heading(words.text(msgid("In brief")), level=1)
    for question, answers in headline(content).parts:
        paper.add_heading(words.text(question), level=2)
        said = [words.words(answer) for answer in answers]
        if len(said) > SPOKEN:
            for one in said:
                paper.add_paragraph(one, style="List Bullet")
        else:
            paper.add_paragraph(" ".join(said))
    for table in (*((content.alternatives,) if content.examined else ()), *content.together):
        _section(paper, table, words, level=2)


def _section(paper: Document, table: Table, words: Language, chart: Chart | None = None, *, level: int = 1) -> None:
    shown = worded(table, words)
    paper.add_heading(shown.title, level=level)
    if chart:
        summary = words.words(chart.summary)
        _picture(paper, png(chart), summary, PICTURE_CM)
        paper.add_paragraph(f"{words.text(chart.title)}. {summary}")
    _caption(paper, shown.caption, shown.statement)
    add_table(paper, shown)
    for note in shown.notes:
        paper.add_paragraph(note, style="List Bullet")


def _projects(paper: Document, content: PaperContent, words: Language) -> None:
    """The savings that partners state themselves; a table that has a chart stands under it."""
    if content.projects:
        paper.add_heading(words.text(msgid("Savings that partners state themselves")), level=1)
        if content.own and content.own.meeting is not None:
            paper.add_paragraph(words.text(COUNTED_TOGETHER))
    if content.own and content.own.caveats:
        paper.add_heading(words.text(msgid("What these figures must not be used to claim")), level=2)
        for caveat in content.own.caveats:
            paper.add_paragraph(words.words(caveat), style="List Bullet")
    for table in content.projects:
        _section(paper, table, words, chart_of(table, words), level=2)


def _caption(paper: Document, shows: str, units: str) -> None:
    """What the table shows in the size of the text; below it, smaller, unit, rounding, price base and period."""
    from docx.shared import Pt, RGBColor

    paragraph = paper.add_paragraph(shows)
    paragraph.paragraph_format.keep_with_next = True
    if shows and units:
        paragraph.add_run().add_break()
    run = paragraph.add_run(units)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x50, 0x5A, 0x5F)


def _picture(paper: Document, image: bytes, description: str, width: float) -> None:
    from docx.shared import Cm

    shape = paper.add_picture(io.BytesIO(image), width=Cm(width))
    shape._inline.docPr.set("descr", description)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _maps(paper: Document, content: PaperContent, words: Language) -> None:
    if not content.maps:
        return
    paper.add_heading(words.text(msgid("Who would share with whom")), level=2)
    explained = msgid(
        "Each hexagon is a partner, placed roughly as on a map. Partners with the same letter and pattern share."
    )
    paper.add_paragraph(words.text(explained))
    for number, hexes in enumerate(content.maps, 1):
        _map(paper, hexes, words, number)


def _map(paper: Document, hexes: HexMap, words: Language, number: int) -> None:
    title = words.text(msgid("Who would share: {service}"), service=hexes.service)
    summary = f"{title}. {' '.join(words.words(sentence) for sentence in map_summary(hexes))}"
    paper.add_paragraph(summary).paragraph_format.keep_with_next = True
    image = svg_to_png(map_svg(hexes, words, key=f"map{number}"))
    _picture(paper, image, summary, min(PICTURE_CM, HEXAGON_CM * columns_of(hexes)))
    paper.paragraphs[-1].paragraph_format.keep_with_next = False


def _findings(paper: Document, content: PaperContent, words: Language) -> None:
    paper.add_heading(words.text(msgid("What was found in the data")), level=1)
    for finding in gravest_first(content.findings):
        where = f" [{finding.place}]" if finding.place else ""
        paper.add_paragraph(f"{words.severity(finding)}: {words.finding(finding)}{where}", style="List Bullet")
    if not content.findings:
        paper.add_paragraph(words.text(msgid("Nothing was found that a reader should know of.")))


def _caveats(paper: Document, content: PaperContent, words: Language) -> None:
    paper.add_heading(words.text(msgid("What this paper must not be used to claim")), level=1)
    for caveat in content.caveats:
        paper.add_paragraph(words.words(caveat), style="List Bullet")


def _trace(paper: Document, content: PaperContent, words: Language) -> None:
    from docx.shared import Pt

    paper.add_heading(words.text(msgid("How to trace a figure")), level=1)
    paper.add_paragraph(
        words.text(msgid("Each figure below stands in this paper under its key; `consortia explain` opens it further."))
    )
    for figure, _ in traced_figures(content, projects=frozenset()):
        paragraph = paper.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{figure.key}: ").bold = True
        paragraph.add_run(f"{stated(figure, words)} = {words.words(figure.formula)}").font.size = Pt(9)
    stamp = content.stamp
    paper.add_paragraph(
        words.text(
            msgid("Made by Consortia {version} with reference data {edition}; {draws} draws, seed {seed}."),
            version=stamp.package_version, edition=stamp.reference_edition, draws=stamp.draws, seed=str(stamp.seed),
        )
    )  # fmt: skip
    paper.add_paragraph(words.text(msgid("Fingerprint of the run: {fingerprint}"), fingerprint=stamp.fingerprint))
