"""The next best divisions into listed groups: each differs from the best in at least one group.

The divisions other than the best are split by which of its groups is the first that they lack; the best of each part is
found anew, with the groups before it kept. The part with the best of them is split again. Source: Murty (1968); Lawler
(1972). Nothing here knows of councils.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from consortia.partnership.columns import Columns
from consortia.partnership.masks import BoolArray, FloatArray, IntArray
from consortia.partnership.set_partition import SetPartition

Group = tuple[int, ...]
Solve = Callable[[Columns, FloatArray], SetPartition]


@dataclass(frozen=True, slots=True)
class _Part:
    """Divisions that keep some groups and lack others, with the best of them."""

    best: SetPartition
    kept: tuple[Group, ...]
    lacking: tuple[Group, ...]


def next_best(
    columns: Columns, values: FloatArray, best: SetPartition, *, count: int, solve: Solve
) -> tuple[SetPartition, ...]:
    """Give the best divisions but `best`, best first: as sure of their order as `solve` is of each.

    Fewer where there are not so many.
    """
    whole = _Part(best, (), ())
    waiting = list(_parts(columns, values, whole, solve))
    order = [(-part.best.value, number, part) for number, part in enumerate(waiting)]
    heapq.heapify(order)
    found: list[SetPartition] = []
    while order and len(found) < count:
        part = heapq.heappop(order)[-1]
        found.append(part.best)
        if len(found) < count:
            for one in _parts(columns, values, part, solve):
                waiting.append(one)
                heapq.heappush(order, (-one.best.value, len(waiting), one))
    return tuple(found)


def _parts(columns: Columns, values: FloatArray, part: _Part, solve: Solve) -> Iterator[_Part]:
    """The divisions of a part but its best, split by the first of its groups that they lack."""
    kept = part.kept
    for group in part.best.groups:
        if group in part.kept:
            continue
        lacking = (*part.lacking, group)
        keep = _fitting(columns, kept, lacking)
        with suppress(ValueError):  # no division keeps and lacks these
            yield _Part(solve(columns.where(keep), values[keep]), kept, lacking)
        kept = (*kept, group)


def _fitting(columns: Columns, kept: tuple[Group, ...], lacking: tuple[Group, ...]) -> BoolArray:
    """Which groups may be in a division with all that are kept and none that it lacks."""
    fits = np.ones(len(columns), np.bool_)
    sizes = columns.sizes
    for group in kept:
        inside = _members_in(columns, group)
        fits &= (inside == 0) | ((inside == len(group)) & (sizes == len(group)))
    for group in lacking:
        fits &= (_members_in(columns, group) != len(group)) | (sizes != len(group))
    return fits


def _members_in(columns: Columns, group: Group) -> IntArray:
    return np.asarray(np.isin(columns.members, group).sum(axis=1))
