"""The review on the site: what is open, queries and replies, what was done to the numbers, who decides on it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.intake.reviewing import adjust
from consortia.study import CostLine, Stated
from consortia.study.tables import table_of
from consortia.web.accounts.models import Event
from consortia.web.reviews import actions
from consortia.web.studies.access import check_can_sign
from consortia.web.studies.actions import receive_return
from consortia.web.studies.documents import keep_return, load_return
from consortia.web.studies.models import PartnerReturn

from .people import BURNLEY, PENDLE

LINE = "2024-25/housing/total_expenditure"


@pytest.fixture
def row(study: Any) -> PartnerReturn:
    return PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)


@pytest.fixture
def changed(row: Any) -> PartnerReturn:
    """Burnley's return after the analyst changed a line."""
    returned, _ = adjust(
        load_return(row), LINE, to=Stated(amount=Decimal(5_000_000)), reason="Left out.", by="Ann", on="2026-04-30"
    )
    keep_return(row, returned)
    row.save()
    return row


def address(name: str, *more: str) -> str:
    return reverse(name, args=["pennine", BURNLEY, *more])


def review_of(row: Any) -> Any:
    row.refresh_from_db()
    return load_return(row).review


def test_the_page_shows_what_was_done_with_before_and_after(changed: Any, officer: Any, page: Any) -> None:
    text = page(officer, address("review"))
    assert "What was done to the numbers" in text
    assert "5,000,000.00" in text
    assert "Left out." in text


def test_it_is_there_in_welsh(changed: Any, officer: Any, as_: Any) -> None:
    text = as_(officer).get(address("review"), headers={"accept-language": "cy"}).content.decode()
    assert "A ellir ei llofnodi?" in text


def test_a_question_and_its_reply_are_kept_and_on_record(row: Any, analyst: Any, officer: Any, as_: Any) -> None:
    as_(analyst).post(address("ask"), {"ask-line": LINE, "ask-text": "Why so much?"})
    as_(officer).post(address("reply", "query-1"), {"query-1-text": "A new hostel.", "query-1-close": "on"})
    (query,) = review_of(row).queries
    assert (query.by, query.text, query.replies[0].text, query.closed_by) == (
        "Ann",
        "Why so much?",
        "A new hostel.",
        "Bea",
    )
    assert {"ask", "reply"} <= set(Event.objects.values_list("action", flat=True))


def test_a_line_that_is_not_there_is_said_beside_the_form(row: Any, analyst: Any, as_: Any) -> None:
    response = as_(analyst).post(address("ask"), {"ask-line": "x", "ask-text": "?"})
    assert response.status_code == 400
    assert b"There is no line" in response.content


def test_an_officer_contests_and_cannot_sign_until_it_is_settled(
    changed: Any, officer: Any, analyst: Any, as_: Any
) -> None:
    as_(officer).post(address("contest"), {"contest-line": LINE, "contest-amount": "£4,900,000", "contest-text": "No."})
    changed.refresh_from_db()
    with pytest.raises(BlockedByFindings):
        check_can_sign(officer, changed)
    as_(analyst).post(address("accept-change", "contest-1"))
    assert not review_of(changed).open_contests
    check_can_sign(officer, changed)


def test_an_amount_that_is_none_is_said_beside_its_field(row: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).post(
        address("contest"), {"contest-line": LINE, "contest-amount": "lots", "contest-text": "No."}
    )
    assert b"This is not an amount." in response.content


def test_the_officer_accepts_and_the_analyst_reverses(changed: Any, officer: Any, analyst: Any, as_: Any) -> None:
    as_(officer).post(address("accept-change", "change-1"))
    assert review_of(changed).adjustments[0].standing == "accepted"
    as_(analyst).post(address("reverse-change", "change-1"), {"change-1-text": "It was right."})
    assert {one.standing for one in review_of(changed).adjustments} == {"reversed"}


def test_a_change_changes_the_study_and_talk_does_not(row: Any, analyst: Any) -> None:
    before = row.study.fingerprint
    actions.ask(row, line=LINE, text="Why?", by=analyst)
    row.study.refresh_from_db()
    assert row.study.fingerprint == before


