"""A headline such as "27% cumulative savings" means something only with a declared definition.

The same savings give several percentages, and the same percentage several savings. Nothing here gives a headline
without its reading; `implied_budgets` works backwards and shows what each reading would have to mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from consortia.appraisal.refusals import AppraisalError

Reading = Literal["part_of_all_spend", "part_in_last_year", "sum_of_yearly_parts"]
READINGS: tuple[Reading, ...] = get_args(Reading)
"""Savings of all years over spending of all years; the last year's over its budget; the yearly parts added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A percentage with what it is of."""

    reading: Reading
    part: float
    """0.27 for 27%."""
    cumulative: float
    """All years together, pounds."""
    years: int
    net: bool
    """Costs are taken off."""


def headline(
    savings: Sequence[float], *, budgets: Sequence[float], reading: Reading | None, net: bool | None
) -> Headline:
    """The headline of yearly savings on yearly budgets without them, in the reading declared.

    Refuses when no reading is declared, or when it is not said whether costs are taken off.
    """
    if reading is None or net is None:
        raise AppraisalError(
            "A percentage of savings needs a definition.",
            remedy=f"Declare the reading ({', '.join(READINGS)}) and whether costs are taken off (net).",
        )
    part = _part(savings, budgets, reading)
    return Headline(reading=reading, part=part, cumulative=sum(savings), years=len(savings), net=net)


def readings(savings: Sequence[float], *, budgets: Sequence[float], net: bool) -> tuple[Headline, ...]:
    """All readings of the same savings, side by side."""
    return tuple(headline(savings, budgets=budgets, reading=one, net=net) for one in READINGS)


@dataclass(frozen=True, slots=True)
class ImpliedBudget:
    """The yearly budget that a claim implies in one reading, with the part of it saved in each year; pounds."""

    reading: Reading
    budget: float
    yearly_parts: tuple[float, ...]


def implied_budgets(cumulative: float, *, part: float, years: int) -> tuple[ImpliedBudget, ...]:
    """What a cumulative sum and a percentage say of the budget behind them: the reader must choose.

    As a part of all spend it is the same part every year. As the part in the last year it rises evenly to it (9, 18,
    27%). As a sum of yearly parts each year has its share of it.
    """
    even, rising, shared = (part,) * years, _rising(part, years), (part / years,) * years
    by_reading: dict[Reading, tuple[float, ...]] = {
        "part_of_all_spend": even,
        "part_in_last_year": rising,
        "sum_of_yearly_parts": shared,
    }
    return tuple(ImpliedBudget(one, cumulative / sum(parts), parts) for one, parts in by_reading.items())


def _part(savings: Sequence[float], budgets: Sequence[float], reading: Reading) -> float:
    pairs = list(zip(savings, budgets, strict=True))
    if reading == "part_of_all_spend":
        return sum(savings) / sum(budgets)
    if reading == "part_in_last_year":
        return pairs[-1][0] / pairs[-1][1]
    return sum(saved / budget for saved, budget in pairs)


def _rising(part: float, years: int) -> tuple[float, ...]:
    return tuple(part * year / years for year in range(1, years + 1))
