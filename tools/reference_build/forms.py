"""The raw return forms of England (RA, RS, RSX), one worksheet each: where their headings and authorities stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reference_build.files import cells

RA_YEARS = tuple(f"{y}-{(y + 1) % 100:02d}" for y in range(2010, 2020))
RS_YEARS = ("2010-11", "2011-12", "2012-13", "2013-14", "2014-15", "2017-18")
RSX_YEARS = ("2023-24", "2024-25")
CLASSES = {"L": "LB", "LB": "LB", "MD": "MD", "UA": "UA", "SC": "SC", "SD": "SD", "O": "O"}
E_CODE = re.compile(r"E\d{4}")


@dataclass(frozen=True)
class Row:
    """One authority's row: its E-code, its row number in the worksheet (from 1) and its cells."""

    e_code: str
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One worksheet of one year."""

    kind: str
    year: str
    grid: list[list[str]] = field(repr=False)

    @property
    def code(self) -> str:
        """The code of the edition, such as ra-2012-13."""
        return f"{self.kind.lower()}-{self.year}"

    @cached_property
    def heading_row(self) -> int:
        """Index of the row that starts with "E-code"; it moves from year to year."""
        return next(i for i, row in enumerate(self.grid) if row[0].strip() == "E-code")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns."""
        return tuple(" ".join(cell.split()) for cell in self.grid[self.heading_row])

    @cached_property
    def authority_rows(self) -> tuple[Row, ...]:
        """Rows of authorities only: totals of classes and regions and the GLA's second row follow the England row."""
        rows: list[Row] = []
        for i, cells_ in enumerate(self.grid[self.heading_row + 1 :], start=self.heading_row + 2):
            if any(cell.strip().upper() == "ENGLAND" for cell in cells_[:4]):
                break
            if E_CODE.fullmatch(cells_[0].strip()):
                rows.append(Row(cells_[0].strip(), i, tuple(cells_)))
        return tuple(rows)

    def column(self, heading: str) -> int | None:
        """The column of an identifying heading, or None in the years that lack it."""
        return self.headings.index(heading) if heading in self.headings else None

    def _cell(self, row: Row, heading: str) -> str:
        column = self.column(heading)
        return row.cells[column].strip() if column is not None and column < len(row.cells) else ""

    def gss(self, row: Row) -> str:
        """The ONS code, where the form gives one."""
        return self._cell(row, "ONS Code")

    def name(self, row: Row) -> str:
        """The name as printed, without footnote marks."""
        return re.sub(r"\s*\([a-z]\)$", "", self._cell(row, "Local authority"))

    def certified(self, row: Row) -> str:
        """Y, N or an empty text when the form does not say."""
        return self._cell(row, "Certified") or self._cell(row, "Certification")

    @cached_property
    def _by_e_code(self) -> dict[str, Row]:
        return {row.e_code: row for row in self.authority_rows}

    def kind_of(self, e_code: str) -> str:
        """The class of the authority in this form."""
        return CLASSES[self._cell(self._by_e_code[e_code], "Class")]

    def region_of(self, e_code: str) -> str:
        """The region code, in the years that give it."""
        return self._cell(self._by_e_code[e_code], "Region")


def read_forms(data: Path) -> list[Form]:
    """All English forms that the package ships."""
    england = data / "finance_england"
    ra = [Form("RA", y, cells(england / f"ra_budget/RA_{y}_sheet1.csv.gz")) for y in RA_YEARS]
    rs = [Form("RS", y, cells(england / f"rs_outturn_summary/RS_{y}_sheet1.csv.gz")) for y in RS_YEARS]
    rsx = [Form("RSX", y, cells(england / f"rsx_outturn_subjective/RSX_{y}.csv.gz")) for y in RSX_YEARS]
    return [*ra, *rs, *rsx]
