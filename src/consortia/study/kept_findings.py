"""The findings on the file that a return was loaded from, kept beside it: what did not load is not forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from consortia.findings import Finding, Place, Severity, Value
from consortia.study.records import Record


class KeptFinding(Record):
    """One fault of the file: sentence and remedy as templates in English, the values in them, and the place."""

    code: str
    severity: Severity
    sentence: str
    remedy: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    values: dict[str, Value] = Field(default={}, description="what stands in the braces of both")


class KeptFindings(Record):
    """All findings on the file of one return, in the order in which they were told."""

    findings: tuple[KeptFinding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> KeptFindings:
        """The document that keeps these findings."""
        return cls(findings=tuple(_kept(finding) for finding in findings))

    def told(self) -> tuple[Finding, ...]:
        """The findings that the document keeps."""
        return tuple(_told(kept) for kept in self.findings)


def _kept(finding: Finding) -> KeptFinding:
    place = finding.place or Place("")
    return KeptFinding(
        code=finding.code, severity=finding.severity, sentence=finding.sentence, remedy=finding.remedy,
        file=place.file, sheet=place.sheet, cell=place.cell, values=dict(finding.values),
    )  # fmt: skip


def _told(kept: KeptFinding) -> Finding:
    place = Place(kept.file, kept.sheet, kept.cell) if kept.file else None
    return Finding(kept.code, kept.severity, kept.sentence, kept.remedy, place, tuple(kept.values.items()))
