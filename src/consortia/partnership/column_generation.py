"""The prices of players that bound every division from above: a linear programme fed by scans of all possible groups.

Choose parts of groups so that every player is in exactly one, for the highest value. The programme starts with few
groups; one scan of all of them under the prices it gives finds those worth more than their players' prices, until there
are none. The prices are then raised until no group at all is worth more than its players (rounding included), so that
their sum bounds every division, and each group has a loss: its players' prices less its value. Source: Gilmore and
Gomory (1961); Barnhart et al. (1998). Nothing here knows of councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
from numba import njit

from consortia.partnership.columns import Columns
from consortia.partnership.masks import FloatArray, IntArray
from consortia.partnership.price_programme import PriceProgramme

EXACT: Final = 1e-10
"""Groups that better the prices by less than this fraction of the largest value are left to the raising of prices."""
GROUPS_A_ROUND: Final = 200
MOST_ROUNDS: Final = 400
STEADY: Final = 0.5
"""Part of the best prices so far in the prices scanned with: keeps degenerate programmes from swinging."""


@dataclass(frozen=True, slots=True)
class PlayerPrices:
    """Prices under which no group is worth more than its members' prices and the price of a group."""

    prices: FloatArray
    """Of every player: also what it must get if nobody is to do better elsewhere."""
    group_price: float
    """Of forming one more group, where their number is limited; otherwise 0."""
    bound: float
    """No division is worth more."""
    losses: FloatArray
    """Of every group: what choosing it takes off the bound; never negative."""
    rounds: int
    columns_priced: int
    """Groups looked at in all scans."""


class Scan(NamedTuple):
    """What one look at all groups under some prices gives."""

    places: IntArray
    """The groups worth most above their members' prices, one of each stretch."""
    raised: FloatArray
    """The prices raised just until no group is worth more."""


class PossibleGroups(Protocol):
    """All groups that there can be, each with its place, listed or not; values at most about one in size."""

    @property
    def players(self) -> int:
        """Players in all."""
        ...

    def __len__(self) -> int:
        """Groups looked at in one scan."""
        ...

    def first(self) -> IntArray:
        """Give the groups to begin with."""
        ...

    def group(self, place: int) -> Sequence[int]:
        """Give the players of a group."""
        ...

    def worths(self, places: IntArray) -> FloatArray:
        """Give what groups are worth."""
        ...

    def scan(self, prices: FloatArray) -> Scan:
        """Look at all groups; the last price is less that of one more group."""
        ...


class Bounding(NamedTuple):
    """Prices under which no group is worth more than its members, and the work they took."""

    prices: FloatArray
    bound: float
    converged: bool
    """False: the rounds ran out; the bound holds all the same."""
    rounds: int
    columns_priced: int
    programmes: int
    """Linear programmes solved."""
    taken: IntArray
    """The groups that were taken into the programme, by place."""


def player_prices(columns: Columns, values: FloatArray, *, most_groups: int | None = None) -> PlayerPrices | None:
    """Give the prices with the lowest bound on divisions (into at most so many groups); `None` if there is none."""
    scale = float(np.abs(values).max(initial=0.0)) or 1.0
    found = bounding_prices(_Listed(columns, values / scale), most_groups=most_groups)
    if found is None:
        return None
    losses = np.maximum(-_gains(columns.members, values / scale, found.prices), 0.0) * scale
    prices, group_price = found.prices[:-1] * scale, float(-found.prices[-1]) * scale
    return PlayerPrices(prices, group_price, found.bound * scale, losses, found.rounds, found.columns_priced)


def bounding_prices(
    groups: PossibleGroups, *, most_groups: int | None = None, most_rounds: int = MOST_ROUNDS, close: float = 0.0
) -> Bounding | None:
    """Give the prices with the lowest bound that so many scans find; `None` if some player is in no group.

    Stops early once the bound is within `close` of what the linear programme is worth.
    """
    programme, taken = PriceProgramme(groups.players, most_groups), _Taken(groups)
    taken.into(programme, groups.first(), None)
    rounds, converged = 0, False
    kept, bound = np.zeros(groups.players + 1), np.inf
    while not converged and rounds < most_rounds:
        now = programme.solve()
        for weight in (STEADY, 0.0) if np.isfinite(bound) else (0.0,):
            tried = weight * kept + (1 - weight) * now
            places, raised = groups.scan(tried)
            rounds += 1
            if _total(raised, most_groups) < bound:
                kept, bound = raised, _total(raised, most_groups)
            if bound - _total(now, most_groups) <= close and programme.covered:
                converged = True
                break
            if taken.into(programme, places, now):
                break
        else:
            converged = True
    if not programme.covered:
        return None
    return Bounding(kept, bound, converged, rounds, rounds * len(groups), programme.solved, taken.places)


