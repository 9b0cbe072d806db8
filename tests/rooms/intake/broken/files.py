"""One function a broken file: it writes the file into a folder and gives its path."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

HEADINGS = ("Payment Date", "Cost Centre", "Supplier Name", "Net Amount")
ROWS = [("01/04/2025", "00123", "Alder Care Limited", "100.00"), ("02/04/2025", "00456", "Birch Homes", "250.50")]
CSV = "\n".join(",".join(row) for row in [HEADINGS, *ROWS]) + "\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Make = Callable[[Path], Path]


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def book(folder: Path, name: str = "ledger.xlsx", fill: Callable[[xlsxwriter.Workbook], None] | None = None) -> Path:
    path = folder / name
    with xlsxwriter.Workbook(path) as made:
        if fill:
            fill(made)
        else:
            page = made.add_worksheet("Ledger")
            for number, row in enumerate([HEADINGS, *ROWS]):
                page.write_row(number, 0, row)
    return path


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def hand_made(sheet: str, **more: bytes) -> bytes:
    """A workbook of hand-written XML: its one sheet as given, and any further or replaced parts."""
    workbook = (
        f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="L" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006"
    types = f'<Types xmlns="{space}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    root = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    around = f'<Relationships xmlns="{space}/relationships">', "</Relationships>"
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": root.join(around).encode(),
        "xl/workbook.xml": workbook.encode(),
        "xl/_rels/workbook.xml.rels": relation.join(around).encode(),
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>".encode(),
    }
    return zipped({**parts, **{name.replace("__", "/"): part for name, part in more.items()}})


def inline(row: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{"ABCDEFGH"[n]}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in enumerate(texts)
    )
    return f'<row r="{row}">{cells}</row>'


def sheet_data(extra: str = "") -> str:
    rows = "".join(inline(number, *row) for number, row in enumerate([HEADINGS, *ROWS], 1))
    return f"<sheetData>{rows}{extra}</sheetData>"


# Files that no reading can use: one sentence.
def empty_file(folder: Path) -> Path:
    return put(folder, "ledger.csv", b"")


def only_blank_lines(folder: Path) -> Path:
    return put(folder, "ledger.csv", "\r\n" * 50_000)


def binary_named_csv(folder: Path) -> Path:
    return put(folder, "ledger.csv", bytes(range(256)) * 4_000)


def gzip_named_csv(folder: Path) -> Path:
    return put(folder, "ledger.csv", gzip.compress(CSV.encode() * 500, mtime=0))


def truncated_zip(folder: Path) -> Path:
    path = book(folder)
    return put(folder, path.name, path.read_bytes()[:-300])


def password(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(4_000))


def workbook_named_csv(folder: Path) -> Path:
    return put(folder, "ledger.csv", book(folder).read_bytes())


def broken_old_workbook(folder: Path) -> Path:
    return put(folder, "ledger.xls", OLE + b"\xff" * 5_000)


def web_page_named_xls(folder: Path) -> Path:
    return put(folder, "ledger.xls", "<html><body><table><tr><td>Net Amount</td></tr></table></body></html>")


def pdf_named_xlsx(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", "%PDF-1.7\n1 0 obj")


def zip_of_something_else(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", zipped({"word/document.xml": b"<w/>"}))


def zip_bomb(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made(sheet_data(), **{"xl__media.xml": bytes(400 * 2**20)}))


def bomb_in_the_sheet(folder: Path) -> Path:
    row = inline(4, *ROWS[0]).encode() * 3_000_000
    return put(folder, "ledger.xlsx", hand_made("", **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData>" + row}))


def thousands_of_parts(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made(sheet_data(), **{f"x{number}.xml": b"" for number in range(5_000)}))


def corners(folder: Path) -> Path:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return put(folder, "ledger.xlsx", hand_made(sheet_data(far)))


def corners_with_another_order_of_attributes(folder: Path) -> Path:
    far = '<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>'
    return put(folder, "ledger.xlsx", hand_made(sheet_data(far)))


def corners_with_a_prefix(folder: Path) -> Path:
    far = f'<row r="1048576"><x:c xmlns:x="{MAIN[7:-1]}" r="XFD1048576"><x:v>1</x:v></x:c></row>'
    return put(folder, "ledger.xlsx", hand_made(sheet_data(far)))


def a_row_past_any_sheet(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made(sheet_data('<row r="99999999"><c r="A99999999"><v>7</v></c></row>')))


def a_row_of_seven_figures(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made(sheet_data('<row r="9999999"><c r="Z9999999"><v>7</v></c></row>')))


def bomb_that_claims_ten_bytes(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", _claiming(bomb_in_the_sheet(folder).read_bytes(), 10))


def packed_in_a_way_that_workbooks_are_not(folder: Path) -> Path:
    path = folder / "ledger.xlsx"
    with zipfile.ZipFile(io.BytesIO(hand_made(sheet_data()))) as made, zipfile.ZipFile(path, "w") as packed:
        for name in made.namelist():
            packed.writestr(name, made.read(name), zipfile.ZIP_LZMA)
    return path


def a_part_cut_short(folder: Path) -> Path:
    data = bytearray(hand_made(sheet_data()))
    at = data.rfind(b"PK\x01\x02")
    data[at + 20 : at + 24] = struct.pack("<I", struct.unpack_from("<I", data, at + 20)[0] - 20)
    return put(folder, "ledger.xlsx", bytes(data))


def a_million_columns_claimed(folder: Path) -> Path:
    return put(folder, "ledger.csv", ",".join(["Amount"] * 1_000_000) + "\n" + "1," * 999_999 + "1\n")


def headings_only(folder: Path) -> Path:
    return put(folder, "ledger.csv", ",".join(HEADINGS) + "\n")


def no_headings(folder: Path) -> Path:
    return put(folder, "ledger.csv", "\n".join(",".join(row) for row in ROWS * 40))


def prose(folder: Path) -> Path:
    return put(folder, "ledger.txt", "Dear colleague,\nplease find the ledger attached.\n" * 50)


def missing_sheet_part(folder: Path) -> Path:
    whole = hand_made(sheet_data())
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if "sheet1" not in name}
    return put(folder, "ledger.xlsx", zipped(parts))


def link_outside(folder: Path) -> Path:
    relation = f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="../../../../etc/passwd"/>'
    part = f"<Relationships>{relation}</Relationships>".encode()
    return put(folder, "ledger.xlsx", hand_made("", **{"xl___rels__workbook.xml.rels": part}))


def entity_bomb(folder: Path) -> Path:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    bomb = f"{start}<worksheet {MAIN}>{sheet_data(inline(4, '&e9;'))}</worksheet>"
    return put(folder, "ledger.xlsx", hand_made("", **{"xl__worksheets__sheet1.xml": bomb.encode()}))


def quoted_to_the_end(folder: Path) -> Path:
    return put(folder, "ledger.csv", '"' + CSV.replace(",", " ") * 200)


# Files with faults whose good rows load: ROWS, and what the test of each says.
def formula_errors(folder: Path) -> Path:
    def fill(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("Ledger")
        for number, row in enumerate([HEADINGS, *ROWS]):
            page.write_row(number, 0, row)
        page.write_row(3, 0, ("03/04/2025", "00789", "Cedar Works"))
        page.write_formula(3, 3, "=1/0", None, "#DIV/0!")

    return book(folder, fill=fill)


def sixty_one_fields(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + "," * 20 + "53479.42" + "," * 40 + "\n")


def thousands_of_blank_rows(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + (",,,\n" * 60_000))


def two_tables(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + "\n\nCard payments\n" + CSV)


def macro_workbook(folder: Path) -> Path:
    with zipfile.ZipFile(book(folder)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return put(folder, "ledger.xlsm", zipped({**parts, "xl/vbaProject.bin": OLE + b"AutoOpen" * 500}))


def claims_two_gigabytes(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", _claiming(hand_made(sheet_data()), 2**31 - 1))


def claims_ten_bytes(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", _claiming(hand_made(sheet_data()), 10))


def _claiming(archive: bytes, size: int) -> bytes:
    """An archive whose directory says that every part unpacks to this size."""
    data = bytearray(archive)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", size)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def claims_rows_below_zero(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made('<dimension ref="A-5:D-1"/>' + sheet_data()))


def claims_a_million_columns(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made('<dimension ref="A1:XFD1048576"/>' + sheet_data()))


def formula_text(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + '03/04/2025,00789,"=HYPERLINK(""http://x"",""y"")",1.00\n')


def zero_bytes(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV.replace("Birch", "Bi\0rch"))


def open_quotation_mark(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + '03/04/2025,00789,"Cedar Works,1.00\n' + "04/04/2025,00789,Dale,2.00\n" * 50)


def mixed_encodings(folder: Path) -> Path:
    old = "03/04/2025,00789,Café Elm,1.00\n".encode("cp1252")
    return put(folder, "ledger.csv", CSV.encode() + "03/04/2025,00789,Café Fir,1.00\n".encode() + old)


def dos_page(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV.replace("250.50", "£250.50").encode("cp850"))


def utf_16(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV.encode("utf-16"))


def headings_twice(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV.replace("Net Amount", "Net Amount,Net Amount"))


def huge_cell(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV + f"03/04/2025,00789,{'x' * 20_000_000},1.00\n")


def merged_everything(folder: Path) -> Path:
    def fill(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("Ledger")
        page.merge_range("A1:D2", "Payments of the council")
        page.merge_range("A3:B3", "Where")
        page.merge_range("C3:D3", "What")
        page.write_row(3, 0, HEADINGS)
        for number, row in enumerate(ROWS, 4):
            page.write_row(number, 0, row)
        page.merge_range("A7:D9", "Printed by the system")

    return book(folder, fill=fill)


def text_named_xls(folder: Path) -> Path:
    return put(folder, "ledger.xls", CSV.replace(",", "\t"))


def doubled_line_ends(folder: Path) -> Path:
    return put(folder, "ledger.csv", CSV.replace("\n", "\r\r\n"))


def one_cell_far_down(folder: Path) -> Path:
    return put(folder, "ledger.xlsx", hand_made(sheet_data('<row r="1048576"><c r="A1048576"><v>7</v></c></row>')))


def shared_strings_that_are_not_there(folder: Path) -> Path:
    cells = '<row r="4"><c r="A4" t="s"><v>999999</v></c><c r="D4"><v>5</v></c></row>'
    return put(folder, "ledger.xlsx", hand_made(sheet_data(cells)))


MENDABLE: tuple[Make, ...] = (
    formula_errors, sixty_one_fields, thousands_of_blank_rows, two_tables, macro_workbook, claims_two_gigabytes,
    claims_a_million_columns, formula_text, zero_bytes, open_quotation_mark, mixed_encodings,
    dos_page, utf_16, headings_twice, huge_cell, merged_everything, text_named_xls, doubled_line_ends,
    one_cell_far_down, claims_ten_bytes,
)  # fmt: skip

USELESS: tuple[Make, ...] = (
    empty_file, only_blank_lines, binary_named_csv, gzip_named_csv, truncated_zip, password, workbook_named_csv,
    broken_old_workbook, web_page_named_xls, pdf_named_xlsx, zip_of_something_else, zip_bomb, bomb_in_the_sheet,
    thousands_of_parts, corners, a_million_columns_claimed, no_headings, prose, missing_sheet_part, link_outside,
    quoted_to_the_end, headings_only, entity_bomb, claims_rows_below_zero, shared_strings_that_are_not_there,
    corners_with_another_order_of_attributes, corners_with_a_prefix, a_row_past_any_sheet, a_row_of_seven_figures,
    bomb_that_claims_ten_bytes, packed_in_a_way_that_workbooks_are_not, a_part_cut_short,
)  # fmt: skip
