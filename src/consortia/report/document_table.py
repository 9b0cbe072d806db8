"""A table in a Word document: its header row repeats, its rows stay whole, and it is described for readers aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consortia.report.worded import WordedCell, WordedRow, WordedTable

if TYPE_CHECKING:
    from docx.document import Document

SHADE, WARN, LINE = "E8EEF2", "FFF7E0", "B1B4B6"
WIDTH_CM, PAGE_LETTERS, BROAD, BOLD, MARGINS = 26.0, 145.0, 1.1, 1.25, 2.6
SHORT, LONGEST = 10, 32
"""Letters: text up to the first gets its full width; longer text wraps, up to the width of the second."""


def add_table(paper: Document, shown: WordedTable) -> None:
    """Adds the table, with light lines between its rows and columns as wide as their words need."""
    grid = paper.add_table(rows=1, cols=len(shown.headers))
    grid.autofit = False
    _rule(grid)
    _describe(grid, shown)
    widths = _widths(shown)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    _mark(grid.rows[0], "w:tblHeader")
    header = [WordedCell(text, None, kind) for text, kind in zip(shown.headers, shown.kinds, strict=True)]
    _write(grid.rows[0], header, widths, bold=True, shade=SHADE)
    for row in map(WordedRow, shown.rows):
        added = grid.add_row()
        if row.refused:
            _refuse(added, row, widths)
        else:
            _write(added, row.cells, widths)
    paper.add_paragraph()


def _write(row: Any, cells: Any, widths: list[int], *, bold: bool = False, shade: str = "") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _mark(row, "w:cantSplit")
    for place, (target, cell, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
        target.width = width
        _fill(target, cell.text, bold=bold or place == 0, shade=WARN if cell.judgement else shade)
        if cell.numeric:
            target.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _refuse(row: Any, refused: WordedRow, widths: list[int]) -> None:
    """A service that is not to be shared: its name, then the verdict and the reason across the row."""
    _mark(row, "w:cantSplit")
    cells = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width
    verdict = refused.refused.text if refused.refused else ""
    _fill(cells[0], refused.cells[0].text, bold=True, shade=WARN)
    _fill(cells[1].merge(cells[-1]), f"{verdict}. {refused.cells[-1].text}", shade=WARN)


def _fill(cell: Any, text: str, *, bold: bool = False, shade: str = "") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(8)
    if shade:
        mark = OxmlElement("w:shd")
        mark.set(qn("w:val"), "clear")
        mark.set(qn("w:fill"), shade)
        cell._tc.get_or_add_tcPr().append(mark)


def _widths(shown: WordedTable) -> list[int]:
    """Widths that share the page by what the columns hold."""
    from docx.shared import Cm

    open_rows = [row for row in shown.rows if not WordedRow(row).refused]
    columns = [
        [header, *(row[place].text for row in (open_rows if place else shown.rows))]
        for place, header in enumerate(shown.headers)
    ]
    letters = shared_out([_wanted(texts) for texts in columns], [_needed(texts) for texts in columns])
    return [int(Cm(WIDTH_CM * each / sum(letters))) for each in letters]


def shared_out(wanted: list[float], needed: list[float]) -> list[float]:
    """Widths in letters: where a page has not what the columns want, those with more than they need give it up."""
    spare = sum(wanted) - sum(needed)
    if sum(wanted) <= PAGE_LETTERS or spare <= 0:
        return wanted
    kept = max(PAGE_LETTERS - sum(needed), 0.0) / spare
    return [need + (want - need) * kept for want, need in zip(wanted, needed, strict=True)]


def _wanted(texts: list[str]) -> float:
    """The width that a column asks for, in letters; its heading may wrap, no word is broken."""
    longest = max(map(len, texts[1:]), default=0)
    return max(longest if longest <= SHORT else min(SHORT + (longest - SHORT) / 4, LONGEST), _needed(texts))


def _needed(texts: list[str]) -> float:
    """The width of a column's longest word, in digits, with its margins; its heading is bold."""
    heading, *cells = ([_length(word, bold=not row) for word in text.split() or [""]] for row, text in enumerate(texts))
    return max(max(heading), *map(max, cells), 0.0) + MARGINS


def _length(word: str, *, bold: bool) -> float:
    """How wide a word is, in digits: letters are broader, bold ones more so."""
    return sum(1.0 if not letter.isalpha() else BOLD if bold else BROAD for letter in word)


def _rule(grid: Any) -> None:
    """Light lines between the rows, none between the columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _describe(grid: Any, shown: WordedTable) -> None:
    """Title and description that a reader aloud gives before the table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name, text in (("w:tblCaption", shown.title), ("w:tblDescription", shown.caption)):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), text)
        grid._tbl.tblPr.append(mark)


def _mark(row: Any, name: str) -> None:
    """Switches a property of a row on: repeat as header, never split."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
