"""Reads the raw published files and writes our tables, byte for byte the same on every run."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

KEPT = Path(__file__).parent / "kept"


def cells(path: Path) -> list[list[str]]:
    """Every cell of a CSV file (gzipped or not), without the byte order mark."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig", errors="replace"), newline="")))


def records(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file under its first row."""
    header, *body = cells(path)
    for row in body:
        yield dict(zip(header, row, strict=False))


def kept(name: str) -> list[dict[str, str]]:
    """The rows of a table that people keep by hand beside this script."""
    return list(records(KEPT / f"{name}.csv"))


def kept_text(name: str) -> str:
    """The text of a table kept by hand, to ship as it stands."""
    return (KEPT / f"{name}.csv").read_text(encoding="utf-8")


class Shelf:
    """The folder that the tables are written to; remembers the number of rows of each for the catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}

    def write(
        self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, packed: bool = False
    ) -> None:
        """Writes one table as CSV, or as CSV.gz with no clock in it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        body = list(rows)
        writer.writerows(body)
        self._store(name, text.getvalue(), packed=packed)
        self.rows[name] = len(body)

    def write_records(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Writes dictionaries that share their keys as one table."""
        columns = list(rows[0])
        self.write(name, columns, ([row[column] for column in columns] for row in rows))

    def _store(self, name: str, text: str, *, packed: bool) -> None:
        path = self.folder / f"{name}.csv{'.gz' if packed else ''}"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode("utf-8")
        path.write_bytes(_packed(data) if packed else data)


def _packed(data: bytes) -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=stream, mtime=0) as packer:
        packer.write(data)
    return stream.getvalue()
