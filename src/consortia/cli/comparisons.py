"""Commands that compare: what size does, who is most alike, how spending has moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from consortia.benchmarking import nearest_neighbours
from consortia.errors import ConsortiaError, UnknownReference, suggest
from consortia.reference.authorities import all_authorities, authority, find_authority
from consortia.reference.denominators import denominator_name
from consortia.reference.indicators import indicator_names, indicators
from consortia.reference.taxonomy import service as named
from consortia.report.benchmark_tables import ScaleRow, gap_table, neighbour_table, scale_table, trend_table
from consortia.report.index_tables import index_table
from consortia.report.outcome_tables import outcome_table
from consortia.report.paper_tables import comparison_table
from consortia.report.text import table_text
from consortia.report.words import msgid, say
from consortia.run import harmonise_study
from consortia.run.comparison import compare
from consortia.run.gaps import gaps
from consortia.run.indices import index_rows
from consortia.run.national import newest_edition
from consortia.run.outcomes import cost_beside_outcome
from consortia.run.release import comparison_for, outcomes_for, released_partners
from consortia.run.scale import ScaleOfService, scale_of, scale_of_heads
from consortia.run.trends import trends
from consortia.study import Study, Text, read_study

console = Console(highlight=False)


def show_scale(service: str, *, edition: str, language: str) -> None:
    """Prints the scale curve of one service or of every head."""
    chosen = edition or newest_edition()
    found = (scale_of(service, chosen),) if service else scale_of_heads(chosen)
    if not found:
        raise UnknownReference(
            f"'{chosen}' publishes no service for enough councils.", remedy="Choose a national edition."
        )
    held = found[0].edition
    table = scale_table([_scale_row(each) for each in found], edition=held.title, period=str(held.year))
    console.print(table_text(table, language=language))


def _scale_row(found: ScaleOfService) -> ScaleRow:
    per = Text(en=denominator_name(found.denominator, "en"), cy=denominator_name(found.denominator, "cy"))
    return ScaleRow(Text(en=found.service.name, cy=found.service.name_cy), per, found.finding)


def show_neighbours(council: str, *, weights: Sequence[str], count: int, language: str) -> None:
    """Prints the authorities most like one, with what makes each distance."""
    body, weighed = find_authority(council), read_weights(weights)
    kinds = {each.code: each.kind for each in all_authorities() if each.is_current}
    if body.code not in indicators().authorities or body.code not in kinds:
        raise ConsortiaError(
            f"There are no indicators of {body.name}.", remedy="They are held for present councils and their areas."
        )
    found = nearest_neighbours(body.code, indicators(), kinds=kinds, k=count, weights=weighed)
    names = {code: Text(en=authority(code).name, cy=authority(code).name_cy) for code in found.codes}
    own = Text(en=body.name, cy=body.name_cy)
    console.print(table_text(neighbour_table(own, found, names=names, weights=weighed), language=language))


def read_weights(written: Sequence[str]) -> Mapping[str, float]:
    """The weights written as "name=2"; UnknownReference for no indicator, ConsortiaError for no number."""
    by_name = {name.casefold(): name for name in indicator_names()}
    weights: dict[str, float] = {}
    for each in written:
        name, _, number = each.rpartition("=")
        if name.strip().casefold() not in by_name:
            raise UnknownReference(f"'{name or each}' is no indicator.", remedy=_which(name or each))
        weights[by_name[name.strip().casefold()]] = _weight(number, each)
    return weights


def _which(word: str) -> str:
    return suggest(word, indicator_names()) or "`consortia reference indicator_meanings` lists them."


def _weight(number: str, written: str) -> float:
    try:
        weight = float(number)
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise ConsortiaError(f"'{written}' gives no weight.", remedy='Write a number from 0: "Population density=2".')
    return weight


def show_comparison_for(folder: Path, *, viewer: str, service: str, language: str) -> None:
    """Prints the unit costs of the base year as one partner may see them."""
    study = read_study(folder)
    name = _partner_named(viewer, study)
    if service:
        named(service)
    found = compare(study, harmonise_study(study), service=service)
    year = study.definition.base_year
    table = comparison_table(found.rows, period=year, price_base=year, notes=found.caveats)
    shown = comparison_for(table, viewer=name, known=released_partners(study))
    console.print(table_text(shown, language=language))


def show_outcomes(folder: Path, *, viewer: str, service: str, language: str) -> None:
    """Prints what services cost beside what is published of their results, as one partner may see it where named."""
    study = read_study(folder)
    sets = cost_beside_outcome(study, harmonise_study(study), service=service)
    if not sets:
        raise ConsortiaError(
            "No result is published for these partners and services whose cost is known here.",
            remedy="`consortia reference outcome_indicators` lists the services, "
            "`consortia reference outcomes --search NAME` what a council has.",
        )
    table = outcome_table(sets, base_year=study.definition.base_year, neighbours=bool(service))
    if viewer:
        table = outcomes_for(table, viewer=_partner_named(viewer, study), known=released_partners(study))
    console.print(table_text(table, language=language))


def _partner_named(viewer: str, study: Study) -> Text:
    """The name of a partner by any spelling or code; ConsortiaError for who takes no part in the study."""
    body = find_authority(viewer)
    if body.code not in study.definition.codes:
        raise ConsortiaError(
            f"{body.name} is no partner of this study.", remedy="Name one of the partners in study.yaml."
        )
    return study.definition.partner(body.code).name


def show_gaps(folder: Path, *, service: str, language: str) -> None:
    """Prints how far each partner is from its neighbours, what that may be worth, and how sure it is."""
    study = read_study(folder)
    if service:
        named(service)
    found = compare(study, harmonise_study(study), service=service)
    rows, withheld = gaps(found, study.definition), found.withheld(study.definition)
    if not rows:
        raise ConsortiaError(
            "No partner has eight neighbours that publish this service in the base year.",
            remedy="Choose a base year of a national edition: `consortia reference editions` lists them.",
        )
    year = study.definition.base_year
    console.print(table_text(gap_table(rows, period=year, price_base=year, withheld=withheld), language=language))


def show_indices(folder: Path, *, language: str) -> None:
    """Prints what of each partner's change of cost is price and what is volume, and its cost beside its neighbours'."""
    study = read_study(folder)
    found = compare(study, harmonise_study(study))
    rows, withheld = index_rows(found, study.definition), found.withheld(study.definition)
    if not any(row.services or row.compared for row in rows):
        raise ConsortiaError(
            "No partner has two published outturns, nor neighbours that publish the base year.",
            remedy="Choose a base year of a national edition: `consortia reference editions` lists them.",
        )
    year = study.definition.base_year
    console.print(table_text(index_table(rows, period=year, price_base=year, withheld=withheld), language=language))


def show_trends(folder: Path, *, service: str, language: str) -> None:
    """Prints how the partners' spending has moved in real terms."""
    study = read_study(folder)
    if service:
        named(service)
    rows = trends(study.definition, service=service)
    if not rows:
        raise ConsortiaError(
            "There are not two published outturns of this service for any partner.",
            remedy="Trends are held for heads; `consortia reference editions` lists the years.",
        )
    years = [year for row in rows for year, value in row.trend.values if value is not None]
    if all(row.trend.change is None for row in rows):
        raise ConsortiaError(
            f"Not one trend can be told: between {min(years)} and {max(years)} every series is broken.",
            remedy="Compare the base year instead: leave --trend out.",
        )
    period, base = say(msgid("{first} to {last}"), first=min(years), last=max(years)), study.definition.base_year
    console.print(table_text(trend_table(rows, period=period, price_base=base), language=language))
