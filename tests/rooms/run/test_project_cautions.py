"""Cautions about projects on a paper's front and in the workbook: short, each leading to where it is told in full."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from consortia.report.document import document
from consortia.report.headline import headline
from consortia.report.language import translator
from consortia.report.page import page
from consortia.report.workbook import workbook
from consortia.run import Run, run_study
from consortia.run.programme import appraise_projects
from consortia.run.programme.cautions import DOUBTFUL, NOT_THERE, findings_of, project_cautions
from consortia.run.record import Run as Record
from consortia.study import Definition, Study

from .conftest import with_definition

DAY = date(2026, 11, 22)
POWYS = "W06000023"
PROJECTS = [
    {
        "key": "desk", "title": {"en": "Desk", "cy": "Desg"}, "maturity": "as_stated",
        "effects": [{"kind": "amounts", "key": "less", "partner": POWYS, "amounts": {"2026-27": 90_000}}],
        "costs": [
            {"kind": "redundancy", "key": "leave", "partner": POWYS, "year": "2025-26",
             "people": [{"age": 58, "service_years": 25, "weekly_pay": 900}]},
            {"kind": "ict", "key": "move", "partner": POWYS, "amounts": {"2025-26": 50_000, "2040-41": 5_000}},
        ],
        "funding": [{"key": "grant", "title": {"en": "Grant"}, "amounts": {"2025-26": 55_000}}],
    },
    {
        "key": "pay", "title": {"en": "Pay", "cy": "Cyflog"}, "maturity": "full_case",
        "effects": [{"kind": "amounts", "key": "less", "partner": POWYS, "amounts": {"2026-27": 70_000}}],
        "costs": [{"kind": "pay_alignment", "key": "lift", "partner": POWYS, "amounts": {"2026-27": 9_000}}],
    },
]  # fmt: skip
TOLD = [
    "Not in the figures: pension strain for which no fund has been asked (Desk).",
    "Not in the figures: amounts after the last year that is appraised (Desk).",
    "Not in the figures: any allowance for shortfall or delay (Desk).",
    "To be settled: redundancy that no money is named for (Desk).",
    "To be settled: a cost that stops while the savings go on (Pay).",
    "Each stands with its place, and what to do about it, under What was found in the data.",
]


@pytest.fixture(scope="module")
def run(three_councils: Study) -> Run:
    return run_study(with_definition(three_councils, projects=PROJECTS), made_on=DAY)


def catch(run: Run, language: str = "en") -> list[str]:
    words = translator(language)
    return [words.words(each) for each in headline(run.content).catch]


def test_what_the_figures_leave_out_stands_in_the_catch(run: Run) -> None:
    said = catch(run)
    assert [one for one in said if one in TOLD] == TOLD


def test_the_catch_speaks_welsh(run: Run) -> None:
    assert "I'w setlo: cost sy'n dod i ben tra bo'r arbedion yn parhau (Cyflog)." in catch(run, "cy")


def test_each_leads_to_the_finding_on_the_page(run: Run) -> None:
    shown = page(run.content, language="en")
    front = shown[: shown.index('id="alternatives"')]
    for code in ("strain-unknown", "redundancy-unfunded", "cost-stops", "beyond-the-horizon", "taken-as-stated"):
        assert f'<a href="#finding-{code}">' in front
        assert shown.count(f'id="finding-{code}"') == 1
    assert '<a href="#findings">What was found in the data</a>' in front


def test_word_has_them_in_the_catch(run: Run) -> None:
    from docx import Document

    paper = Document(io.BytesIO(document(run.content, language="en")))
    assert any(TOLD[0] in one.text for one in paper.paragraphs)


@pytest.mark.parametrize(("language", "summary", "sheet"), [
    ("en", "Summary", "Project cautions"), ("cy", "Crynodeb", "Rhybuddion prosiectau"),
])  # fmt: skip
def test_the_workbooks_summary_has_them_and_leads_to_the_whole(
    run: Run, language: str, summary: str, sheet: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(run.workbook, language=language)))
    led = {cell.value: cell.hyperlink.location for row in book[summary] for cell in row if cell.hyperlink}
    words = translator(language)
    assert run.content.own is not None
    told = {words.words(one): f"'{sheet}'!A1" for one in run.content.own.cautions}
    assert {text: place for text, place in led.items() if text in told} == told
    (other,) = [text for text in led if text not in told]
    assert led[other] == f"'{words.text('Project totals')}'!A1"
    found = {cell.value for row in book[sheet] for cell in row}
    assert "study.yaml, projects.pay.costs.lift" in found


def test_a_run_with_cautions_is_read_back_as_it_was_kept(run: Run) -> None:
    again = Record.from_plain(run.to_plain())
    assert again.content.own == run.content.own
    assert again.workbook.projects == run.workbook.projects


def test_cautions_without_a_short_form_are_counted() -> None:
    plain = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": [{"code": "E1", "name": {"en": "One"}}],
        "lines": [{"key": "line", "partner": "E1", "amount": 1_000, "floor": 2_000}],
        "projects": [{"key": "p", "title": {"en": "P"},
                      "effects": [{"kind": "amounts", "key": "s", "amounts": {"2025-26": 1_000}}]}],
    }  # fmt: skip
    found = appraise_projects(Definition.model_validate(plain))
    said = [translator("en").words(one) for one in project_cautions(findings_of(found), found.definition)]
    assert said[0] == "There is 1 other caution about the projects."


def test_a_study_without_cautions_says_nothing_of_them() -> None:
    assert project_cautions((), Definition.model_validate({
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": [{"code": "E1", "name": {"en": "One"}}],
    })) == ()  # fmt: skip


def test_every_code_with_a_short_form_is_one_that_is_found() -> None:
    from pathlib import Path

    source = Path(__file__).resolve().parents[3] / "src" / "consortia"
    text = "".join(path.read_text(encoding="utf-8") for room in ("run/programme", "study") for path in
                   (source / room).glob("*.py") if path.name != "cautions.py")  # fmt: skip
    assert [code for code in (*NOT_THERE, *DOUBTFUL) if f'"{code}"' not in text] == []


@pytest.fixture(scope="module")
def unshared(three_councils: Study) -> Run:
    """Projects alone: no service is worth sharing where the limit on the chance of a loss is nil."""
    never = [{"key": "max_chance_of_loss", "value": 0, "reason": "to see the projects alone"}]
    return run_study(with_definition(three_councils, projects=PROJECTS, assumptions=never), made_on=DAY)


def test_a_paper_that_shares_nothing_shows_no_tables_of_nothings(unshared: Run) -> None:
    shown = page(unshared.content, language="en")
    assert not unshared.content.summary.shared
    for section in ("partners", "cash-flow", "shares", "stability"):
        assert f'<h2 id="{section}">' not in shown
        assert f'href="#{section}"' not in shown
    assert "No service is to be shared as the study stands: what partners would gain" in shown


def test_where_nothing_is_shared_front_and_table_say_the_same_of_the_projects(unshared: Run) -> None:
    """Not one in one set of draws and the other in sixteen: the front would say 0% beside less than 1%."""
    own, (*_, whole) = unshared.content.own, unshared.tables["projects_by_partner"].rows
    assert own is not None
    assert (own.own.low, own.own.middle, own.own.high, own.own.chance_of_loss) == whole[2:6]


def test_a_chance_that_no_draw_shows_is_less_than_1_per_cent_on_front_and_in_table(unshared: Run) -> None:
    words = translator("en")
    assert unshared.content.own is not None
    assert unshared.content.own.own.chance_of_loss == 0
    said = [words.words(each) for each in headline(unshared.content).risk]
    assert "The chance that the partners' own projects end with a net loss is less than 1%." in said
    (column,) = [one for one in unshared.tables["projects_by_partner"].columns if one.key == "chance_of_loss"]
    assert words.cell(0.0, column.kind) == "less than 1%"


def test_a_chance_is_nil_where_nothing_is_uncertain() -> None:
    from consortia.run.programme.tables import partner_table

    certain = PROJECTS[0] | {"costs": []}
    plain = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": [{"code": POWYS, "name": {"en": "One"}}],
        "projects": [certain],
    }  # fmt: skip
    table = partner_table(appraise_projects(Definition.model_validate(plain)))
    (column,) = [one for one in table.columns if one.key == "chance_of_loss"]
    assert translator("en").cell(table.rows[0][5], column.kind) == "0%"


def test_many_projects_are_counted() -> None:
    certain = PROJECTS[0] | {"costs": [], "funding": []}
    plain = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "partners": [{"code": POWYS, "name": {"en": "One"}}],
        "projects": [certain | {"key": f"p{number}", "title": {"en": f"P{number}"}} for number in range(7)],
    }  # fmt: skip
    found = appraise_projects(Definition.model_validate(plain))
    said = [translator("en").words(one) for one in project_cautions(findings_of(found), found.definition)]
    assert said == ["Not in the figures: any allowance for shortfall or delay (7 projects)."]
