"""Codes and words that councils publish beside their spending, each with the service or the cost type it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reference_build.files import Shelf, kept, records

COLUMNS = ("list", "side", "code", "words", "group", "target", "source")
SOURCE = "council-code-lists"
FOLDER = "reference/code_lists"
# list: file, side, column of the code, of the words, of the group; the groups are judged in kept/code_groups.csv.
LISTS = {
    "sercop-service-head": (
        "sercop_service_heads_north_tyneside", "service", "Service Category URI", "Service Category Label",
        "Service Category Label",
    ),
    "sercop-subjective": (
        "sercop_subjective_north_tyneside", "cost_type", "SeRCOP Detailed Expenditure Code", "Purpose of Spend",
        "SeRCOP Expenditure Category",
    ),
    "bvacop-subjective": (
        "subjective_to_bvacop_wiltshire", "cost_type", "", "Subjective Code Description", "BVACOP class",
    ),
    "cipfa-subjective": (
        "cipfa_subjective_gateshead", "cost_type", "", "cipfa_subjective_subgroup", "cipfa_subjective_group",
    ),
    "account-to-group": (
        "account_to_group_darlington", "cost_type", "", "Account", "Bal Sheet Level 1",
    ),
}  # fmt: skip


def write(shelf: Shelf, data: Path) -> None:
    """Writes the code lists; a group that stands for more than one target, or for none, is left out."""
    targets = {(row["list"], row["group"]): row["target"] for row in kept("code_groups")}
    rows = sorted({row for name in LISTS for row in _rows(name, data, targets)})
    shelf.write("code_lists", COLUMNS, rows, packed=True)


def _rows(name: str, data: Path, targets: dict[tuple[str, str], str]) -> Iterator[tuple[str, ...]]:
    file, side, code, words, group = LISTS[name]
    for row in records(data / FOLDER / f"{file}.csv"):
        target = targets.get((name, row[group]))
        if target and row[words]:
            yield name, side, row.get(code, ""), row[words], row[group], target, SOURCE
