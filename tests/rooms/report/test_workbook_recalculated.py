"""Every formula of the workbook, recalculated by LibreOffice, equals the library's figure to the penny."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import openpyxl
import pytest

from consortia.appraisal.cash_flows import appraise
from consortia.appraisal.distributions import Pert
from consortia.appraisal.measures import npv
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.proposals import ServiceCase
from consortia.periods import FinancialYear
from consortia.report.paper import PaperContent
from consortia.report.rows import ShareRow
from consortia.report.workbook import workbook
from consortia.report.workbook_model import CurveInputs, GroupInputs, ServiceInputs, WorkbookModel
from consortia.study.definition import Range, Text

PENNY = 0.005
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
Recalculate = Callable[[bytes], bytes]
CODES = ("E07000117", "E07000118", "E07000119")
GROSS = {"tax": (1_500_000.0, 2_100_000.0, None), "waste": (4_000_000.0, 5_250_000.0, 3_100_000.0)}
SAVING = {"tax": Range(low=-0.03, mode=0.06, high=0.08), "waste": Range(low=0.0, mode=0.09, high=0.1)}
GROUPS = {"tax": CODES[:2], "waste": CODES}
STARTS = {"tax": 1, "waste": 2}
SETUP, PAIR_RATE, FIXED, LEVEL = Range(low=0.18, mode=0.3, high=0.59), 0.005, 1_200.0, 0.55
PHASING = Phasing((0.1, 0.4, 0.4, 0.1), (0.3, 0.5, 0.2))
DELIVERY = {"tax": 0.75, "waste": 0.93}
DELAY = {"tax": 15.0, "waste": 4.0}


@pytest.fixture(scope="session")
def recalculate(tmp_path_factory: pytest.TempPathFactory) -> Recalculate:
    """Opens a workbook in LibreOffice, which recalculates everything, and gives it back."""
    office = os.environ.get("CONSORTIA_SOFFICE") or shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed (looked for CONSORTIA_SOFFICE and soffice on the PATH)")
    place = tmp_path_factory.mktemp("office")
    (place / "profile" / "user").mkdir(parents=True)
    (place / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)

    def run(book: bytes) -> bytes:
        (place / "in.xlsx").write_bytes(book)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(place / "out")]
        subprocess.run([*command, str(place / "in.xlsx")], check=True, capture_output=True, timeout=180)
        return Path(place / "out" / "in.xlsx").read_bytes()

    return run


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_formula_recalculates_to_the_librarys_value(
    recalculate: Recalculate, model: WorkbookModel, language: str
) -> None:
    written = workbook(model, language=language)
    formulas, ours, theirs = _cells(written, False), _cells(written, True), _cells(recalculate(written), True)
    live = [place for place, value in formulas.items() if isinstance(value, str) and value.startswith("=")]
    assert len(live) > 250
    assert [place for place in live if not _equal(ours[place], theirs[place])] == []


def test_the_summary_is_the_appraisal(recalculate: Recalculate, model: WorkbookModel) -> None:
    cells = _cells(recalculate(workbook(model, language="en")), True)
    worth = [cells["Summary", f"C{row}"] for row in (5, 6, 7, 8)]
    expected = _worth(0.035)
    assert worth == pytest.approx([*expected, sum(expected)], abs=PENNY)


def test_another_discount_rate_gives_what_the_library_gives(recalculate: Recalculate, model: WorkbookModel) -> None:
    changed = _with_named_value(workbook(model, language="en"), "Discount_rate", 0.06)
    cells = _cells(recalculate(changed), True)
    assert [cells["Summary", f"C{row}"] for row in (5, 6, 7)] == pytest.approx(_worth(0.06), abs=PENNY)


def test_another_saving_range_gives_what_the_library_gives(
    recalculate: Recalculate, model: WorkbookModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(model, language="en")))
    sheet, place = next(iter(book.defined_names["Saving_waste"].destinations))
    book[sheet][place.replace("$", "")].offset(column=-2).value = 0.05
    saved = io.BytesIO()
    book.save(saved)
    monkeypatch.setitem(SAVING, "waste", Range(low=0.0, mode=0.05, high=0.1))
    cells = _cells(recalculate(saved.getvalue()), True)
    assert [cells["Summary", f"C{row}"] for row in (5, 6, 7)] == pytest.approx(_worth(0.035), abs=PENNY)


def test_the_workbook_is_the_same_to_the_byte(model: WorkbookModel) -> None:
    assert workbook(model, language="en") == workbook(model, language="en")


def test_a_partner_without_a_figure_is_not_shown_as_zero(model: WorkbookModel) -> None:
    cells = _cells(workbook(model, language="en"), True)
    assert cells["Baseline", "D6"] == "not provided"
    unknown = replace(model.services[0], provided=(True, True, True))
    cells = _cells(workbook(replace(model, services=(unknown, model.services[1])), language="en"), True)
    assert cells["Baseline", "D6"] == "not known"


def test_a_study_that_shares_nothing_still_gives_a_workbook(recalculate: Recalculate, model: WorkbookModel) -> None:
    nothing = tuple(
        ShareRow(one.name, 0.0, dict.fromkeys(("budget", "equal", "shapley"), 0.0)) for one in model.partners
    )
    empty = replace(model, groups=(), services=(), shares=nothing)
    cells = _cells(recalculate(workbook(empty, language="en")), True)
    assert [cells["Summary", f"C{row}"] for row in (5, 6, 7, 8)] == [0, 0, 0, 0]
    assert cells["Summary", "D8"] == 0


def test_rates_that_fall_get_a_name_each(recalculate: Recalculate, model: WorkbookModel) -> None:
    falling = replace(model, discount_rates=(0.035,) * 6 + (0.03,) * 4)
    written = workbook(falling, language="en")
    assert {"Discount_rate", "Discount_rate_from_year_7"} <= set(
        openpyxl.load_workbook(io.BytesIO(written)).defined_names
    )
    ours, theirs = _cells(written, True), _cells(recalculate(written), True)
    assert [place for place, value in ours.items() if place[0] == "Summary" and not _equal(value, theirs[place])] == []


def test_only_functions_that_every_spreadsheet_knows_are_used(model: WorkbookModel) -> None:
    cells = _cells(workbook(model, language="en"), False)
    live = [str(value) for value in cells.values() if isinstance(value, str) and value.startswith("=")]
    used = {name for formula in live for name in re.findall(r"([A-Z]+)\(", formula)}
    assert used <= {"AND", "COUNT", "IF", "INDEX", "INT", "MAX", "MIN", "OR", "ROWS", "SUM", "SUMIF", "SUMPRODUCT"}


@pytest.fixture
def model(content: PaperContent) -> WorkbookModel:
    """Two services, three partners, one of which does not provide the first; appraised by the library."""
    saving, cost = _flows()
    partners = tuple(replace(partner, code=code) for partner, code in zip(content.partners, CODES, strict=True))
    return WorkbookModel(
        title=content.title, partners=partners, base_year=content.base_year, horizon_years=10,
        schedule="Green Book", discount_rates=(0.035,) * 10, benefit_phasing=PHASING.benefits,
        cost_phasing=PHASING.costs, setup_share=SETUP, pair_rate=PAIR_RATE, fixed_coordination=FIXED,
        services=tuple(_service(key) for key in GROSS),
        groups=tuple(
            GroupInputs(key, key, members, Text(en="Collaboration"), LEVEL, STARTS[key], saving[key], cost[key])
            for key, members in GROUPS.items()
        ),
        shares=_shares(partners), assumptions=(), decision=content.decision, stamp=content.stamp,
    )  # fmt: skip


def _service(key: str) -> ServiceInputs:
    provided = tuple(cost is not None for cost in GROSS[key])
    name = Text(en=key.title())
    return ServiceInputs(key, name, GROSS[key], provided, 0.8, SAVING[key], DELIVERY[key], DELAY[key])


def _case(key: str) -> ServiceCase:
    members, span = GROUPS[key], SAVING[key]
    cost = tuple(gross * 0.8 for gross in GROSS[key] if gross is not None)
    pairs = len(members) * (len(members) - 1) / 2
    return ServiceCase(
        key=key, service=key, level="collaboration", members=members, base_cost=cost,
        saving=Pert(span.low, span.mode, span.high), level_factor=Pert(0.35, LEVEL, 0.75),
        setup_share=Pert(SETUP.low, SETUP.mode, SETUP.high),
        coordination=FIXED + LEVEL * PAIR_RATE * pairs * sum(cost) / len(members), coordination_fixed=FIXED,
        maturity=SimpleNamespace(
            slip_probability=0.2, median=DELIVERY[key], sigma=0.3, delay_mean_months=DELAY[key]
        ),
        start=STARTS[key],
    )  # fmt: skip


def _appraised(rate: float):
    return appraise(
        [_case(key) for key in GROSS], partners=CODES, base_year=FinancialYear(2024), horizon=10,
        schedule=SimpleNamespace(bands=((1, None, rate),)), phasing=PHASING, count=64, seed=1,
    )  # fmt: skip


def _flows() -> tuple[dict[str, tuple], dict[str, tuple]]:
    appraisal = _appraised(0.035)
    found: tuple[dict[str, tuple], dict[str, tuple]] = ({}, {})
    for key, members in GROUPS.items():
        places, column = [CODES.index(code) for code in members], appraisal.services.index(key)
        for flows, kept in zip((appraisal.saving, appraisal.cost), found, strict=True):
            kept[key] = tuple(tuple(map(float, row)) for row in flows[0][places, column])
    return found


def _worth(rate: float) -> list[float]:
    appraisal = _appraised(rate)
    return [float(appraisal.worth(partners=[code])[0]) for code in CODES]


def _shares(partners) -> tuple[ShareRow, ...]:
    saving, cost = _flows()
    factors = np.cumprod([1.0, *[1 / 1.035] * 10])
    worth = {
        key: [npv(s, factors) - npv(c, factors) for s, c in zip(saving[key], cost[key], strict=True)] for key in GROUPS
    }
    rows = []
    for code, partner in zip(CODES, partners, strict=True):
        own = [key for key, members in GROUPS.items() if code in members]
        equal = sum(sum(worth[key]) / len(GROUPS[key]) for key in own)
        budget = sum(worth[key][GROUPS[key].index(code)] for key in own)
        rows.append(ShareRow(partner.name, budget, {"budget": budget, "equal": equal, "shapley": budget}))
    return tuple(rows)


def _cells(book: bytes, values: bool) -> dict[tuple[str, str], object]:
    loaded = openpyxl.load_workbook(io.BytesIO(book), data_only=values)
    return {(sheet.title, cell.coordinate): cell.value for sheet in loaded for row in sheet for cell in row}


def _equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < PENNY / 10
    return (ours or "") == (theirs or "")


def _with_named_value(book: bytes, name: str, value: float) -> bytes:
    loaded = openpyxl.load_workbook(io.BytesIO(book))
    sheet, place = next(iter(loaded.defined_names[name].destinations))
    loaded[sheet][place.replace("$", "")].value = value
    saved = io.BytesIO()
    loaded.save(saved)
    return saved.getvalue()


def test_groups_by_the_scale_curve_recalculate_to_the_librarys_value(
    recalculate: Recalculate, model: WorkbookModel
) -> None:
    volumes = {code: 1000.0 * (place + 1) for place, code in enumerate(CODES)}
    curve = CurveInputs(elasticity=0.9, volumes=volumes, efficient_size=2500.0)
    services = tuple(replace(one, curve=curve) for one in model.services)
    groups = tuple(replace(one, unlikeness=0.4) for one in model.groups)
    written = workbook(replace(model, services=services, groups=groups, unlikeness_rate=0.01), language="en")
    ours, theirs = _cells(written, True), _cells(recalculate(written), True)
    sheet = {place for place in ours if place[0] == "Groups" and place[1][0] in "GHIJMNO"}
    assert len(sheet) > 10
    assert [place for place in sheet if not _equal(ours[place], theirs[place])] == []
