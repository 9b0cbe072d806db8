"""What is to be told of an appraisal; of a comparison the cautions of both sides, each under its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape

from consortia.cli.in_json import plain_findings
from consortia.cli.studies import show_findings
from consortia.findings import Finding
from consortia.report.language import translator
from consortia.report.words import msgid, say

console = Console(highlight=False)
OF_BOTH = msgid("Of {one} and {other} alike")
OF_ONE = msgid("Of {one}")


@dataclass(frozen=True)
class Cautions:
    """The findings of one appraisal; `names` and `beside` are those of the two sides where it is compared."""

    findings: tuple[Finding, ...]
    names: tuple[str, str] | None = None
    beside: tuple[Finding, ...] = ()

    def show(self, language: str) -> None:
        """Prints them, those of both sides once."""
        if self.names is None:
            show_findings(self.findings, language=language)
            return
        first, second = self.names
        both = tuple(one for one in self.findings if one in self.beside)
        _show(OF_BOTH, (first, second), both, language)
        _show(OF_ONE, (first,), tuple(one for one in self.findings if one not in both), language)
        _show(OF_ONE, (second,), tuple(one for one in self.beside if one not in both), language)

    def plain(self, language: str) -> dict[str, Any]:
        """The same for JSON."""
        own = {"findings": plain_findings(self.findings, language=language)}
        if self.names is None:
            return own
        return own | {"beside": self.names[1], "findings_beside": plain_findings(self.beside, language=language)}


def _show(heading: str, names: tuple[str, ...], findings: tuple[Finding, ...], language: str) -> None:
    if findings:
        told = say(heading, **dict(zip(("one", "other"), names, strict=False)))
        console.print(f"[bold]{escape(translator(language).words(told))}[/bold]")
        show_findings(findings, language=language)
