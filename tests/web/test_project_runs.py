"""Runs of scenarios on the site: projects with their charts, cancelling, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from consortia.appraisal.refusals import AppraisalCancelled
from consortia.study import Definition
from consortia.web.runs import actions
from consortia.web.runs.models import Run, Status
from consortia.web.runs.states import finish_run
from consortia.web.runs.tasks import Reporter, calculate_run, fail_interrupted_runs
from consortia.web.studies.actions import create_study

from .people import BURNLEY

PROJECTS = {
    "lines": [{"key": "ict", "partner": BURNLEY, "amount": 1_200_000}],
    "projects": [
        {
            "key": "desk",
            "title": {"en": "One service desk", "cy": "Un ddesg gymorth"},
            "maturity": "full_case",
            "effects": [{"kind": "rate_of_line", "key": "fewer", "lines": ["ict"], "rate": 0.2}],
            "costs": [{"kind": "ict", "key": "move", "partner": BURNLEY, "amounts": {"2025-26": 50_000}}],
        }
    ],
    "scenarios": [
        {"key": "low", "title": {"en": "Low"}, "overrides": {"projects.desk.effects.fewer.rate": 0.1}},
        {"key": "dear", "title": {"en": "Dear"}, "overrides": {"projects.desk.costs.move.amounts": {"2025-26": 9e4}}},
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def with_projects(documents: Any) -> Any:
    """The study with a project, a line that it falls on, and two scenarios."""
    plain = documents.study.definition.to_plain() | PROJECTS
    return type(documents.study)(Definition.model_validate(plain), documents.study.returns)


@pytest.fixture(scope="session")
def low_result(with_projects: Any) -> Any:
    """A finished run of one of its scenarios."""
    from datetime import date

    from consortia.run import run_study

    return run_study(with_projects, made_on=date(2026, 11, 21), scenario="low")


@pytest.fixture
def study(analyst: Any, with_projects: Any) -> Any:
    from consortia.web.accounts.models import Organisation

    return create_study(with_projects, owner=Organisation.objects.get(code="office"), by=analyst)


@pytest.fixture
def low_run(study: Any, analyst: Any, low_result: Any) -> Any:
    from consortia.web.runs.comparison import text_of

    named = {"scenario": "low", "requested_by": analyst, "appraised": text_of(study, "now:low")}
    row = Run.objects.create(study=study, number=1, study_fingerprint=study.fingerprint, **named)
    finish_run(row, low_result)
    return row


@pytest.fixture
def waiting(study: Any, analyst: Any) -> Callable[..., Any]:
    """A run that waits or is under way."""

    def make(status: Status = Status.QUEUED) -> Any:
        return Run.objects.create(study=study, number=1, study_fingerprint="", requested_by=analyst, status=status)

    return make


def test_the_projects_of_a_run_stand_with_charts_data_and_caveats(low_run: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("run-projects", args=[low_run.study.slug, 1]))
    for key in ("waterfall", "projects_cash_flow", "projects_fan", "phasing", "tornado"):
        assert f'id="picture-{key}"' in text
        assert f'id="caption-picture-{key}"' in text
    assert "What these figures must not be used to claim" in text
    assert "Scenario low." in text


def test_projects_stand_one_by_one_and_each_figure_opens(low_run: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, reverse("run-projects", args=[low_run.study.slug, 1]))
    assert 'id="table-own_projects"' in text
    opened = page(analyst, reverse("figure", args=[low_run.study.slug, 1, "measures.npv.value"]))
    assert "figures/measures.npv.value" in text
    assert "kinds.all.cashable" in opened


def test_a_partner_does_not_see_what_the_projects_hang_on(low_run: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).get(reverse("run-projects", args=[low_run.study.slug, 1]))
    assert response.status_code in {200, 404}
    assert b"table-tornado" not in response.content
    assert b"table-projects_cash_flow" not in response.content


def test_an_unknown_scenario_is_refused(study: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(reverse("start-run", args=[study.slug]), {"scenario": "none"})
    assert response.status_code == 400
    assert not study.runs.exists()


def test_the_chosen_scenario_is_put_in_the_queue(study: Any, analyst: Any, as_: Any, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    assert as_(analyst).post(reverse("start-run", args=[study.slug]), {"scenario": "low"}).status_code == 302
    assert study.runs.get().scenario == "low"


def test_a_waiting_run_is_cancelled_at_once_and_never_begins(waiting: Any, analyst: Any, as_: Any) -> None:
    run = waiting()
    address = reverse("cancel-run", args=[run.study.slug, 1])
    text = as_(analyst).post(address, follow=True).content.decode()
    assert "The run was cancelled. Nothing of it was kept." in text
    calculate_run.call(run.pk)
    run.refresh_from_db()
    assert (run.status, run.result) == (Status.CANCELLED, "")
    assert as_(analyst).post(address).status_code == 409


def test_a_running_run_stops_at_its_next_report(waiting: Any, analyst: Any, page: Any) -> None:
    run = waiting(Status.RUNNING)
    assert "Cancel the run" in page(analyst, reverse("run", args=[run.study.slug, 1]))
    actions.cancel_run(run, by=analyst)
    with pytest.raises(AppraisalCancelled):
        Reporter(run)(0.5, "Appraising")


def test_a_run_that_is_cancelled_at_its_end_keeps_no_result(waiting: Any, analyst: Any, low_result: Any) -> None:
    run = waiting(Status.RUNNING)
    actions.cancel_run(run, by=analyst)
    finish_run(run, low_result)
    run.refresh_from_db()
    assert (run.status, run.result, run.fingerprint) == (Status.CANCELLED, "", "")


def test_a_run_cancelled_while_the_worker_stopped_is_cancelled(waiting: Any, analyst: Any) -> None:
    run = waiting(Status.RUNNING)
    actions.cancel_run(run, by=analyst)
    assert fail_interrupted_runs() == 1
    run.refresh_from_db()
    assert run.status == Status.CANCELLED


def test_a_calculation_that_is_cancelled_leaves_nothing(waiting: Any, analyst: Any, monkeypatch: Any) -> None:
    from consortia.web.runs import tasks

    run = waiting()

    def cancelled(_study: Any, *, progress: Any, **_: Any) -> Any:
        actions.cancel_run(run, by=analyst)
        progress(0.4, "Appraising")

    monkeypatch.setattr(tasks, "calculate", cancelled)
    calculate_run.call(run.pk)
    run.refresh_from_db()
    assert (run.status, run.result) == (Status.CANCELLED, "")


def test_partners_cannot_cancel(waiting: Any, officer: Any, as_: Any) -> None:
    run = waiting(Status.RUNNING)
    assert as_(officer).post(reverse("cancel-run", args=[run.study.slug, 1])).status_code == 403


def compared(study: Any, user: Any, page: Any, first: str, second: str) -> str:
    return str(page(user, f"{reverse('compare-runs', args=[study.slug])}?first={first}&second={second}"))


def test_two_scenarios_are_compared_change_by_change(study: Any, analyst: Any, page: Any) -> None:
    text = compared(study, analyst, page, "now:low", "now:dear")
    assert "projects.desk.effects.fewer.rate" in text
    assert "projects.desk.costs.move.amounts" in text
    assert "Remainder" in text


def test_a_run_is_compared_with_the_study_as_it_is_now(low_run: Any, analyst: Any, page: Any) -> None:
    text = compared(low_run.study, analyst, page, "run:1", "now:base")
    assert "projects.desk.effects.fewer.rate" in text
    assert "Net present value: Run 1" in text


def test_comparing_is_for_analysts_and_for_what_there_is(study: Any, analyst: Any, officer: Any, as_: Any) -> None:
    address = reverse("compare-runs", args=[study.slug])
    assert as_(officer).get(address).status_code == 403
    assert as_(analyst).get(f"{address}?first=run:7&second=now:base").status_code == 404
    assert as_(analyst).get(f"{address}?first=now:low&second=").status_code == 200


def test_a_comparison_counts_the_services_to_be_shared_once_the_worker_has_found_them(
    study: Any, analyst: Any, as_: Any, page: Any
) -> None:
    address = f"{reverse('compare-runs', args=[study.slug])}?first=now:low&second=now:dear"
    assert "Projects only" in page(analyst, address)
    assert as_(analyst).post(address).status_code == 302
    text = page(analyst, address)
    assert "Projects and the services that would be shared, together" in text
    assert "Work it out with the services" not in text


def test_a_comparison_that_waits_says_so_and_loads_again(study: Any, analyst: Any, as_: Any, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    address = f"{reverse('compare-runs', args=[study.slug])}?first=now:low&second=now:dear"
    response = as_(analyst).post(address, follow=True)
    assert response["Refresh"] == "3"
    assert "is being worked out" in response.content.decode()


def test_a_comparison_of_documents_that_changed_meanwhile_is_asked_for_again(
    study: Any, analyst: Any, as_: Any, settings: Any
) -> None:
    from consortia.web.runs.comparing import CHANGED, compare_with_sharing

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    as_(analyst).post(f"{reverse('compare-runs', args=[study.slug])}?first=now:low&second=now:dear")
    type(study).objects.filter(pk=study.pk).update(fingerprint="0" * 64)
    row = study.comparisons.get()
    compare_with_sharing.call(row.pk)
    row.refresh_from_db()
    assert (row.status, row.doing) == (Status.FAILED, CHANGED)


def test_only_analysts_ask_for_a_comparison(study: Any, officer: Any, as_: Any) -> None:
    address = f"{reverse('compare-runs', args=[study.slug])}?first=now:low&second=now:dear"
    assert as_(officer).post(address).status_code == 403
    assert not study.comparisons.exists()
