"""Costing: partners' lines made comparable, with a bridge from each source cell to the harmonised amount; overheads,
activities and target costs."""

from consortia.costing.activities import Activity, ActivityCosts, Resource, cost_activities
from consortia.costing.allocation import Allocation, Department, NotAllocated, allocate, compare_methods
from consortia.costing.avoidable import Avoidable, Stop, elements_of, stranded_on, what_stops
from consortia.costing.bridge import bridge, by_cost_type, source_cells
from consortia.costing.confidence import GradeScale, grade_cells
from consortia.costing.harmonise import MEASURES, STEPS, Harmonised, harmonise
from consortia.costing.hosting import Guest, HostedService, attribute_hosted
from consortia.costing.ledger import cost_table
from consortia.costing.measures import Components, Measures, measures_of
from consortia.costing.target_cost import BudgetTarget, GapClosing, target_gaps
from consortia.costing.time_driven import Task, Team, TeamCost, TimeEquation, cost_team
from consortia.costing.value_index import Component, Function, ValueAnalysis, analyse_value

__all__ = [
    "MEASURES",
    "STEPS",
    "Activity",
    "ActivityCosts",
    "Allocation",
    "Avoidable",
    "BudgetTarget",
    "Component",
    "Components",
    "Department",
    "Function",
    "GapClosing",
    "GradeScale",
    "Guest",
    "Harmonised",
    "HostedService",
    "Measures",
    "NotAllocated",
    "Resource",
    "Stop",
    "Task",
    "Team",
    "TeamCost",
    "TimeEquation",
    "ValueAnalysis",
    "allocate",
    "analyse_value",
    "attribute_hosted",
    "bridge",
    "by_cost_type",
    "compare_methods",
    "cost_activities",
    "cost_table",
    "cost_team",
    "elements_of",
    "grade_cells",
    "harmonise",
    "measures_of",
    "source_cells",
    "stranded_on",
    "target_gaps",
    "what_stops",
]
