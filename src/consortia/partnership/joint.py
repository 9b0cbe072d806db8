"""One grouping for all services, or at most K different ones: what it costs to keep it simple.

Free to differ, each service has its own best division. With one division for all, the values of the services add up and
the best division of the sum is proved. Between the two, services are put into at most K bundles, each with the best
division of its sum: every way to bundle so few services is tried where there are few enough; otherwise services move to
the bundle whose division suits them best until none does, and the free optima bound what is left. Nothing here knows of
councils.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.grouping import Grouping, best_partition, best_value
from consortia.partnership.masks import FloatArray

MOST_BUNDLINGS: Final = 2_000
"""Ways to bundle the services up to which all are tried."""
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class JointGrouping:
    """A division for every service, of which only so many differ."""

    groupings: tuple[Grouping, ...]
    """The division of each bundle; its value is the sum over the bundle's services."""
    bundle_of: tuple[int, ...]
    """Which of them each service has."""
    value: float
    free: float
    """What the services would be worth if each had its own best division."""
    bound: float
    """No choice of so few divisions is worth more."""
    proved: bool

    @property
    def price_of_simplicity(self) -> float:
        """Give what is lost because divisions may not differ freely."""
        return self.free - self.value

    @property
    def gap(self) -> float:
        """Give what a better choice could be worth more at most."""
        return max(self.bound - self.value, 0.0)


def one_grouping(tables: Sequence[FloatArray]) -> JointGrouping:
    """Give the best division that all services share, with proof.

    `tables` hold one value table a service, over the same players; minus infinity in any forbids a group for all.
    """
    return at_most(tables, 1)


def at_most(tables: Sequence[FloatArray], different: int) -> JointGrouping:
    """Give the best choice of at most so many different divisions, one for each service, with its bound.

    `ValueError` if there is no service, fewer than one division is allowed, or the tables are of different sizes.
    """
    if not tables or different < 1 or len({table.size for table in tables}) > 1:
        raise ValueError("Joint divisions need at least one service, one division, and tables of one size.")
    free = [best_value(table) for table in tables]
    if different >= len(tables):
        return _joint(tables, tuple(range(len(tables))), sum(free), whole=True)
    everything = _bundlings(len(tables), different)
    if _count(len(tables), different) <= MOST_BUNDLINGS:
        return _joint(tables, max(_worths(tables, everything), key=lambda one: one[0])[1], sum(free), whole=True)
    return _joint(tables, _settled(tables, different), sum(free), whole=False)


def _joint(tables: Sequence[FloatArray], bundle_of: tuple[int, ...], free: float, *, whole: bool) -> JointGrouping:
    count = max(bundle_of) + 1
    groupings = tuple(best_partition(_sum(tables, bundle_of, bundle)) for bundle in range(count))
    value = sum(one.value for one in groupings)
    proved = whole or free - value <= SAME * max(abs(free), 1.0)
    return JointGrouping(groupings, bundle_of, value, free, value if proved else free, proved)


def _worths(
    tables: Sequence[FloatArray], bundlings: Iterator[tuple[int, ...]]
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Give what every bundling is worth; each bundle is solved once however many bundlings have it."""
    known: dict[frozenset[int], float] = {}
    for bundle_of in bundlings:
        total = 0.0
        for bundle in range(max(bundle_of) + 1):
            members = frozenset(place for place, own in enumerate(bundle_of) if own == bundle)
            if members not in known:
                known[members] = best_value(_sum(tables, bundle_of, bundle))
            total += known[members]
        yield total, bundle_of


def _sum(tables: Sequence[FloatArray], bundle_of: tuple[int, ...], bundle: int) -> FloatArray:
    total = np.zeros(tables[0].size)
    for table, own in zip(tables, bundle_of, strict=True):
        if own == bundle:
            total = total + table
    return total


def _bundlings(services: int, most: int) -> Iterator[tuple[int, ...]]:
    """Give every way to put the services into at most so many bundles, bundles numbered as they first appear."""

    def further(begun: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(begun) == services:
            yield begun
            return
        for bundle in range(min(max(begun, default=-1) + 2, most)):
            yield from further((*begun, bundle))

    return further(())


def _count(services: int, most: int) -> int:
    """Give how many bundlings there are: the sum of Stirling's numbers of the second kind."""
    ways = [1] + [0] * most
    for _ in range(services):
        ways = [0] + [ways[bundle - 1] + bundle * ways[bundle] for bundle in range(1, most + 1)]
    return sum(ways)


def _settled(tables: Sequence[FloatArray], different: int) -> tuple[int, ...]:
    """Start from the services' own divisions that suit all best; move services and divide again until nothing gains."""
    divisions = _most_useful(tables, [best_partition(table).groups for table in tables], different)
    before = -np.inf
    while True:
        worths = _worth_of(tables, divisions)
        total = float(worths.max(axis=1).sum())
        bundle_of = _renumbered(worths.argmax(axis=1).tolist())
        if total <= before + SAME * max(abs(total), 1.0):
            return bundle_of
        before = total
        divisions = [best_partition(_sum(tables, bundle_of, one)).groups for one in range(max(bundle_of) + 1)]


def _most_useful(
    tables: Sequence[FloatArray], candidates: Sequence[tuple[int, ...]], different: int
) -> list[tuple[int, ...]]:
    """Take, one after the other, the division that adds most to what the services reach with those taken."""
    shared = best_partition(np.sum(tables, axis=0)).groups
    worths = _worth_of(tables, candidates)
    taken, reach = [shared], _worth_of(tables, [shared])[:, 0]
    while len(taken) < different:
        best = int(np.maximum(worths, reach[:, None]).sum(axis=0).argmax())
        taken.append(candidates[best])
        reach = np.maximum(reach, worths[:, best])
    return taken


def _worth_of(tables: Sequence[FloatArray], divisions: Sequence[tuple[int, ...]]) -> FloatArray:
    """Give what each division is worth to each service: [service, division]."""
    return np.array([[table[list(groups)].sum() for groups in divisions] for table in tables])


def _renumbered(bundle_of: Sequence[int]) -> tuple[int, ...]:
    """Give bundles numbered as they first appear, without gaps."""
    names = {own: number for number, own in enumerate(dict.fromkeys(bundle_of))}
    return tuple(names[own] for own in bundle_of)
