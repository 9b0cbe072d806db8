"""The importer scored on fifty-three layouts of real councils whose columns and control totals were found by hand."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from consortia.intake.layouts.roles import Role
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import ProposedLayout, propose_layout
from consortia.money import from_pence

# Column of layout_truth.csv -> role.
TRUTH: dict[str, Role] = {
    "date": "date",
    "amount": "amount",
    "supplier": "supplier",
    "supplier_id": "supplier_code",
    "company_number": "company_number",
    "directorate": "directorate",
    "service": "service",
    "cost_centre_code": "cost_centre_code",
    "cost_centre_name": "cost_centre",
    "subjective_code": "account_code",
    "subjective_name": "account",
    "subjective_group": "account_group",
    "transaction_id": "reference",
    "capital_revenue": "capital_or_revenue",
}


@dataclass(frozen=True)
class Scored:
    """One file: what was found by hand, what was proposed, and what was read by it."""

    truth: dict[str, str]
    proposed: ProposedLayout
    ledger: Ledger

    def wrong_columns(self) -> list[str]:
        """The roles whose column is not the one found by hand, a role too many included."""
        layout = self.proposed.layout
        found = {name: " ".join((layout.heading_of(role) or "").split()) for name, role in TRUTH.items()}
        return [name for name in TRUTH if found[name] != " ".join(self.truth[f"{name}_column"].split())]

    @property
    def total_agrees(self) -> bool:
        """True when the lines sum to the control total, to the penny."""
        return from_pence(self.ledger.sum_pence) == Decimal(self.truth["sum_amount_excl_total_rows_gbp"])


@pytest.fixture(scope="module")
def scored(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Scored]:
    folder = tmp_path_factory.mktemp("layouts")
    return list(_score(shared_data / "spend", folder))


def _score(spend: Path, folder: Path) -> Iterator[Scored]:
    with (spend / "layout_truth.csv").open(encoding="utf-8", newline="") as file:
        for truth in csv.DictReader(file):
            packed = spend / truth["file"]
            path = folder / packed.name.removesuffix(".gz")
            path.write_bytes(gzip.decompress(packed.read_bytes()))
            proposed = propose_layout(path, partner=truth["gss_code"])
            yield Scored(truth, proposed, read_ledger(path, proposed.layout))


def test_every_column_of_every_layout_is_found(scored: list[Scored]) -> None:
    wrong = {one.truth["file"]: one.wrong_columns() for one in scored if one.wrong_columns()}
    print(f"\ncolumns: {len(scored) - len(wrong)} of {len(scored)} layouts right in all {len(TRUTH)} roles")
    assert len(scored) == 53
    assert wrong == {}


def test_every_control_total_is_met_to_the_penny(scored: list[Scored]) -> None:
    wrong = [one.truth["file"] for one in scored if not one.total_agrees]
    total = sum(from_pence(one.ledger.sum_pence) for one in scored)
    print(f"\ncontrol totals: {len(scored) - len(wrong)} of {len(scored)} to the penny; £{total:,.2f} in all")
    assert wrong == []


def test_every_header_row_is_found(scored: list[Scored]) -> None:
    assert [o.truth["file"] for o in scored if o.proposed.header.row != int(o.truth["header_row_0based"])] == []


def test_every_row_with_an_amount_is_a_line_and_no_other(scored: list[Scored]) -> None:
    counts = {o.truth["file"]: sum(a.lines - a.without_amount for a in o.ledger.accounts) for o in scored}
    assert counts == {one.truth["file"]: int(one.truth["rows_with_amount"]) for one in scored}


def test_every_row_without_an_amount_is_a_note_or_a_line_that_says_so(scored: list[Scored]) -> None:
    counts = {o.truth["file"]: sum(a.lines + a.notes for a in o.ledger.accounts) for o in scored}
    assert counts == {one.truth["file"]: int(one.truth["data_rows"]) for one in scored}


def test_grand_totals_are_told_and_never_counted(scored: list[Scored]) -> None:
    found = {o.truth["file"]: [t.pence for a in o.ledger.accounts for t in a.totals] for o in scored}
    known = {
        one.truth["file"]: [int(Decimal(one.truth["grand_total_in_file_gbp"]) * 100)]
        if one.truth["grand_total_in_file_gbp"]
        else []
        for one in scored
    }
    assert found == known


def test_the_first_and_last_days_are_those_found_by_hand(scored: list[Scored]) -> None:
    for one in scored:
        days = one.ledger.lines["date"]
        assert str(days.max()) == one.truth["last_date"]
        # By hand only dates of the main style were read; Hartlepool's card rows in another style begin earlier.
        earliest = "2024-06-17" if "hartlepool" in one.truth["file"] else one.truth["first_date"]
        assert str(days.min()) == earliest


def test_westminsters_total_is_told_to_differ_from_its_lines(scored: list[Scored]) -> None:
    westminster = next(one for one in scored if "westminster" in one.truth["file"])
    (found,) = (finding for finding in westminster.ledger.findings if finding.code == "ledger-total-differs")
    assert "£296,626,889.20, but the lines sum to £263,147,705.51" in found.text()


def test_middlesbroughs_errors_are_lines_with_an_amount_that_is_not_known(scored: list[Scored]) -> None:
    middlesbrough = next(one for one in scored if "middlesbrough" in one.truth["file"])
    assert middlesbrough.ledger.lines["amount_pence"].null_count() == 69
    (found,) = (f for f in middlesbrough.ledger.findings if f.code == "ledger-amount-formula-error")
    assert found.text() == "Lines with a formula error where the amount belongs, so that it is not known: 69."


@pytest.mark.parametrize(
    ("name", "lines", "pounds"),
    [
        ("greater_manchester_2014_09/manchester_2014-09.xls.gz", 3_584, "67993711.65"),
        ("greater_manchester_2014_09/stockport_2014-09.xls.gz", 2_620, "28267195.72"),
        ("layout_gallery/redcar_cleveland_2024-03_spend.xlsx", 2_322, "12990866.65"),
        ("layout_gallery/redcar_cleveland_2024-03_credit_notes.xlsx", 17, "-228362.88"),
    ],
)
def test_workbooks_beyond_the_truth_file_meet_totals_taken_with_other_readers(
    shared_data: Path, tmp_path: Path, name: str, lines: int, pounds: str
) -> None:
    packed = (shared_data / "spend" / name).read_bytes()
    path = tmp_path / Path(name).name.removesuffix(".gz")
    path.write_bytes(gzip.decompress(packed) if name.endswith(".gz") else packed)
    ledger = read_ledger(path, propose_layout(path, partner="E00").layout)
    assert (ledger.lines.height, from_pence(ledger.sum_pence)) == (lines, Decimal(pounds))
