"""What a ledger lacks against the return that it replaces is said, blocks the signature, and can be accepted."""

from __future__ import annotations

import datetime
from dataclasses import replace

import polars as pl
import pytest

from consortia.errors import BlockedByFindings, StudyError
from consortia.intake.mapping.mapped_return import mapped_return
from consortia.intake.reviewing import accept_finding
from consortia.intake.signing import check_can_sign, not_of_ledger, unmapped_share
from consortia.study import CostLine, MappingLine, Return, ReturnHeader, Upload
from consortia.study.ledger_header import LedgerFile
from consortia.study.tables import schema_of

PAY = MappingLine(side="cost_type", local="pay", target="employees", by="Ann")
ROADS = MappingLine(side="service", local="roads", target="highways", by="Ann")
FILE = LedgerFile(name="a.csv", sha256="1", lines=12, sum_pence=1)


def ledger(months: range = range(1, 13), *, file: str = "a.csv", kind: str = "", pence: int | None = 100):
    """A posting of pay for roads in each of these months of 2024-25."""
    rows = [
        {"file": file, "sheet": "", "row": number, "date": day, "financial_year": "2024-25",
         "cost_centre_code": "roads", "account_code": "pay", "amount_pence": pence, "capital_or_revenue": kind}
        for number, day in enumerate((datetime.date(2024 + (month < 4), month, 1) for month in months), 2)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"amount_pence": pl.Int64})


def published(*places: tuple[str, str]) -> Return:
    """A published return with a cost for each year and service."""
    lines = [
        {**dict.fromkeys(schema_of(CostLine), ""), "key": f"{year}/{service}/employees", "year": year,
         "service": service, "measure": "employees", "amount_pence": 500, "status": "known", "file": "official.ods"}
        for year, service in places
    ]  # fmt: skip
    return replace(
        Return.empty(ReturnHeader(partner="E06000001")), costs=pl.DataFrame(lines, schema=schema_of(CostLine))
    )


def made(lines: pl.DataFrame, before: Return, *mapping: MappingLine) -> Return:
    years = ("2023-24", "2024-25")
    returned = mapped_return(before, lines, (PAY, ROADS, *mapping), files=[FILE], years=years, on="2026-04-30")[0]
    return replace(returned, loaded=(Upload(name="a.csv", sha256="1"),))


def codes(returned: Return) -> set[str]:
    return {one.code for one in returned.findings}


ROADS_BEFORE = published(("2024-25", "highways"))


def test_a_whole_year_of_every_service_has_nothing_to_say() -> None:
    assert made(ledger(), ROADS_BEFORE).findings == ()


def test_months_without_postings_block_until_somebody_accepts_them_with_a_reason() -> None:
    part = made(ledger(range(4, 10)), ROADS_BEFORE)
    with pytest.raises(BlockedByFindings, match="6 of the 12 months; none in: Oct, Nov, Dec, Jan, Feb, Mar"):
        check_can_sign(part)
    with pytest.raises(StudyError, match="with a reason"):
        accept_finding(part, "ledger-part-year", reason=" ", by="Bea", on="2026-05-01")
    check_can_sign(accept_finding(part, "ledger-part-year", reason="New in April.", by="Bea", on="2026-05-01")[0])


def test_what_was_accepted_counts_no_longer_when_the_ledger_lacks_something_else() -> None:
    part = made(ledger(range(4, 10)), ROADS_BEFORE)
    accepted = accept_finding(part, "ledger-part-year", reason="So.", by="Bea", on="2026-05-01")[0]
    with pytest.raises(BlockedByFindings, match="7 of the 12 months"):
        check_can_sign(made(ledger(range(4, 11)), accepted))


def test_balances_of_the_last_day_of_the_year_are_a_whole_year() -> None:
    balances = ledger().with_columns(date=pl.date(2025, 3, 31))
    assert "ledger-part-year" not in codes(made(balances, ROADS_BEFORE))


