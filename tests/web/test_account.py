"""The savings account: held against the agreed run, filled from files, each verdict with its reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consortia.web.delivery.models import Actuals

from .people import BURNLEY, PENDLE

ANSWERS = (
    "level_kept", "quality_kept", "voluntary_sector_kept", "charges_unchanged", "no_windfall", "recurrent", "revenue",
    "base_budget_reduced", "agreed_in_advance", "budget_holder", "measurable",
)  # fmt: skip
HEADINGS = ["initiative", "partner", "year", "kind", "amount", "evidence", *ANSWERS]


@pytest.fixture
def promised(case: Any, result: Any) -> Any:
    """A saving that the case promises Burnley for a year that has passed, or is under way."""
    return next(
        line for line in result.case if line.partner == BURNLEY and line.measure == "saving" and line.year <= "2026-27"
    )


@pytest.fixture
def send(case: Any, as_: Any) -> Any:
    def post(user: Any, *rows: list[str]) -> Any:
        text = "\n".join(",".join(row) for row in (HEADINGS, *rows))
        file = SimpleUploadedFile("actuals.csv", text.encode())
        return as_(user).post(reverse("account", args=[case.study.slug]), {"file": file}, follow=True)

    return post


def row(
    line: Any, *, partner: str = "", answers: str = "yes", kind: str = "delivered", amount: str = "5000"
) -> list[str]:
    return [line.initiative, partner or line.partner, line.year, kind, amount, "ledger 4711", *[answers] * len(ANSWERS)]


def shown(page: Any, user: Any, line: Any, case: Any) -> str:
    return str(page(user, reverse("account", args=[case.study.slug]) + f"?year={line.year}"))


def test_without_an_agreed_case_there_is_no_account(run: Any, analyst: Any, page: Any) -> None:
    assert "No run was agreed as the case yet." in page(analyst, reverse("account", args=[run.study.slug]))


def test_an_analyst_records_what_was_agreed(run: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(reverse("agree-case", args=[run.study.slug, 1]), follow=True)
    text = response.content.decode()
    assert "The run is now the agreed case" in text
    assert "Totals of all partners" in text


def test_a_run_that_is_out_of_date_is_not_agreed(run: Any, analyst: Any, as_: Any) -> None:
    run.study.fingerprint = "0" * 64
    run.study.save()
    response = as_(analyst).post(reverse("agree-case", args=[run.study.slug, 1]))
    assert response.status_code == 409


def test_a_delivery_that_passes_every_test_is_cashable(
    promised: Any, case: Any, officer: Any, send: Any, page: Any
) -> None:
    send(officer, row(promised))
    assert "Every test of a cashable saving is passed." in shown(page, officer, promised, case)


def test_a_delivery_with_open_questions_is_unverified_with_the_reason(
    promised: Any, case: Any, officer: Any, send: Any, page: Any
) -> None:
    send(officer, row(promised, answers="unknown"))
    text = shown(page, officer, promised, case)
    assert "Unverified" in text
    assert "It is not known whether it is revenue spending." in text


def test_a_finance_officer_sends_lines_of_her_own_council_only(promised: Any, officer: Any, send: Any) -> None:
    response = send(officer, row(promised), row(promised, partner=PENDLE))
    assert response.status_code == 403
    assert not Actuals.objects.exists()


def test_a_finance_officer_sees_rows_of_her_own_council_only(promised: Any, case: Any, officer: Any, page: Any) -> None:
    text = shown(page, officer, promised, case)
    assert "Burnley" in text
    assert "Hyndburn" not in text


def test_a_line_that_the_case_does_not_hold_is_a_finding(promised: Any, case: Any, analyst: Any, send: Any) -> None:
    stranger = row(promised)
    stranger[0] = "share-the-moon"
    assert "share-the-moon" in send(analyst, stranger).content.decode()


def test_a_withdrawn_file_counts_no_more(
    promised: Any, case: Any, officer: Any, send: Any, page: Any, as_: Any
) -> None:
    send(officer, row(promised))
    sent = Actuals.objects.get()
    as_(officer).post(reverse("withdraw-actuals", args=[case.study.slug, sent.pk]))
    text = shown(page, officer, promised, case)
    assert "Every test of a cashable saving is passed." not in text
    assert "Withdrawn: it does not count." in text


def test_a_file_that_cannot_be_read_gets_a_sentence(case: Any, officer: Any, as_: Any) -> None:
    file = SimpleUploadedFile("actuals.xlsx", b"no workbook")
    response = as_(officer).post(reverse("account", args=[case.study.slug]), {"file": file})
    assert response.status_code == 400
    assert b"There is something to correct" in response.content


def test_the_account_speaks_welsh_too(promised: Any, case: Any, officer: Any, send: Any, as_: Any) -> None:
    send(officer, row(promised, answers="unknown"))
    client = as_(officer)
    client.cookies["django_language"] = "cy"
    text = client.get(reverse("account", args=[case.study.slug]) + f"?year={promised.year}").content.decode()
    assert "Nid yw&#39;n hysbys ai gwariant refeniw ydyw." in text
