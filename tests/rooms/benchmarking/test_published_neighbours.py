"""Our neighbours from the shipped indicators, held against a published list made for another purpose."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from consortia.benchmarking import nearest_neighbours
from consortia.reference.authorities import all_authorities, find_authority
from consortia.reference.indicators import indicators

CURRENT = {each.code: each.kind for each in all_authorities() if not each.end}


def nearest(name: str, k: int) -> list[str]:
    found = nearest_neighbours(find_authority(name).code, indicators(), kinds=CURRENT, k=k)
    names = {each.code: each.name for each in all_authorities()}
    return [names[code] for code in found.codes]


def test_mill_towns_of_east_lancashire_are_each_others_neighbours() -> None:
    assert {"Hyndburn", "Pendle", "Rossendale"} <= set(nearest("Burnley", 5))


def test_welsh_authorities_are_compared_among_themselves() -> None:
    assert {"Ceredigion", "Pembrokeshire"} <= set(nearest("Powys", 5))


def test_the_isles_of_scilly_have_too_few_indicators_for_neighbours() -> None:
    assert nearest("Isles of Scilly", 5) == []


def test_nearly_half_of_the_departments_own_neighbours_are_among_ours(shared_data: Path) -> None:
    """DfE's statistical neighbours (2025) are made for children's services alone; ten taken by lot would share 7%."""
    path = shared_data / "neighbours" / "dfe_statistical_neighbours_2025.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    codes = {row["old_la_code"]: find_authority(row["la_name"]).code for row in rows}
    upper_tier = dict.fromkeys(codes.values(), "upper tier")
    shared = listed = 0
    for row in rows:
        ours = nearest_neighbours(codes[row["old_la_code"]], indicators(), kinds=upper_tier, k=10).codes
        theirs = {codes[row[f"SN_{place}"]] for place in range(1, 11)} if ours else set()
        shared += len(theirs & set(ours))
        listed += len(theirs)
    assert shared / listed == pytest.approx(0.46, abs=0.03)
