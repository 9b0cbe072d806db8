"""What the figures of projects leave out or open, in sentences that lead to what was found, on a page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from consortia.findings import Finding
from consortia.report.language import Language, gravest_first
from consortia.report.paper import PaperContent
from consortia.report.words import Cell, Link, Message, finding_anchor

OF_PROJECTS = ("projects", "lines", "posts", "correlations", "priorities", "savings_target", "funding_gap", "claims")
"""Where in a study findings about its projects lie."""


def cautions_of(content: PaperContent, language: Language) -> tuple[Markup, ...]:
    """The cautions about projects, each leading to its finding; none for who may not see the projects as a whole."""
    return tuple(_linked(one, language) for one in content.own.cautions) if content.own else ()


def findings_of(content: PaperContent) -> tuple[tuple[str, Finding], ...]:
    """What was found in the projects, the gravest first; the first of its kind with its anchor."""
    about = [one for one in content.findings if _step(one) in OF_PROJECTS]
    return tuple(_anchored(gravest_first(about)))


def _anchored(findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
    known: set[str] = set()
    for one in findings:
        yield "" if one.code in known else finding_anchor(one.code), one
        known.add(one.code)


def _step(finding: Finding) -> str:
    cell = finding.place.cell if finding.place else ""
    return cell.replace("[", ".").partition(".")[0]


def _linked(message: Message, language: Language) -> Markup:
    values = {name: _value(value, language) for name, value in message.values}
    return Markup(escape(language.template(message))).format(**values)  # noqa: S704  (escaped)


def _value(value: Cell, language: Language) -> Markup:
    if isinstance(value, Link):
        return Markup('<a href="#{}">{}</a>').format(value.to, language.words(value.words))
    return escape(language.cell(value))
