"""A finished run: what determined it, in one fingerprint, and everything that was printed from it. It never changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from consortia.delivery import PromisedLine
from consortia.report.figures import FigureBook
from consortia.report.paper import PaperContent
from consortia.report.plain import from_plain, to_plain
from consortia.report.tables import Table
from consortia.report.workbook_model import WorkbookModel
from consortia.study.fingerprints import digest_of


@dataclass(frozen=True, slots=True)
class Bindings:
    """Everything that determines a result: same bindings, same bits."""

    study: str
    scenario: str
    package_version: str
    reference_edition: str
    draws: int
    seed: int

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the bindings."""
        return digest_of(asdict(self))


@dataclass(frozen=True)
class Run:
    """A finished run. Money is real pounds at the prices of the base year unless a table says otherwise."""

    bindings: Bindings
    content: PaperContent
    workbook: WorkbookModel
    case: tuple[PromisedLine, ...]

    @property
    def fingerprint(self) -> str:
        """What the papers and the agreed case refer to."""
        return self.bindings.fingerprint

    @property
    def figures(self) -> FigureBook:
        """Every figure with what it is made of."""
        return self.content.figures

    @property
    def tables(self) -> dict[str, Table]:
        """The tables of the paper by key."""
        return {table.key: table for table in self.content.tables}

    def to_plain(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "bindings": asdict(self.bindings),
            "content": to_plain(self.content),
            "workbook": to_plain(self.workbook),
            "case": [asdict(line) for line in self.case],
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Run:
        """The run that `to_plain` was given; ValueError when it is no run of this version."""
        return cls(
            bindings=Bindings(**plain["bindings"]),
            content=from_plain(plain["content"]),
            workbook=from_plain(plain["workbook"]),
            case=tuple(PromisedLine(**line) for line in plain["case"]),
        )
