"""Whatever a ledger holds, the quick readers agree with the careful ones, and every row and penny is accounted for."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.intake.formula_text import is_formula, is_formula_text, may_be_formula, neutralised
from consortia.intake.layouts.amounts import quick_pence, read_amount
from consortia.intake.layouts.dates import QUICK, quick_dates, read_date
from consortia.intake.layouts.document import Layout, LayoutColumn
from consortia.intake.ledger_files import read_ledger
from consortia.study.ledger import ledger_path, read_ledger_table
from consortia.study.ledger_store import put_ledger_file

PENCE = st.integers(-(10**12), 10**12)
LAYOUT = Layout(
    partner="P",
    columns=(
        LayoutColumn(role="date", heading="Date"),
        LayoutColumn(role="supplier", heading="Supplier"),
        LayoutColumn(role="amount", heading="Amount"),
    ),
)


def _plain(pence: int) -> str:
    return f"{Decimal(pence) / 100:.2f}"


def _shapes(pence: int) -> list[str]:
    """One amount as ledgers write it."""
    size, minus = f"{Decimal(abs(pence)) / 100:,.2f}", "-" if pence < 0 else ""
    behind = f"{size}-" if pence < 0 else size
    bracketed = f"({size})" if pence < 0 else size
    return [
        _plain(pence),
        f"{minus}{size}",
        f"{minus}£{size}",
        f"£{minus}{size}",
        behind,
        bracketed,
        f" {minus}{size} ",
    ]


@given(PENCE)
def test_the_careful_reader_gives_back_every_way_of_writing_an_amount(pence: int) -> None:
    assert {read_amount(shape).pence for shape in _shapes(pence)} == {pence}


@given(st.lists(PENCE, min_size=1, max_size=8), st.integers(0, 6))
def test_the_quick_reader_never_differs_from_the_careful_one(amounts: list[int], shape: int) -> None:
    texts = [_shapes(pence)[shape] for pence in amounts]
    quick = quick_pence(pl.Series(texts))
    assert [found for found in quick if found is not None] == [
        pence for pence, found in zip(amounts, quick, strict=True) if found is not None
    ]


@given(st.text(alphabet="0123456789.,-()£ ", max_size=9))
def test_a_text_that_the_careful_reader_refuses_is_not_read_quickly(text: str) -> None:
    quick = quick_pence(pl.Series([text])).item()
    assert quick is None or quick == read_amount(text).pence


@given(PENCE, st.integers(0, 6))
def test_every_usual_way_of_writing_an_amount_is_read_quickly(pence: int, shape: int) -> None:
    text = _shapes(pence)[shape]
    assert quick_pence(pl.Series([text])).item() == pence


def test_a_decimal_comma_is_never_read_as_thousands() -> None:
    for text in ("1234,56", "1,5", "12,34", "1.234,56", "1,23,456.00"):
        assert read_amount(text).pence is None
        assert quick_pence(pl.Series([text])).item() is None


@given(st.dates(date(1955, 1, 1), date(2060, 1, 1)), st.sampled_from(QUICK))
def test_the_quick_dates_are_those_of_the_careful_reader(day: date, style: str) -> None:
    text = day.strftime(style)
    quick = quick_dates(pl.Series([text]), style).item()
    assert quick is None or quick == read_date(text)


def test_a_year_of_two_digits_means_the_same_to_both_readers() -> None:
    assert quick_dates(pl.Series(["01-Jan-69", "01-Jan-68", "01-Jan-70"]), "%d-%b-%y").to_list() == [
        None,
        date(2068, 1, 1),
        date(1970, 1, 1),
    ]
    assert read_date("01-Jan-69") == date(1969, 1, 1)


@given(st.text(max_size=12))
def test_neutral_text_is_no_formula_and_keeps_the_text(text: str) -> None:
    assert not is_formula_text(neutralised(text))
    assert neutralised(text).removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_formulas_are_found_in_a_column_as_in_single_texts(texts: list[str]) -> None:
    table = pl.DataFrame({"text": texts})
    found = (may_be_formula(table["text"]) & table.select(is_formula("text")).to_series()).to_list()
    assert found == [is_formula_text(text) for text in texts]


LINE = st.tuples(
    st.dates(date(2024, 4, 1), date(2025, 3, 31)), st.sampled_from(["Alder", "Birch, and Co", 'The "Elm"']), PENCE
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=12), st.integers(0, 6), st.integers(0, 3), st.booleans())
def test_every_penny_and_every_row_is_accounted_for(
    lines: list[tuple[date, str, int]], shape: int, blanks: int, total: bool
) -> None:
    rows = [
        f'{day:%d/%m/%Y},"{name.replace(chr(34), chr(34) * 2)}","{_shapes(pence)[shape]}"' for day, name, pence in lines
    ]
    grand = sum(pence for _, _, pence in lines)
    tail = [",,"] * blanks + ([f',,"{_plain(grand)}"'] if total else [])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        path.write_text("\n".join(["Date,Supplier,Amount", *rows, *tail]) + "\n", encoding="utf-8")
        ledger = read_ledger(path, LAYOUT)
    (account,) = ledger.accounts
    assert ledger.sum_pence == grand
    assert ledger.lines["supplier"].to_list() == [name for _, name, _ in lines]
    assert ledger.lines["row"].to_list() == list(range(2, len(lines) + 2))
    assert account.rows == len(rows) + len(tail)
    assert [one.agrees for one in account.totals] == [True] * total


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(PENCE, min_size=1, max_size=4), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_files_makes_no_difference(files: list[list[int]], chance: random.Random) -> None:
    order = list(range(len(files)))
    chance.shuffle(order)
    assert _kept(files, order) == _kept(files, range(len(files)))


def _kept(files: list[list[int]], order: object) -> bytes:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        for number in order:  # type: ignore[attr-defined]
            path = folder / f"{number}.csv"
            rows = [f"01/05/2024,Supplier {number},{_plain(pence)}" for pence in files[number]]
            path.write_text("\n".join(["Date,Supplier,Amount", *rows]) + "\n")
            put_ledger_file(folder, "P", path, read_ledger(path, LAYOUT).lines)
        kept = read_ledger_table(folder, "P")
        assert kept is not None
        assert kept.select(pl.col("amount_pence").sum()).collect().item() == sum(map(sum, files))
        return ledger_path(folder, "P").read_bytes()
