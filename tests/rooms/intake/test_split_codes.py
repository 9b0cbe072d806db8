"""What a line is made of, where a code is split: the posting as the file has it, the share, and why."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from consortia.intake.mapping.ledger_return import return_lines, trace_line
from consortia.intake.mapping.parts import sum_of_part
from consortia.study import CostLine, MappingLine
from consortia.study.tables import records_of
from consortia.web.ledgers.tables import postings_table

LEDGER = pl.DataFrame(
    {
        "file": ["l.csv"] * 3,
        "sheet": [""] * 3,
        "row": [2, 3, 4],
        "financial_year": ["2024-25"] * 3,
        "date": pl.Series([None] * 3, dtype=pl.Date),
        "cost_centre_code": ["01", "01", "02"],
        **{name: [""] * 3 for name in ("cost_centre", "account", "supplier", "description", "reference")},
        "account_code": ["1", "2", "1"],
        "amount_pence": [585_00, -100_01, 5_00],
    }
)


def _line(local: str, target: str, *, share: str = "1", reason: str = "") -> MappingLine:
    side = "cost_type" if local in {"1", "2"} else "service"
    return MappingLine(side=side, local=local, target=target, share=Decimal(share), reason=reason, by="Ann")


MAPPING = [
    _line("01", "highways", share="0.6", reason="floor area"), _line("01", "planning", share="0.4"),
    _line("02", "highways"), _line("1", "running_expenses"), _line("2", "other_income"),
]  # fmt: skip


def _opened(key: str) -> tuple[CostLine, pl.DataFrame]:
    costs = return_lines(LEDGER, MAPPING).costs
    (line,) = [one for one in records_of(CostLine, costs) if isinstance(one, CostLine) and one.key == key]
    return line, trace_line(LEDGER, MAPPING, line)


def test_a_part_of_a_posting_shows_the_posting_the_share_and_the_reason() -> None:
    _, rows = _opened("2024-25/highways/running_expenses")
    assert [sum_of_part(row) for row in rows.iter_rows(named=True)] == ["585.00 x 0.6 = 351.00 (floor area)", ""]


def test_income_has_the_sign_of_the_return_on_both_sides() -> None:
    _, rows = _opened("2024-25/planning/other_income")
    assert [sum_of_part(row) for row in rows.iter_rows(named=True)] == ["100.01 x 0.4 = 40.00"]


def test_the_site_shows_the_sum_where_a_row_of_the_line_is_split() -> None:
    line, rows = _opened("2024-25/highways/running_expenses")
    table = postings_table(rows, line)
    assert [column.key for column in table.columns][-2:] == ["sum", "amount"]
    assert table.rows[0][-2:] == ("585.00 x 0.6 = 351.00 (floor area)", 351.0)
