"""What analyst and partner do to a return in review, and what stands in the way of a signature."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.errors import BlockedByFindings, StudyError
from consortia.findings import Finding, Severity
from consortia.intake.quality.of_return import adjustments_from, review_findings
from consortia.intake.reviewing import accept, adjust, ask, contest, delegate, finish, propose, reply, reverse
from consortia.intake.signing import can_sign, check_can_sign, unmapped_share
from consortia.study import CostLine, Return, ReturnHeader, Stated
from consortia.study.adjustments import apply_adjustments
from consortia.study.tables import table_of

BURNLEY = "E07000117"
PARTS = {"employees": 600, "running_expenses": 400, "total_expenditure": 1000, "net_current_expenditure": 1000}
WHO = {"by": "Ann", "on": "2026-04-30"}


def a_return(amounts: dict[str, int] | None = None, *, service: str = "housing") -> Return:
    lines = [
        CostLine(key=f"2024-25/{service}/{measure}", year="2024-25", service=service, measure=measure,
                 amount=Decimal(pounds), status="known")
        for measure, pounds in (amounts or PARTS).items()
    ]  # fmt: skip
    empty = Return.empty(ReturnHeader(partner=BURNLEY))
    return Return(empty.header, table_of(CostLine, lines), empty.volumes)


def amounts(returned: Return) -> list[int | None]:
    adjusted = apply_adjustments(returned.costs, returned.review.adjustments)
    return [None if pence is None else pence // 100 for pence in adjusted["amount_pence"].to_list()]


def raised(to: int = 650) -> Return:
    return adjust(a_return(), "2024-25/housing/employees", to=Stated(amount=Decimal(to)), reason="A post.", **WHO)[0]


def test_a_change_is_carried_on_to_the_totals() -> None:
    assert amounts(raised()) == [650, 400, 1050, 1050]


def test_a_total_that_was_right_is_left_alone() -> None:
    sent = a_return({"employees": 6, "running_expenses": 400, "total_expenditure": 1000})
    made, _ = adjust(sent, "2024-25/housing/employees", to=Stated(amount=Decimal(600)), reason="Hundreds.", **WHO)
    assert amounts(made) == [600, 400, 1000]


def test_income_counts_against_the_net() -> None:
    sent = a_return({"sales_fees_charges": 10, "total_income": 10, "net_current_expenditure": 90})
    made, _ = adjust(sent, "2024-25/housing/sales_fees_charges", to=Stated(amount=Decimal(30)), reason="Fees.", **WHO)
    assert amounts(made) == [30, 30, 70]


def test_reversing_takes_back_the_totals_too() -> None:
    back = reverse(raised(), "change-1", reason="No such post.", **WHO)
    assert amounts(back) == [600, 400, 1000, 1000]
    assert {one.standing for one in back.review.adjustments} == {"reversed"}


def test_a_change_that_others_build_on_is_not_reversed_alone() -> None:
    twice, _ = adjust(raised(), "2024-25/housing/employees", to=Stated(amount=Decimal(700)), reason="More.", **WHO)
    with pytest.raises(StudyError, match="Reverse change-4 first"):
        reverse(twice, "change-1", reason="x", **WHO)


def test_a_contest_marks_the_change_and_blocks_the_signature_until_it_is_settled() -> None:
    objected, query = contest(
        raised(), "2024-25/housing/employees", reason="It is 620.", amount=Decimal(620), by="Bea", on="2026-05-01"
    )
    assert objected.review.adjustments[0].standing == "contested"
    with pytest.raises(BlockedByFindings, match="contest-1 on 2024-25/housing/employees"):
        check_can_sign(objected)
    settled = accept(objected, query.key, **WHO)
    assert amounts(settled) == [620, 400, 1020, 1020]
    assert can_sign(settled)


def test_a_contest_that_is_closed_by_a_reply_leaves_the_line() -> None:
    objected, query = contest(raised(), "2024-25/housing/employees", reason="No.", amount=None, by="Bea", on="x")
    with pytest.raises(StudyError, match="names no amount"):
        accept(objected, query.key, **WHO)
    closed = reply(objected, query.key, text="Agreed by telephone.", close=True, **WHO)
    assert (amounts(closed)[0], closed.review.open_queries) == (650, ())


def test_a_query_is_talked_about_and_does_not_block() -> None:
    asked, query = ask(a_return(), "2024-25/housing/employees", text="Why so low?", **WHO)
    answered = reply(asked, query.key, text="A vacancy.", by="Bea", on="2026-05-01")
    assert [one.text for one in answered.review.queries[0].replies] == ["A vacancy."]
    assert can_sign(answered)


def test_a_query_on_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(StudyError, match="no line 'x'"):
        ask(a_return(), "x", text="?", **WHO)


def test_what_a_rule_proposes_counts_only_when_accepted() -> None:
    sent = a_return({"employees": -5, "running_expenses": 9})
    verdicts = review_findings(sent)
    proposed = propose(sent, adjustments_from(verdicts, sent.review, **WHO))
    assert [(one.rule, one.standing) for one in proposed.review.adjustments] == [("Q4", "proposed")]
    assert amounts(proposed) == [-5, 9]
    assert amounts(accept(proposed, "change-1", **WHO)) == [None, 9]


def test_what_was_proposed_is_not_found_again() -> None:
    sent = a_return({"employees": -5, "running_expenses": 9})
    proposed = propose(sent, adjustments_from(review_findings(sent), sent.review, **WHO))
    assert review_findings(proposed) == ()


def test_a_rule_that_mends_is_in_effect_at_once() -> None:
    sent = a_return({"net_current_expenditure": 0}, service="adult_social_care")
    mended = propose(sent, adjustments_from(review_findings(sent), sent.review, **WHO))
    assert [(one.rule, str(one.after)) for one in mended.review.in_effect] == [("Q1", "not provided")]


def test_a_section_is_delegated_and_done() -> None:
    given = delegate(a_return(), "housing", to="Carys", **WHO)
    assert [(one.section, one.to, one.done_on) for one in given.review.delegations] == [("housing", "Carys", "")]
    assert finish(given, "housing", on="2026-05-02").review.delegations[0].done_on == "2026-05-02"


def test_a_section_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(StudyError, match=r"Did you mean housing"):
        delegate(a_return(), "housin", to="Carys", **WHO)


def test_errors_block_the_signature() -> None:
    with pytest.raises(BlockedByFindings, match="Something is wrong"):
        check_can_sign(a_return(), findings=[Finding("x", Severity.ERROR, "Something is wrong.", "Mend it.")])


@pytest.mark.parametrize(("unmapped", "allowed"), [(5, True), (6, False)])
def test_more_than_half_a_per_cent_unmapped_blocks(unmapped: int, allowed: bool) -> None:
    mapped = a_return({"employees": 1000 - unmapped})
    node = a_return({"running_expenses": unmapped}, service="unmapped")
    both = Return(mapped.header, mapped.costs.vstack(node.costs), mapped.volumes)
    assert unmapped_share(both) == unmapped / 1000
    assert can_sign(both) is allowed


def test_an_amount_with_pence_is_not_taken_for_thousands() -> None:
    key = ("SD", "housing", "employees")
    in_thousands, to_the_penny = Decimal(877), Decimal("877.37")
    for pounds, rules in ((in_thousands, ["Q3"]), (to_the_penny, [])):
        line = CostLine(key="2024-25/housing/employees", year="2024-25", service="housing", measure="employees",
                        amount=pounds, status="known")  # fmt: skip
        empty = Return.empty(ReturnHeader(partner=BURNLEY))
        returned = Return(empty.header, table_of(CostLine, [line]), empty.volumes)
        assert [one.rule for one in review_findings(returned, medians={key: Decimal(900_000)})] == rules
