"""The model of benchmarks/appraisal.py as a workbook that LibreOffice recalculates, one draw for each file.

What a recalculation costs is told from what loading and saving cost: the same files go the same way once with
LibreOffice told to recalculate on loading, and once told not to.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import xlsxwriter
from appraisal_competitors import _payback
from appraisal_model import KEPT, Model
from xlsxwriter.utility import xl_rowcol_to_cell as cell
from xlsxwriter.worksheet import Worksheet

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{}</value></prop></item></oor:items>"""


def office() -> str | None:
    """The program, if it is installed."""
    return os.environ.get("CONSORTIA_SOFFICE") or shutil.which("soffice")


def recalculated(one: Model, inputs: np.ndarray) -> tuple[np.ndarray, float, float]:
    """The answers [draw, partner + 2]; CPU seconds a draw of recalculation alone; and with loading and saving."""
    with tempfile.TemporaryDirectory() as folder:
        root, draws = Path(folder), inputs.shape[1]
        books = [_write(root / f"draw{k}.xlsx", one, inputs[:, k]) for k in range(draws)]
        _convert(books[:1], root, recalculate=True)  # makes the profile
        without = _convert(books, root, recalculate=False)
        whole = _convert(books, root, recalculate=True)
        answers = np.array([_answers(root / f"draw{k}.csv") for k in range(draws)])
    return answers, (whole - without) / draws, whole / draws


def _convert(books: list[Path], folder: Path, *, recalculate: bool) -> float:
    """CPU seconds in which LibreOffice starts, loads, perhaps recalculates, and saves the books."""
    profile = folder / f"profile-{recalculate}"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(PROFILE.format(0 if recalculate else 1))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [str(office()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "csv"]
    subprocess.run([*words, "--outdir", str(folder), *map(str, books)], check=True, capture_output=True, timeout=900)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _answers(path: Path) -> list[float]:
    with path.open(encoding="utf-8") as lines:
        rows = [[float(value) for value in row if value] for row in csv.reader(lines)]
    npv, net = rows[0], np.array(rows[1])
    return [*npv, sum(npv), float(_payback(net[None])[0])]


def _write(path: Path, one: Model, row: np.ndarray) -> Path:
    """Results on the first sheet (the one that is saved as text), then inputs, drivers, lines and partners."""
    with xlsxwriter.Workbook(path) as book:
        results, inputs, drivers, lines, partners = (
            book.add_worksheet(name) for name in ("results", "inputs", "drivers", "lines", "partners")
        )
        precise = book.add_format({"num_format": "0.000000000"})
        for place, value in enumerate(row):
            inputs.write_number(place, 0, value)
        _drivers(drivers, one)
        _lines(lines, one)
        _partners(partners, one)
        last = cell(0, one.years - 1)[:-1]
        factors = ",".join(f"{factor:.17g}" for factor in one.factors)
        for a in range(one.partners):
            worth = f"=SUMPRODUCT(partners!A{a + 1}:{last}{a + 1},{{{factors}}})"
            results.write_formula(0, a, worth, precise)
        for t in range(one.years):
            column = f"partners!{cell(0, t)}:{cell(one.partners - 1, t)}"
            results.write_formula(1, t, f"=SUM({column})", precise)
    return path


def _drivers(sheet: Worksheet, one: Model) -> None:
    """[project, year]: the ramp, three empty years before it, moved by the delay, x benefit x delivery."""
    n = one.projects
    for i in range(n):
        late = f"inputs!$A${2 * n + i + 1}/12"
        for t, value in enumerate([0.0, 0.0, 0.0, *one.ramp[i].tolist()]):
            sheet.write_number(n + 1 + i, t, value)
        ramp = f"$A${n + 2 + i}:{cell(n + 1 + i, one.years + 2, True, True)}"
        for t in range(one.years):
            now, before = f"INDEX({ramp},1,{t + 4}-INT({late}))", f"INDEX({ramp},1,{t + 3}-INT({late}))"
            part = f"({late}-INT({late}))"
            sheet.write_formula(i, t, f"=((1-{part})*{now}+{part}*{before})*inputs!$A${i + 1}*inputs!$A${n + i + 1}")


def _lines(sheet: Worksheet, one: Model) -> None:
    for line in range(one.base.size):
        on = np.flatnonzero(one.overlap[:, 1] == line)
        rate = f"inputs!$A${4 * one.projects + one.growth[line] + 1}"
        for t in range(one.years) if on.size else ():
            grown = f"{one.base[line]:.17g}*(1+{rate})^{t}"
            left = "*".join(
                f"(1-MIN({one.part[k]:.17g}*drivers!{cell(int(one.overlap[k, 0]), t)},1))" for k in on.tolist()
            )
            sheet.write_formula(line, t, f"=MIN({grown}*(1-{left}),MAX({grown}-{KEPT * one.base[line]:.17g},0))")


def _partners(sheet: Worksheet, one: Model) -> None:
    """[partner, year]: what is saved on its lines, less its part of every project's cost."""
    n = one.projects
    for a in range(one.partners):
        mine = np.flatnonzero(one.owner == a)
        for t in range(one.years):
            saved = f"SUM(lines!{cell(int(mine[0]), t)}:{cell(int(mine[-1]), t)})"
            costs = ";".join(f"{one.cost[i, a] * one.spent[i, t]:.17g}" for i in range(n))
            sheet.write_formula(a, t, f"={saved}-SUMPRODUCT(inputs!$A${3 * n + 1}:$A${4 * n},{{{costs}}})")
