"""Who should share one service with whom: the whole answer, from the value of every group to the test of its shares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.partnership.grouping import (
    METHOD,
    Grouping,
    best_partitions,
    count_best,
    count_divisions,
    limited,
    parted,
    singletons,
)
from consortia.partnership.limits import Limits, allowed_groups
from consortia.partnership.masks import MOST_PLAYERS, FloatArray, group_sizes, players_of
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.rules import Division, Weights, divide, recommended
from consortia.partnership.sensitivity import Variation, vary
from consortia.partnership.value import Gain, GroupModel, GroupValues, price_groups

NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class GroupPrice:
    """One group of two or more: its members, its best level and the parts of its value. Real pounds."""

    mask: int
    members: tuple[str, ...]
    level: str
    """Code of the level of integration."""
    value: float
    """Present value over the horizon."""
    gross_saving: float
    """A year, in the steady state."""
    setup: float
    """Once, undiscounted."""
    coordination: float
    """A year."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another grouping, and the pounds of present value lost by choosing it."""

    grouping: Grouping
    loses: float


@dataclass(frozen=True, slots=True)
class Listing:
    """What was looked at where there are too many partners to look at every group."""

    groups: int
    """Groups of two or more that were listed."""
    largest: int
    """Members of the largest of them."""
    gap: float
    """What a better division into listed groups could be worth more at most; 0: proved."""
    bound: float
    """No division into groups of whatever size and shape is worth more; present value."""


@dataclass(frozen=True, slots=True)
class ServiceGrouping:
    """The answer for one service. Groups are bit masks over `partners`: bit i is the i-th partner."""

    partners: tuple[str, ...]
    best: Grouping
    groups: tuple[GroupPrice, ...]
    """The groups to form; empty: do not share."""
    divisions: tuple[Division, ...]
    """The gains divided by every rule, in order of preference, each with its stability test."""
    runners_up: tuple[Alternative, ...]
    do_nothing: Alternative
    most_promising: GroupPrice | None
    """The group of two or more of highest value, formed or not: shows why not to share when even it loses."""
    variations: tuple[Variation, ...]
    method: str
    groups_priced: int
    """Groups of two or more that had a value."""
    groupings_compared: int | None
    """Ways to divide the partners that the limits allow; the best of them is proved. `None`: not counted."""
    equally_good: int | None
    """How many of them are worth as much as the best (itself counted): more than one means a free choice among them.
    `None`: not counted."""
    listing: Listing | None = None
    """What was looked at; `None`: every group."""

    @property
    def share(self) -> bool:
        """Say whether any group should form at all."""
        return bool(self.groups)

    @property
    def steadiness(self) -> float | None:
        """Give the part of the variations in which the best grouping stays the best; `None` if none were tried."""
        return sum(one.holds for one in self.variations) / len(self.variations) if self.variations else None

    @property
    def recommended(self) -> Division | None:
        """Give the division by the first rule that holds across groups, else within them; `None` if there is none."""
        return recommended(self.divisions)

    def names(self, mask: int) -> tuple[str, ...]:
        """Give the partners of a group."""
        return tuple(self.partners[player] for player in players_of(mask))


def solve_service(
    model: GroupModel,
    *,
    partners: Sequence[str],
    budgets: Sequence[float],
    weights: Weights | None = None,
    gains: Mapping[str, Gain] | None = None,
    limits: Limits = NO_LIMITS,
    alternatives: int = 5,
) -> ServiceGrouping:
    """Give the best grouping of the partners that provide a service, with proof, runners-up, shares and stability.

    `budgets` weigh the budget-proportional shares (a partner's gross budget, pounds), `weights` those by population or
    use where they are known; `gains` are the saving
    assumptions to vary (such as low, mode, high); `alternatives` counts the best one. Present values in the model's
    real pounds. Source: methods.md 8.1, 9 and 10. `PartnershipError` if the limits contradict each other or there are
    more partners than the exact search can take.
    """
    _check(model, partners=partners, budgets=budgets)
    allowed = allowed_groups(len(partners), limits)
    values = price_groups(model)
    table = limited(values.value, allowed)
    compared = count_divisions(np.isfinite(table))
    _check_possible(compared)
    best, *others = (parted(one, _idle(model, values)) for one in best_partitions(table, alternatives))
    shared = price_groups(replace(model, idle=())) if model.idle else values
    price = _pricer(model, shared, partners)
    return ServiceGrouping(
        partners=tuple(partners),
        best=best,
        groups=tuple(price(group) for group in best.together),
        divisions=divide(
            _open_to_leavers(values.value, limits), best.groups, {"budget": budgets} | dict(weights or {})
        ),
        runners_up=tuple(Alternative(other, max(best.value - other.value, 0.0)) for other in others),
        do_nothing=Alternative(singletons(values.value), best.value),
        most_promising=_most_promising(limited(shared.value, allowed), price),
        variations=vary(model, best, allowed=allowed, gains=gains or {}),
        method=METHOD,
        groups_priced=int(np.isfinite(table[group_sizes(len(partners)) > 1]).sum()),
        groupings_compared=compared,
        equally_good=count_best(table),
    )


def _idle(model: GroupModel, values: GroupValues) -> tuple[int, ...]:
    """The groups that a wish holds together, which share nothing all the same: nothing is gained by it."""
    return tuple(mask for mask in model.idle if values.level[mask] < 0)


def _open_to_leavers(value: FloatArray, limits: Limits) -> FloatArray:
    """Give the table by which shares and stability are judged: what anybody could do who leaves.

    A wish to stand together stops nobody from leaving, and whatever the limits, a partner may stand alone.
    """
    players = value.size.bit_length() - 1
    game = limited(value, allowed_groups(players, replace(limits, together=())))
    game[[1 << player for player in range(players)]] = 0.0
    return game


def _pricer(model: GroupModel, values: GroupValues, partners: Sequence[str]) -> Callable[[int], GroupPrice]:
    def price(mask: int) -> GroupPrice:
        return GroupPrice(
            mask=mask,
            members=tuple(partners[player] for player in players_of(mask)),
            level=model.levels[int(values.level[mask])].code,
            value=float(values.value[mask]),
            gross_saving=float(values.gross_saving[mask]),
            setup=float(values.setup[mask]),
            coordination=float(values.coordination[mask]),
        )

    return price


def _most_promising(table: FloatArray, price: Callable[[int], GroupPrice]) -> GroupPrice | None:
    several = np.where(group_sizes(table.size.bit_length() - 1) > 1, table, -np.inf)
    mask = int(several.argmax())
    return price(mask) if np.isfinite(several[mask]) else None


def _check(model: GroupModel, *, partners: Sequence[str], budgets: Sequence[float]) -> None:
    if len(set(partners)) != len(partners):
        raise ValueError("A partner stands in the list twice.")
    if not len(partners) == len(budgets) == len(model.cost):
        raise ValueError(f"{len(partners)} partners, {len(budgets)} budgets and {len(model.cost)} costs do not match.")
    if len(partners) > MOST_PLAYERS:
        raise PartnershipError(
            f"{len(partners)} partners provide the service; the exact search takes at most {MOST_PLAYERS}.",
            remedy="Split the study by region, or look at groups of neighbours (`consortia partners --neighbours 6`).",
        )


def _check_possible(divisions: int) -> None:
    if not divisions:
        raise PartnershipError(
            "The partners' wishes contradict each other: there is no way to divide them that meets all.",
            remedy="Take back a pair that must stand together or apart, or the need for a common border.",
        )
