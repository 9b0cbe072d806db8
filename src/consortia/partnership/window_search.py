"""A division of many players made better window by window, where the search by losses cannot take in the whole map.

A window is a few groups that lie beside each other. Its players are divided again by the search by losses, which finds
the division of the window that loses least; every window so solved leaves the division as good or better. Windows begin
at groups that lose something, and are drawn at random from a seed: the same answer every time. Nothing here knows of
councils.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numba import njit

from consortia.partnership.columns import NOBODY, Columns, Members
from consortia.partnership.loss_search import SLACK, links_of, search_losses
from consortia.partnership.masks import BoolArray, FloatArray, IntArray

SMALLEST_WINDOW: Final = 16
LARGEST_WINDOW: Final = 32
"""Players of a large window, half of all at most: what the search by losses covers in milliseconds. Windows of half
that size and more take turns."""
MOST_WINDOWS: Final = 3_000
IDLE_WINDOWS: Final = 200
"""So many windows in a row that better nothing end the search, and so many as there are players."""
STATES_A_WINDOW: Final = 20_000
MOST_NEAR: Final = 200_000
"""Groups that windows look at: those that lose least, and every player alone."""
FIRST_PART: Final = 0.25
"""The first budget of a window, of what it loses now."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The best division that the windows led to, and the work it took."""

    places: IntArray
    windows: int
    states: int


def search_windows(
    columns: Columns, losses: FloatArray, *, scale: float, seed: int = 0, most_windows: int = MOST_WINDOWS
) -> Windows | None:
    """Give a division that loses little, from `most_windows` windows at most; it is the best if it loses nothing.

    `scale` is the size of the bound that losses are measured against. `None` unless every player may stand alone:
    the search begins with the groups that lose least and leaves whoever is left over alone.
    """
    if np.unique(columns.members[columns.sizes == 1, 0]).size < columns.players:
        return None
    near = _near(columns, losses)
    division = _Division(Columns(columns.players, columns.members[near]), losses[near], links_of(columns))
    random, windows, idle, states = np.random.default_rng(seed), 0, 0, 0
    most_idle = min(IDLE_WINDOWS, columns.players)
    while division.loss > SLACK * scale and windows < most_windows and idle < most_idle:
        gained, work = division.mend(random, scale)
        windows, states, idle = windows + 1, states + work, 0 if gained > SLACK * scale else idle + 1
    return Windows(near[division.places], windows, states)


def _near(columns: Columns, losses: FloatArray) -> IntArray:
    """The groups that windows look at, least loss first."""
    near = np.arange(losses.size)
    if losses.size > MOST_NEAR:
        least = np.argpartition(losses, MOST_NEAR)[:MOST_NEAR]
        near = np.union1d(least, np.flatnonzero(columns.sizes == 1))
    return near[np.argsort(losses[near], kind="stable")]


class _Division:
    """The division so far: where in the list (least loss first) the group stands that each player is in."""

    def __init__(self, columns: Columns, losses: FloatArray, links: Any) -> None:
        self.columns, self.losses, self.links = columns, losses, links
        self.place_of = np.empty(columns.players, np.int64)
        self._take(_greedy(columns.members, columns.sizes, columns.players))

    @property
    def places(self) -> IntArray:
        """Give the groups of the division."""
        return np.unique(self.place_of)

    @property
    def loss(self) -> float:
        """Give what its groups lose together."""
        return float(self.losses[self.places].sum())

    def mend(self, random: np.random.Generator, scale: float) -> tuple[float, int]:
        """Divide one window again; give what that gained (nothing, if it found nothing better) and the states."""
        inside = self._window(random)
        now = float(self.losses[np.unique(self.place_of[inside])].sum())
        within = _rows_inside(self.columns.members, inside, int(np.searchsorted(self.losses, now, side="right")))
        window, own = _renumbered(self.columns.members[within], inside), self.losses[within]
        found = search_losses(
            window, own, scale=scale, first_budget=FIRST_PART * now, ceiling=now, most_states=STATES_A_WINDOW
        )
        if found.places is None or own[list(found.places)].sum() > now:
            return 0.0, found.states
        self._take(within[list(found.places)])
        return now - float(own[list(found.places)].sum()), found.states

    def _take(self, places: IntArray) -> None:
        for place in places:
            self.place_of[list(self.columns.group(int(place)))] = place

    def _window(self, random: np.random.Generator) -> BoolArray:
        """Mark the players of a few groups beside each other, the first one likelier the more it loses."""
        largest = min(LARGEST_WINDOW, max(self.columns.players // 2, SMALLEST_WINDOW))
        places, size = self.places, random.integers(largest // 2, largest + 1)
        lost = self.losses[places] + self.losses[places].mean() / 10
        inside = self.place_of == random.choice(places, p=lost / lost.sum())
        while inside.sum() < size:
            beside = np.unique(self.place_of[(self.links @ inside > 0) & ~inside])
            if not beside.size:
                break
            inside |= self.place_of == random.choice(beside)
        return np.asarray(inside)


def _renumbered(members: Members, inside: BoolArray) -> Columns:
    """Give groups of the players inside as groups of players numbered from 0."""
    number = np.full(inside.size + 1, NOBODY, np.int16)
    number[np.flatnonzero(inside)] = np.arange(inside.sum())
    return Columns(int(inside.sum()), number[members])


@njit(cache=True, nogil=True)
def _rows_inside(members: Any, inside: Any, count: int) -> Any:
    """Which of the first rows have no member outside."""
    rows = np.empty(count, np.int64)
    found = 0
    for row in range(count):
        fits = True
        for at in range(members.shape[1]):
            if members[row, at] < 0:
                break
            if not inside[members[row, at]]:
                fits = False
                break
        if fits:
            rows[found] = row
            found += 1
    return rows[:found].copy()


@njit(cache=True)
def _greedy(members: Any, sizes: Any, players: int) -> Any:
    """Groups of two and more that leave out those taken before, in the order of the list; the others alone."""
    taken = np.zeros(players, np.bool_)
    chosen = np.zeros(sizes.size, np.bool_)
    for least in (2, 1):
        for row in range(sizes.size):
            free = sizes[row] >= least
            for at in range(sizes[row]):
                free = free and not taken[members[row, at]]
            if free:
                chosen[row] = True
                for at in range(sizes[row]):
                    taken[members[row, at]] = True
    return np.flatnonzero(chosen)
