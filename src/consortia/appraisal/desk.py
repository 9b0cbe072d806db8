"""What a worker of the engine has before it, and what it hands over, as arrays with the draws last.

Rows "by year" are place x years + year.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.lanes import LANES
from consortia.appraisal.layout import IntArray, Layout


class Totals(NamedTuple):
    """What is worked out, [.., draw], real pounds; no rows: not wanted."""

    npv: FloatArray
    """[partner, draw], discounted: what counts coming in, less what counts going out."""
    net: FloatArray
    """[year, draw] of all partners, not discounted."""
    project: FloatArray
    """[project, draw], discounted: its part of what is saved together."""
    alone: FloatArray
    """[project, draw], discounted: what it would save if no other project touched its lines."""
    accounts: FloatArray
    """[account by year, draw]"""
    unmet: FloatArray
    """[1, draw]: planned pounds, over all years, for which nothing was left on the line."""
    flows: FloatArray
    """[stream or settlement by year, draw]"""
    missed: FloatArray
    """[stream by year, draw]: the unmet part of each."""


class Desk(NamedTuple):
    """What one worker has before it for the draws in hand, [.., lane]."""

    back: IntArray
    """Of the driver in hand: by how many whole years it comes late."""
    inputs: FloatArray
    paths: FloatArray
    driven: FloatArray
    """[driver by year]"""
    metered: FloatArray
    """[meter by year]"""
    net: FloatArray
    """[partner by year]: what its lines bring in."""
    worth: FloatArray
    """[driver], discounted, for streams without a line."""
    part: FloatArray
    """[1], of the driver in hand: by which part of a year it comes late."""
    before: FloatArray
    """[1], of the driver in hand: what was planned for the year before."""
    left: FloatArray
    """[year], of the line in hand; so are the next five."""
    base: FloatArray
    room: FloatArray
    taken: FloatArray
    amount: FloatArray
    scale: FloatArray
    weights: FloatArray
    """[stream of the line by year]"""


def totals_of(layout: Layout, draws: int, *, apart: bool, flows: bool) -> Totals:
    """Room for the totals of so many draws, not yet filled; with `flows` those of each stream too."""
    partners, projects, accounts, _ = layout.sizes
    years, each = layout.factors.size, layout.flows.sign.size * layout.factors.size
    told, kept = projects if apart else 0, each if flows else 0
    rows = (partners, years, told, told, accounts * years, 1, kept, kept)
    return Totals(*(np.empty((number, draws)) for number in rows))


def sums_of(totals: Totals) -> Totals:
    """The same for the draws that are side by side, with nothing in it."""
    return Totals(*(np.zeros((whole.shape[0], LANES)) for whole in totals))


def desk_of(layout: Layout, *, inputs: int, paths: int) -> Desk:
    """An empty desk."""
    years, parts = layout.factors.size, layout.lines.amounts - layout.lines.first[:-1]
    drivers, partners, meters = layout.drivers.delivery.size, layout.sizes[0], layout.sizes[3]
    most = int(parts.max(initial=0))
    rows = (
        inputs,
        paths,
        drivers * years,
        meters * years,
        partners * years,
        drivers,
        1,
        1,
        *(years,) * 6,
        most * years,
    )
    return Desk(np.zeros(LANES, dtype=np.int64), *(np.zeros((number, LANES)) for number in rows))
