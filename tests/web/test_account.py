"""The savings account: held against the agreed run, filled from files, each verdict with its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consortia.report.words import Absent
from consortia.run.savings import everybody, total_table
from consortia.web.delivery.account import account_of, lines_from_text
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.runs.models import Run
from consortia.web.runs.states import finish_run
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import load_definition

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


def test_a_row_of_another_council_is_refused_by_name_and_the_others_are_booked(
    promised: Any, officer: Any, send: Any
) -> None:
    text = send(officer, row(promised), row(promised, partner=PENDLE)).content.decode()
    assert "1 row was booked." in text
    assert "There is 1 finding." in text
    assert "The row is about Pendle, which you do not answer for: it was not booked." in text
    assert [line.partner for line in lines_from_text(Actuals.objects.get().lines)] == [BURNLEY]


def test_a_member_sends_no_actuals(promised: Any, person: Any, send: Any) -> None:
    assert send(person("mel", BURNLEY, "member"), row(promised)).status_code == 403


def test_a_finance_officer_sees_rows_of_her_own_council_only(promised: Any, case: Any, officer: Any, page: Any) -> None:
    text = shown(page, officer, promised, case)
    assert "Burnley" in text
    assert "Hyndburn" not in text


def test_a_line_that_the_case_does_not_hold_is_a_finding(promised: Any, case: Any, analyst: Any, send: Any) -> None:
    stranger = row(promised)
    stranger[0] = "share-the-moon"
    assert "share-the-moon" in send(analyst, stranger).content.decode()


def test_what_could_not_be_booked_is_counted(promised: Any, analyst: Any, send: Any) -> None:
    stranger = row(promised)
    stranger[0] = "share-the-moon"
    text = send(analyst, stranger).content.decode()
    assert "0 rows were booked." in text
    assert "There is 1 finding." in text


def test_findings_name_the_partner_and_the_file_as_it_was_sent(
    promised: Any, case: Any, analyst: Any, as_: Any
) -> None:
    late = row(promised)
    late[2] = "2050-51"
    text = "\n".join(",".join(each) for each in (HEADINGS, late))
    file = SimpleUploadedFile("Burnley, our savings (2).csv", text.encode())
    page = as_(analyst).post(reverse("account", args=[case.study.slug]), {"file": file}, follow=True).content.decode()
    assert "at Burnley in 2050-51" in page
    assert '<span class="place">Burnley, our savings (2).csv,' in page
    assert BURNLEY not in page


def test_kinds_that_are_not_cashable_stand_apart(promised: Any, case: Any, officer: Any, send: Any, page: Any) -> None:
    cut, one_off = row(promised, amount="7000"), row(promised, amount="9000")
    cut[6] = one_off[11] = "no"
    send(officer, cut, one_off)
    text = shown(page, officer, promised, case)
    assert "Cut in service (£" in text
    assert "One-off (£" in text


@pytest.fixture
def others(promised: Any, result: Any) -> list[str]:
    """The partners that the case promises the same saving in the same year."""
    same = [each for each in result.case if (each.initiative, each.year) == (promised.initiative, promised.year)]
    return sorted({each.partner for each in same} - {BURNLEY})


def delivered(case: Any, sees: Any) -> Any:
    """The total of what was delivered and is cashable, of the first initiative that anything is known of."""
    table = total_table(account_of(case), load_definition(case.study), sees=sees)
    return next(each for each in table.column("cashable") if each is not Absent.NOT_KNOWN)


def test_a_total_of_one_partner_is_withheld_from_the_others(
    promised: Any, others: Any, case: Any, officer: Any, analyst: Any, send: Any, page: Any
) -> None:
    send(analyst, row(promised, partner=others[0]))
    assert delivered(case, standing_in(case.study, officer).sees) is Absent.WITHHELD
    assert delivered(case, standing_in(case.study, analyst).sees) > 0
    assert "A total that too few partners have a part in is withheld" in shown(page, officer, promised, case)


def test_her_own_part_does_not_open_the_total_to_her(
    promised: Any, others: Any, case: Any, officer: Any, analyst: Any, send: Any
) -> None:
    send(analyst, row(promised), row(promised, partner=others[0]))
    assert delivered(case, standing_in(case.study, officer).sees) is Absent.WITHHELD


def test_a_total_of_enough_partners_is_shown_to_all(
    promised: Any, others: Any, case: Any, officer: Any, analyst: Any, send: Any
) -> None:
    send(analyst, row(promised), *(row(promised, partner=each) for each in others[:3]))
    assert delivered(case, standing_in(case.study, officer).sees) == delivered(case, everybody)


def test_a_run_that_promises_nothing_is_not_agreed(study: Any, analyst: Any, result: Any, as_: Any, page: Any) -> None:
    empty = replace(result, bindings=replace(result.bindings, seed=7), case=())
    finish_run(
        Run.objects.create(study=study, number=1, study_fingerprint=study.fingerprint, requested_by=analyst), empty
    )
    response = as_(analyst).post(reverse("agree-case", args=[study.slug, 1]))
    assert response.status_code == 409
    assert "This run promises nothing" in response.content.decode()
    assert "This run promises nothing" in page(analyst, reverse("run", args=[study.slug, 1]))


def test_a_case_with_actuals_is_replaced_only_after_a_tick(
    promised: Any, case: Any, officer: Any, analyst: Any, send: Any, as_: Any, page: Any
) -> None:
    send(officer, row(promised))
    assert "Hold the actuals of the earlier case" in page(analyst, reverse("run", args=[case.study.slug, 1]))
    address = reverse("agree-case", args=[case.study.slug, 1])
    refused = as_(analyst).post(address)
    assert refused.status_code == 409
    assert "actuals are on its account" in refused.content.decode()
    assert AgreedCase.objects.count() == 1
    as_(analyst).post(address, {"replace": "on"})
    assert AgreedCase.objects.count() == 2


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
