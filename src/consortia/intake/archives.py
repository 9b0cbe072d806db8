"""The parts of a zipped workbook, counted while they are unpacked; and the same compressed bytes in a new archive.

An archive says three times how large its parts are, and a hostile one contradicts itself. Only the compressed bytes of
each part are taken from it: they are unpacked once, piece by piece, to count and to look at what is in them; then they
are packed anew, as they stand, under sizes that were measured. A reader of the new archive can meet nothing that was
not counted.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

STORED, DEFLATED = 0, 8
# What is unpacked at a time stays in the processor's cache while it is looked at.
PIECE = 16 * 1024
LARGEST_PIECE = 1024 * 1024
# So much of the piece before is looked at again, for what stands across two.
OVERLAP = 64
HEAD = 64 * 1024
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
# The name of a part is UTF-8.
_UTF8 = 0x800
_VERSION = 20
# The first day that an archive can name: the same parts give the same bytes.
_DAY = 0x21

Watch = Callable[[bytes], set[str]]


class TooLarge(Exception):
    """The parts unpack to more than the room that there is."""


@dataclass(frozen=True)
class Part:
    """One part: its compressed bytes and check sum, its measured size, its first bytes, and the marks found in it."""

    packed: bytes
    method: int
    check_sum: int
    size: int
    head: bytes
    marks: frozenset[str]

    @cached_property
    def content(self) -> bytes:
        """All of it, unpacked again: as large as was measured."""
        return b"".join(_pieces(self.packed, self.method))


class Parts(Mapping[str, bytes]):
    """The contents of the parts by name, each unpacked when it is asked for."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        """Of an archive that was counted."""
        self.counted = parts

    def __getitem__(self, name: str) -> bytes:
        """The content of a part."""
        return self.counted[name].content

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self.counted)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.counted)


def unpack(data: bytes, member: zipfile.ZipInfo, *, room: int, watch: Watch) -> Part:
    """One part of an archive, counted up to `room` bytes. Raises TooLarge beyond, BadZipFile for damage.

    `watch` is shown all of it, piece by piece, and names the marks it finds. The check sum is that which the archive
    states; whoever reads the part from a new archive compares it.
    """
    packed = _packed(data, member)
    size, tail, head = 0, b"", b""
    marks: set[str] = set()
    for piece in _pieces(packed, member.compress_type):
        size += len(piece)
        if size > room:
            raise TooLarge
        marks |= watch(tail + piece)
        tail = piece[-OVERLAP:]
        head = head + piece if len(head) < HEAD else head
    return Part(packed, member.compress_type, member.CRC, size, head, frozenset(marks))


def _packed(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The compressed bytes of a part, up to where they end by themselves."""
    if member.compress_type not in {STORED, DEFLATED}:
        raise zipfile.BadZipFile("compressed in a way that workbooks are not")
    start = member.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("a part does not begin where the directory says")
    *_, name, extra = _LOCAL.unpack_from(data, start)
    begin = start + _LOCAL.size + name + extra
    return data[begin : begin + member.compress_size]


def _pieces(packed: bytes, method: int) -> Iterator[bytes]:
    """The unpacked bytes, a piece at a time and never more than a fixed size at once."""
    if method == STORED:
        yield from (packed[at : at + LARGEST_PIECE] for at in range(0, len(packed), LARGEST_PIECE))
        return
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), PIECE):
        waiting = packed[at : at + PIECE]
        while waiting:
            yield reader.decompress(waiting, LARGEST_PIECE)
            waiting = reader.unconsumed_tail
        if reader.eof:
            return
    rest = reader.flush()
    if not reader.eof:
        raise zipfile.BadZipFile("a part is cut short")
    yield rest


def archive_of(parts: Mapping[str, Part]) -> bytes:
    """An archive of exactly these parts, their compressed bytes as they are, under the sizes that were measured."""
    body: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, part in parts.items():
        label = name.encode()
        sizes = (part.check_sum, len(part.packed), part.size, len(label), 0)
        head = (_UTF8, part.method, 0, _DAY, *sizes)
        body += [_LOCAL.pack(b"PK\x03\x04", _VERSION, *head), label, part.packed]
        directory += [_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *head, 0, 0, 0, 0, at), label]
        at += _LOCAL.size + len(label) + len(part.packed)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join([*body, listed, end])
