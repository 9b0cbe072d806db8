"""What is to be chosen where services share groups: listed groups, their values for every service, a hub's cost."""

from dataclasses import dataclass

import numpy as np

from consortia.partnership.columns import Columns
from consortia.partnership.masks import FloatArray, IntArray

Choice = tuple[IntArray, ...]
"""For every service the places of its groups in the list."""


@dataclass(frozen=True, slots=True)
class HubTask:
    """Listed groups, what each is worth to every service, and what each distinct group of two and more costs once."""

    columns: Columns
    values: FloatArray
    """[group, service]; minus infinity forbids the group to the service."""
    hub_cost: float

    @property
    def services(self) -> int:
        """Give the number of services."""
        return int(self.values.shape[1])

    def opened(self, choice: Choice) -> IntArray:
        """Give the distinct groups of two and more of a choice."""
        used = np.unique(np.concatenate(choice))
        return used[self.columns.sizes[used] > 1]

    def worth(self, choice: Choice) -> float:
        """Give what a choice is worth over all services, its hubs paid."""
        total = sum(float(self.values[places, service].sum()) for service, places in enumerate(choice))
        return total - self.hub_cost * self.opened(choice).size
