"""Adjustments are recorded and reversible, and the study folder keeps what was said and done."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from consortia.errors import StudyError
from consortia.study import (
    Adjustment,
    CostLine,
    Definition,
    MappingLine,
    Partner,
    Query,
    Return,
    ReturnHeader,
    Review,
    Stated,
    Study,
    Text,
    fingerprint,
    read_study,
    write_study,
)
from consortia.study.adjustments import apply_adjustments, for_the_bridge, stale, stated, take_back
from consortia.study.fingerprints import return_digest
from consortia.study.mapping import check_shares, merged
from consortia.study.tables import table_of

LINE = "2024-25/central/employees"


def a_change(before: object, after: object, **more: object) -> Adjustment:
    fields = {"key": "change-1", "line": LINE, "before": before, "after": after, "by": "Ann", "on": "2026-04-30"}
    return Adjustment.model_validate({**fields, "reason": "typed in thousands", **more})


def a_return(amount: str | None = "12", **more: object) -> Return:
    known = None if amount is None else Decimal(amount)
    line = CostLine(
        key=LINE, year="2024-25", service="central", measure="employees", amount=known,
        status="not_known" if amount is None else "known",
    )  # fmt: skip
    empty = Return.empty(ReturnHeader(partner="E1"))
    return Return(empty.header, table_of(CostLine, [line]), empty.volumes, **more)  # type: ignore[arg-type]


def test_an_adjustment_changes_the_line_and_its_inverse_restores_it() -> None:
    costs, change = a_return().costs, a_change({"amount": "12"}, {"amount": "12000"})
    adjusted = apply_adjustments(costs, [change])
    assert adjusted["amount_pence"].to_list() == [12_000_00]
    assert take_back(adjusted, [change]).equals(costs)


def test_a_reversed_or_proposed_adjustment_has_no_effect() -> None:
    costs = a_return().costs
    for standing in ("reversed", "proposed"):
        assert apply_adjustments(costs, [a_change({"amount": "12"}, {"amount": "1"}, standing=standing)]).equals(costs)


def test_an_adjustment_that_finds_something_else_is_refused() -> None:
    change = a_change({"amount": "99"}, {"amount": "1"})
    with pytest.raises(StudyError, match=r"from £99.00, but it is £12.00"):
        apply_adjustments(a_return().costs, [change])
    assert [finding.code for finding in stale(a_return().costs, [change])] == ["adjustment-stale"]


def test_the_bridge_shows_what_was_sent_and_the_difference() -> None:
    rows = for_the_bridge(a_return().costs, [a_change({"amount": "12"}, {"amount": "12000"})])
    assert rows.select("key", "amount_pence").rows() == [(LINE, 12_00), (f"adjustment:change-1/{LINE}", 11_988_00)]


def test_an_amount_that_was_not_known_before_stands_under_the_adjustment() -> None:
    rows = for_the_bridge(a_return(None).costs, [a_change({"status": "not_known"}, {"amount": "7"})])
    assert rows.select("key", "amount_pence", "status").rows() == [(f"adjustment:change-1/{LINE}", 7_00, "known")]


def test_a_line_that_is_not_there_is_told_with_what_to_do() -> None:
    with pytest.raises(StudyError, match="no line 'x'"):
        stated(a_return().costs, "x")


def test_a_known_line_needs_an_amount() -> None:
    with pytest.raises(ValidationError, match="only a known line has one"):
        Stated(status="known")


def test_shares_that_do_not_sum_to_one_are_refused() -> None:
    half = MappingLine(side="service", local="1001", target="central", share=Decimal("0.4"), by="Ann")
    with pytest.raises(StudyError, match=r"'1001' sum to 0.4, not to 1"):
        check_shares([half])


def test_a_code_that_is_mapped_anew_loses_its_old_lines() -> None:
    old = [MappingLine(side="service", local=code, target="central", by="Ann") for code in ("1", "2")]
    new = [MappingLine(side="service", local="1", target="highways", by="Bob")]
    assert [(line.local, line.target) for line in merged(old, new)] == [("1", "highways"), ("2", "central")]


def a_study(returned: Return) -> Study:
    definition = Definition(
        key="one", title=Text(en="One"), base_year="2024-25", partners=(Partner(code="E1", name=Text(en="Ash")),)
    )
    return Study(definition, (returned,))


def test_the_folder_keeps_mapping_and_review(tmp_path: Path) -> None:
    review = Review(
        adjustments=(a_change({"amount": "12"}, {"amount": "13"}),),
        queries=(Query(key="contest-1", line=LINE, by="Bea", on="2026-05-01", text="No.", contests=True),),
    )
    split = {"central": Decimal("0.25"), "highways": Decimal("0.75")}
    mapping = tuple(MappingLine(side="service", local="007", target=t, share=s, by="Ann") for t, s in split.items())
    study = a_study(a_return(mapping=mapping, review=review))
    write_study(study, tmp_path)
    back = read_study(tmp_path)
    assert (back.returns[0].mapping, back.returns[0].review) == (mapping, review)
    assert fingerprint(back) == fingerprint(study)


def test_a_review_that_was_emptied_leaves_no_file(tmp_path: Path) -> None:
    write_study(a_study(a_return(review=Review(adjustments=(a_change({"amount": "12"}, {"amount": "13"}),)))), tmp_path)
    write_study(a_study(a_return()), tmp_path)
    assert not (tmp_path / "returns/E1/review.yaml").exists()


def test_what_is_signed_holds_the_adjustments_but_not_the_talk() -> None:
    plain = return_digest(a_return())
    asked = Review(queries=(Query(key="query-1", line=LINE, by="Bea", on="2026-05-01", text="Why?"),))
    changed = Review(adjustments=(a_change({"amount": "12"}, {"amount": "13"}),))
    assert return_digest(a_return(review=asked)) == plain
    assert return_digest(a_return(review=changed)) != plain
