"""The forms that print each line in several measures (RSX, RO2, RO3), in one worksheet or in three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consortia.reference.spelling import plain
from reference_build.crosswalk import HEADS, MEASURES, Column, Place, letter, place_of, role_of
from reference_build.files import cells
from reference_build.forms import Form, Row

RO2_YEARS = tuple(f"{y}-{(y + 1) % 100:02d}" for y in range(2008, 2019))
RO3_YEARS = ("2022-23", "2023-24", "2024-25")
STARTS = {
    "employees": MEASURES[0],
    "running": MEASURES[1],
    "total expenditure": MEASURES[2],
    "sales": MEASURES[3],
    "other income": MEASURES[4],
    "total income": MEASURES[5],
    "net current": MEASURES[6],
}
IDENTIFYING = {
    "E-code", "ONS Code", "Local authority", "Region", "Notes", "Class", "Detailed Class", "Certified", "Certification",
}  # fmt: skip
JOINED = re.compile(r"(.+?) ?- ?((?:Employees|Running|Total|Sales|Other Income|Net)[^-]*\(C\d.*)")
OTHER_MEASURE = Place("outside.other_measures", "outside", "")


@dataclass(frozen=True)
class Matrix:
    """One form of one year with all its worksheets; an authority stands in the same row of each."""

    kind: str
    year: str
    sheets: tuple[Form, ...]

    @property
    def code(self) -> str:
        """The code of the edition, such as ro3-2024-25."""
        return f"{self.kind.lower()}-{self.year}"

    def rows(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Each authority's row in the first worksheet and its rows in all."""
        found = [{row.e_code: row for row in sheet.authority_rows} for sheet in self.sheets]
        for code, first in found[0].items():
            own = tuple(rows[code] for rows in found)
            if {row.number for row in own} != {first.number}:
                raise ValueError(f"{self.code}: {code} stands in different rows of the worksheets")
            yield first, own


def as_matrix(form: Form) -> Matrix:
    """A form of a single worksheet (RSX)."""
    return Matrix(form.kind, form.year, (form,))


def matrix_columns(matrix: Matrix) -> list[Column]:
    """All columns of all worksheets with the place of each; several worksheets: their number is in the keys."""
    found = []
    for number, sheet in enumerate(matrix.sheets, start=1):
        label = f"sheet {number}" if len(matrix.sheets) > 1 else ""
        for i, line, heading in _headings(sheet):
            measure = _measure(heading.removeprefix(line).strip(" -"))
            place = _place(matrix.kind, _clean(line), measure)
            heading = _clean(heading)
            found.append(
                Column(
                    matrix.code, f"{number}:{letter(i)}" if label else letter(i), letter(i), 0, heading,
                    place.service, measure, place.role, place.note, label,
                )
            )  # fmt: skip
    return found


def _place(kind: str, line: str, measure: str) -> Place:
    head = HEADS.get(plain(line)) if kind == "RSX" else ""
    if head:
        return Place(head, role_of(head), "")
    found = place_of(kind, "", line)
    return found if measure or found.role == "outside" else OTHER_MEASURE


def _headings(sheet: Form) -> Iterator[tuple[int, str, str]]:
    """Position, line and full heading of each column of figures."""
    above = _title_row(sheet)
    line = ""
    for i, heading in enumerate(sheet.headings):
        if (not heading and above is None) or heading in IDENTIFYING:
            continue
        joined = JOINED.fullmatch(heading)
        if above is None:
            yield i, joined[1] if joined else heading, heading
            continue
        line = _title(sheet, above, i) or line
        words = _words(sheet, above, i)
        if line and words:
            yield i, line, f"{line} - {words}"


def _title_row(sheet: Form) -> int | None:
    """The row that names the lines: some rows above the headings, or None where each heading names its line."""
    if any(JOINED.fullmatch(heading) for heading in sheet.headings):
        return None
    rows = range(sheet.heading_row - 1, 1, -1)
    return next(i for i in rows if any(plain(cell).startswith("total ") and len(cell) > 20 for cell in sheet.grid[i]))


def _title(sheet: Form, above: int | None, i: int) -> str:
    if above is None or i >= len(sheet.grid[above]):
        return ""
    return " ".join(sheet.grid[above][i].split())


def _words(sheet: Form, above: int | None, i: int) -> str:
    """What stands between the line's name and the figures; in 2008-09 a heading is spread over four rows."""
    first = sheet.heading_row if above is None or sheet.year != "2008-09" else above + 1
    texts = [sheet.grid[r][i].strip() for r in range(first, sheet.heading_row + 1) if i < len(sheet.grid[r])]
    return " ".join(text for text in texts if text)


def _measure(words: str) -> str:
    return next((measure for start, measure in STARTS.items() if plain(words).startswith(start)), "")


def _clean(heading: str) -> str:
    """Without notes, and without the number that keeps headings of the same words apart in some years."""
    return " ".join(re.sub(r"\[note \d+\]|(?<=\))\d+$", "", heading).split())


def read_matrices(data: Path) -> list[Matrix]:
    """RO2 and RO3 of all years held."""
    england = data / "finance_england"
    ro2 = [Matrix("RO2", year, _sheets(england / "ro2_highways_transport", "RO2", year)) for year in RO2_YEARS]
    folder = england / "ro3_social_care_public_health"
    ro3 = [Matrix("RO3", year, (Form("RO3", year, cells(folder / f"RO3_{year}.csv.gz")),)) for year in RO3_YEARS]
    return [*ro2, *ro3]


def _sheets(folder: Path, kind: str, year: str) -> tuple[Form, ...]:
    return tuple(Form(kind, year, cells(path)) for path in sorted(folder.glob(f"{kind}_{year}_sheet*.csv.gz")))
