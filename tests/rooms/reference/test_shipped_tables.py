"""The shipped tables: listed, cited, small, and rebuilt byte for byte."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from consortia.errors import UnknownReference
from consortia.reference.catalogue import catalogue, explain
from consortia.reference.shelf import FOLDER, grid
from consortia.reference.sources import source

ROOT = Path(__file__).resolve().parents[3]
LARGEST = 5_000_000


def files(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.csv*"))}


def content(path: Path) -> bytes:
    """Unpacked, because another machine's zlib may pack the same text into other bytes."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def build(data: Path, folder: Path) -> None:
    command = [sys.executable, str(ROOT / "tools/build_reference.py"), "--data", str(data), "--to", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


def test_the_build_gives_the_shipped_tables_again(shared_data, tmp_path):
    build(shared_data, tmp_path)
    built, shipped = files(tmp_path), files(Path(str(FOLDER)))
    assert list(built) == list(shipped)
    assert [name for name in built if content(built[name]) != content(shipped[name])] == []


def test_two_builds_write_the_same_bytes(shared_data, tmp_path):
    build(shared_data, tmp_path / "first")
    build(shared_data, tmp_path / "second")
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    assert [name for name in first if first[name].read_bytes() != second[name].read_bytes()] == []


def test_no_shipped_table_is_a_copy_of_a_raw_file(shared_data):
    raw = {content(path) for path in shared_data.rglob("*.csv*")}
    assert not [name for name, path in files(Path(str(FOLDER))).items() if content(path) in raw]


def test_the_tables_are_small():
    assert sum(path.stat().st_size for path in files(Path(str(FOLDER))).values()) < LARGEST


def test_every_table_is_in_the_catalogue_with_sources_date_and_licence():
    listed = {one.name: one for one in catalogue()}
    shipped = {name.removesuffix(".gz").removesuffix(".csv") for name in files(Path(str(FOLDER)))} - {"catalogue"}
    assert set(listed) == shipped
    for one in listed.values():
        assert one.date
        assert one.evidence in {"S", "V", "R", "U", "D", "J"}
        assert one.name == "sources" or all(source(id).licence for id in one.sources)


def test_the_catalogue_counts_the_rows_that_are_there():
    assert [one.name for one in catalogue() if one.rows != len(grid(one.name)) - 1] == []


def test_the_catalogue_can_be_searched():
    assert [one.name for one in catalogue("discount")] == ["discount_schedules"]


def test_a_key_is_explained_with_its_sources():
    found = explain("setup_share")
    assert found.table.name == "parameters"
    assert [one.id for one in found.sources] == ["lga-2012"]
    assert len(found.rows) == 1


def test_a_table_is_explained_whole():
    assert len(explain("levels").rows) == 5


def test_what_is_not_there_gets_the_nearest():
    with pytest.raises(UnknownReference, match="setup_share"):
        explain("setup_shares")


def test_scotland_and_northern_ireland_are_for_looking_at_only():
    explained = explain("scotland_northern_ireland")
    rows = [dict(zip(explained.columns, row, strict=True)) for row in explained.rows]
    assert {row["nation"] for row in rows} == {"Scotland", "Northern Ireland"}
    assert len({row["code"] for row in rows}) == 43  # 32 councils in Scotland, 11 in Northern Ireland
    assert all(row["comparable"].startswith("Not comparable") and float(row["total"]) for row in rows)


def test_the_first_word_of_a_table_is_enough_where_only_one_begins_with_it() -> None:
    assert explain("maturity").rows == explain("maturity_classes").rows
    with pytest.raises(UnknownReference, match="delivery_"):
        explain("delivery")
