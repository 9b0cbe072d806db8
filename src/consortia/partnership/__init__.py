"""The value of a group, the best grouping, shares and stability."""

from consortia.partnership.grouping import Grouping, best_partition, best_partitions
from consortia.partnership.limits import Limits, allowed_groups
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.rules import Division, divide, recommended
from consortia.partnership.sensitivity import selection_frequency
from consortia.partnership.service_grouping import (
    Alternative,
    GroupPrice,
    ServiceGrouping,
    solve_service,
)
from consortia.partnership.shares import equal, proportional, shapley, within_groups
from consortia.partnership.stability import Blocking, blocking_groups, is_stable
from consortia.partnership.value import (
    DuplicatedWork,
    GroupModel,
    GroupValues,
    LevelFactor,
    ScaleCurve,
    price_groups,
)

__all__ = [
    "Alternative",
    "Blocking",
    "Division",
    "DuplicatedWork",
    "GroupModel",
    "GroupPrice",
    "GroupValues",
    "Grouping",
    "LevelFactor",
    "Limits",
    "PartnershipError",
    "ScaleCurve",
    "ServiceGrouping",
    "allowed_groups",
    "best_partition",
    "best_partitions",
    "blocking_groups",
    "divide",
    "equal",
    "is_stable",
    "price_groups",
    "proportional",
    "recommended",
    "selection_frequency",
    "shapley",
    "solve_service",
    "within_groups",
]
