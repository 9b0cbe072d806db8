"""When a cell tells too much about one contributor: few contributors, the p% rule, (n, k) dominance.

Source: Hundepool et al., Handbook on Statistical Disclosure Control, sections 4.2.1 and 4.2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consortia.disclosure.tables import DisclosureCell

Kind = Literal["counts", "amounts"]


@dataclass(frozen=True, slots=True, repr=False)
class DisclosureRules:
    """The parameters, which are themselves confidential: knowing them narrows every interval. They print as nothing.

    `threshold`: fewest contributors (5 authorities; use 10 for persons). `p_percent`: how near the second largest
    contributor may come to the largest. `dominance`: (n, k), off unless given, as p% is to be preferred. Defaults [J].
    """

    threshold: int = 5
    p_percent: float = 10.0
    dominance: tuple[int, float] | None = None
    zeros_disclose: bool = False

    def __repr__(self) -> str:
        return "DisclosureRules(confidential)"


def is_unsafe(cell: DisclosureCell, rules: DisclosureRules, *, kind: Kind = "amounts") -> bool:
    """True when a rule forbids to show the cell."""
    parts = cell.largest_first
    if not parts:
        return rules.zeros_disclose and kind == "counts"
    if len(parts) < rules.threshold:
        return True
    return kind == "amounts" and (fails_p_percent(parts, rules.p_percent) or _dominated(parts, rules.dominance))


def fails_p_percent(parts: tuple[float, ...], p_percent: float) -> bool:
    """True when the second largest contributor can work out the largest to within p%: X - x2 - x1 < p% of x1."""
    return _p_percent_need(parts, p_percent) > 0


def fails_dominance(parts: tuple[float, ...], count: int, k_percent: float) -> bool:
    """True when the `count` largest contributors hold more than k per cent of the cell."""
    return sum(parts[:count]) > k_percent / 100 * sum(parts)


def equivalent_dominance(p_percent: float) -> float:
    """The k of the (2, k) rule that is never laxer than the p% rule: 100 x 100 / (100 + p)."""
    return 100 * 100 / (100 + p_percent)


def protection_needed(cell: DisclosureCell, rules: DisclosureRules, *, kind: Kind = "amounts") -> float:
    """Gives how far from its value a withheld cell must seem possible, in the table's unit; 0 for a safe cell.

    Counts: up to the threshold. Amounts: p% of the largest contribution less what the rest already hide (Handbook,
    table 4.2), the same for dominance; a cell of few contributors needs p% of its largest in any case.
    """
    if not is_unsafe(cell, rules, kind=kind):
        return 0.0
    parts = cell.largest_first
    if kind == "counts" or not parts:
        return float(rules.threshold - len(parts))
    few = rules.p_percent / 100 * parts[0] if len(parts) < rules.threshold else 0.0
    return max(few, _p_percent_need(parts, rules.p_percent), _dominance_need(parts, rules.dominance))


def _p_percent_need(parts: tuple[float, ...], p_percent: float) -> float:
    rest = sum(parts[2:])
    return p_percent / 100 * parts[0] - rest


def _dominated(parts: tuple[float, ...], dominance: tuple[int, float] | None) -> bool:
    return dominance is not None and fails_dominance(parts, *dominance)


def _dominance_need(parts: tuple[float, ...], dominance: tuple[int, float] | None) -> float:
    if dominance is None:
        return 0.0
    count, k_percent = dominance
    return 100 / k_percent * sum(parts[:count]) - sum(parts)
