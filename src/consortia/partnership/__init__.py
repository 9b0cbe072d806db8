"""The value of a group, the best grouping, shares and stability."""

from consortia.partnership.column_limits import allowed_columns
from consortia.partnership.columns import Columns, columns_of
from consortia.partnership.connected_sets import connected_sets
from consortia.partnership.constraint_prices import ConstraintPrice, constraint_prices
from consortia.partnership.grouping import Grouping, best_partition, best_partitions
from consortia.partnership.hub_design import HubDesign, best_design
from consortia.partnership.joint import JointGrouping, at_most, one_grouping
from consortia.partnership.limits import Limits, allowed_groups
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.retest import Retest, retest
from consortia.partnership.rules import Division, divide, recommended
from consortia.partnership.sensitivity import selection_frequency
from consortia.partnership.service_grouping import (
    Alternative,
    GroupPrice,
    ServiceGrouping,
    solve_service,
)
from consortia.partnership.set_partition import SetPartition, best_division
from consortia.partnership.shares import equal, proportional, shapley, within_groups
from consortia.partnership.stability import Blocking, blocking_groups, is_stable
from consortia.partnership.value import (
    DuplicatedWork,
    GroupModel,
    GroupValues,
    LevelFactor,
    ScaleCurve,
    TotalValue,
    price_groups,
    total_value,
)

__all__ = [
    "Alternative",
    "Blocking",
    "Columns",
    "ConstraintPrice",
    "Division",
    "DuplicatedWork",
    "GroupModel",
    "GroupPrice",
    "GroupValues",
    "Grouping",
    "HubDesign",
    "JointGrouping",
    "LevelFactor",
    "Limits",
    "PartnershipError",
    "Retest",
    "ScaleCurve",
    "ServiceGrouping",
    "SetPartition",
    "TotalValue",
    "allowed_columns",
    "allowed_groups",
    "at_most",
    "best_design",
    "best_division",
    "best_partition",
    "best_partitions",
    "blocking_groups",
    "columns_of",
    "connected_sets",
    "constraint_prices",
    "divide",
    "equal",
    "is_stable",
    "one_grouping",
    "price_groups",
    "proportional",
    "recommended",
    "retest",
    "selection_frequency",
    "shapley",
    "solve_service",
    "total_value",
    "within_groups",
]