class _Taken:
    """Which groups the programme holds."""

    def __init__(self, groups: PossibleGroups) -> None:
        self._groups = groups
        self._taken: set[int] = set()

    @property
    def places(self) -> IntArray:
        """Give the places of all of them."""
        return np.array(sorted(self._taken), np.int64)

    def into(self, programme: PriceProgramme, places: IntArray, prices: FloatArray | None) -> bool:
        """Take in those that are new and worth more than these prices; say whether there were any."""
        fresh = np.array(sorted(set(places.tolist()) - self._taken), np.int64)
        groups, worths = [self._groups.group(int(place)) for place in fresh], self._groups.worths(fresh)
        if prices is not None:
            asked = np.array([prices[list(group)].sum() - prices[-1] for group in groups])
            better = worths - asked > EXACT if groups else np.zeros(0, np.bool_)
            fresh, worths = fresh[better], worths[better]
            groups = [group for group, keep in zip(groups, better, strict=True) if keep]
        self._taken.update(fresh.tolist())
        if groups:
            programme.take(groups, worths)
        return bool(groups)


class _Listed:
    """Groups of a list, by their places in it."""

    def __init__(self, columns: Columns, values: FloatArray) -> None:
        self.columns, self.values = columns, values

    @property
    def players(self) -> int:
        return self.columns.players

    def __len__(self) -> int:
        return len(self.columns)

    def first(self) -> IntArray:
        """The single players, and for each player the group with the highest value a head."""
        a_head = self.values / np.maximum(self.columns.sizes, 1)
        best = _best_of_players(self.columns.members, a_head, self.players)
        return np.concatenate([np.flatnonzero(self.columns.sizes == 1), best[best >= 0]])

    def group(self, place: int) -> Sequence[int]:
        return self.columns.group(place)

    def worths(self, places: IntArray) -> FloatArray:
        return np.asarray(self.values[places])

    def scan(self, prices: FloatArray) -> Scan:
        gains = _gains(self.columns.members, self.values, prices)
        return Scan(_best_of_blocks(gains, GROUPS_A_ROUND), _raised(self.columns.members, gains, prices))


def _total(prices: FloatArray, most_groups: int | None) -> float:
    return float(prices[:-1].sum()) - float(prices[-1]) * (most_groups or 0)


@njit(cache=True, nogil=True)
def _gains(members, values, prices):  # type: ignore[no-untyped-def]
    """What every group is worth above its members' prices; `prices` ends with what one more group adds."""
    gains = np.empty(values.size)
    for place in range(values.size):
        gain = values[place] + prices[-1]
        for at in range(members.shape[1]):
            player = members[place, at]
            if player < 0:
                break
            gain -= prices[player]
        gains[place] = gain
    return gains


@njit(cache=True, nogil=True)
def _raised(members, gains, prices):  # type: ignore[no-untyped-def]
    """Raise the players' prices just until no group is worth more: each member carries an equal part of the excess."""
    raised = prices.copy()
    for place in range(gains.size):
        if gains[place] > 0:
            size = 0
            while size < members.shape[1] and members[place, size] >= 0:
                size += 1
            for at in range(size):
                player = members[place, at]
                raised[player] = max(raised[player], prices[player] + gains[place] / size)
    return raised


@njit(cache=True, nogil=True)
def _best_of_blocks(gains, blocks):  # type: ignore[no-untyped-def]
    """The best group of each of so many stretches of the list."""
    length = -(-gains.size // blocks)
    best = np.empty(-(-gains.size // length), np.int64)
    for block in range(best.size):
        stop = min(gains.size, (block + 1) * length)
        best[block] = block * length + np.argmax(gains[block * length : stop])
    return best


@njit(cache=True)
def _best_of_players(members, a_head, players):  # type: ignore[no-untyped-def]
    """For each player the group with the highest number; -1 if it is in none."""
    best = np.full(players, -1, np.int64)
    for place in range(a_head.size):
        for at in range(members.shape[1]):
            player = members[place, at]
            if player < 0:
                break
            if best[player] < 0 or a_head[place] > a_head[best[player]]:
                best[player] = place
    return best
