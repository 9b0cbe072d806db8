"""Whatever stands under the months, every filled cell is one line at its row and column, and every row is counted."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.intake.extents import column_letters
from consortia.intake.layouts.document import Layout, LayoutColumn, LayoutMonth
from consortia.intake.ledger_files import read_ledger

MONTHS = ("Apr-24", "May-24", "Jun-24", "Jul-24")
LAYOUT = Layout(
    partner="P",
    columns=(LayoutColumn(role="cost_centre_code", heading="Cost Centre"),),
    months=tuple(LayoutMonth(heading=heading) for heading in MONTHS),
)
CELL = st.one_of(st.none(), st.integers(-(10**11), 10**11))
TABLE = st.lists(st.tuples(st.sampled_from(["0101", "A7", ""]), st.lists(CELL, min_size=4, max_size=4)), min_size=1)


def _shown(pence: int | None) -> str:
    return "" if pence is None else f"{Decimal(pence) / 100:,.2f}"


@settings(max_examples=60, deadline=None)
@given(TABLE)
def test_every_filled_month_of_a_line_is_a_line_and_every_row_is_in_one_class(
    table: list[tuple[str, list[int | None]]],
) -> None:
    rows = [("Cost Centre", *MONTHS), *((code, *map(_shown, cells)) for code, cells in table)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n", encoding="utf-8")
        ledger = read_ledger(path, LAYOUT)
    expected = [
        (number, column_letters(column), pence)
        for number, (code, cells) in enumerate(table, 2)
        for column, pence in enumerate(cells, 2)
        if code and pence is not None
    ]
    assert ledger.lines.select("row", "column", "amount_pence").rows() == expected
    (account,) = ledger.accounts
    assert account.rows == len(table)
    assert account.sum_pence == sum(pence for *_, pence in expected)
    # Rows without a code are totals: told, compared, and in no line.
    assert len(account.totals) == sum(code == "" and any(cell is not None for cell in cells) for code, cells in table)
