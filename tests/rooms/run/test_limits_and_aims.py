"""A paper's front on what a study sets itself: the money for projects, the savings target and the funding gap."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from docx import Document

from consortia.report.document import document
from consortia.report.headline import headline
from consortia.report.language import translator
from consortia.report.page import page
from consortia.report.workbook import workbook
from consortia.run import Run, run_study
from consortia.study import Study

from .conftest import with_definition

DAY = date(2026, 11, 22)
POWYS = "W06000023"
PROJECTS = [
    {
        "key": key, "title": {"en": title, "cy": title}, "maturity": "as_stated",
        "effects": [{"kind": "amounts", "key": "less", "partner": POWYS, "amounts": {"2026-27": saving}}],
        "costs": [{"kind": "ict", "key": "move", "partner": POWYS, "amounts": {"2025-26": cost}}],
    }
    for key, title, saving, cost in (("desk", "Desk", 60_000, 50_000), ("hall", "Hall", 30_000, 40_000))
]  # fmt: skip
SETS = {
    "priorities": {"budget": 60_000, "reason": "Agreed by the board"},
    "savings_target": {"measure": "yearly", "amount": 100_000, "year": "2027-28"},
    "funding_gap": {"2026-27": 100_000, "2027-28": 150_000},
}
NEVER = [{"key": "max_chance_of_loss", "value": 0, "reason": "to see the projects alone"}]


@pytest.fixture(scope="module")
def run(three_councils: Study) -> Run:
    return run_study(with_definition(three_councils, projects=PROJECTS, assumptions=NEVER, **SETS), made_on=DAY)


def told(run: Run, part: str, language: str = "en") -> list[str]:
    words = translator(language)
    return [words.words(one) for one in getattr(headline(run.content), part)]


def test_projects_beyond_the_budget_are_not_asked_for(run: Run) -> None:
    said = " ".join(told(run, "proposal"))
    assert "Go ahead" not in said
    assert "The study carries out 2 projects of the partners' own: Desk, Hall. They do not keep its limits." in said


def test_the_front_says_by_how_much_and_which_set_is_best(run: Run) -> None:
    said = " ".join(told(run, "proposal"))
    assert "They cost £90,000 once, £30,000 more than the budget of £60,000." in said
    assert "The best set that keeps the limits is Desk: worth £" in said


def test_the_catch_has_it_too_and_the_finding_stands_at_the_budget(run: Run) -> None:
    (caution,) = [one for one in told(run, "catch") if "more than the study allows" in one]
    assert "by £30,000; the best set that keeps the limits is Desk, worth £" in caution
    (finding,) = [one for one in run.content.findings if one.code == "beyond-the-limits"]
    assert str(finding.place) == "study.yaml, priorities.budget"


def test_the_workbooks_summary_has_it(run: Run) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(run.workbook, language="en")))
    said = [str(cell.value) for row in book["Summary"] for cell in row if cell.value]
    assert any("projects that cost more than the study allows, by £30,000" in one for one in said)


def test_a_limit_of_a_year_is_told_with_its_year(three_councils: Study) -> None:
    limits = {"by_year": {"2025-26": 60_000}}
    study = with_definition(three_councils, projects=PROJECTS, assumptions=NEVER, priorities=limits)
    assert "They cost £90,000 once in 2025-26, £30,000 more than the £60,000" in " ".join(
        told(run_study(study, made_on=DAY), "proposal")
    )


def test_projects_within_the_budget_are_asked_for(three_councils: Study) -> None:
    study = with_definition(three_councils, projects=PROJECTS, assumptions=NEVER, priorities={"budget": 90_000})
    within = run_study(study, made_on=DAY)
    assert "Go ahead with 2 projects of the partners' own: Desk, Hall." in told(within, "proposal")
    assert within.content.own is not None
    assert within.content.own.beyond == ()


def test_the_front_tells_the_chance_of_the_target_and_the_shortfall(run: Run) -> None:
    assert (
        "The chance that the partners' own projects meet the target of £100,000 of cashable saving in 2027-28 is 0%; "
        "on average they fall £10,000 short of it."
    ) in told(run, "gain")


def test_the_front_tells_how_much_of_the_gap_is_closed(run: Run) -> None:
    (said,) = [one for one in told(run, "gain") if "funding gap" in one]
    share = next(row[-1] for row in run.tables["gap"].rows if row[0] == "2027-28")
    assert "Of the funding gap of £150,000 in 2027-28 (cash of that year)" in said
    assert f"close {translator('en').percent(share)} for good; with what is saved and spent once, £" in said


def test_the_front_speaks_welsh_of_them(run: Run) -> None:
    said = " ".join((*told(run, "proposal", "cy"), *told(run, "gain", "cy"), *told(run, "cost", "cy")))
    for part in ("Y set orau sy'n cadw'r terfynau yw Desk", "yn cyrraedd y targed o £100,000", "O'r bwlch cyllido"):
        assert part in said


def test_every_figure_of_these_sentences_opens(run: Run) -> None:
    shown = page(run.content, language="en")
    brief = shown[shown.index('id="brief"') : shown.index('id="alternatives"')]
    for key in ("front.limit.1.over", "within_budget.together.worth", "measures.shortfall.value", "gap.2027-28.share"):
        assert f'data-figure="{key}"' in brief
        assert key in run.content.figures


def test_no_running_cost_is_said_in_words(run: Run) -> None:
    (said,) = told(run, "cost")
    assert "cost £90,000 once, and nothing a year to run by" in said


def test_a_project_of_which_nothing_is_drawn_has_no_chance_of_a_loss(three_councils: Study) -> None:
    drawn = PROJECTS[1] | {"maturity": "full_case"}
    study = with_definition(three_councils, projects=[PROJECTS[0], drawn], assumptions=NEVER)
    table = run_study(study, made_on=DAY).tables["own_projects"]
    shown = [translator("en").cell(row[-1], table.columns[-1].kind) for row in table.rows]
    assert shown[0] == "0%"


def test_where_nothing_is_shared_projects_come_before_the_services(run: Run) -> None:
    shown = page(run.content, language="en")
    assert shown.index('<h2 id="projects">') < shown.index('<h2 id="decision">')
    assert "services not to be shared, with the reasons</summary>" in shown
    paper = Document(io.BytesIO(document(run.content, language="en")))
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert heads.index("Savings that partners state themselves") < heads.index("What is proposed, service by service")
