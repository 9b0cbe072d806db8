"""The partners' lines made comparable, from the documents of a study: adjustments, hosted services, price base."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from consortia.costing import Guest, Harmonised, HostedService, attribute_hosted, cost_table, harmonise
from consortia.errors import StudyError, UnknownReference
from consortia.findings import Place
from consortia.money import to_pence
from consortia.periods import FinancialYear
from consortia.reference.prices import deflator
from consortia.run.finding_names import in_names
from consortia.study import Study
from consortia.study.adjustments import for_the_bridge


def harmonise_study(study: Study) -> Harmonised:
    """The partners' lines, after the adjustments in effect, made comparable, in the prices of the base year.

    Hosted services that the definition names stand at those they are run for.

    Raises StudyError where an adjustment does not fit the line that it changes, and for a line of a year without a
    deflator.
    """
    base = study.definition.year
    costs = adjusted_costs(study)
    _check_years(study)
    years = {FinancialYear.parse(year) for year in costs["year"].unique().to_list()} | {base}
    index = {str(year): deflator(year) for year in years}
    found = attribute_hosted(harmonise(costs, price_base=base, deflators=index), hosted_of(study), deflators=index)
    return replace(found, findings=in_names(found.findings, study.definition))


def _check_years(study: Study) -> None:
    """Raises StudyError with partner, file and cell of the first line whose prices cannot be converted."""
    for returned in study.returns:
        for year in returned.costs["year"].unique().sort().to_list():
            if not _has_deflator(year):
                line = returned.costs.filter(pl.col("year") == year).row(0, named=True)
                name = study.definition.partner(returned.partner).name.en
                place = Place(line["file"] or f"returns/{returned.partner}/costs.csv", line["sheet"], line["cell"])
                raise StudyError(
                    f"{name} has a line of {year}, whose prices are not known: {line['key']} [{place}].",
                    remedy=f"Correct or take out the line in returns/{returned.partner}/costs.csv, "
                    "or load the return anew (`consortia intake`).",
                )


def _has_deflator(year: str) -> bool:
    try:
        deflator(FinancialYear.parse(year))
    except (ValueError, UnknownReference):
        return False
    return True


def hosted_of(study: Study) -> tuple[HostedService, ...]:
    """The hosted services of the definition, whole pence, nominal."""
    return tuple(
        HostedService(
            one.service,
            one.year or study.definition.base_year,
            one.host,
            tuple(Guest(part.partner, to_pence(part.cost), to_pence(part.paid)) for part in one.run_for),
        )
        for one in study.definition.hosting
    )


def adjusted_costs(study: Study) -> pl.DataFrame:
    """The partners' lines as sent, with each adjustment in effect on a row of its own; nominal pence."""
    changed = (replace(each, costs=for_the_bridge(each.costs, each.review.adjustments)) for each in study.returns)
    return cost_table(changed)
