"""Benchmarking: unit costs, their spread among peers, nearest neighbours, and trends in real terms."""

from consortia.benchmarking.neighbours import Neighbour, Neighbours, nearest_neighbours, standard_scores
from consortia.benchmarking.scale import ScaleFinding, scale_curve
from consortia.benchmarking.spread import Potential, Spread, potential, robust_scores, spread, total_potential
from consortia.benchmarking.trends import Trend, real_trend
from consortia.benchmarking.unit_costs import CAVEATS, REASONS, unit_costs, volume_table

__all__ = [
    "CAVEATS",
    "REASONS",
    "Neighbour",
    "Neighbours",
    "Potential",
    "ScaleFinding",
    "Spread",
    "Trend",
    "nearest_neighbours",
    "potential",
    "real_trend",
    "robust_scores",
    "scale_curve",
    "spread",
    "standard_scores",
    "total_potential",
    "unit_costs",
    "volume_table",
]
