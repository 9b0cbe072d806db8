"""What all services of a run have in common: horizon, discounting, phasing; and the factors of each proposal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from consortia.appraisal import Phasing, ValueFactors, discount_factors, value_factors
from consortia.periods import FinancialYear
from consortia.reference.prices import DiscountSchedule, discount_schedule, to_real
from consortia.report.words import Message, msgid, say
from consortia.run.assumptions import Assumptions
from consortia.run.proposals import Proposal
from consortia.study import Definition

# The year whose prices the money among the reference parameters is in; their unit says so too (a test holds the two).
REFERENCE_PRICES = FinancialYear(2024)


@dataclass(frozen=True)
class Setting:
    """The frame of a run. Years are counted from the base year, t = 0; prices are those of the base year."""

    definition: Definition
    assumptions: Assumptions
    schedule: DiscountSchedule
    phasing: Phasing

    @property
    def horizon(self) -> int:
        """Years appraised after the base year."""
        return self.definition.horizon_years

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years t = 0 to the horizon."""
        return tuple(str(self.definition.year.plus(t)) for t in range(self.horizon + 1))

    @property
    def period(self) -> Message:
        """The period of every present value of the run."""
        return say(msgid("{first} to {last}"), first=self.years[0], last=self.years[-1])

    @property
    def price_base(self) -> str:
        """The financial year whose prices are used."""
        return self.definition.base_year

    @cached_property
    def fixed_coordination(self) -> float:
        """Coordination cost a year of any group in the study's prices, pounds.

        The reference value is in prices of its own year and is brought to the base year; a study's own value is taken
        to be in the study's prices.
        """
        value = self.assumptions.value("coordination_fixed")
        if "coordination_fixed" in self.assumptions.own:
            return value
        return to_real(value, year=REFERENCE_PRICES, base=self.definition.year)

    @cached_property
    def discount_rates(self) -> tuple[float, ...]:
        """The discount rate of each year 1 to the horizon."""
        factors = discount_factors(self.schedule, self.horizon)
        return tuple(float(before / after - 1) for before, after in pairwise(factors))

    def factors(self, proposal: Proposal) -> ValueFactors:
        """What a pound of saving, set-up and coordination is worth for this proposal in the central case."""
        return value_factors(
            schedule=self.schedule,
            horizon=self.horizon,
            phasing=self.phasing,
            maturity=proposal.maturity,
            offset=proposal.offset,
            start=proposal.start,
        )


def setting_of(definition: Definition, assumptions: Assumptions) -> Setting:
    """The frame of a run from the definition and its assumptions."""
    phasing = Phasing(assumptions.sequence("benefit_phasing"), assumptions.sequence("cost_phasing"))
    return Setting(definition, assumptions, discount_schedule(), phasing)
