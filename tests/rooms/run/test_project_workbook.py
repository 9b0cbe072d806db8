"""The workbook's sheets of projects: live from input to total, and the same in LibreOffice as in the library."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from consortia.report.workbook import workbook
from consortia.report.workbook.project_case import ProjectCase
from consortia.run import Run, run_study
from consortia.run.programme import appraise_projects
from consortia.run.programme.project_sheets import project_sheets
from consortia.run.record import Run as Record
from consortia.study import Study
from consortia.study.store import read_definition

from .conftest import with_definition
from .office import Office, cells_of

DAY = date(2026, 11, 22)
CASES = Path(__file__).resolve().parents[3] / "examples" / "cases"
WITH_PROJECTS = [path for path in sorted(CASES.glob("*.yaml")) if "projects:" in path.read_text(encoding="utf-8")]
CEREDIGION, PEMBROKESHIRE, POWYS = "W06000008", "W06000009", "W06000023"
NINE_DIGITS = 1e-9
RATE = {"low": 0.0, "mode": 0.02, "high": 0.05}


def study_with(three: Study, rate: dict[str, float] = RATE, *, delay: float = 7.0) -> Study:
    """Sharing, and projects that meet on lines: parts, amounts, units, posts, a gain share, a line that grows."""
    return with_definition(
        three,
        lines=[
            {"key": "education", "partner": CEREDIGION, "service": "education", "growth": 0.01,
             "price_growth": {"low": 0.0, "mode": 0.01, "high": 0.03}},
            {"key": "ict", "partner": POWYS, "amount": 3_000_000, "floor": 2_500_000},
        ],
        posts=[{"key": "head", "partner": PEMBROKESHIRE, "title": {"en": "Head"}, "salary": 80_000, "on_cost": 0.28}],
        projects=[
            {
                "key": "team", "title": {"en": "One team", "cy": "Un tîm"}, "delay_months": delay,
                "effects": [
                    {"kind": "rate_of_line", "key": "rate", "lines": ["education", "ict"], "rate": rate,
                     "adoption": {"curve": "linear", "years": 3}},
                    {"kind": "posts", "key": "heads", "posts": ["head"]},
                    {"kind": "units", "key": "calls", "unit": {"en": "calls"}, "unit_cost": 4, "volume": 50_000,
                     "rate": {"low": 0.1, "mode": 0.3, "high": 0.4, "shape": "triangular"}, "money": "non_cashable",
                     "partner": POWYS},
                ],
                "costs": [
                    {"kind": "ict", "key": "move", "amounts": {"2025-26": 50_000}, "chance": 0.8,
                     "times": {"low": 1, "high": 2, "shape": "uniform"}},
                    {"kind": "ict", "key": "run", "amounts": {"2026-27": 4_000}, "running": True},
                ],
            },
            {
                "key": "energy", "title": {"en": "Energy"}, "maturity": "full_case",
                "effects": [
                    {"kind": "amounts", "key": "price", "lines": ["ict"], "amounts": {"2026-27": 300_000}},
                    {"kind": "amounts", "key": "later", "lines": ["ict"], "amounts": {"2028-29": 400_000}},
                ],
                "terms": [{"kind": "gain_share", "key": "share", "partner": POWYS, "target": {"2026-27": 250_000},
                           "cap": 20_000}],
            },
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(three_councils: Study) -> Run:
    return run_study(study_with(three_councils), made_on=DAY)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_formula_recalculates_to_the_librarys_value(office: Office, run: Run, language: str) -> None:
    written = workbook(run.workbook, language=language)
    formulas, ours = cells_of(written, values=False), cells_of(written, values=True)
    theirs = cells_of(office.recalculated(written), values=True)
    live = [place for place, value in formulas.items() if isinstance(value, str) and value.startswith("=")]
    assert len([place for place in live if place[0] in ("Project flows", "Llifoedd prosiectau")]) > 1000
    assert [place for place in live if not same(ours.get(place), theirs.get(place))] == []


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= NINE_DIGITS * max(1.0, abs(ours))
    return (ours or "") == (theirs or "")


def test_the_totals_are_those_of_the_paper(run: Run) -> None:
    cells = cells_of(workbook(run.workbook, language="en"), values=True)
    rows = {value: place for (sheet, place), value in cells.items() if sheet == "Project totals" and place[0] == "A"}
    worth = cells["Project totals", f"C{rows['All partners'][1:]}"]
    assert worth == pytest.approx(run.tables["measures"].rows[0][1], abs=0.005)
    part = cells["Project totals", f"C{rows['Energy'][1:]}"]
    assert part == pytest.approx(
        next(row[1] for row in run.tables["projects"].rows if row[0].en == "Energy"), abs=0.005
    )


def test_another_rate_and_delay_give_what_the_library_gives(office: Office, run: Run, three_councils: Study) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(run.workbook, language="en")))
    sheet = book["Project inputs"]
    places = {row[5].value: row for row in sheet.iter_rows() if row[5].value}
    places["projects.team.effects.rate.rate"][2].value = 0.035
    places["input.delay|team"][4].value = 16
    saved = io.BytesIO()
    book.save(saved)
    cells = cells_of(office.recalculated(saved.getvalue()), values=True)
    row = next(
        place[1:] for (name, place), value in cells.items() if (name, value) == ("Project totals", "All partners")
    )
    changed = run_study(study_with(three_councils, RATE | {"mode": 0.035}, delay=16.0), made_on=DAY)
    assert cells["Project totals", f"C{row}"] == pytest.approx(changed.tables["measures"].rows[0][1], abs=0.005)


@pytest.mark.parametrize("path", WITH_PROJECTS, ids=lambda path: path.stem)
def test_the_steps_of_the_sheets_give_what_the_engine_gives(path: Path) -> None:
    definition = read_definition(path)
    found = appraise_projects(definition.model_copy(update={"draws": 64}))
    model = project_sheets(found)
    case = ProjectCase(model, len(found.compiled.frame.years))
    for row in model.flows:
        assert case.flows[row.key] == pytest.approx(np.array(row.flow), rel=NINE_DIGITS, abs=1e-6)
    for term in model.terms:
        assert case.settled(term) == pytest.approx(np.array(term.flow), rel=NINE_DIGITS, abs=1e-6)


def test_a_range_stands_with_its_ends_and_its_place_in_the_study(run: Run) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(run.workbook, language="en")))
    row = next(row for row in book["Project inputs"].iter_rows() if row[5].value == "projects.team.effects.rate.rate")
    assert [cell.value for cell in row[1:4]] == [0.0, 0.02, 0.05]
    assert row[4].value == f"=(B{row[4].row}+4*C{row[4].row}+D{row[4].row})/6"


def test_only_functions_that_every_spreadsheet_knows_are_used(run: Run) -> None:
    cells = cells_of(workbook(run.workbook, language="en"), values=False)
    live = [str(value) for value in cells.values() if isinstance(value, str) and value.startswith("=")]
    used = {name for formula in live for name in re.findall(r"([A-Z]+)\(", formula)}
    known = {"AND", "COUNT", "IF", "INDEX", "INT", "MAX", "MIN", "OR", "ROWS", "SUM", "SUMIF", "SUMPRODUCT"}
    assert used <= known | {"ABS", "LN"}


def test_a_study_without_projects_has_no_such_sheets(run: Run) -> None:
    plain = workbook(replace(run.workbook, projects=None), language="en")
    assert not [name for name in openpyxl.load_workbook(io.BytesIO(plain)).sheetnames if name.startswith("Project")]


def test_a_run_is_read_back_with_its_sheets(run: Run) -> None:
    assert Record.from_plain(run.to_plain()).workbook.projects == run.workbook.projects
