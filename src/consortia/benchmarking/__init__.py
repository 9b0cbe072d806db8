"""Benchmarking: unit costs, their spread among peers, what size does, frontiers, indices and trends in real terms."""

from consortia.benchmarking.envelopment import Envelopment, Refused, envelop
from consortia.benchmarking.frontier import Frontier, cost_frontier
from consortia.benchmarking.funnel import (
    Funnel,
    byar_interval,
    funnel,
    poisson_interval,
    proportion_limits,
    ratio_limits,
)
from consortia.benchmarking.index_numbers import composite_unit_cost, price_index, split_change
from consortia.benchmarking.neighbours import Neighbour, Neighbours, nearest_neighbours, standard_scores
from consortia.benchmarking.outcomes import PairedTable, cost_and_outcome
from consortia.benchmarking.scale import ScaleFinding, scale_curve
from consortia.benchmarking.spread import (
    Potential,
    Spread,
    potential,
    reliability,
    robust_scores,
    shrunk_potential,
    spread,
    total_potential,
)
from consortia.benchmarking.trends import Break, Trend, real_trend
from consortia.benchmarking.unit_costs import CAVEATS, REASONS, unit_costs, volume_table

__all__ = [
    "CAVEATS",
    "REASONS",
    "Break",
    "Envelopment",
    "Frontier",
    "Funnel",
    "Neighbour",
    "Neighbours",
    "PairedTable",
    "Potential",
    "Refused",
    "ScaleFinding",
    "Spread",
    "Trend",
    "byar_interval",
    "composite_unit_cost",
    "cost_and_outcome",
    "cost_frontier",
    "envelop",
    "funnel",
    "nearest_neighbours",
    "poisson_interval",
    "potential",
    "price_index",
    "proportion_limits",
    "ratio_limits",
    "real_trend",
    "reliability",
    "robust_scores",
    "scale_curve",
    "shrunk_potential",
    "split_change",
    "spread",
    "standard_scores",
    "total_potential",
    "unit_costs",
    "volume_table",
]
