"""The sharing rules by name, in the order in which they are recommended, and a group's gain divided by each of them.

Most rules take the table over the sets inside one group. A set of members may do what is best for it, split up
included, so every rule but those that look at the total alone works on what sets can *reach*. The nucleolus across
groups looks at all groups at once: what members of different groups could do together counts as well, so that it holds
both within and across whenever anything does. Source: methods.md 10.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from consortia.partnership.equal_profit import equal_profit
from consortia.partnership.marginal_rules import cost_gap, equal_charge, separable_costs_remaining_benefits
from consortia.partnership.masks import FloatArray, groups_within, players_of
from consortia.partnership.nucleolus import nucleolus
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.shares import ShareRule, equal_rule, proportional_rule, shapley, within_groups
from consortia.partnership.stability import Blocking, blocking_groups, is_stable
from consortia.partnership.worth_table import worth_table

WEIGHED: Final = ("budget", "population", "use")
"""Rules in proportion to a weight that the caller gives for each player."""
PREFERENCE: Final = (
    *("budget", "population", "use", "equal", "equal_charge", "scrb", "cost_gap", "shapley"),
    *("equal_profit", "nucleolus", "nucleolus_per_head", "nucleolus_across"),
)
"""Simple rules first: the first of them that holds is recommended [J]. The last: where not all are in one group."""

Weights = Mapping[str, Sequence[float]]
"""For each weighed rule a weight for each player; a rule without weights is left out."""


@dataclass(frozen=True, slots=True)
class Division:
    """The gains shared by one rule within each chosen group, and whether that holds."""

    rule: str
    """One of `PREFERENCE`."""
    shares: tuple[float, ...]
    """For each partner, in their order: present value in real pounds; 0 for who stands alone. Empty where refused."""
    blocking: tuple[Blocking, ...]
    """Groups that would do better alone, the most tempted first (at most three); empty: stable."""
    within: bool = True
    """Whether no members of one group would do better by themselves; sets across groups are left out."""
    refused: PartnershipError | None = None
    """Why the rule has no answer here."""

    @property
    def stable(self) -> bool:
        """Say whether the rule has an answer that no group would leave."""
        return not self.blocking and self.refused is None


def divide(value: FloatArray, groups: Sequence[int], weights: Weights) -> tuple[Division, ...]:
    """Divide the worth of each group by every rule that has its weights, in order of preference."""
    within = _rules_within(weights)
    rules: dict[str, Callable[[], FloatArray]] = {
        name: partial(within_groups, value, groups, rule) for name, rule in within.items()
    }
    if len(groups) > 1:
        rules["nucleolus_across"] = lambda: nucleolus(value, groups=groups).shares
    return tuple(_division(value, groups, name, rules[name]) for name in PREFERENCE if name in rules)


def rule_within(name: str, weights: Weights) -> ShareRule:
    """Give a rule of `PREFERENCE` for one group at a time; `KeyError` where it needs weights that are not given."""
    return _rules_within(weights)[name]


def recommended(divisions: Sequence[Division]) -> Division | None:
    """Give the first rule whose shares nobody would leave, else the first that holds within the groups; or `None`."""
    answered = [division for division in divisions if division.refused is None]
    firm = next((division for division in answered if division.stable), None)
    return firm or next((division for division in answered if division.within), None)


def _rules_within(weights: Weights) -> dict[str, ShareRule]:
    """Give the rules that look into one group at a time; equal profit compares gains with the weights of "budget"."""
    rules = {name: proportional_rule(weights[name]) for name in WEIGHED if name in weights}
    rules |= {"equal": equal_rule} | {name: _of_reachable(rule) for name, rule in _OF_THE_TABLE.items()}
    rules |= {"equal_profit": _equal_profit_rule(weights["budget"])} if "budget" in weights else {}
    return rules | _NUCLEOLI


_OF_THE_TABLE: Final[Mapping[str, Callable[[FloatArray], FloatArray]]] = {
    "equal_charge": equal_charge,
    "scrb": separable_costs_remaining_benefits,
    "cost_gap": cost_gap,
    "shapley": shapley,
}


def _nucleolus_within(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
    del members
    return nucleolus(_reachable(game)).shares


def _nucleolus_per_head_within(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
    del members
    return nucleolus(_reachable(game), per_head=True).shares


_NUCLEOLI: Final[dict[str, ShareRule]] = {
    "nucleolus": _nucleolus_within,
    "nucleolus_per_head": _nucleolus_per_head_within,
}


def _of_reachable(rule: Callable[[FloatArray], FloatArray]) -> ShareRule:
    def of_group(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
        del members
        return rule(_reachable(game))

    return of_group


def _equal_profit_rule(budgets: Sequence[float]) -> ShareRule:
    def of_group(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
        base = np.array([budgets[member] for member in members], dtype=np.float64)
        if not (base > 0).all():
            raise PartnershipError(
                "Equal profit compares gains with budgets, and a partner has none.",
                remedy="Choose another rule for sharing the gains.",
            )
        return equal_profit(_reachable(game), base)

    return of_group


def _reachable(game: FloatArray) -> FloatArray:
    """What every set of members can reach by itself; all together are worth what the group was formed for."""
    reachable = worth_table(game)
    reachable[-1] = game[-1]
    return reachable


def _division(value: FloatArray, groups: Sequence[int], name: str, shared: Callable[[], FloatArray]) -> Division:
    try:
        shares = shared()
    except PartnershipError as error:
        return Division(name, (), (), refused=error)
    within = all(is_stable(value[groups_within(one)], shares[list(players_of(one))]) for one in groups)
    return Division(name, tuple(shares.tolist()), blocking_groups(value, shares), within)
