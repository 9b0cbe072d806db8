"""Where a study keeps a partner's ledger: one Parquet table of lines, and beside it which files they were read from."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import polars as pl
import yaml

from consortia.errors import StudyError
from consortia.study.ledger import LEDGER_SCHEMA, empty_ledger, ledger_path, read_ledger_table
from consortia.study.ledger_header import HEADER_FILE, LedgerFile, LedgerHeader, RemovedFile, read_ledger_header
from consortia.study.store import write_whole

__all__ = ["HEADER_FILE", "LedgerFile", "LedgerHeader", "put_ledger_file", "read_ledger_header", "remove_ledger_file"]

# Fixed, so that the same lines always give the same bytes.
ROW_GROUP = 250_000
BLOCK = 1024 * 1024


def put_ledger_file(folder: Path, partner: str, upload: Path, lines: pl.DataFrame) -> LedgerFile:
    """Puts the lines of one file into the partner's ledger, in place of those of a file of that name; keeps the upload.

    The order in which files are loaded makes no difference. Raises StudyError when the same file is there under
    another name, for its lines would count twice.
    """
    digest = sha256_of(upload)
    header = read_ledger_header(folder, partner)
    twin = next((file.name for file in header.files if file.sha256 == digest and file.name != upload.name), None)
    if twin:
        what = f"{upload.name} is the same file as {twin}, which is loaded already; its lines would count twice."
        raise StudyError(what, remedy="Leave it out.")
    entry = LedgerFile(
        name=upload.name,
        sha256=digest,
        lines=lines.height,
        without_amount=lines["amount_pence"].null_count(),
        sum_pence=int(lines["amount_pence"].sum() or 0),
        read_as=f"{int(lines.hash_rows(seed=0).sum() or 0):x}",
    )
    others = tuple(file for file in header.files if file.name != upload.name)
    _keep(folder, upload, digest)
    write_ledger(folder, partner, _merged(folder, partner, upload.name, lines, others=bool(others)))
    files = tuple(sorted((*others, entry), key=lambda file: file.name))
    _keep_header(folder, header.model_copy(update={"files": files}))
    return entry


def remove_ledger_file(folder: Path, partner: str, name: str, *, by: str, on: str, reason: str) -> RemovedFile:
    """Takes the lines of one file out of the partner's ledger; who did it and why stays in the header.

    The upload is kept. Raises StudyError, with the files that there are, when none has that name.
    """
    header = read_ledger_header(folder, partner)
    found = next((file for file in header.files if file.name == name), None)
    if found is None:
        listed = ", ".join(file.name for file in header.files)
        raise StudyError(f"The ledger holds no file '{name}'.", remedy=f"Its files: {listed or 'none'}.")
    out = RemovedFile(
        name=name, sha256=found.sha256, lines=found.lines, sum_pence=found.sum_pence, by=by, on=on, reason=reason
    )
    files = tuple(file for file in header.files if file.name != name)
    kept = read_ledger_table(folder, partner)
    if files and kept is not None:
        write_ledger(folder, partner, kept.filter(pl.col("file") != name).collect())
    else:
        ledger_path(folder, partner).unlink(missing_ok=True)
    _keep_header(folder, header.model_copy(update={"files": files, "removed": (*header.removed, out)}))
    return out


def _keep_header(folder: Path, header: LedgerHeader) -> None:
    write_whole(
        ledger_path(folder, header.partner).with_name(HEADER_FILE),
        yaml.safe_dump(header.to_plain(), allow_unicode=True, sort_keys=False, width=110),
    )


def write_ledger(folder: Path, partner: str, lines: pl.DataFrame) -> None:
    """Writes a partner's lines; the same lines give the same bytes."""
    path = ledger_path(folder, partner)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, parquet_of(lines))


def parquet_of(lines: pl.DataFrame) -> bytes:
    """The lines as Parquet."""
    out = io.BytesIO()
    write_parquet(lines, out)
    return out.getvalue()


def write_parquet(lines: pl.DataFrame, to: Path | io.BytesIO) -> None:
    """Writes lines as Parquet; the same lines give the same bytes.

    Columns without any text are left out and those of one text are kept as one entry: `read_ledger_table` gives them
    back as they were. Written out row by row, such a column takes as long as one of a thousand texts.
    """
    texts = [name for name, dtype in LEDGER_SCHEMA.items() if dtype == pl.String and name in lines.columns]
    single = _singles(lines, texts)
    empty = [name for name in texts if not lines.height or single.get(name) == ""]
    entries = [pl.lit(text, dtype=pl.Enum([text])).alias(name) for name, text in single.items() if text]
    kept = lines.with_columns(entries).drop(empty)
    kept.write_parquet(to, compression="lz4", row_group_size=ROW_GROUP, statistics=False)


def _singles(lines: pl.DataFrame, texts: list[str]) -> dict[str, str]:
    """The columns in which every text is the same, and that text; a look at first and last rules most others out."""
    if lines.is_empty():
        return {}
    first, last = lines.select(texts).row(0, named=True), lines.select(texts).row(-1, named=True)
    likely = [name for name in texts if first[name] is not None and first[name] == last[name]]
    found = lines.select([(pl.col(name).eq_missing(first[name])).all() for name in likely]).row(0, named=True)
    return {name: first[name] for name in likely if found[name]}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read block by block."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _merged(folder: Path, partner: str, name: str, lines: pl.DataFrame, *, others: bool) -> pl.DataFrame:
    """All lines of the ledger in the order of file, sheet and row."""
    path = ledger_path(folder, partner)
    kept = read_ledger_table(folder, partner) if others and path.exists() else None
    before = empty_ledger() if kept is None else kept.filter(pl.col("file") != name).collect()
    if before.is_empty():
        return lines
    return pl.concat([before.select(list(LEDGER_SCHEMA)), lines]).sort("file", "sheet", "row", maintain_order=True)


def _keep(folder: Path, upload: Path, digest: str) -> None:
    place = folder / "uploads" / f"{digest}{upload.suffix.lower()}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, upload.read_bytes())
