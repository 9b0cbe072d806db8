"""A line that was read from several files is asked about, contested, changed and judged as one, or by a named part."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from consortia.errors import StudyError
from consortia.intake.quality.of_return import review_findings
from consortia.intake.reviewing import accept, adjust, ask, contest, reverse
from consortia.study import CostLine, Return, ReturnHeader, Stated, Upload
from consortia.study.adjustments import apply_adjustments, for_the_bridge, take_back
from consortia.study.tables import table_of

KEY = "2024-25/education/sales_fees_charges"
WHO = {"by": "Ann", "on": "2026-04-30"}
MEDIANS = {("UA", "education", "sales_fees_charges"): Decimal(4_487_500)}


def of_files(*pounds: str, others: str = "900.10") -> Return:
    """A return made from a ledger, one file for each amount of the line, and one more line with other pence."""
    lines = [
        CostLine(key=KEY if number == 1 else f"{KEY}/{number}", year="2024-25", service="education",
                 measure="sales_fees_charges", amount=Decimal(each), status="known", file=f"{number}.csv")
        for number, each in enumerate(pounds, 1)
    ]  # fmt: skip
    more = CostLine(key="2024-25/highways/employees", year="2024-25", service="highways", measure="employees",
                    amount=Decimal(others), status="known", file="1.csv")  # fmt: skip
    uploads = tuple(Upload(name=f"{number}.csv", sha256=str(number)) for number in range(1, len(pounds) + 1))
    empty = Return.empty(ReturnHeader(partner="E06000005", source="ledger", uploads=uploads))
    return Return(empty.header, table_of(CostLine, [*lines, more]), empty.volumes)


def pounds(returned: Return) -> list[int]:
    return [pence // 100 for pence in apply_adjustments(returned.costs, returned.review.adjustments)["amount_pence"]]


def contested(line: str = KEY, amount: int = 500) -> Return:
    return contest(of_files("100", "200", "300"), line, reason="No.", amount=Decimal(amount), **WHO)[0]


def test_a_contest_of_a_line_is_of_all_its_parts_and_its_amount_becomes_one_change() -> None:
    settled = accept(contested(), "contest-1", **WHO)
    (change,) = settled.review.adjustments
    assert (change.before.amount, change.after.amount, change.whole) == (600, 500, True)
    assert sum(pounds(settled)[:3]) == 500


def test_reversing_the_change_of_a_whole_line_gives_back_what_was_sent() -> None:
    settled = accept(contested(), "contest-1", **WHO)
    assert pounds(reverse(settled, "change-1", reason="x", **WHO)) == [100, 200, 300, 900]
    made = settled.review.adjustments
    assert take_back(apply_adjustments(settled.costs, made), made).equals(settled.costs)


def test_the_bridge_shows_the_change_of_a_whole_line_once() -> None:
    settled = accept(contested(), "contest-1", **WHO)
    shown = for_the_bridge(settled.costs, settled.review.adjustments)
    assert shown.filter(shown["key"].str.starts_with("adjustment:"))["amount_pence"].to_list() == [-100_00]


def test_a_part_is_named_by_its_number_the_first_one_too() -> None:
    assert pounds(accept(contested(f"{KEY}/1"), "contest-1", **WHO))[:3] == [500, 200, 300]
    assert pounds(accept(contested(f"{KEY}/2"), "contest-1", **WHO))[:3] == [100, 500, 300]


def test_a_whole_line_is_not_changed_to_no_amount_but_part_by_part() -> None:
    with pytest.raises(StudyError) as raised:
        adjust(of_files("1", "2"), KEY, to=Stated(status="not_known"), reason="x", **WHO)
    assert f"{KEY}/1, {KEY}/2" in str(raised.value.remedy)


def test_queries_and_contests_are_numbered_apart() -> None:
    asked, query = ask(of_files("1", "2"), KEY, text="?", **WHO)
    assert (query.key, contest(asked, KEY, reason="x", amount=None, **WHO)[1].key) == ("query-1", "contest-1")


def test_the_rule_of_thousands_judges_the_line_and_not_its_parts() -> None:
    rules = [one.rule for one in review_findings(of_files("2000", "9000000", others="900"), medians=MEDIANS)]
    assert "Q3" not in rules


def test_an_amount_of_another_sign_or_from_a_ledger_with_pence_is_no_count_of_thousands() -> None:
    assert "Q3" not in [one.rule for one in review_findings(of_files("-2055", others="900"), medians=MEDIANS)]
    assert "Q3" not in [one.rule for one in review_findings(of_files("2055"), medians=MEDIANS)]
    assert "Q3" in [one.rule for one in review_findings(of_files("2055", others="900"), medians=MEDIANS)]


def test_a_change_of_one_file_that_was_kept_before_still_fits() -> None:
    sent = of_files("100", "200")
    changed, _ = adjust(sent, f"{KEY}/1", to=Stated(amount=Decimal(150)), reason="x", **WHO)
    (made,) = changed.review.adjustments
    assert (made.line, made.whole) == (KEY, False)
    assert pounds(replace(sent, review=changed.review))[:2] == [150, 200]
