"""Tables kept by hand (judgements, evidence, sources) and small published schedules, checked before shipping."""

from __future__ import annotations

import math
from pathlib import Path

from reference_build.files import Shelf, kept, records

AS_KEPT = (
    "services", "families", "levels", "level_rules", "approaches", "maturity_classes", "parameters", "sources",
    "joint_bodies", "edition_notes", "breaks", "outside", "delivery_survey", "delivery_models", "delivery_cases",
    "redundancy_limits", "legal_models", "review_prompts",
)  # fmt: skip
SCHEDULES = (
    ("green-book-2026-standard", "standard", "Standard social time preference rates, real"),
    ("green-book-2026-health", "health", "Rates for health effects, real"),
    ("green-book-2026-sensitivity", "catastrophic", "Extra sensitivity test for horizons beyond 50 years, real"),
)
# The two models of the survey of savings are averaged on the log scale; a new service has this median.
NEW_SERVICE = "new_service"


def write(shelf: Shelf, data: Path) -> None:
    """Writes every hand-kept table, the discount schedules and the delivery offsets."""
    for name in AS_KEPT:
        shelf.write_records(name, _checked(name))
    _discounting(shelf, data)
    _service_offsets(shelf)


def _checked(name: str) -> list[dict[str, str]]:
    rows = kept(name)
    known = {row["id"] for row in kept("sources")}
    unknown = {row["source"] for row in rows if "source" in row} - known
    if unknown:
        raise ValueError(f"{name}: sources not listed: {sorted(unknown)}")
    if name == "services":
        return [{**row, "source": "consortia-taxonomy", "date": "2026", "evidence": "J"} for row in rows]
    return rows


def _discounting(shelf: Shelf, data: Path) -> None:
    bands = list(records(data / "appraisal/discount_rates_stpr.csv"))
    rows = [
        (name, title, band["year_from"], band["year_to"], float(band[column]), "hmt-green-book-2026", "2026-02", "V")
        for name, column, title in SCHEDULES
        for band in bands
    ]
    shelf.write(
        "discount_schedules", ("name", "title", "year_from", "year_to", "rate", "source", "date", "evidence"), rows
    )


def _service_offsets(shelf: Shelf) -> None:
    rows = kept("service_offsets")
    middle = {row["service"]: _middle(row) for row in rows}
    body = [
        (row["service"], *(row[c] for c in ("median_heavy_tails", "median_normal")), f"{middle[row['service']]:.6f}",
         f"{math.log(middle[row['service']] / middle[NEW_SERVICE]):.6f}", row["source"], row["evidence"], row["note"])
        for row in rows
    ]  # fmt: skip
    shelf.write(
        "service_offsets",
        ("service", "median_heavy_tails", "median_normal", "median", "ln_offset", "source", "evidence", "note"),
        body,
    )


def _middle(row: dict[str, str]) -> float:
    medians = [float(row[c]) for c in ("median_heavy_tails", "median_normal") if row[c]]
    return math.exp(sum(math.log(m) for m in medians) / len(medians))
