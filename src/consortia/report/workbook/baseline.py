"""The sheet of the baseline: gross cost of each partner and service, and the part of it that sharing can change."""

from __future__ import annotations

from collections.abc import Mapping

from consortia.report.words import Absent, msgid
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import ServiceInputs, WorkbookModel

HEAD = 4
Places = Mapping[tuple[str, str], str]


def write_baseline(book: Book, model: WorkbookModel) -> Places:
    """Writes the sheet; gives the address of each addressable cost by service and partner."""
    sheet = Sheet.add(book, msgid("Baseline"))
    partners = [book.language.words(partner.name) for partner in model.partners]
    count = len(partners)
    sheet.columns(0, 0, 34)
    sheet.columns(1, 2 * count + 1, 14)
    sheet.page.freeze_panes(HEAD + 1, 1)
    sheet.say(0, 0, msgid("Baseline: cost of each service a year"), "title")
    stated = msgid("Pounds a year in {year} prices (real). Addressable cost is the part that sharing can change.")
    sheet.say(1, 0, stated, "note", year=model.base_year)
    sheet.say(HEAD - 1, 1, msgid("Gross cost"), "label")
    sheet.say(HEAD - 1, count + 2, msgid("Addressable cost"), "label")
    text = book.language.text
    sheet.headers(HEAD, (text(msgid("Service")), *partners, text(msgid("Addressable part")), *partners))
    places: dict[tuple[str, str], str] = {}
    for row, service in enumerate(model.services, HEAD + 1):
        places |= _service(sheet, row, service, model)
    return places


def _service(sheet: Sheet, row: int, service: ServiceInputs, model: WorkbookModel) -> Places:
    count = len(model.partners)
    sheet.words(row, 0, sheet.book.language.words(service.name))
    sheet.number(row, count + 1, service.addressable_share, "percent input")
    share = here(row, count + 1, column_fixed=True)
    places = {}
    for place, (partner, gross) in enumerate(zip(model.partners, service.gross, strict=True)):
        if gross is None:
            why = Absent.NOT_KNOWN if service.provided[place] else Absent.NOT_PROVIDED
            _absent(sheet, row, (1 + place, count + 2 + place), why)
            continue
        sheet.number(row, 1 + place, gross, "money input")
        formula, value = f"{here(row, 1 + place)}*{share}", gross * service.addressable_share
        places[service.key, partner.code] = sheet.formula(row, count + 2 + place, formula, value, "money")
    return places


def _absent(sheet: Sheet, row: int, columns: tuple[int, int], why: Absent) -> None:
    for column in columns:
        sheet.words(row, column, sheet.book.language.cell(why), "note")