def test_services_that_the_return_had_are_named_however_often_it_is_made() -> None:
    once = made(ledger(), published(("2024-25", "highways"), ("2024-25", "education.primary")))
    again = made(ledger(), once)
    for returned in (once, again):
        (found,) = returned.findings
        assert (found.code, found.filled()["services"]) == ("ledger-services-gone", "Education")


def test_lines_of_years_that_the_ledger_has_not_stay() -> None:
    returned = made(ledger(), published(("2023-24", "education"), ("2024-25", "highways")))
    assert returned.costs.filter(pl.col("year") == "2023-24")["key"].to_list() == ["2023-24/education/employees"]
    assert codes(returned) == {"ledger-years-kept"}


def test_lines_of_an_earlier_state_of_the_ledger_do_not_stay() -> None:
    both = pl.concat([ledger(), ledger(range(3, 4)).with_columns(financial_year=pl.lit("2023-24"))])
    without = made(ledger(), made(both, ROADS_BEFORE))
    assert set(without.costs["year"]) == {"2024-25"}


def test_an_amount_that_cannot_be_read_blocks_unless_its_code_is_excluded() -> None:
    unread = pl.concat([ledger(), ledger(range(5, 6), pence=None).with_columns(cost_centre_code=pl.lit("suspense"))])
    excluded = MappingLine(side="service", local="suspense", target="excluded", by="Ann")
    with pytest.raises(BlockedByFindings, match="without an amount that can be read, in no sum: 1"):
        check_can_sign(made(unread, ROADS_BEFORE))
    check_can_sign(made(unread, ROADS_BEFORE, excluded))


@pytest.mark.parametrize("kind", ["Capital", "CAP", "c", "Capital expenditure"])
def test_what_the_ledger_marks_as_capital_is_left_out_and_said(kind: str) -> None:
    returned = made(pl.concat([ledger(), ledger(range(5, 6), kind=kind)]), ROADS_BEFORE)
    assert returned.header.ledger is not None
    assert [(one.reason, one.amount) for one in returned.header.ledger.left_out] == [("capital", 1)]
    assert returned.costs["amount_pence"].sum() == 1200


@pytest.mark.parametrize("kind", ["Revenue", "", "R"])
def test_what_it_marks_as_revenue_counts(kind: str) -> None:
    assert made(ledger(kind=kind), ROADS_BEFORE).costs["amount_pence"].sum() == 1200


def test_files_that_hold_the_same_postings_block() -> None:
    doubled = pl.concat([ledger(), ledger(file="b.csv")])
    assert codes(made(doubled, ROADS_BEFORE)) == {"ledger-files-alike"}


def test_files_that_share_a_few_postings_are_no_doubles() -> None:
    parts = pl.concat([ledger(), ledger(range(1, 9), file="b.csv", pence=7), ledger(range(1, 2), file="b.csv")])
    assert made(parts, ROADS_BEFORE).findings == ()


def test_a_ledger_that_nobody_has_mapped_blocks() -> None:
    (found,) = not_of_ledger(replace(ROADS_BEFORE, loaded=(Upload(name="a.csv", sha256="1"),)))
    assert found.code == "ledger-not-used"


def test_files_loaded_after_the_return_was_made_block() -> None:
    returned = made(ledger(), ROADS_BEFORE)
    assert list(not_of_ledger(returned)) == []
    newer = replace(returned, loaded=(*returned.loaded, Upload(name="b.csv", sha256="2")))
    with pytest.raises(BlockedByFindings, match="older than its ledger"):
        check_can_sign(newer)
    with pytest.raises(BlockedByFindings, match="older than its ledger"):
        check_can_sign(replace(returned, loaded=()))


def test_the_unmapped_share_is_the_same_wherever_it_is_said() -> None:
    half = ledger().with_columns(cost_centre_code=pl.lit("elsewhere"))
    returned = made(pl.concat([ledger(), half]), ROADS_BEFORE)
    assert unmapped_share(returned) == 0.5
    assert "50.00%" in next(one.text() for one in returned.findings if one.code == "unmapped")
