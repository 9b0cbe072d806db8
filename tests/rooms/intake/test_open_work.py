"""Open questions and sections in hand are named before a signature; signing despite them is part of what is signed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.errors import BlockedByFindings
from consortia.findings import Finding, Severity
from consortia.intake.open_work import open_work
from consortia.intake.reviewing import ask, contest, delegate, finish, reply
from consortia.intake.signing import told_once
from consortia.run.signing import ready_to_sign, standing
from consortia.study import CostLine, Return, ReturnHeader
from consortia.study.fingerprints import return_digest
from consortia.study.tables import table_of

LINE = "2024-25/housing/employees"
WHO = {"by": "Ann", "on": "2026-04-30"}


def a_return() -> Return:
    line = CostLine(key=LINE, year="2024-25", service="housing", measure="employees", amount=Decimal(6), status="known")
    empty = Return.empty(ReturnHeader(partner="E07000117"))
    return Return(empty.header, table_of(CostLine, [line]), empty.volumes)


def in_hand() -> Return:
    return delegate(ask(a_return(), LINE, text="?", **WHO)[0], "housing", to="Carys", **WHO)


def signed(returned: Return, despite: str = "") -> Return:
    return ready_to_sign(returned, base_year="2024-25", despite=despite, by="Bea", on="2026-05-01")


def test_open_questions_and_sections_in_hand_are_named_and_ask_for_a_reason() -> None:
    with pytest.raises(BlockedByFindings) as refused:
        signed(in_hand())
    assert "given to Carys and is not done. The question query-1 on 2024-25/housing/employees" in refused.value.what
    assert "--despite" in refused.value.remedy
    assert standing(in_hand(), base_year="2024-25").values == (("count", 2),)


def test_the_reason_to_sign_despite_them_is_part_of_what_is_signed() -> None:
    done, other = signed(in_hand(), "Due today."), signed(in_hand(), "No time.")
    assert [(one.code, one.reason) for one in done.review.accepted] == [
        ("section-open", "Due today."), ("query-open", "Due today.")
    ]  # fmt: skip
    assert len({return_digest(each) for each in (in_hand(), done, other)}) == 3


def test_what_was_signed_despite_once_is_not_asked_again_but_new_work_is() -> None:
    done = signed(in_hand(), "Due today.")
    assert open_work(done) == ()
    assert [one.code for one in open_work(ask(done, LINE, text="More?", **WHO)[0])] == ["query-open"]


def test_finished_work_asks_for_nothing() -> None:
    closed = reply(finish(in_hand(), "housing", on="2026-05-01"), "query-1", text="Yes.", close=True, **WHO)
    assert signed(closed).review.accepted == ()


def test_a_contest_is_no_open_work_but_blocks() -> None:
    contested = contest(a_return(), LINE, reason="No.", amount=None, **WHO)[0]
    assert open_work(contested) == ()
    with pytest.raises(BlockedByFindings, match="Contested lines"):
        signed(contested, "Due today.")


def test_that_too_much_is_unmapped_is_said_once_with_its_amount() -> None:
    loaded, other = (Finding(code, Severity.ERROR, code) for code in ("unmapped", "contested"))
    blocking = (Finding("too-much-unmapped", Severity.ERROR, "again"), other)
    assert told_once((loaded, loaded), blocking) == (loaded, other)
    assert told_once((), blocking) == blocking
