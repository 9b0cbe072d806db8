"""What a study folder holds besides the documents: finished runs, the agreed case, actuals, papers."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from consortia.delivery import PromisedLine
from consortia.errors import StudyError
from consortia.run import Run
from consortia.study import Study, fingerprint, read_study
from consortia.study.store import write_whole

RUNS, ACCOUNT, PAPERS = "runs", "account", "papers"


def keep_run(run: Run, folder: Path) -> Path:
    """Keeps a finished run under its fingerprint and marks it as the newest; gives its file."""
    place = folder / RUNS
    place.mkdir(exist_ok=True)
    path = place / f"{run.fingerprint[:12]}.json"
    write_whole(path, json.dumps(run.to_plain(), ensure_ascii=False))
    write_whole(place / "newest", path.name)
    return path


def newest_run(folder: Path) -> Run:
    """The newest run of a study; StudyError when there is none or it cannot be read."""
    pointer = folder / RUNS / "newest"
    if not pointer.exists():
        read_study(folder)
        raise StudyError(f"The study in {folder} has not been run yet.", remedy=f"Run it: `consortia run {folder}`.")
    path = folder / RUNS / pointer.read_text().strip()
    try:
        return Run.from_plain(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise StudyError(f"The run in {path} cannot be read.", remedy=f"Run again: `consortia run {folder}`.") from None


def is_out_of_date(run: Run, study: Study) -> bool:
    """Whether the study's documents have changed since the run."""
    return run.bindings.study != fingerprint(study)


def keep_case(run: Run, folder: Path, *, by: str, on: str) -> Path:
    """Keeps the agreed case: what the run promises, who agreed it and when."""
    place = folder / ACCOUNT
    place.mkdir(exist_ok=True)
    case = {
        "run": run.fingerprint,
        "agreed_by": by,
        "agreed_on": on,
        "price_base": run.content.base_year,
        "lines": [asdict(line) for line in run.case],
    }
    write_whole(place / "case.json", json.dumps(case, ensure_ascii=False, indent=1))
    return place / "case.json"


def agreed_case(folder: Path) -> tuple[dict[str, Any], tuple[PromisedLine, ...]]:
    """The agreed case with its lines; StudyError when none was agreed."""
    path = folder / ACCOUNT / "case.json"
    if not path.exists():
        remedy = f"Run the study, then `consortia agree {folder} --by NAME`."
        raise StudyError(f"No case has been agreed for the study in {folder}.", remedy=remedy)
    case = json.loads(path.read_text(encoding="utf-8"))
    return case, tuple(PromisedLine(**line) for line in case["lines"])
