"""The Word paper has real headings, repeated header rows, described pictures and its language set."""

from __future__ import annotations

import io
import sys

import docx
import pytest
from docx.oxml.ns import qn

from consortia.errors import ConsortiaError
from consortia.report.document import document
from consortia.report.document_table import shared_out
from consortia.report.paper import PaperContent


@pytest.fixture
def paper(content: PaperContent):
    return docx.Document(io.BytesIO(document(content, language="cy")))


def test_the_sections_are_headings(paper) -> None:
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert headings[:2] == ["Yn gryno", "Yr hyn a gynigir, fesul gwasanaeth"]
    assert len(headings) == 13


def test_header_rows_repeat_and_rows_are_not_split(paper) -> None:
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_picture_and_table_is_described(paper) -> None:
    pictures = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert len(pictures) == 4
    assert all(pictures)
    assert all(table._tbl.tblPr.find(qn("w:tblDescription")) is not None for table in paper.tables)


def test_the_language_is_set_for_readers_aloud(paper) -> None:
    assert paper.core_properties.language == "cy-GB"
    assert paper.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "cy-GB"


def test_the_refusal_stands_in_the_decision_table(paper) -> None:
    cells = {cell.text for row in paper.tables[1].rows for cell in row.cells}
    assert any(text.startswith("Peidiwch â rhannu hwn.") for text in cells)


def test_without_the_extra_the_user_is_told_how_to_install_it(
    content: PaperContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ConsortiaError, match=r"pip install 'consortia\[reports\]'"):
        document(content, language="en")


def test_a_crowded_table_takes_its_room_from_columns_that_can_wrap() -> None:
    wanted, needed = [30.0, 30.0, *[9.0] * 12], [12.0, 12.0, *[9.0] * 12]
    shared = shared_out(wanted, needed)
    assert sum(shared) == pytest.approx(145.0)
    assert shared[2:] == needed[2:]
    assert shared[0] == shared[1] == pytest.approx(18.5)


def test_a_table_with_room_keeps_what_its_columns_want() -> None:
    assert shared_out([30.0, 9.0], [12.0, 9.0]) == [30.0, 9.0]
