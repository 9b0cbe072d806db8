"""From cases to cash flows: saving and cost of every draw, partner, service and year in one array each.

Draw 0 is the central case. Amounts are float pounds in the prices of the base year. Source: methods.md 5, 6.4, 7, 8.1;
the model in plain words is docs/methods/appraisal.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from itertools import product

from consortia.appraisal.correlations import Correlations
from consortia.appraisal.discounting import DiscountBands
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.refusals import AppraisalError, refuse_too_many
from consortia.appraisal.results import Appraisal
from consortia.appraisal.sharing import sharing_programme
from consortia.appraisal.streams import Programme
from consortia.periods import FinancialYear

LARGEST_ARRAY = 64 * 1024**2
"""Most amounts in one of the two arrays (half a gigabyte each)."""
DEFAULT_CORRELATIONS = Correlations()


def appraise(
    cases: Iterable[ServiceCase],
    *,
    partners: Sequence[str],
    base_year: FinancialYear,
    horizon: int,
    schedule: DiscountBands,
    phasing: Phasing,
    count: int,
    seed: int,
    correlations: Correlations = DEFAULT_CORRELATIONS,
    workers: Executor | None = None,
) -> Appraisal:
    """Cash flows of all cases in `count` draws and the central case, real pounds of `base_year`, t = 0..`horizon`.

    The same seed gives the same numbers to the last bit, in whatever order cases and partners come and whoever the
    `workers` are. Raises
    AppraisalError when the arrays would be too large or a case starts after the horizon, ValueError when a partner
    would share the same service twice or a member is no partner.
    """
    ordered = sorted(cases, key=lambda case: case.key)
    services = tuple(sorted({case.service for case in ordered}))
    _check(ordered, partners, horizon)
    made_of = f"{len(partners)} partners, {len(services)} services and {horizon + 1} years"
    amounts = len(partners) * len(services) * (horizon + 1)
    refuse_too_many(count + 1, amounts, LARGEST_ARRAY, made_of=made_of)
    programme = sharing_programme(
        ordered,
        partners=partners,
        base_year=base_year,
        horizon=horizon,
        schedule=schedule,
        phasing=phasing,
        correlations=correlations,
    )
    return _told_by_service(programme, ordered, services=services, count=count, seed=seed, workers=workers)


def _told_by_service(
    programme: Programme,
    cases: Sequence[ServiceCase],
    *,
    services: tuple[str, ...],
    count: int,
    seed: int,
    workers: Executor | None,
) -> Appraisal:
    """The programme appraised, its savings and costs kept apart for each partner and service."""
    service_of = {case.key: case.service for case in cases}
    result = appraise_programme(
        programme,
        count=count,
        seed=seed,
        label=lambda term: (term.kind == "cashable", term.partner, service_of[term.project]),
        accounts=tuple(product((True, False), programme.partners, services)),
        apart=False,
        workers=workers,
    )
    yearly = result.yearly.reshape(count + 1, 2, len(programme.partners), len(services), programme.years)
    return Appraisal(
        saving=yearly[:, 0],
        cost=yearly[:, 1],
        partners=programme.partners,
        services=services,
        base_year=programme.base_year,
        factors=programme.factors,
        seed=seed,
    )


def _check(cases: Sequence[ServiceCase], partners: Sequence[str], horizon: int) -> None:
    _refuse_twins("case", [case.key for case in cases])
    _refuse_twins("partner", list(partners))
    _refuse_twins("service of a partner", [f"{case.service} of {member}" for case in cases for member in case.members])
    strangers = sorted({member for case in cases for member in case.members} - set(partners))
    if strangers:
        raise ValueError(f"{', '.join(strangers)} are members of a case but no partners")
    late = [case.key for case in cases if case.start > horizon]
    if late:
        raise AppraisalError(
            f"{', '.join(late)} would start after the {horizon} years that are appraised.",
            remedy="Start earlier, or appraise more years.",
        )


def _refuse_twins(what: str, names: Sequence[str]) -> None:
    twins = sorted(name for name, times in Counter(names).items() if times > 1)
    if twins:
        raise ValueError(f"{what} {', '.join(twins)} would be appraised twice")
