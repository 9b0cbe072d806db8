"""A signature stands under one state of a return, and only its finance officer gives it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from django.urls import reverse

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.findings import Finding, Severity
from consortia.intake.reviewing import adjust
from consortia.run.signing import signing_objections
from consortia.study import Query, Return, Review, Stated
from consortia.study.fingerprints import return_digest
from consortia.web.studies import actions
from consortia.web.studies.access import check_can_sign, objections_to_signing
from consortia.web.studies.documents import keep_return, load_return, load_study
from consortia.web.studies.models import PartnerReturn

from .people import BURNLEY

FAULT = Finding("cell-unreadable", Severity.ERROR, "A cell cannot be read.", "Correct it.")


@pytest.fixture
def row(study: Any) -> PartnerReturn:
    return PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)


def test_a_finance_officer_signs_what_she_sees(row: Any, officer: Any, as_: Any) -> None:
    address = reverse("sign", args=[row.study.slug, BURNLEY])
    response = as_(officer).post(address, {"digest": row.digest, "agreed": "on"}, follow=True)
    assert "Signed by Bea on" in response.content.decode()


def test_the_signature_stands_in_the_document_and_leaves_its_digest(row: Any, officer: Any) -> None:
    actions.sign(row, digest=row.digest, by=officer)
    row.refresh_from_db()
    signed = load_return(row)
    assert (signed.header.signed_by, signed.header.signed_digest) == ("Bea", row.digest)
    assert return_digest(signed) == row.digest


def test_a_signature_does_not_change_the_study(row: Any, officer: Any) -> None:
    from consortia.study import fingerprint

    actions.sign(row, digest=row.digest, by=officer)
    assert fingerprint(load_study(row.study)) == row.study.fingerprint


def test_without_the_tick_nothing_is_signed(row: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).post(reverse("sign", args=[row.study.slug, BURNLEY]), {"digest": row.digest})
    assert b"Tick the box to sign." in response.content
    assert not row.sign_offs.exists()


def test_findings_stand_in_the_way(row: Any, officer: Any) -> None:
    keep_return(row, replace(load_return(row), findings=(FAULT,)))
    row.save()
    with pytest.raises(BlockedByFindings, match="faults that stand in the way"):
        actions.sign(row, digest=row.digest, by=officer)


def test_the_page_says_why_it_cannot_be_signed(row: Any, officer: Any, analyst: Any, page: Any) -> None:
    address = reverse("return", args=[row.study.slug, BURNLEY])
    assert "The return cannot be signed yet:" not in page(officer, address)
    contest = Query(key="contest-1", line="x", by="Bea", on="2026-11-21", text="No.", contests=True)
    keep_return(row, replace(load_return(row), review=Review(queries=(contest,)), findings=(FAULT,)))
    row.save()
    text = page(officer, address)
    assert "The return cannot be signed yet:" in text
    assert "disabled" in text
    assert "Contested lines are open: contest-1 on x. Accept or close each of them first." in text
    assert "The return has faults that stand in the way of a signature." in text
    assert "Only a finance officer of Burnley signs its return." in page(analyst, address)


def test_open_questions_are_named_and_need_a_reason_that_is_signed_too(
    row: Any, officer: Any, as_: Any, page: Any
) -> None:
    query = Query(key="query-1", line="x", by="Ann", on="2026-11-21", text="Why?")
    keep_return(row, replace(load_return(row), review=Review(queries=(query,))))
    row.save()
    address, words = reverse("sign", args=[row.study.slug, BURNLEY]), {"digest": row.digest, "agreed": "on"}
    shown = page(officer, reverse("return", args=[row.study.slug, BURNLEY]))
    assert "The question query-1 on x is not closed." in shown
    assert "Signed by" not in as_(officer).post(address, words).content.decode()
    done = as_(officer).post(address, words | {"despite": "Due today."}, follow=True)
    assert "Signed by Bea on" in done.content.decode()
    row.refresh_from_db()
    assert [one.reason for one in load_return(row).review.accepted] == ["Due today."]
    assert load_return(row).header.signed_digest == row.digest == return_digest(load_return(row))


def test_a_return_that_changed_meanwhile_is_not_signed(row: Any, officer: Any) -> None:
    with pytest.raises(BlockedByFindings, match="changed after you opened it"):
        actions.sign(row, digest="0" * 64, by=officer)


def test_an_empty_return_is_not_signed(row: Any, officer: Any) -> None:
    keep_return(row, Return.empty(load_return(row).header))
    assert any("has no lines" in str(one) for one in objections_to_signing(officer, row))


def test_a_contested_line_stands_in_the_way(row: Any, officer: Any) -> None:
    contest = Query(key="contest-1", line="x", by="Bea", on="2026-11-21", text="No.", contests=True)
    keep_return(row, replace(load_return(row), review=Review(queries=(contest,))))
    with pytest.raises(BlockedByFindings, match="Contested lines are open"):
        check_can_sign(officer, row)


def test_it_is_not_signed_twice(row: Any, officer: Any) -> None:
    actions.sign(row, digest=row.digest, by=officer)
    with pytest.raises(BlockedByFindings, match="signed already"):
        actions.sign(row, digest=row.digest, by=officer)


def test_an_analyst_does_not_sign_for_a_partner(row: Any, analyst: Any) -> None:
    with pytest.raises(NotAllowed, match="Only a finance officer of Burnley"):
        check_can_sign(analyst, row)


def test_a_new_file_ends_the_signature(row: Any, officer: Any, return_file: Any) -> None:
    actions.sign(row, digest=row.digest, by=officer)
    actions.receive_return(row, name="return.xlsx", content=return_file(), by=officer)
    row = PartnerReturn.objects.get(pk=row.pk)
    assert row.signature is None
    assert load_return(row).header.signed_by == ""
    assert row.sign_offs.count() == 1


def test_a_signature_can_be_taken_back(row: Any, officer: Any, as_: Any) -> None:
    actions.sign(row, digest=row.digest, by=officer)
    response = as_(officer).post(reverse("withdraw", args=[row.study.slug, BURNLEY]), follow=True)
    assert "The signature was taken back." in response.content.decode()
    row.refresh_from_db()
    assert load_return(row).header.signed_by == ""


def test_the_site_asks_for_a_signature_what_the_command_line_asks(row: Any, officer: Any) -> None:
    line = "2024-25/housing/total_expenditure"
    changed, _ = adjust(load_return(row), line, to=Stated(amount=Decimal(1)), reason="Slip.", by="Ann", on="2026-11-21")
    keep_return(row, replace(changed, costs=changed.costs.filter(pl.col("key") != line)))
    found = signing_objections(load_return(row), base_year="2024-25")
    assert found
    assert [each.what for each in objections_to_signing(officer, row)] == [one.text() for one in found]
