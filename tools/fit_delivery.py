"""Fits the published survey of savings delivered by both models of its errors, and keeps what they say of each service.

Takes a quarter of a minute; the same numbers every time. `tools/build_reference.py` ships the table as it is kept.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from consortia.appraisal.reference_classes import Delivered, DeliveryFit, fit_delivery, side_by_side
from consortia.reference.delivery_records import survey_cells

KEPT = Path(__file__).resolve().parent / "reference_build" / "kept" / "delivery_models.csv"
SEED = 20_260_401
QUANTILES = ("p10", "p50", "p90")
COLUMNS = (
    "tier", "service", "median_heavy_tails", "median_normal", "median",
    *(f"{name}_heavy_tails" for name in QUANTILES), *(f"{name}_normal" for name in QUANTILES), "source", "evidence",
)  # fmt: skip


def main() -> None:
    """Fits both models and writes the table."""
    record = [Delivered(c.tier, c.service, c.year, c.ratio) for c in survey_cells() if c.ratio is not None]
    heavy_tails, normal = (fit_delivery(record, errors=errors, seed=SEED) for errors in ("student_t", "normal"))
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(heavy_tails, normal))
    print(os.path.relpath(KEPT))


def _rows(heavy_tails: DeliveryFit, normal: DeliveryFit) -> list[tuple[str, ...]]:
    return [
        (
            both.tier,
            both.service,
            *(f"{number:.3f}" for number in (both.heavy_tails, both.normal, both.default)),
            *_quantiles(heavy_tails, both.tier, both.service),
            *_quantiles(normal, both.tier, both.service),
            "dclg-2014",
            "D",
        )
        for both in side_by_side(heavy_tails, normal)
    ]


def _quantiles(fit: DeliveryFit, tier: str, service: str) -> tuple[str, ...]:
    """One more year of the average over councils, not of one initiative."""
    known = fit.tiers[tier].service(service)
    return tuple(f"{getattr(known, name):.3f}" for name in QUANTILES)


if __name__ == "__main__":
    main()
