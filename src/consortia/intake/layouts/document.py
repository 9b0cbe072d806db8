"""A layout as a document of the study: which heading is what, and who said so; kept as layouts/<partner>.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from consortia.errors import StudyError
from consortia.intake.layouts.headings import plain_heading
from consortia.intake.layouts.roles import Role
from consortia.periods import FinancialYear
from consortia.study.document_findings import document_findings, listed
from consortia.study.plain_yaml import RepeatedKeys, plain_yaml
from consortia.study.records import Record
from consortia.study.store import write_whole

FOLDER = "layouts"


class LayoutColumn(Record):
    """One column: what it is, the heading it is known by, and why it was taken for that."""

    role: Role
    heading: str = Field(description="words of the heading; a repeated heading ends in its number: 'Amount (2)'")
    reason: str = ""
    chosen_by: Literal["proposal", "person"] = "proposal"


class LayoutMonth(Record):
    """One column of amounts that belong to a month, a period or a quarter, and what its heading was read as."""

    heading: str
    reason: str = ""


class Layout(Record):
    """What was confirmed for a partner's ledger files. Amounts are in pounds or in thousands of pounds, nominal."""

    partner: str
    columns: tuple[LayoutColumn, ...]
    unit: Literal["pounds", "thousands"] = "pounds"
    dates: Literal["day first", "month first"] = "day first"
    headings: tuple[str, ...] = Field(default=(), description="all headings of the file that was confirmed")
    file: str = Field(default="", description="the file that was looked at when it was confirmed")
    sheets: tuple[str, ...] = Field(default=(), description="sheets to read; empty for every sheet that fits")
    months: tuple[LayoutMonth, ...] = Field(default=(), description="columns of amounts, where each month has one")
    period_year: str = Field(default="", description="financial year of months whose file names none")
    begins: str = Field(default="", description="cell at which a person said that the table begins: Sheet1!A40")
    more: tuple[Layout, ...] = Field(default=(), description="layouts of further tables with other headings")

    def heading_of(self, role: Role) -> str | None:
        """The heading of a role; None when the file has no such column."""
        return next((column.heading for column in self.columns if column.role == role), None)

    @field_validator("period_year")
    @classmethod
    def _is_year(cls, text: str) -> str:
        return str(FinancialYear.parse(text)) if text else ""

    @property
    def factor(self) -> int:
        """Pounds in one unit of the amounts."""
        return 1000 if self.unit == "thousands" else 1


def numbered(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Headings made unique: the second "Amount" becomes "Amount (2)", columns without a heading "column 3"."""
    seen: dict[str, int] = {}
    unique = []
    for position, heading in enumerate(headings, 1):
        name = heading or f"column {position}"
        seen[plain_heading(name)] = count = seen.get(plain_heading(name), 0) + 1
        unique.append(name if count == 1 else f"{name} ({count})")
    return tuple(unique)


def remembered_layout(folder: Path, partner: str) -> Layout | None:
    """The layout that was confirmed for a partner; None when there is none. Raises StudyError when it is damaged."""
    path = folder / FOLDER / f"{partner}.yaml"
    if not path.exists():
        return None
    try:
        plain = plain_yaml(path.read_text(encoding="utf-8"))
        return Layout.model_validate(plain)
    except RepeatedKeys as error:
        what = f"{path} has faults:\n{listed(error.findings(path.name))}\n"
    except (yaml.YAMLError, UnicodeDecodeError):
        what = f"{path} is not readable YAML."
    except ValidationError as error:
        what = f"{path} has faults:\n{listed(document_findings(error, plain, Layout, file=path.name))}\n"
    raise StudyError(
        what, remedy="Correct it, or delete it and confirm the layout again: `consortia layout --confirm`."
    )


def remember_layout(folder: Path, layout: Layout) -> Path:
    """Keeps the confirmed layout of a partner and says where."""
    path = folder / FOLDER / f"{layout.partner}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, yaml.safe_dump(layout.to_plain(), allow_unicode=True, sort_keys=False, width=110))
    return path
