"""How alike the fortunes of different cases are, as common factors of their draws.

Source: methods.md 6.3 [J]: 0.2 between different services, 0.4 in the same service, 0.6 in the same programme. They
hold between the same input of two cases (delivery and delivery, delay and delay); different inputs are independent.
"""

from __future__ import annotations

from dataclasses import dataclass

from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.refusals import AppraisalError


@dataclass(frozen=True, slots=True)
class Correlations:
    """Latent normal correlation between the same input of two cases; two that share both have both increments."""

    different_service: float = 0.2
    same_service: float = 0.4
    same_programme: float = 0.6

    def __post_init__(self) -> None:
        """Refuse correlations that no set of common factors has."""
        parts = (self.different_service, *self._increments)
        if min(parts) < 0 or sum(parts) > 1:
            raise AppraisalError(
                f"The correlations {self.different_service} (different service), {self.same_service} (same service) "
                f"and {self.same_programme} (same programme) cannot exist together.",
                remedy="Let the first be the lowest, and the other two add up to at most one more than it.",
            )

    @property
    def _increments(self) -> tuple[float, float]:
        return self.same_service - self.different_service, self.same_programme - self.different_service

    def shares(self, name: str, case: ServiceCase) -> dict[str, float]:
        """Parts of the latent variance of one input of a case that come from factors it shares with other cases."""
        service, programme = self._increments
        shares = {name: self.different_service, f"{name}|service|{case.service}": service}
        if case.programme:
            shares[f"{name}|programme|{case.programme}"] = programme
        return shares
