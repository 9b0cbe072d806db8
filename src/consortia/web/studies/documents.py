"""Documents in and out of the database: the same records and tables as a study folder, so the same fingerprint."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from consortia.errors import StudyError
from consortia.findings import Finding, Place, Severity
from consortia.intake.blank import write_blank_return
from consortia.study import CostLine, Definition, Return, ReturnHeader, Review, Study, Volume, fingerprint, write_study
from consortia.study.fingerprints import return_digest
from consortia.study.mapping import MappingLine
from consortia.study.records import Record
from consortia.study.tables import from_csv, to_csv
from consortia.web.studies import models


def load_study(row: models.Study) -> Study:
    """The documents of a study: the only way by which a calculation reads the database."""
    returns = row.returns.select_related("organisation").order_by("order")
    return Study(load_definition(row), tuple(load_return(each) for each in returns))


def load_definition(row: models.Study) -> Definition:
    """The definition document of a study."""
    return Definition.model_validate(json.loads(row.definition))


def load_return(row: models.PartnerReturn) -> Return:
    """One partner's return with its tables."""
    header = ReturnHeader.model_validate(json.loads(row.header))
    mapping = tuple(MappingLine.model_validate(line) for line in json.loads(row.mapping))
    costs, volumes = _table(CostLine, row.costs), _table(Volume, row.volumes)
    return Return(header, costs, volumes, mapping, load_review(row))


def load_review(row: models.PartnerReturn) -> Review:
    """What people said and did about the return."""
    return Review.model_validate(json.loads(row.review))


def keep_definition(row: models.Study, definition: Definition) -> None:
    """Puts a definition into the row; the caller saves it."""
    row.definition = _json(definition.to_plain())
    row.title, row.title_cy = definition.title.en, definition.title.cy


def keep_return(row: models.PartnerReturn, returned: Return) -> None:
    """Puts a return into the row; the caller saves it."""
    row.header = _json(returned.header.to_plain())
    row.costs = to_csv(CostLine, returned.costs)
    row.volumes = to_csv(Volume, returned.volumes)
    row.mapping = _json([line.to_plain() for line in returned.mapping])
    row.review = _json(returned.review.to_plain())
    row.lines = returned.costs.height
    row.digest = return_digest(returned)


def keep_fingerprint(row: models.Study) -> None:
    """Works out the fingerprint from the saved documents and saves it with the next version."""
    row.fingerprint = fingerprint(load_study(row))
    row.version += 1
    row.save(update_fields=["fingerprint", "version"])


def findings_to_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON text."""
    return _json([asdict(finding) for finding in findings])


def findings_from_text(text: str) -> tuple[Finding, ...]:
    """The findings that `findings_to_text` was given."""
    return tuple(_finding(plain) for plain in json.loads(text))


def study_as_zip(row: models.Study) -> bytes:
    """The study folder as a zip file; unpacked, the command line reads it and gives the same fingerprint."""
    with TemporaryDirectory() as name:
        folder = Path(name) / row.slug
        write_study(load_study(row), folder)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(name))
        return packed.getvalue()


def return_workbook(row: models.PartnerReturn) -> bytes:
    """A workbook for the partner to correct: the lines as they are now, or blank rows when there are none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        filled = load_return(row) if row.lines else None
        write_blank_return(path, load_definition(row.study), row.partner, filled=filled)
        return path.read_bytes()


def _table(record: type[Record], text: str) -> pl.DataFrame:
    parsed = from_csv(record, text, "database")
    if parsed.findings:
        raise StudyError(
            f"A return in the database cannot be read: {parsed.findings[0]}",
            remedy="Send the file of that partner again.",
        )
    return parsed.table


def _finding(plain: dict[str, Any]) -> Finding:
    place = Place(**plain.pop("place")) if plain["place"] else plain.pop("place")
    severity = Severity(plain.pop("severity"))
    values = tuple((name, value) for name, value in plain.pop("values"))
    return Finding(**plain, severity=severity, place=place, values=values)


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)
