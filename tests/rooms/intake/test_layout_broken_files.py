"""Broken and hostile ledger files: one sentence, or findings and the good rows; always in bounded time and memory."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consortia.errors import IntakeError
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import propose_layout

HERE = Path(__file__).parent
# Beyond what the libraries themselves take; a careless reading of some of these files would take gigabytes.
MOST_MEMORY = 500 * 2**20
MOST_SECONDS = 20
WATCHED = """
import json, resource, sys, time
from pathlib import Path
from consortia.errors import IntakeError
from consortia.intake.ledger_files import read_ledger
from consortia.intake.ledger_proposals import propose_layout
import fastexcel, polars
resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
for line in sys.stdin:
    path, before, began = Path(line.strip()), peak(), time.monotonic()
    try:
        read_ledger(path, propose_layout(path, partner="P").layout)
        said = ""
    except IntakeError as error:
        said = str(error)
    print(json.dumps([str(path), said, peak() - before, time.monotonic() - began]), flush=True)
"""


def _broken() -> Any:
    spec = importlib.util.spec_from_file_location("broken_files", HERE / "broken" / "files.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BROKEN = _broken()
Make = Callable[[Path], Path]


def _read(path: Path) -> Ledger:
    return read_ledger(path, propose_layout(path, partner="P").layout)


def _codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in ledger.findings}


def test_there_are_more_than_twenty_five_broken_files() -> None:
    assert len(BROKEN.USELESS) + len(BROKEN.MENDABLE) >= 40


@pytest.mark.parametrize("make", BROKEN.USELESS, ids=lambda make: make.__name__)
def test_a_file_of_no_use_gets_one_sentence_and_a_remedy(tmp_path: Path, make: Make) -> None:
    with pytest.raises(IntakeError) as caught:
        _read(make(tmp_path))
    assert caught.value.what.startswith(("ledger.", "The sheet 'L' of ledger."))
    assert caught.value.what.count(". ") == 0
    assert caught.value.remedy


@pytest.mark.parametrize("make", BROKEN.MENDABLE, ids=lambda make: make.__name__)
def test_the_good_rows_of_a_partly_good_file_load(tmp_path: Path, make: Make) -> None:
    lines = _read(make(tmp_path)).lines
    assert lines["amount_pence"].to_list()[:2] == [10_000, 25_050]
    assert lines["cost_centre_code"].to_list()[:2] == ["00123", "00456"]
    assert [str(day) for day in lines["date"][:2]] == ["2025-04-01", "2025-04-02"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("formula_errors", "ledger-amount-formula-error"),
        ("sixty_one_fields", "ledger-too-many-fields"),
        ("two_tables", "ledger-headings-again"),
        ("formula_text", "ledger-formula-text"),
        ("zero_bytes", "text-zero-bytes"),
        ("open_quotation_mark", "text-stray-quote"),
        ("mixed_encodings", "text-mixed-encodings"),
        ("dos_page", "text-old-page"),
        ("text_named_xls", "text-in-disguise"),
        ("merged_everything", "ledger-notes"),
    ],
)
def test_what_was_mended_is_told(tmp_path: Path, name: str, code: str) -> None:
    assert code in _codes(_read(getattr(BROKEN, name)(tmp_path)))


def test_a_second_table_with_other_headings_is_told(tmp_path: Path) -> None:
    path = BROKEN.put(tmp_path, "ledger.csv", BROKEN.CSV + "\nDay,Card,Shop,Gross amount\n05/04/2025,1,Fern,1.00\n")
    assert "ledger-table-unknown" in _codes(_read(path))


def test_a_formula_error_is_a_line_whose_amount_is_not_known(tmp_path: Path) -> None:
    assert _read(BROKEN.formula_errors(tmp_path)).lines["amount_pence"].to_list() == [10_000, 25_050, None]


def test_blank_rows_are_counted_and_are_no_lines(tmp_path: Path) -> None:
    (account,) = _read(BROKEN.thousands_of_blank_rows(tmp_path)).accounts
    assert (account.lines, account.blanks) == (2, 60_000)


def test_time_and_memory_are_bounded(tmp_path: Path) -> None:
    paths = []
    for make in (*BROKEN.USELESS, *BROKEN.MENDABLE):
        folder = tmp_path / make.__name__
        folder.mkdir()
        paths.append(str(make(folder)))
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input="\n".join(paths), capture_output=True, text=True, check=True, timeout=300
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(paths)
    assert [one for one in found if one[2] > MOST_MEMORY or one[3] > MOST_SECONDS] == []
