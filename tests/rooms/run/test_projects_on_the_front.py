"""The front of a paper of a study with projects: sharing, the partners' own, and both with nothing counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consortia.report.document import document
from consortia.report.headline import headline
from consortia.report.language import translator
from consortia.report.page import page
from consortia.report.paper import PaperContent
from consortia.run import Run, run_study
from consortia.run.partner_view import seen_by
from consortia.run.record import Run as Record
from consortia.study import Study

from .conftest import with_definition

DAY = date(2026, 11, 22)
CEREDIGION, POWYS = "W06000008", "W06000023"
EN, CY = translator("en"), translator("cy")


@pytest.fixture(scope="module")
def with_projects(three_councils: Study) -> Study:
    """The small study with a project on a line that sharing falls on too, and one with a cost."""
    return with_definition(
        three_councils,
        lines=[{"key": "education", "partner": CEREDIGION, "service": "education"}],
        projects=[
            {
                "key": "one_team", "title": {"en": "One team", "cy": "Un tîm"},
                "effects": [{"kind": "rate_of_line", "key": "rate", "lines": ["education"], "rate": 0.02}],
            },
            {
                "key": "desk", "title": {"en": "Desk", "cy": "Desg"}, "maturity": "as_stated",
                "effects": [{"kind": "amounts", "key": "less", "partner": POWYS, "amounts": {"2026-27": 90_000}}],
                "costs": [
                    {"kind": "ict", "key": "move", "partner": POWYS, "amounts": {"2025-26": 50_000}},
                    {"kind": "ict", "key": "run", "partner": POWYS, "amounts": {"2026-27": 4_000}, "running": True},
                ],
            },
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def run(with_projects: Study) -> Run:
    return run_study(with_projects, made_on=DAY)


def told(content: PaperContent, language: str = "en") -> str:
    words = translator(language)
    return " ".join(words.words(each) for _, part in headline(content).parts for each in part)


def test_the_first_screen_tells_of_sharing_of_projects_and_of_both(run: Run) -> None:
    said = told(run.content)
    parts = "Sharing services by itself", "The partners' own projects by themselves", "Sharing and projects together"
    assert [part for part in parts if part not in said] == []
    assert "Go ahead with 2 projects of the partners' own: One team, Desk." in said
    assert "cost £50,000 once, and £4,000 a year to run by 2034-35 (central case, 2024-25 prices" in said


def test_the_first_screen_speaks_welsh(run: Run) -> None:
    assert "Bwrw ymlaen â 2 brosiect" in told(run.content, "cy") or "2 prosiect" in told(run.content, "cy")


def test_apart_and_meeting_add_up_to_together(run: Run) -> None:
    table = run.tables["together"]
    sharing, own, meeting, whole = (row[1] for row in table.rows)
    assert sharing + own + meeting == pytest.approx(whole, abs=0.01)
    assert meeting < 0
    parts = [row[-1] for row in table.rows]
    assert parts[0] + parts[1] == pytest.approx(parts[3], abs=0.01)


def test_projects_by_themselves_are_worth_what_a_study_without_sharing_says(run: Run, with_projects: Study) -> None:
    from consortia.run import harmonise_study
    from consortia.run.programme import appraise_projects

    alone = appraise_projects(with_projects.definition, harmonised=harmonise_study(with_projects).lines)
    own = run.tables["together"].rows[1]
    assert own[1] == pytest.approx(alone.net_present_value, abs=0.01)


def test_sharing_by_itself_is_what_the_run_says_of_it(run: Run) -> None:
    row = run.tables["together"].rows[0]
    summary = run.content.summary
    assert row[2:6] == (summary.low, summary.middle, summary.high, summary.chance_of_loss)


def test_each_project_is_asked_for_by_itself(run: Run) -> None:
    rows = {EN.cell(row[0]): row for row in run.tables["own_projects"].rows}
    assert [EN.cell(rows[name][2]) for name in ("One team", "Desk")][1] == "as stated: in full and on time"
    assert rows["Desk"][3:6] == ("2025-26", 50_000.0, 90_000.0)


def test_the_projects_section_says_that_it_counts_sharing_too(run: Run) -> None:
    shown = page(run.content, language="en")
    assert "count the partners&#39; own projects together with the services to be shared" in shown
    assert "What projects and shared services are worth together" in shown


def test_what_the_figures_must_not_be_used_to_claim_stands_beside_them(run: Run) -> None:
    shown = page(run.content, language="en")
    section = shown[shown.index('<h2 id="projects">') : shown.index('id="projects-measures"')]
    assert "A total for a portfolio from that record" in section


def test_word_has_the_front_too(run: Run) -> None:
    import io

    from docx import Document

    paper = Document(io.BytesIO(document(run.content, language="en")))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 2"]
    assert "Sharing and the partners' own projects, apart and together" in headings
    assert "The partners' own projects, one by one" in headings


def test_a_partner_who_may_not_see_the_others_sees_no_front_of_projects(run: Run) -> None:
    names = [partner.name for partner in run.content.partners]
    content = seen_by(run, own=(names[0],), released=frozenset())
    assert content.own is None
    assert content.together == ()
    everything = seen_by(run, own=(names[0],), released=frozenset(names))
    assert everything.own == run.content.own


def test_a_run_is_read_back_as_it_was_kept(run: Run) -> None:
    again = Record.from_plain(run.to_plain())
    assert again.content.own == run.content.own
    assert again.content.together == run.content.together


def test_a_study_without_projects_says_nothing_of_them(finished: Run) -> None:
    assert finished.content.own is None
    assert "projects" not in told(replace(finished.content))
