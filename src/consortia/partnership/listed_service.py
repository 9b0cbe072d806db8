"""Who should share one service with whom, where there are too many partners for a table over all groups.

The best division into listed groups, with its bound; shares and stability of each chosen group as a game of its own;
and how the choice does when the assumptions move. Nothing here knows of councils.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from consortia.partnership.circles import circle_of, divide_in, model_inside
from consortia.partnership.columns import Columns
from consortia.partnership.grouping import Grouping, parted
from consortia.partnership.limits import Limits
from consortia.partnership.listed_values import price_listed
from consortia.partnership.masks import FloatArray, mask_of, players_of
from consortia.partnership.next_best import next_best
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.retest import Retest
from consortia.partnership.rules import Weights
from consortia.partnership.sensitivity import COORDINATION_MULTIPLES, SAME_VALUE, Variation
from consortia.partnership.service_grouping import Alternative, GroupPrice, Listing, ServiceGrouping
from consortia.partnership.set_partition import SetPartition, best_division
from consortia.partnership.size_bound import size_bound
from consortia.partnership.value import Gain, GroupModel, GroupValues, price_groups

MOST_STATES: Final = 400_000
PATIENCE: Final = 6.0
"""Seconds for an integer programme in the search for the choice itself."""
QUICK_STATES: Final = 40_000
QUICK: Final = 0.5
"""The same for each alternative and each draw, of which there are many."""


def solve_listed(
    model: GroupModel,
    *,
    partners: Sequence[str],
    columns: Columns,
    weights: Weights,
    gains: Mapping[str, Gain],
    limits: Limits,
    alternatives: int = 5,
) -> ServiceGrouping:
    """Give the best division of the partners into the groups of `columns`, which the limits allow, and all about it.

    `weights` are those of the weighed rules, "budget" among them; `gains` the saving assumptions to vary. What is not
    proved says its bound; so does the answer for the groups that were not listed. `PartnershipError` where no division
    is possible.
    """
    values, price = price_listed(model, columns).value, _pricer(model, partners)
    best = _best(columns, values)
    idle = _idle(model)
    chosen = parted(_grouping(best), idle)
    promising = _most_promising(columns, price_listed(replace(model, idle=()), columns).value)
    circles = [circle_of(model, limits, players_of(group)) for group in chosen.together]
    return ServiceGrouping(
        partners=tuple(partners),
        best=chosen,
        groups=tuple(price(group) for group in chosen.together),
        divisions=tuple(divide_in(circles, chosen.groups, weights, players=len(partners))),
        runners_up=_runners_up(columns, values, best, count=alternatives - 1, idle=idle),
        do_nothing=Alternative(_nothing(len(partners)), best.value),
        most_promising=None if promising is None else price(promising),
        variations=_varied(model, chosen, columns=columns, gains=gains),
        method=best.method,
        groups_priced=int(np.isfinite(values[columns.sizes > 1]).sum()),
        groupings_compared=None,
        equally_good=None,
        listing=_listing(columns, best, model, limits),
    )


def _idle(model: GroupModel) -> tuple[int, ...]:
    """The groups that a wish holds together, which share nothing all the same: nothing is gained by it."""
    return tuple(mask for mask in model.idle if _level(model, mask) < 0)


def _runners_up(
    columns: Columns, values: FloatArray, best: SetPartition, *, count: int, idle: Sequence[int]
) -> tuple[Alternative, ...]:
    found = next_best(columns, values, best, count=count, solve=_quick)
    return tuple(Alternative(parted(_grouping(one), idle), max(best.value - one.value, 0.0)) for one in found)


def listed_frequency(model: GroupModel, chosen: Grouping, *, columns: Columns, drawn: Sequence[Gain]) -> float:
    """Give the part of the draws at which the chosen division is still (one of) the best of those listed, 0 to 1."""
    return sum(_holds(replace(model, gain=gain), chosen, columns) for gain in drawn) / len(drawn)


def retest_listed(central: GroupModel, chosen: Grouping, *, columns: Columns, drawn: Iterable[GroupModel]) -> Retest:
    """Give how the chosen division does in the models drawn, at the levels chosen; the best of each is of those listed.

    As `retest` does with a table over all groups. `ValueError` if nothing was drawn.
    """
    held = [(group, _level(central, group)) for group in chosen.together]
    own, best = [], []
    for model in drawn:
        own.append(sum(_at_level(model, group, level) for group, level in held))
        best.append(max(_quick(columns, price_listed(model, columns).value).value, own[-1]))
    if not own:
        raise ValueError("The choice is tested again on at least one draw.")
    loses = [0.0 if _same(top, one) else top - one for top, one in zip(best, own, strict=True)]
    return Retest(
        central=sum(_at_level(central, group, level) for group, level in held),
        mean=sum(own) / len(own),
        survives=loses.count(0.0) / len(own),
        regret=sum(loses) / len(own),
        draws=len(own),
    )


def listed_worth(model: GroupModel, columns: Columns) -> float:
    """Give what the best division into the listed groups is worth; `PartnershipError` where there is none."""
    return _best(columns, price_listed(model, columns).value).value


def _best(columns: Columns, values: FloatArray) -> SetPartition:
    try:
        return best_division(columns, values, most_states=MOST_STATES, patience=PATIENCE)
    except ValueError:
        raise PartnershipError(
            "The partners' wishes contradict each other: there is no way to divide them that meets all.",
            remedy="Take back a pair that must stand together or apart, or the need for a common border.",
        ) from None


def _quick(columns: Columns, values: FloatArray) -> SetPartition:
    return best_division(columns, values, most_states=QUICK_STATES, patience=QUICK)


def _grouping(found: SetPartition) -> Grouping:
    return Grouping(tuple(mask_of(group) for group in found.groups), found.value, found.proved, found.columns_priced)


def _nothing(players: int) -> Grouping:
    return Grouping(tuple(1 << player for player in range(players)), 0.0, False, 0)


def _listing(columns: Columns, best: SetPartition, model: GroupModel, limits: Limits) -> Listing:
    """What was looked at, and what no division at all is worth more than, groups that were not listed included."""
    bound = max(size_bound(model, largest=limits.largest), best.value)
    return Listing(int((columns.sizes > 1).sum()), int(columns.sizes.max()), best.gap, bound)


def _pricer(model: GroupModel, partners: Sequence[str]) -> Callable[[int], GroupPrice]:
    def price(mask: int) -> GroupPrice:
        values = _priced(replace(model, idle=()), mask)
        return GroupPrice(
            mask=mask,
            members=tuple(partners[player] for player in players_of(mask)),
            level=model.levels[int(values.level[-1])].code,
            value=float(values.value[-1]),
            gross_saving=float(values.gross_saving[-1]),
            setup=float(values.setup[-1]),
            coordination=float(values.coordination[-1]),
        )

    return price


def _priced(model: GroupModel, mask: int) -> GroupValues:
    """Every group inside one; the last entry is the group itself."""
    return price_groups(model_inside(model, players_of(mask)))


def _level(model: GroupModel, mask: int) -> int:
    return int(_priced(model, mask).level[-1])


def _at_level(model: GroupModel, mask: int, level: int) -> float:
    """A level that a draw leaves nothing of costs and saves nothing."""
    if level < 0 or not model.levels[level].factor > 0:
        return 0.0
    return float(_priced(replace(model, levels=(model.levels[level],), idle=()), mask).value[-1])


def _most_promising(columns: Columns, values: FloatArray) -> int | None:
    several = np.where(columns.sizes > 1, values, -np.inf)
    place = int(several.argmax())
    return mask_of(columns.group(place)) if np.isfinite(several[place]) else None


def _varied(
    model: GroupModel, chosen: Grouping, *, columns: Columns, gains: Mapping[str, Gain]
) -> tuple[Variation, ...]:
    """The best listed division for each saving assumption at half, one and twice the coordination cost per pair."""
    return tuple(
        _varied_once(replace(model, gain=gain, pair_rate=model.pair_rate * multiple), chosen, columns, name, multiple)
        for name, gain in gains.items()
        for multiple in COORDINATION_MULTIPLES
    )


def _varied_once(model: GroupModel, chosen: Grouping, columns: Columns, name: str, multiple: float) -> Variation:
    best = _grouping(_quick(columns, price_listed(model, columns).value))
    return Variation(name, multiple, best, _same(best.value, _worth(model, chosen)))


def _holds(model: GroupModel, chosen: Grouping, columns: Columns) -> bool:
    return _same(_quick(columns, price_listed(model, columns).value).value, _worth(model, chosen))


def _worth(model: GroupModel, chosen: Grouping) -> float:
    return sum(float(_priced(model, group).value[-1]) for group in chosen.together)


def _same(best: float, own: float) -> bool:
    return best - own <= SAME_VALUE * max(abs(best), 1.0)
