"""A study as a folder: `study.yaml`, and for each partner `returns/<code>/` with its header, costs and volumes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import polars as pl
import yaml
from pydantic import ValidationError

from consortia.errors import NewerStudy, StudyError
from consortia.findings import Finding, blocks
from consortia.study.activities import Activities
from consortia.study.definition import SCHEMA_VERSION, Definition
from consortia.study.document_findings import document_findings, listed
from consortia.study.fractions import BESIDE, CODES
from consortia.study.kept_findings import KeptFindings
from consortia.study.ledger_header import read_ledger_header
from consortia.study.mapping import MappingLine, check_shares
from consortia.study.plain_yaml import RepeatedKeys, plain_yaml, remedy_of
from consortia.study.project_findings import project_findings
from consortia.study.records import Record
from consortia.study.returns import CostLine, Return, ReturnHeader, Upload, Volume
from consortia.study.review import Review
from consortia.study.tables import from_csv, records_of, table_of, to_csv

DEFINITION_FILE = "study.yaml"
MAPPING_FILE, REVIEW_FILE, ACTIVITIES_FILE = "mapping.csv", "review.yaml", "activities.yaml"
FINDINGS_FILE = "findings.yaml"
AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True)
class Study:
    """The documents of a study: one definition and one return per partner, in the order of the partners."""

    definition: Definition
    returns: tuple[Return, ...]

    def return_of(self, partner: str) -> Return:
        """The return of one partner; ValueError when it has none."""
        for returned in self.returns:
            if returned.partner == partner:
                return returned
        raise ValueError(f"{partner} has no return in study {self.definition.key}")


def read_study(folder: Path) -> Study:
    """Reads a study folder. Raises StudyError or NewerStudy with the file, every fault in it, and the remedy."""
    path = folder / DEFINITION_FILE
    if not path.exists():
        remedy = "Name a folder made by `consortia new`, or make one: `consortia new FOLDER --partners ... --from ...`."
        raise StudyError(f"There is no study in {folder} (no {DEFINITION_FILE}).", remedy=remedy)
    definition = _read_record(path, Definition)
    returns = tuple(_read_return(folder, code) for code in definition.codes)
    return Study(definition, returns)


def read_definition(path: Path) -> Definition:
    """Reads a definition alone: the study.yaml of a folder, or a case file of its own. Raises as `read_study` does."""
    return _read_record(path / DEFINITION_FILE if path.is_dir() else path, Definition)


def write_study(study: Study, folder: Path) -> None:
    """Writes the study folder; every file is replaced whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / DEFINITION_FILE, _to_yaml(study.definition.to_plain()))
    for returned in study.returns:
        place = folder / "returns" / returned.partner
        place.mkdir(parents=True, exist_ok=True)
        write_whole(place / "return.yaml", _to_yaml(returned.header.to_plain()))
        write_whole(place / "costs.csv", to_csv(CostLine, returned.costs))
        write_whole(place / "volumes.csv", to_csv(Volume, returned.volumes))
        mapping = to_csv(MappingLine, table_of(MappingLine, returned.mapping))
        _write_or_remove(place / MAPPING_FILE, mapping, returned.mapping)
        _write_or_remove(place / REVIEW_FILE, _to_yaml(returned.review.to_plain()), not returned.review.is_empty())
        activities = returned.activities.to_plain() if returned.activities else {}
        _write_or_remove(place / ACTIVITIES_FILE, _to_yaml(activities), activities)
        kept = KeptFindings.of(returned.findings)
        _write_or_remove(place / FINDINGS_FILE, _to_yaml(kept.to_plain()), returned.findings)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file so that a crash leaves either the old or the new content, never half of one."""
    data = content.encode() if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _write_or_remove(path: Path, content: str, wanted: object) -> None:
    """A document that most returns do not have is there only where it says something."""
    if wanted:
        write_whole(path, content)
    else:
        path.unlink(missing_ok=True)


def _read_return(folder: Path, partner: str) -> Return:
    place = folder / "returns" / partner
    if not (place / "return.yaml").exists():
        remedy = "Put the partner's return there (`consortia intake`), or take the partner out of study.yaml."
        raise StudyError(f"There is no return in {place}.", remedy=remedy)
    header = _read_record(place / "return.yaml", ReturnHeader)
    costs, volumes = _read_table(place / "costs.csv", CostLine), _read_table(place / "volumes.csv", Volume)
    review = _read_record(place / REVIEW_FILE, Review) if (place / REVIEW_FILE).exists() else Review()
    activities = _read_record(place / ACTIVITIES_FILE, Activities) if (place / ACTIVITIES_FILE).exists() else None
    kept = _read_record(place / FINDINGS_FILE, KeptFindings) if (place / FINDINGS_FILE).exists() else KeptFindings()
    files = read_ledger_header(folder, partner).files
    loaded = tuple(Upload(name=one.name, sha256=one.sha256, read_as=one.read_as) for one in files)
    return Return(header, costs, volumes, _read_mapping(place / MAPPING_FILE), review, activities, kept.told(), loaded)


def _read_mapping(path: Path) -> tuple[MappingLine, ...]:
    if not path.exists():
        return ()
    lines = cast("tuple[MappingLine, ...]", tuple(records_of(MappingLine, _read_table(path, MappingLine))))
    check_shares(lines)
    return lines


def _read_table(path: Path, record: type[Record]) -> pl.DataFrame:
    parsed = from_csv(record, _text(path), str(path))
    if parsed.findings:
        faults = listed(parsed.findings)
        raise StudyError(f"{path} has faults:\n{faults}\n", remedy="Correct the cells named, then try again.")
    return parsed.table


def _read_record(path: Path, record: type[AnyRecord]) -> AnyRecord:
    plain, twice = _from_yaml(path)
    version = plain.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise NewerStudy(
            f"{path} was written by a newer Consortia (its version {version}, this one reads up to {SCHEMA_VERSION}).",
            remedy="Install the newer version, then try again; nothing was changed.",
        )
    try:
        read, faults = record.model_validate(plain), twice
    except ValidationError as error:
        read, found = None, document_findings(error, plain, record, file=path.name)
        others = _beside(found, plain, path.name) if record is Definition else ()
        faults = (*twice, *found, *others)
    if read is None or faults:
        raise StudyError(f"{path} has faults:\n{listed(faults)}\n", remedy="Correct them, then try again.")
    return read


def _beside(found: tuple[Finding, ...], plain: dict[str, Any], file: str) -> tuple[Finding, ...]:
    """What else is wrong with a definition whose form has no fault but percentages, so that all is told at once."""
    if any(one.code not in CODES for one in found):
        return ()
    try:
        definition = Definition.model_validate(plain, context=BESIDE)
    except ValidationError:
        return ()
    told = {str(one.place) for one in found}
    others = project_findings(definition, file=file)
    return tuple(one for one in others if one.code not in CODES and str(one.place) not in told and blocks((one,)))


def _from_yaml(path: Path) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The plain values of a document, with a finding for each field that stands in it twice."""
    twice: tuple[Finding, ...] = ()
    try:
        plain = plain_yaml(_text(path))
    except RepeatedKeys as error:
        plain, twice = error.plain, error.findings(path.name)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" at line {place.line + 1}" if place else ""
        raise StudyError(f"{path} is not readable YAML{where}.", remedy=remedy_of(error)) from None
    if not isinstance(plain, dict):
        raise StudyError(f"{path} holds no document.", remedy="Restore it from a copy, or make the study anew.")
    return plain, twice


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StudyError(f"{path} is missing.", remedy="Restore it from a copy, or make the study anew.") from None
    except UnicodeDecodeError:
        raise StudyError(f"{path} is not text in UTF-8.", remedy="Save it as UTF-8, then try again.") from None


def _to_yaml(plain: dict[str, Any]) -> str:
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110)
