"""The return to fill in: a workbook with lists to choose from, in both languages, that reads back as it was written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from consortia.intake.layout import COST_COLUMNS, VOLUME_COLUMNS
from consortia.intake.wording import COLUMNS, MEASURES, STATUSES, label
from consortia.reference.authorities import authority
from consortia.reference.denominators import NAMES
from consortia.reference.taxonomy import provides, service, services
from consortia.study import CostLine, Definition, Return, Volume
from consortia.study.returns import USE_OF
from consortia.study.tables import records_of

COST_SHEET, VOLUME_SHEET, NOTE_SHEET, LIST_SHEET = "Costs", "Volumes", "Notes", "Lists"
COST_HEADINGS = (*COST_COLUMNS, "status")
VOLUME_HEADINGS = (*VOLUME_COLUMNS, "source")
ASKED = ("employees", "running_expenses", "support_services", "capital_charges", "sales_fees_charges", "other_income")
HEADING_ROW = 4
SPARE_ROWS = 500
WIDTHS = {"service": 58, "measure": 50, "source": 58, "amount": 16, "value": 16, "status": 24, "year": 18}
SOURCE_OF_LIST = {"service": "A", "measure": "B", "status": "C", "denominator": "D"}
CostRow = tuple[str, str, str, float | None, str]
VolumeRow = tuple[str, str, float | None, str]

NOTES = (
    ("One row for each year, service and measure.", "Un rhes ar gyfer pob blwyddyn, gwasanaeth a mesur."),
    ("Amounts are whole or exact pounds in cash of the year, not thousands. Costs and income are both positive.",
     "Mae'r symiau mewn punnoedd, yn arian y flwyddyn, nid mewn miloedd. Mae costau ac incwm ill dau yn bositif."),
    ("0 means that nothing was spent. Blank means not known. Not provided means that it is not your council's service.",
     "Mae 0 yn golygu na wariwyd dim. Mae gwag yn golygu ddim yn hysbys. Heb ei ddarparu: nid gwasanaeth eich cyngor."),
    ("Running expenses are all costs but employees, unless you give some of them on rows of their own.",
     "Costau rhedeg yw pob cost ac eithrio gweithwyr, oni bai eich bod yn rhoi rhai ar resi ar wahân."),
    ("Total expenditure leaves capital charges out. Where you give it, it is used and its parts are checked.",
     "Nid yw cyfanswm gwariant yn cynnwys taliadau cyfalaf. Os rhoddir ef, fe'i defnyddir a gwirir y rhannau."),
    ("Support services recharged in: what your own central departments charge to the service.",
     "Gwasanaethau cymorth: yr hyn y mae eich adrannau canolog eich hun yn ei godi ar y gwasanaeth."),
    ("A head and the lines below it hold the same money; give either or both, they are never added together.",
     "Mae pennawd a'r llinellau oddi tano yn dal yr un arian; rhowch y naill neu'r ddau, ni chânt eu hadio."),
)  # fmt: skip


def write_blank_return(path: Path, definition: Definition, partner: str, *, filled: Return | None = None) -> None:
    """Writes a partner's return as a workbook; `read_return` reads it back without loss.

    Without `filled` its rows ask for the costs of the study's services in the base year; with it they hold what is
    known already, such as the published figures, to be corrected. Raises ValueError when `partner` is not in the study.
    """
    named = definition.partner(partner)
    costs = list(_filled_costs(filled) if filled else _asked_costs(definition, partner))
    # Volumes are not asked for: a blank row would say "not known" and put the published count aside.
    volumes = list(_filled_volumes(filled)) if filled else []
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    with xlsxwriter.Workbook(temporary, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        pen = _Pen(book, title=f"{named.name.en}: {definition.title.en}, {definition.base_year}")
        pen.table(COST_SHEET, COST_HEADINGS, costs)
        pen.table(VOLUME_SHEET, VOLUME_HEADINGS, volumes)
        pen.notes()
        pen.lists()
    Path(temporary).replace(path)


def _asked_costs(definition: Definition, partner: str) -> Iterator[CostRow]:
    kind = authority(partner).kind
    wanted = {initiative.service for initiative in definition.initiatives}
    wanted |= {code.split(".")[0] for code in wanted}
    for one in services():
        if one.code in wanted and provides(one.code, kind):
            for measure in ASKED:
                yield definition.base_year, _service_label(one.code), label(MEASURES[measure], measure), None, ""


def _filled_costs(returned: Return) -> Iterator[CostRow]:
    for line in cast(Iterator[CostLine], records_of(CostLine, returned.costs)):
        amount = None if line.amount is None else float(line.amount)
        status = label(STATUSES[line.status], line.status)
        yield line.year, _service_label(line.service), label(MEASURES[line.measure], line.measure), amount, status


def _filled_volumes(returned: Return) -> Iterator[VolumeRow]:
    for volume in cast(Iterator[Volume], records_of(Volume, returned.volumes)):
        value = None if volume.value is None else float(volume.value)
        yield volume.year, _volume_label(volume.measure), value, volume.source


def _service_label(code: str) -> str:
    one = service(code)
    return label((one.name, one.name_cy), code)


def _volume_label(measure: str) -> str:
    if measure.startswith(USE_OF):
        one = service(measure.removeprefix(USE_OF))
        return label((f"Use of {one.name}", f"Defnydd o {one.name_cy}"), measure)
    return label((NAMES[measure]["en"], NAMES[measure]["cy"]), measure)


class _Pen:
    """Writes the sheets of one return in one hand."""

    def __init__(self, book: Any, *, title: str) -> None:
        self.book = book
        self.title = title
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF4"})
        self.money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "locked": False})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def table(self, name: str, headings: tuple[str, ...], rows: list[Any]) -> None:
        """A sheet with title, headings, the rows, and lists to choose from on them and on the spare rows."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, self.title, self.bold)
        sheet.write_string(1, 0, "Pounds, cash of each year / Punnoedd, arian pob blwyddyn")
        sheet.write_string(2, 0, f"See the sheet {NOTE_SHEET} / Gweler y daflen {NOTE_SHEET}")
        for column, heading in enumerate(headings):
            english, welsh = COLUMNS[heading]
            sheet.write_string(HEADING_ROW, column, f"{english} / {welsh}", self.heading)
            sheet.set_column(column, column, WIDTHS[heading])
        for number, row in enumerate(rows, HEADING_ROW + 1):
            self._row(sheet, number, row)
        self._choices(sheet, headings, last=HEADING_ROW + len(rows) + SPARE_ROWS)
        sheet.freeze_panes(HEADING_ROW + 1, 0)

    def _row(self, sheet: Any, number: int, row: Iterable[Any]) -> None:
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(number, column, value, self.money)
            elif value is None:
                sheet.write_blank(number, column, None, self.money)
            else:
                sheet.write_string(number, column, value)

    def _choices(self, sheet: Any, headings: tuple[str, ...], *, last: int) -> None:
        for column, heading in enumerate(headings):
            name = "denominator" if heading == "measure" and "value" in headings else heading
            if name in SOURCE_OF_LIST:
                letter, count = SOURCE_OF_LIST[name], len(_choices_of(name))
                source = f"={LIST_SHEET}!${letter}$1:${letter}${count}"
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                sheet.data_validation(HEADING_ROW + 1, column, last, column, rule)

    def notes(self) -> None:
        """The sheet that says what belongs where, in both languages."""
        sheet = self.book.add_worksheet(NOTE_SHEET)
        sheet.set_column(0, 1, 70)
        for number, (english, welsh) in enumerate(NOTES):
            sheet.write_string(number, 0, english, self.wrap)
            sheet.write_string(number, 1, welsh, self.wrap)

    def lists(self) -> None:
        """The hidden sheet that the choices come from."""
        sheet = self.book.add_worksheet(LIST_SHEET)
        for column, name in enumerate(SOURCE_OF_LIST):
            sheet.write_column(0, column, _choices_of(name))
        sheet.hide()


def _choices_of(name: str) -> list[str]:
    if name == "service":
        return [_service_label(one.code) for one in services()]
    if name == "denominator":
        return [_volume_label(measure) for measure in (*NAMES, *(f"{USE_OF}{one.code}" for one in services()))]
    words = MEASURES if name == "measure" else STATUSES
    return [label(pair, code) for code, pair in words.items()]
