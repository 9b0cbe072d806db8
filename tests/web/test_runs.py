"""Runs: in the background, with progress, frozen when finished, out of date when the documents change."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from consortia.errors import BlockedByFindings
from consortia.report.language import translator
from consortia.study import Return, Text
from consortia.web.runs import actions, tasks
from consortia.web.runs.access import is_out_of_date
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run, Status
from consortia.web.runs.states import finish_run
from consortia.web.studies.documents import keep_return, load_return


@pytest.fixture
def queued(study: Any, analyst: Any) -> Run:
    return Run.objects.create(study=study, number=1, study_fingerprint=study.fingerprint, requested_by=analyst)


def test_a_run_in_the_background_shows_the_decision_table(study: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(reverse("start-run", args=[study.slug]), follow=True)
    text = response.content.decode()
    assert "What is proposed, service by service" in text
    assert "Environmental and regulatory services" in text
    assert "In 2024-25 prices (real)." in text


def test_the_site_gives_what_the_library_gives(study: Any, analyst: Any, result: Any) -> None:
    run = actions.request_run(study, by=analyst)
    run.refresh_from_db()
    assert run.fingerprint == result.fingerprint
    assert result_of(run).tables["decision"] == result.tables["decision"]


def test_charts_and_maps_stand_beside_their_tables(run: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("run", args=[run.study.slug, 1]))
    assert text.count("<svg") >= 3
    assert text.count("<figure") == text.count("<details>") == text.count("The same as a table:")


def test_a_page_of_a_run_under_way_loads_again_unless_stopped(queued: Any, analyst: Any, as_: Any) -> None:
    address = reverse("run", args=[queued.study.slug, 1])
    assert as_(analyst).get(address)["Refresh"] == "3"
    assert "Refresh" not in as_(analyst).get(address, {"refresh": "off"})


def test_progress_is_shown_in_words_and_per_cent(queued: Any, analyst: Any, page: Any) -> None:
    tasks.Reporter(queued)(0.42, "Setting out the results")
    text = page(analyst, reverse("run", args=[queued.study.slug, 1]))
    assert "42%" in text
    assert "Setting out the results" in text


def test_one_run_at_a_time(queued: Any, analyst: Any) -> None:
    with pytest.raises(BlockedByFindings, match="under way"):
        actions.request_run(queued.study, by=analyst)


def test_a_study_that_cannot_be_run_says_why_in_either_language(study: Any, analyst: Any, page: Any, as_: Any) -> None:
    for row in study.returns.select_related("organisation"):
        keep_return(row, Return.empty(load_return(row).header))
        row.save()
    run = actions.request_run(study, by=analyst)
    run.refresh_from_db()
    assert run.status == Status.FAILED
    text = page(analyst, reverse("run", args=[study.slug, run.number]))
    assert "The run failed." in text
    assert "No service of this study" in text
    client = as_(analyst)
    client.cookies["django_language"] = "cy"
    welsh = client.get(reverse("run", args=[study.slug, run.number])).content.decode()
    assert "Nid oes dau bartner yn darparu&#39;r un gwasanaeth" in welsh
    assert "Ychwanegwch bartneriaid neu ffurflenni." in welsh


def test_a_fault_of_the_program_is_no_traceback(study: Any, analyst: Any, page: Any) -> None:
    study.returns.all().update(files="not a document")
    run = actions.request_run(study, by=analyst)
    text = page(analyst, reverse("run", args=[study.slug, run.number]))
    assert "fault in the program" in text
    assert "Traceback" not in text


def test_a_run_that_was_interrupted_can_be_started_again(queued: Any, analyst: Any) -> None:
    Run.objects.filter(pk=queued.pk).update(status=Status.RUNNING)
    assert tasks.fail_interrupted_runs() == 1
    assert actions.request_run(queued.study, by=analyst).number == 2


def test_a_run_is_out_of_date_when_a_document_changed(run: Any, analyst: Any, page: Any) -> None:
    assert not is_out_of_date(run)
    run.study.fingerprint = "0" * 64
    run.study.save()
    assert "out of date" in page(analyst, reverse("run", args=[run.study.slug, 1]))


def test_a_run_of_a_scenario_names_it(queued: Any, analyst: Any, result: Any, page: Any) -> None:
    title = Text(en="Pennine Lancashire (scenario: High savings)")
    content = replace(result.content, title=title)
    finish_run(queued, replace(result, bindings=replace(result.bindings, seed=8), content=content))
    text = page(analyst, reverse("run", args=[queued.study.slug, 1]))
    assert "<h1>Pennine Lancashire (scenario: High savings): run 1</h1>" in text


def figure_page(run: Any, key: str, page: Any, user: Any) -> str:
    return str(page(user, reverse("figure", args=[run.study.slug, run.number, key])))


def test_a_figure_of_the_decision_table_opens_to_its_formula(run: Any, result: Any, analyst: Any, page: Any) -> None:
    key = next(key for row in result.tables["decision"].figure_keys for key in row if key)
    assert f"figures/{quote(key, safe='')}" in page(analyst, reverse("run", args=[run.study.slug, 1]))
    text = figure_page(run, key, page, analyst)
    assert escape(translator("en").words(result.figures.find(key).formula)) in text
    assert "What it is made of" in text


def test_a_source_cell_names_its_file_and_cell(run: Any, result: Any, analyst: Any, page: Any) -> None:
    cell = result.figures.cells[0]
    assert f"{cell.file}, {cell.sheet}, {cell.cell}" in figure_page(run, cell.key, page, analyst)


@pytest.mark.parametrize("name", ["decision-paper.en.html", "decision-paper.cy.docx", "workbook.en.xlsx"])
def test_papers_are_downloaded(name: str, run: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).get(reverse("paper", args=[run.study.slug, 1, name]))
    assert response.status_code == 200
    assert len(response.content) > 5000
    assert f"pennine-1-{name}" in response["Content-Disposition"]


def test_a_paper_that_there_is_not_is_not_found(run: Any, analyst: Any, as_: Any) -> None:
    assert as_(analyst).get(reverse("paper", args=[run.study.slug, 1, "passwd"])).status_code == 404
