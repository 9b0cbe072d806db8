"""A layout is proposed with reasons, confirmed, remembered for the partner, and applied again; what changed is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from consortia.errors import IntakeError, StudyError
from consortia.intake.layouts.document import Layout, remember_layout, remembered_layout
from consortia.intake.layouts.header import find_header
from consortia.intake.ledger_files import read_ledger
from consortia.intake.ledger_proposals import propose_layout, with_choices
from consortia.study.ledger_store import put_ledger_file, read_ledger_header

APRIL = "Pay date,Service Label,Expenditure Code,Supplier Name,Net Amount\n01/04/2025,Bins,Fuel,Alder,10.00\n"
MAY = "Payment Date,Service  label,Expenditure Code,Supplier name,Net Amount.\n01/05/2025,Bins,Fuel,Alder,20.00\n"


def _file(folder: Path, text: str, name: str = "ledger.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _layout(folder: Path, text: str = APRIL) -> Layout:
    return propose_layout(_file(folder, text), partner="E07000117").layout


def test_every_proposed_column_has_a_reason(tmp_path: Path) -> None:
    columns = _layout(tmp_path).columns
    assert {column.role for column in columns} == {"date", "directorate", "account", "supplier", "amount"}
    assert all(column.reason for column in columns)


def test_a_confirmed_layout_is_remembered(tmp_path: Path) -> None:
    layout = _layout(tmp_path)
    assert remember_layout(tmp_path, layout) == tmp_path / "layouts" / "E07000117.yaml"
    assert remembered_layout(tmp_path, "E07000117") == layout
    assert remembered_layout(tmp_path, "E07000122") is None


def test_headings_that_changed_in_spelling_are_taken_for_the_same_and_told(tmp_path: Path) -> None:
    ledger = read_ledger(_file(tmp_path, MAY, "may.csv"), _layout(tmp_path))
    assert ledger.sum_pence == 2_000
    assert [f.text() for f in ledger.findings if f.code == "layout-heading-changed"] == [
        "The heading 'Pay date' is now 'Payment Date'; it was taken for the same column."
    ]


def test_a_column_that_is_gone_is_told_and_the_rest_loads(tmp_path: Path) -> None:
    ledger = read_ledger(_file(tmp_path, MAY.replace("Supplier name", "Cwsmer"), "may.csv"), _layout(tmp_path))
    assert [f.code for f in ledger.findings] == [
        "layout-heading-changed",
        "layout-column-missing",
        "layout-new-columns",
    ]
    assert ledger.lines["supplier"].to_list() == [""]


def test_a_file_without_the_amounts_does_not_fit(tmp_path: Path) -> None:
    path = _file(tmp_path, MAY.replace("Net Amount.", "Gross value"), "may.csv")
    with pytest.raises(IntakeError, match="does not fit the remembered layout"):
        read_ledger(path, _layout(tmp_path))


def test_a_person_may_choose_otherwise(tmp_path: Path) -> None:
    proposed = propose_layout(_file(tmp_path, APRIL), partner="P")
    layout = with_choices(proposed, {"service": "Service Label", "supplier": ""})
    assert (layout.heading_of("service"), layout.heading_of("directorate")) == ("Service Label", None)
    assert layout.heading_of("supplier") is None
    assert next(c.chosen_by for c in layout.columns if c.role == "service") == "person"


def test_a_choice_that_names_no_column_is_refused(tmp_path: Path) -> None:
    proposed = propose_layout(_file(tmp_path, APRIL), partner="P")
    with pytest.raises(IntakeError, match="no column headed 'Sum'"):
        with_choices(proposed, {"amount": "Sum"})
    with pytest.raises(IntakeError, match="nothing that a column can be"):
        with_choices(proposed, {"price": "Net Amount"})


def test_the_second_of_two_columns_of_one_name_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("Date,Supplier,Amount,Amount\n01/04/2025,Fern,1.00,2.00\n02/04/2025,Moss,3.00,4.00\n")
    layout = with_choices(propose_layout(path, partner="P"), {"amount": "Amount (2)"})
    assert layout.heading_of("amount") == "Amount (2)"
    assert read_ledger(path, layout).sum_pence == 600


def test_headings_of_two_lines_under_a_merged_cell_are_one(tmp_path: Path) -> None:
    upper, lower = ["Payment", "Transaction", "", "Net"], ["Date", "Number", "Type", "Amount"]
    rows = [["Ledger", "", "", ""], upper, lower, ["01/04/2025", "1", "BACS", "5.00"]]
    header = find_header(rows)
    assert header is not None
    assert (header.row, header.headings) == (
        2,
        ("Payment Date", "Transaction Number", "Transaction Type", "Net Amount"),
    )


def test_amounts_in_thousands_are_proposed_as_such(tmp_path: Path) -> None:
    path = _file(tmp_path, APRIL.replace("Net Amount", "Net Amount (£'000)").replace("10.00", "1.5"))
    layout = propose_layout(path, partner="P").layout
    assert layout.unit == "thousands"
    assert read_ledger(path, layout).sum_pence == 150_000


def test_pence_outweigh_a_title_that_speaks_of_thousands(tmp_path: Path) -> None:
    proposed = propose_layout(_file(tmp_path, "Spend over £'000,,,,\n" + APRIL), partner="P")
    assert proposed.layout.unit == "pounds"
    assert [f.code for f in proposed.findings] == ["layout-pounds"]


def test_a_title_that_speaks_of_thousands_holds_where_there_are_no_pence(tmp_path: Path) -> None:
    text = "Spend in £'000,,,,\n" + APRIL.replace("10.00", "10")
    assert propose_layout(_file(tmp_path, text), partner="P").layout.unit == "thousands"


def test_thousands_are_told_at_each_loading(tmp_path: Path) -> None:
    layout = _layout(tmp_path).model_copy(update={"unit": "thousands"})
    ledger = read_ledger(_file(tmp_path, APRIL), layout)
    (told,) = [f.text() for f in ledger.findings if f.code == "ledger-thousands"]
    assert told.startswith("The amounts at A1 were read as thousands of pounds, as the layout says: £10,000.00 in all.")


def test_debit_and_credit_make_one_amount(tmp_path: Path) -> None:
    path = _file(tmp_path, "Date,Account,Debit,Credit\n01/04/2025,Pay,10.00,\n02/04/2025,Fees,,4.00\n")
    ledger = read_ledger(path, propose_layout(path, partner="P").layout)
    assert ledger.lines["amount_pence"].to_list() == [1_000, -400]


def test_a_file_loaded_again_replaces_its_lines(tmp_path: Path) -> None:
    layout = _layout(tmp_path)
    for text in (APRIL, APRIL.replace("10.00", "12.00")):
        path = _file(tmp_path, text)
        put_ledger_file(tmp_path, "P", path, read_ledger(path, layout).lines)
    (kept,) = read_ledger_header(tmp_path, "P").files
    assert (kept.lines, kept.sum_pence) == (1, 1_200)
    assert len(list((tmp_path / "uploads").iterdir())) == 2


def test_the_same_file_under_another_name_would_count_twice(tmp_path: Path) -> None:
    layout = _layout(tmp_path)
    put_ledger_file(tmp_path, "P", tmp_path / "ledger.csv", read_ledger(tmp_path / "ledger.csv", layout).lines)
    again = _file(tmp_path, APRIL, "copy.csv")
    with pytest.raises(StudyError, match="would count twice"):
        put_ledger_file(tmp_path, "P", again, read_ledger(again, layout).lines)


def test_debit_and_credit_in_brackets_and_commas_are_read_carefully(tmp_path: Path) -> None:
    text = 'Date,Account,Debit,Credit\n01/04/2025,Pay,"£1,000.00",-\n02/04/2025,Fees,n/a,(4.00)\n'
    path = _file(tmp_path, text)
    ledger = read_ledger(path, propose_layout(path, partner="P").layout)
    assert ledger.lines["amount_pence"].to_list() == [100_000, 400]


def test_a_damaged_row_far_down_is_told_even_where_a_column_is_not_used(tmp_path: Path) -> None:
    rows = [f"0{1 + number % 9}/04/2025,Pay,note,1.00" for number in range(20_000)]
    rows[15_000] = "01/04/2025,Pay,no,te,1.00"
    path = _file(tmp_path, "\n".join(["Date,Account,Remark,Amount", *rows]) + "\n")
    layout = with_choices(propose_layout(path, partner="P"), {"description": ""})
    ledger = read_ledger(path, layout)
    assert "ledger-too-many-fields" in {finding.code for finding in ledger.findings}
    assert ledger.sum_pence == 19_999 * 100


def test_the_file_is_parsed_once_for_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, parsed = _layout(tmp_path), []
    collect = pl.LazyFrame.collect
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda self, **how: parsed.append(how) or collect(self, **how))
    read_ledger(tmp_path / "ledger.csv", layout)
    assert parsed.count({"engine": "streaming"}) == 1
    # The other one looks at the first rows for the headings.
    assert len(parsed) == 2
