"""A zipped workbook is counted piece by piece, and handed over in an archive of exactly what was counted."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.intake import archives
from consortia.intake.archives import TooLarge, archive_of, unpack
from consortia.intake.extents import ODD, marks_in

CELL = b'<c r="A1" s="1"><v>12</v></c>'
FAR = b'<c t="n" r="XFD1048576"><v>1</v></c>'


def _zip(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def _unpacked(data: bytes, room: int = 10**9) -> dict[str, archives.Part]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = packed.infolist()
    return {member.filename: unpack(data, member, room=room, watch=marks_in) for member in members}


@settings(max_examples=50)
@given(st.dictionaries(st.text("abc/é.", min_size=1), st.binary(max_size=3_000)), st.sampled_from([0, 8]))
def test_the_new_archive_holds_the_same_parts(parts: dict[str, bytes], method: int) -> None:
    counted = _unpacked(_zip(parts, method))
    assert {name: part.content for name, part in counted.items()} == parts
    with zipfile.ZipFile(io.BytesIO(archive_of(counted))) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == parts


def test_what_follows_a_part_in_the_old_archive_is_not_in_the_new_one() -> None:
    data = b"junk before" + _zip({"a": b"x" * 5_000}) + b"junk behind"
    assert b"junk" not in archive_of(_unpacked(data))


def test_a_part_beyond_the_room_is_not_unpacked_to_its_end() -> None:
    with pytest.raises(TooLarge):
        _unpacked(_zip({"a": bytes(50 * 2**20)}), room=2**20)


@pytest.mark.parametrize("before", range(0, 80, 3))
def test_a_cell_is_found_wherever_the_pieces_part(before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_PIECE", 64)
    sheet = b"<sheetData>" + b" " * before + CELL * 3 + FAR + CELL * 3 + b"</sheetData></worksheet>"
    assert ODD in _unpacked(_zip({"a": sheet}))["a"].marks


@pytest.mark.parametrize("before", range(0, 80, 3))
def test_plain_cells_are_never_taken_for_odd_ones(before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_PIECE", 64)
    sheet = b"<cols><col/></cols><sheetData>" + b" " * before + CELL * 9 + b"</sheetData></worksheet>"
    assert ODD not in _unpacked(_zip({"a": sheet}))["a"].marks


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="AA1"><v/></c>',
        b"<c><v>1</v></c>",
        b"<c\nr='A1'><v/></c>",
        b'<x:c r="A1"><v/>',
        b'<c r="A99999999">',
        b'<c r="Z1000000">',
    ],
)
def test_cells_whose_place_is_not_plain_are_odd(cell: bytes) -> None:
    assert ODD in marks_in(cell + b"</row></sheetData></worksheet>")
