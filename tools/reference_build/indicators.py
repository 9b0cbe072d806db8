"""The area indicators that ONS used for its clusters, one value per authority and indicator."""

from __future__ import annotations

from pathlib import Path

from reference_build.bodies import Bodies
from reference_build.files import Shelf, records


def write(shelf: Shelf, data: Path, bodies: Bodies) -> None:
    """Writes the values as a wide table and what each indicator means as another; of two periods the later stays."""
    values: dict[tuple[str, str], tuple[str, str]] = {}
    about: dict[str, tuple[str, str, str]] = {}
    for row in records(data / "neighbours/ons_clustering_indicators_2025.csv.gz"):
        code, name = bodies.canonical(row["AREACD"]), row["Indicator"]
        if not code or bodies.by_code[code].kind == "O" or not row["Value"]:
            continue
        if (code, name) not in values or values[code, name][0] <= row["Period"]:
            values[code, name] = (row["Period"], row["Value"])
            about[name] = max(about.get(name, ("", "", "")), (row["Period"], row["Measure"], row["Unit"]))
    names = sorted(about)
    codes = sorted({code for code, _ in values})
    shelf.write(
        "indicators",
        ("authority", *names),
        ([c, *(values.get((c, n), ("", ""))[1] for n in names)] for c in codes),
        packed=True,
    )
    shelf.write(
        "indicator_meanings",
        ("indicator", "period", "meaning", "unit", "source", "evidence"),
        ((n, *about[n], "ons-clustering-2025", "V") for n in names),
    )
