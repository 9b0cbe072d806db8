"""What benchmarks/large.py solves: published spending and real borders, priced by methods.md 8.1 rule 2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

HEADS = (
    "education", "highways", "childrens_social_care", "adult_social_care", "housing", "cultural", "environmental",
    "planning", "central",
)  # fmt: skip
WELSH_HEADS_EDITION, ENGLISH_EDITION = "wales-2024-25", "rsx-2024-25"
RATE, HIGHEST, ELASTICITY = 0.04, 0.12, 0.96
SAVING, SETUP, COORDINATION, FIRST_TWO_YEARS, SETUP_SHARE = 5.466, 0.937, 8.317, 0.6, 0.33
LEVELS = (0.1, 0.25, 0.55, 0.8, 1.0)


def london() -> list[str]:
    """Give the codes of the London boroughs and the City."""
    return _codes("E09")


def wales() -> list[str]:
    """Give the codes of the Welsh authorities."""
    return _codes("W06")


def districts() -> list[str]:
    """Give the codes of England's district-level councils."""
    return sorted(code for start in ("E06", "E07", "E08", "E09") for code in _codes(start))


def links(codes: Sequence[str]) -> list[tuple[int, int]]:
    """Give who borders whom, river crossings and the Menai bridges counted."""
    from consortia.reference.geography import borders

    place = {code: number for number, code in enumerate(codes)}
    pairs = sorted(borders("2025", across_water=True))
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place]


def spending(codes: Sequence[str], edition: str) -> list[FloatArray]:
    """Give one array of pounds a year for each head that the edition has; nothing published counts as nothing."""
    from consortia.reference.returns import published_cells

    measure = "net_current_expenditure" if edition.startswith("wales") else "total_expenditure"
    amounts = {
        (cell.service, cell.authority): float(cell.amount_thousand or 0) * 1000
        for cell in published_cells(edition, tuple(codes))
        if cell.measure == measure
    }
    heads = [np.array([max(amounts.get((head, code), 0.0), 0.0) for code in codes]) for head in HEADS]
    return [head for head in heads if head.any()]


def welsh_models(pair_rate: float, services: int | None = None) -> list[Any]:
    """Give a pricing model of every head that the Welsh authorities publish, by rule 2.

    For so many `services` the heads come round again at rates from half to one and a half of the usual one, and every
    third service is priced by a scale curve (rule 1) over the spending of its head.
    """
    heads = spending(wales(), WELSH_HEADS_EDITION)
    if services is None:
        return [_welsh_model(cost, _duplicated(RATE), pair_rate) for cost in heads]
    return service_models(heads, pair_rate, services)


def service_models(heads: Sequence[FloatArray], pair_rate: float, services: int) -> list[Any]:
    """Give so many services over some heads, as `welsh_models` says."""
    return [
        _welsh_model(heads[number % len(heads)], _gain(number, services, heads[number % len(heads)]), pair_rate)
        for number in range(services)
    ]


def _gain(number: int, services: int, volumes: FloatArray) -> Any:
    from consortia.partnership import ScaleCurve

    if number % 3 == 0:
        return ScaleCurve(ELASTICITY, tuple(np.maximum(volumes, 1.0)))
    return _duplicated(RATE * (0.5 + number / services))


def _duplicated(rate: float) -> Any:
    from consortia.partnership import DuplicatedWork

    return DuplicatedWork(rate)


def _welsh_model(cost: FloatArray, gain: Any, pair_rate: float) -> Any:
    from consortia.appraisal import ValueFactors
    from consortia.partnership import GroupModel, LevelFactor

    return GroupModel(
        cost=tuple(cost),
        gain=gain,
        highest_rate=HIGHEST,
        setup_share=SETUP_SHARE,
        levels=tuple(LevelFactor(f"level {factor}", factor) for factor in LEVELS),
        factors=ValueFactors(saving=SAVING, setup=SETUP, coordination=COORDINATION, first_two_years=FIRST_TWO_YEARS),
        pair_rate=pair_rate,
    )


def values(columns: Any, heads: Sequence[FloatArray], pair_rate: float) -> FloatArray:
    """Give every group's value, each head at its best level: what the project's `price_groups` gives, for a list."""
    size = columns.sizes
    total = np.zeros(len(columns))
    duplicated = (1 - 1 / size) / (1 - 1 / 4)
    for cost in heads:
        together = columns.sums(cost)
        gain = np.minimum(together * RATE * duplicated, HIGHEST * together)
        net = SAVING * gain - SETUP * SETUP_SHARE * FIRST_TWO_YEARS * gain
        net -= COORDINATION * pair_rate * together / size * (size * (size - 1) / 2)
        total += np.maximum(LEVELS[0] * net, LEVELS[-1] * net)
    return np.where(size > 1, total, 0.0)


def _codes(start: str) -> list[str]:
    from consortia.reference.authorities import all_authorities

    return sorted(one.code for one in all_authorities() if one.code.startswith(start) and not one.end)
