"""Cost beside outcome: where a council stands on both, in words, without adding them up to a rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import median
from typing import Literal

from consortia.findings import msgid

Standing = Literal["lower_cost_better", "lower_cost_worse", "higher_cost_better", "higher_cost_worse", "in_the_middle"]

FEWEST_TO_STAND = 8  # with fewer the medians say little [J]

STANDINGS: Mapping[Standing, str] = {
    "lower_cost_better": msgid("Costs less, does better"),
    "lower_cost_worse": msgid("Costs less, does worse"),
    "higher_cost_better": msgid("Costs more, does better"),
    "higher_cost_worse": msgid("Costs more, does worse"),
    "in_the_middle": msgid("At the median of cost or of result"),
}
NOT_CAUSE = msgid("Cost and result stand side by side; neither is shown to cause the other.")
FEW_PAIRS = msgid("Fewer than 8 councils have both figures: look at each, the medians say little.")
NO_COST = msgid("The unit cost is not known.")
NO_OUTCOME = msgid("The outcome is not known.")
NOT_ITS_SERVICE = msgid("This class of authority does not provide the service.")


@dataclass(frozen=True, slots=True)
class CostAndOutcome:
    """One council: unit cost (pounds a unit), outcome (its own unit), where it stands, or why it cannot be placed."""

    code: str
    cost: float | None
    outcome: float | None
    standing: Standing | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PairedTable:
    """The councils in the order given, the medians of those with both figures, and how many those are."""

    rows: tuple[CostAndOutcome, ...]
    median_cost: float | None
    median_outcome: float | None
    n: int
    caveats: tuple[str, ...]


def cost_and_outcome(
    codes: Sequence[str],
    costs: Mapping[str, float | None],
    outcomes: Mapping[str, float | None],
    *,
    eligible: AbstractSet[str],
    higher_is_better: bool,
) -> PairedTable:
    """Gives cost beside outcome for each council with its quadrant about the medians of the eligible ones.

    `eligible`: those whose class provides the service. There is no rank and no sum of the two: how much outcome is
    worth how much money is for the councils to say.
    """
    placed = [c for c in codes if c in eligible and costs.get(c) is not None and outcomes.get(c) is not None]
    middle_cost, middle_outcome = (_median([each[code] for code in placed]) for each in (costs, outcomes))
    rows = tuple(
        CostAndOutcome(
            code,
            costs.get(code),
            outcomes.get(code),
            _standing(costs[code], outcomes[code], middle_cost, middle_outcome, higher_is_better)
            if code in placed
            else None,
            _reason(code, costs, outcomes, eligible),
        )
        for code in codes
    )
    few = (FEW_PAIRS,) if len(placed) < FEWEST_TO_STAND else ()
    return PairedTable(rows, middle_cost, middle_outcome, len(placed), (NOT_CAUSE, *few))


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _standing(
    cost: float | None, outcome: float | None, middle_cost: float | None, middle_outcome: float | None, up: bool
) -> Standing:
    if cost is None or outcome is None or middle_cost is None or middle_outcome is None:
        raise ValueError("only a council with both figures has a standing")
    if cost == middle_cost or outcome == middle_outcome:
        return "in_the_middle"
    better = (outcome > middle_outcome) == up
    if cost < middle_cost:
        return "lower_cost_better" if better else "lower_cost_worse"
    return "higher_cost_better" if better else "higher_cost_worse"


def _reason(
    code: str, costs: Mapping[str, float | None], outcomes: Mapping[str, float | None], eligible: AbstractSet[str]
) -> str:
    if code not in eligible:
        return NOT_ITS_SERVICE
    if costs.get(code) is None:
        return NO_COST
    return NO_OUTCOME if outcomes.get(code) is None else ""
