"""What commands print for programs: tables with every sentence in words, findings in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from consortia.findings import Finding
from consortia.report.language import gravest_first, translator
from consortia.report.plain import to_plain
from consortia.report.spoken import spoken
from consortia.report.tables import Table


def plain_tables(tables: Iterable[Table], *, language: str) -> dict[str, Any]:
    """The tables by their keys, sentences in the language asked for and numbers as they are."""
    words = translator(language)
    return {table.key: to_plain(spoken(table, words)) for table in tables}


def plain_findings(findings: Iterable[Finding], *, language: str) -> list[str]:
    """Each finding in one line, in the language asked for, with its place; the gravest first."""
    words = translator(language)
    return [
        f"{finding.severity.value}: {words.finding(finding)}{f' [{finding.place}]' if finding.place else ''}"
        for finding in gravest_first(findings)
    ]
