"""Documents in and out of the database: the same records and tables as a study folder, so the same fingerprint."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from consortia.findings import Finding, Place, Severity
from consortia.intake.blank import write_blank_return
from consortia.study import Definition, Partner, Return, Study, Text, fingerprint, read_study, write_study
from consortia.study.fingerprints import return_digest
from consortia.study.ledger import ledger_path
from consortia.study.ledger_header import HEADER_FILE
from consortia.study.store import DEFINITION_FILE
from consortia.web.accounts.models import Organisation
from consortia.web.ledgers.store import ledger_of, write_into
from consortia.web.studies import models
from consortia.web.studies.uploads import path_of


def load_study(row: models.Study) -> Study:
    """The documents of a study: the only way by which a calculation reads the database."""
    returns = row.returns.select_related("organisation", "ledger").order_by("order")
    return _read(row.definition, (_texts(each) for each in returns))


def load_definition(row: models.Study) -> Definition:
    """The definition document of a study."""
    return Definition.model_validate(yaml.safe_load(row.definition))


def load_return(row: models.PartnerReturn) -> Return:
    """One partner's return with everything that stands beside its lines; no other partner's is read."""
    envelope = _written(Study(_envelope(row.partner), ()))[DEFINITION_FILE]
    return _read(envelope, [_texts(row)]).return_of(row.partner)


def keep_definition(row: models.Study, definition: Definition) -> None:
    """Puts a definition into the row; the caller saves it."""
    row.definition = _written(Study(definition, ()))[DEFINITION_FILE]
    row.title, row.title_cy = definition.title.en, definition.title.cy


def keep_return(row: models.PartnerReturn, returned: Return) -> None:
    """Puts a return into the row; the caller saves it."""
    written = _written(Study(_envelope(row.partner), (returned,)))
    row.files = _json({name: text for name, text in written.items() if name != DEFINITION_FILE})
    row.lines = returned.costs.height
    row.digest = return_digest(returned)


def keep_partner(row: models.Study, partner: Partner, returned: Return, *, order: int) -> None:
    """Keeps a partner's return; the partner becomes an organisation that people can be invited to."""
    organisation, _ = Organisation.objects.get_or_create(
        code=partner.code, defaults={"name": partner.name.en, "name_cy": partner.name.cy}
    )
    kept = models.PartnerReturn(study=row, organisation=organisation, order=order)
    keep_return(kept, returned)
    kept.save()


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
        study = load_study(row)
        write_study(study, folder)
        _write_sources(row, study, folder)
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


def _texts(row: models.PartnerReturn) -> dict[str, str]:
    """The texts of the files of a return, by path; with them which files its ledger holds, but not their lines."""
    header = ledger_of(row).header
    beside = {ledger_path(Path(), row.partner).with_name(HEADER_FILE).as_posix(): header} if header else {}
    return {**json.loads(row.files), **beside}


def _read(definition: str, returns: Iterable[Mapping[str, str]]) -> Study:
    """A study from the texts of its files, read as any study folder is: a document that is added to a return later
    finds its way by itself."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / DEFINITION_FILE).write_bytes(definition.encode())
        for files in returns:
            for path, text in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(text.encode())
        return read_study(folder)


def _written(study: Study) -> dict[str, str]:
    """The texts of a study's files by their path in the folder."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_study(study, folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def _write_sources(row: models.Study, study: Study, folder: Path) -> None:
    """Ledgers and remembered layouts, and the files that the returns were made from, where a folder has them."""
    for each in row.returns.select_related("organisation"):
        write_into(folder, ledger_of(each))
    for upload in (one for returned in study.returns for one in returned.header.uploads):
        if path_of(upload.sha256).exists():
            place = folder / "uploads" / f"{upload.sha256}{Path(upload.name).suffix.lower()}"
            place.parent.mkdir(exist_ok=True)
            copyfile(path_of(upload.sha256), place)


def _envelope(partner: str) -> Definition:
    """A folder needs a definition; this one says no more than whose return lies in it."""
    alone = Partner(code=partner, name=Text(en=partner))
    return Definition(key="return", title=Text(en="Return"), base_year="2000-01", partners=(alone,))


def _finding(plain: dict[str, Any]) -> Finding:
    place = Place(**plain.pop("place")) if plain["place"] else plain.pop("place")
    severity = Severity(plain.pop("severity"))
    values = tuple((name, value if isinstance(value, str) else tuple(value)) for name, value in plain.pop("values"))
    return Finding(**plain, severity=severity, place=place, values=values)


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)
