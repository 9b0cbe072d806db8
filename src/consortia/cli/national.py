"""Commands on a whole nation's published figures: funnels of rates, and cost frontiers of services."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from consortia.benchmarking import Refused
from consortia.errors import ConsortiaError
from consortia.reference.authorities import authority, find_authority
from consortia.reference.denominators import denominator_name
from consortia.report.charts import svg
from consortia.report.frontier_tables import FrontierWords, frontier_table
from consortia.report.funnel_tables import FunnelWords, funnel_chart, funnel_table
from consortia.report.language import translator
from consortia.report.text import table_text
from consortia.run.frontiers import frontiers_of
from consortia.run.funnels import FunnelOfRate, funnel_indicators, funnel_of
from consortia.run.national import newest_edition
from consortia.study import Text
from consortia.study.store import write_whole

console = Console(highlight=False)
status = Console(highlight=False, stderr=True)


def show_funnel(indicator: str, *, year: str, councils: Sequence[str], picture: Path | None, language: str) -> None:
    """Prints who lies outside the limits of a rate, and draws the funnel where a file is named."""
    if not indicator:
        _list_indicators(language)
        return
    found = funnel_of(indicator, year=year)
    words = _funnel_words(found, _codes(councils, found.councils, what=f"the funnel of '{indicator}'"))
    console.print(table_text(funnel_table(found.found, words), language=language))
    if picture:
        write_whole(picture, svg(funnel_chart(found.found, words, translator(language))))
        console.print(f"Wrote {picture}", markup=False)


def _list_indicators(language: str) -> None:
    for one in funnel_indicators():
        console.print(f"{one.code}: {one.name_cy if language == 'cy' else one.name}", markup=False)
    console.print("consortia funnel INDICATOR")


def _funnel_words(found: FunnelOfRate, asked: Sequence[str]) -> FunnelWords:
    one = found.indicator
    return FunnelWords(
        outcome=Text(en=one.name, cy=one.name_cy),
        per=Text(en=one.per, cy=one.per_cy),
        year=found.year,
        councils=tuple(_name(code) for code in found.councils),
        among=found.among,
        is_money=found.is_money,
        left_out=len(found.left_out),
        asked=frozenset(_name(code) for code in asked),
    )


def show_frontier(service: str, *, edition: str, councils: Sequence[str], language: str) -> None:
    """Prints how far councils lie from the frontier of a service's cost, by both methods."""
    with status.status("Fitting the frontiers"):
        found = frontiers_of(service, edition or newest_edition())
    if isinstance(found.stochastic, Refused) and isinstance(found.envelopment, Refused):
        raise ConsortiaError(
            f"No frontier of '{found.service.code}': {found.envelopment.reason}",
            remedy="A frontier needs a nation: choose a service and an edition that many councils publish.",
        )
    asked = _codes(councils, found.councils, what=f"the frontier of '{found.service.code}'")
    per = found.per
    words = FrontierWords(
        service=Text(en=found.service.name, cy=found.service.name_cy),
        edition=found.edition.title,
        year=str(found.edition.year),
        per=Text(en=denominator_name(per, "en"), cy=denominator_name(per, "cy")),
        names=tuple(_name(code) for code in found.councils),
        asked=tuple(found.councils.index(code) for code in asked),
        is_single_tier=found.is_single_tier,
    )
    console.print(table_text(frontier_table(found.stochastic, found.envelopment, words), language=language))


def _codes(councils: Sequence[str], held: Sequence[str], *, what: str) -> tuple[str, ...]:
    """The codes of councils by any spelling; ConsortiaError for one without a figure."""
    bodies = [find_authority(each) for each in councils]
    missing = [body.name for body in bodies if body.code not in held]
    if missing:
        raise ConsortiaError(
            f"{missing[0]} is not in {what}.",
            remedy="Its figure was not published, or its class does not provide the whole of the service.",
        )
    return tuple(body.code for body in bodies)


def _name(code: str) -> Text:
    body = authority(code)
    return Text(en=body.name, cy=body.name_cy)
