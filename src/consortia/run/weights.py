"""What weighs partners in the rules that share by people or by use; budgets weigh in every study."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from consortia.run.bounds import people_of
from consortia.run.proposals import Proposal
from consortia.study import Study
from consortia.study.returns import USE_OF

PEOPLE = "population"


def weights_of(proposal: Proposal, study: Study) -> dict[str, Sequence[float]]:
    """Weights of the rules by people and by use; a rule whose weight is not known for every partner is left out.

    Use is the volume that the returns state for the service, else the volume that its unit cost divides by, such as
    pupils; where that is residents, use would say the same as people and is left out.
    """
    people = _known(people_of(proposal.members, study.definition))
    use = _use(proposal, study, f"{USE_OF}{proposal.service.code}")
    per = proposal.service.denominator
    if use is None and per and per != PEOPLE:
        use = _use(proposal, study, per)
    return ({"population": people} if people else {}) | ({"use": use} if use else {})


def _use(proposal: Proposal, study: Study, measure: str) -> Sequence[float] | None:
    return _known([_volume(study.return_of(code).volumes, measure, study) for code in proposal.members])


def _volume(volumes: pl.DataFrame, measure: str, study: Study) -> float | None:
    year = study.definition.base_year
    found = volumes.filter((pl.col("measure") == measure) & (pl.col("year") == year))["value"].drop_nulls()
    return float(found[0]) if len(found) else None


def _known(amounts: Sequence[float | None]) -> Sequence[float] | None:
    """All of them where each is known and above zero."""
    known = [amount for amount in amounts if amount]
    return known if len(known) == len(amounts) else None