@pytest.mark.parametrize(
    ("name", "more", "sent"),
    [
        ("contest", (), {"contest-line": LINE, "contest-text": "No."}),
        ("delegate", (), {"delegate-section": "housing", "delegate-to": "Carys"}),
        ("accept-change", ("change-1",), {}),
    ],
)
def test_an_analyst_does_not_speak_for_the_partner(
    name: str, more: Any, sent: Any, changed: Any, analyst: Any, as_: Any
) -> None:
    assert as_(analyst).post(address(name, *more), sent).status_code == 403


def test_an_officer_does_not_propose_or_reverse(changed: Any, officer: Any, as_: Any) -> None:
    assert as_(officer).post(address("propose-changes")).status_code == 403
    assert as_(officer).post(address("reverse-change", "change-1"), {"change-1-text": "No."}).status_code == 403


def test_another_partner_finds_nothing(changed: Any, person: Any, as_: Any) -> None:
    neighbour = person("pia", PENDLE, "finance_officer")
    assert as_(neighbour).get(address("review")).status_code == 404
    assert as_(neighbour).post(address("ask"), {"ask-line": LINE, "ask-text": "?"}).status_code == 404


def test_what_the_rules_propose_is_recorded_by_the_analyst(row: Any, analyst: Any) -> None:
    line = CostLine(key="2024-25/housing/employees", year="2024-25", service="housing", measure="employees",
                    amount=Decimal(-90_000), status="known")  # fmt: skip
    keep_return(row, replace(load_return(row), costs=table_of(CostLine, [line])))
    row.save()
    assert actions.propose(row, by=analyst) == 1
    assert [(one.rule, one.standing) for one in review_of(row).adjustments] == [("Q4", "proposed")]


def test_a_section_is_handed_over_and_done(row: Any, officer: Any, as_: Any, page: Any) -> None:
    as_(officer).post(address("delegate"), {"delegate-section": "housing", "delegate-to": "Carys"})
    assert "Carys" in page(officer, address("review"))
    as_(officer).post(address("section-done", "housing"))
    assert review_of(row).delegations[0].done_on


def test_too_much_unmapped_stands_in_the_way(row: Any, officer: Any) -> None:
    lines = [
        CostLine(key=f"2024-25/{service}/employees", year="2024-25", service=service, measure="employees",
                 amount=Decimal(pounds), status="known")
        for service, pounds in (("housing", 990), ("unmapped", 10))
    ]  # fmt: skip
    keep_return(row, replace(load_return(row), costs=table_of(CostLine, lines)))
    row.save()
    with pytest.raises(BlockedByFindings, match=r"1.00% of the gross is unmapped"):
        check_can_sign(officer, row)


def test_only_the_analyst_takes_a_contested_amount(changed: Any, officer: Any) -> None:
    actions.contest(changed, line=LINE, text="No.", amount=Decimal(1), by=officer)
    with pytest.raises(NotAllowed):
        actions.accept(changed, key="contest-1", by=officer)


def test_a_new_file_takes_back_the_changes_that_no_longer_fit(row: Any, officer: Any, return_file: Any) -> None:
    sent = return_file()
    lines = [CostLine(key=LINE, year="2024-25", service="housing", measure="total_expenditure", amount=Decimal(7),
                      status="known")]  # fmt: skip
    other = replace(load_return(row), costs=table_of(CostLine, lines))
    keep_return(row, adjust(other, LINE, to=Stated(amount=Decimal(8)), reason="x", by="Ann", on="2026-04-30")[0])
    row.save()
    receive_return(row, name="return.xlsx", content=sent, by=officer)
    assert [(one.standing, one.decided_why) for one in review_of(row).adjustments] == [
        ("reversed", "the lines were sent anew")
    ]


def test_a_change_that_is_not_there_is_refused_in_a_sentence(row: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).post(address("accept-change", "change-9"))
    assert 400 <= response.status_code < 500
    assert b"change-9" in response.content
