"""What a worker of the engine has before it, and what it hands over, as arrays with the draws last.

Rows "by year" are place x years + year.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.lanes import LANES
from consortia.appraisal.layout import BoolArray, Layout

_EDGE = 64
"""Bytes of a cache line."""


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

    free: BoolArray
    """[line]: whether no bound can bind."""
    of_driver: FloatArray
    """[driver, 2]: the lowest and the highest that it comes to."""
    of_path: FloatArray
    """[path, 2]: the lowest and the highest factor."""
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
    whole: FloatArray
    """[1], of the driver in hand: by how many whole years it comes late."""
    part: FloatArray
    """[1]: and by which part of a year."""
    left: FloatArray
    """[year], of the line in hand; so are the next five."""
    base: FloatArray
    room: FloatArray
    taken: FloatArray
    amount: FloatArray
    scale: FloatArray
    weights: FloatArray
    """[stream of the line by year], or [years ago] of the driver in hand."""


def totals_of(layout: Layout, draws: int, *, apart: bool, flows: bool) -> Totals:
    """Room for the totals of so many draws, not yet filled; with `flows` those of each stream too."""
    partners, projects, accounts, _ = layout.sizes
    years, each = layout.factors.size, layout.flows.sign.size * layout.factors.size
    told, kept = projects if apart else 0, each if flows else 0
    rows = (partners, years, told, told, accounts * years, 1, kept, kept)
    return Totals(*(np.empty((number, draws)) for number in rows))


def sums_of(totals: Totals) -> Totals:
    """The same for the draws that are side by side, with nothing in it."""
    return Totals(*(_rows(whole.shape[0]) for whole in totals))


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
        max(most, 1) * years,
    )
    free = np.zeros(parts.size, dtype=np.bool_)
    return Desk(free, np.zeros((drivers, 2)), np.zeros((paths // years, 2)), *(_rows(number) for number in rows))


def _rows(number: int) -> FloatArray:
    """So many rows of lanes with nothing in them, each from the edge of a cache line: half as many are then touched."""
    room = np.zeros(number * LANES + _EDGE // 8)
    first = -room.ctypes.data % _EDGE // 8
    return room[first : first + number * LANES].reshape(number, LANES)
