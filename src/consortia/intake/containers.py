"""Uploads are hostile until shown otherwise: what a file really is, and how much is in it, before anything reads it."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from consortia.errors import IntakeError
from consortia.intake.archives import Part, Parts, TooLarge, archive_of, unpack
from consortia.intake.extents import marks_in

Kind = Literal["csv", "xlsx", "ods", "xls"]

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 2_000
# A small file may be all zeros without harm; the ratio counts only beyond this size.
RATIO_COUNTS_FROM = 20 * 1024 * 1024

WORDS: dict[Kind, str] = {
    "csv": "plain text",
    "xlsx": "an Excel workbook",
    "ods": "an OpenDocument spreadsheet",
    "xls": "an Excel 97-2003 workbook",
}
ENDINGS: dict[Kind, tuple[str, ...]] = {
    "csv": (".csv", ".txt", ".tsv"),
    "xlsx": (".xlsx", ".xlsm"),
    "ods": (".ods",),
    "xls": (".xls",),
}
READABLE = "Send a workbook (.xlsx, .xls, .ods) or comma-separated text (.csv)."
# Everything that the standard library is known to raise on a damaged archive.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Container:
    """A file that may be read: its name, its kind, its bytes, and the counted parts of a zipped workbook.

    `data` of a zipped workbook is an archive of exactly those parts, not the file as it came.
    """

    name: str
    kind: Kind
    data: bytes
    parts: Parts


def open_container(path: Path) -> Container:
    """Reads a file into bounded memory; IntakeError when it is too large, packed too densely, or not what it says."""
    data = _bytes_of(path)
    kind = _kind_of(path.name, data)
    if path.suffix.lower() not in ENDINGS[kind]:
        remedy = (
            f"Open it, save it as .xlsx or .csv, and send that; or name it {ENDINGS[kind][0]} if that is what it is."
        )
        raise IntakeError(f"{path.name} is {WORDS[kind]} in spite of its name.", remedy=remedy)
    if kind not in {"xlsx", "ods"}:
        return Container(path.name, kind, data, Parts({}))
    found = _unpacked(path.name, data)
    parts = Parts(found)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise _protected(path.name)
    return Container(path.name, kind, archive_of(found), parts)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            remedy = "Send the return only, without pictures or other sheets."
            raise IntakeError(
                f"{path.name} is {size / 2**20:,.0f} MB; {MAX_BYTES // 2**20} MB is the limit.", remedy=remedy
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise IntakeError(f"There is no file {path}.", remedy="Check the name and the folder.") from None
    except OSError as error:
        what = f"{path} cannot be opened: {error.strerror}."
        raise IntakeError(what, remedy="Name a file that you may read.") from None
    if not data.strip():
        raise IntakeError(f"{path.name} is empty.", remedy="Save it again in the program that made it, and send that.")
    return data


def _kind_of(name: str, data: bytes) -> Kind:
    """What the bytes are, whatever the name says."""
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _protected(name)
        return "xls"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(name, data)
    if data.startswith(b"%PDF"):
        raise IntakeError(f"{name} is a PDF.", remedy=READABLE)
    if data.lstrip()[:100].lower().startswith((b"<!doctype html", b"<html")):
        raise IntakeError(f"{name} is a web page.", remedy="Open it in Excel and save it as an Excel workbook (.xlsx).")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IntakeError(f"{name} is neither a workbook nor text.", remedy=READABLE)
    return "csv"


def _kind_of_zip(name: str, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = set(packed.namelist())
    except ZIP_FAULTS:
        raise _damaged(name) from None
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "content.xml" in members:
        return "ods"
    if "xl/workbook.bin" in members:
        raise IntakeError(f"{name} is a binary workbook.", remedy="Save it as an Excel workbook (.xlsx) and send that.")
    raise IntakeError(f"{name} is a packed file but no spreadsheet.", remedy=READABLE)


def _unpacked(name: str, data: bytes) -> dict[str, Part]:
    """The text parts of a zipped workbook, counted while they are unpacked: its own sizes are not believed."""
    parts: dict[str, Part] = {}
    room = min(MAX_UNPACKED, max(RATIO_COUNTS_FROM, len(data) * MAX_RATIO))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
        if len(members) > MAX_MEMBERS:
            what = f"{name} packs {len(members):,} files; a workbook has far fewer than {MAX_MEMBERS:,}."
            raise IntakeError(what, remedy="Copy the return into a new workbook and send that.")
        for member in members:
            if member.flag_bits & 1:
                raise _protected(name)
            if member.filename.endswith((".xml", ".rels", "mimetype")):
                parts[member.filename] = unpack(data, member, room=room, watch=marks_in)
                room -= parts[member.filename].size
    except ZIP_FAULTS:
        raise _damaged(name) from None
    except TooLarge:
        raise IntakeError(
            f"{name} unpacks to far more than a return holds; it was not read further.",
            remedy="Copy the return into a new workbook and send that.",
        ) from None
    return parts


def _protected(name: str) -> IntakeError:
    return IntakeError(f"{name} is protected by a password.", remedy="Save it without the password and send that.")


def _damaged(name: str) -> IntakeError:
    remedy = "Open it in the program that made it, save it again, and send that."
    return IntakeError(f"{name} is damaged and cannot be read.", remedy=remedy)
