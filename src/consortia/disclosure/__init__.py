"""Disclosure: what a table about named partners may show, so that nobody's own figure can be worked out from it."""

from consortia.disclosure.attack import Interval, feasible_intervals
from consortia.disclosure.groupings import Exposure, exposures, table_of_groupings
from consortia.disclosure.protection import ProtectedTable, protect
from consortia.disclosure.refusals import DisclosureRefused
from consortia.disclosure.rules import DisclosureRules, is_unsafe, protection_needed
from consortia.disclosure.tables import DisclosureCell, DisclosureTable, Sum, counts_table, two_way

__all__ = [
    "DisclosureCell",
    "DisclosureRefused",
    "DisclosureRules",
    "DisclosureTable",
    "Exposure",
    "Interval",
    "ProtectedTable",
    "Sum",
    "counts_table",
    "exposures",
    "feasible_intervals",
    "is_unsafe",
    "protect",
    "protection_needed",
    "table_of_groupings",
    "two_way",
]
