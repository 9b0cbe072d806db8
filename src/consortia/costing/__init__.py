"""Costing: partners' lines made comparable, with a bridge from each source cell to the harmonised amount."""

from consortia.costing.harmonise import MEASURES, STEPS, Harmonised, harmonise
from consortia.costing.ledger import cost_table
from consortia.costing.measures import Components, Measures, measures_of

__all__ = ["MEASURES", "STEPS", "Components", "Harmonised", "Measures", "cost_table", "harmonise", "measures_of"]
