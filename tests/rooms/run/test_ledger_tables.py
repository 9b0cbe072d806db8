"""What became of every pound of a ledger: the rows add up to it, and the bridge totals the heads."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from consortia.intake.mapping.mapped_return import mapped_return
from consortia.intake.published import baseline
from consortia.report.words import Absent
from consortia.run.bridge_tables import bridge_of, bridge_table
from consortia.run.ledger_changes import ledger_changes
from consortia.run.ledger_tables import ledger_table
from consortia.study import MappingLine, Study
from consortia.study.ledger_header import LedgerFile

HARTLEPOOL = "E06000001"
POSTINGS = [  # cost centre, account, year, kind, pounds
    ("bins", "pay", "2024-25", "", 900), ("clean", "pay", "2024-25", "", 100), ("bins", "fee", "2024-25", "", -50),
    ("bins", "pay", "2023-24", "", 7), ("bins", "pay", "2024-25", "Capital", 11), ("odd", "pay", "2024-25", "", 13),
    ("hra", "pay", "2024-25", "", 17), ("bins", "pay", "", "", 19),
]  # fmt: skip
TARGETS = {"bins": "environmental.waste_collection", "clean": "environmental", "hra": "excluded"}


@pytest.fixture(scope="module")
def study() -> Study:
    """Hartlepool's return made from a ledger, with every fate that a posting can have."""
    whole = baseline([HARTLEPOOL, "Darlington"], ["rsx-2024-25"], name="two", title="Two")[0]
    rows = [
        {"file": "a.csv", "sheet": "", "row": number, "date": None, "financial_year": year, "cost_centre_code": centre,
         "account_code": account, "capital_or_revenue": kind, "amount_pence": pounds * 100}
        for number, (centre, account, year, kind, pounds) in enumerate(POSTINGS, 2)
    ]  # fmt: skip
    mapping = (
        *(MappingLine(side="service", local=local, target=to, by="Ann") for local, to in TARGETS.items()),
        MappingLine(side="cost_type", local="pay", target="employees", by="Ann"),
        MappingLine(side="cost_type", local="fee", target="sales_fees_charges", by="Ann"),
    )
    file = LedgerFile(name="a.csv", sha256="1", lines=8, sum_pence=1)
    made, _ = mapped_return(
        whole.return_of(HARTLEPOOL),
        pl.DataFrame(rows, schema_overrides={"date": pl.Date}),
        mapping,
        files=[file],
        years=["2024-25"],
        on="2026-04-30",
    )
    return replace(whole, returns=(made, *whole.returns[1:]))


def test_every_fate_of_a_posting_is_a_row_and_the_rows_add_up_to_the_ledger(study: Study) -> None:
    table = ledger_table(study, partner=HARTLEPOOL)
    assert table is not None
    amounts = table.column("amount")
    assert sorted(map(str, amounts[:-1])) == sorted(["1000.0", "-50.0", "13.0", "7.0", "19.0", "11.0", "17.0"])
    assert amounts[-1] == sum(pounds for *_, pounds in POSTINGS) == 1017


def test_the_head_holds_what_stands_on_it_and_on_its_lines_and_the_total_holds_the_unmapped(study: Study) -> None:
    table = bridge_table(study, bridge_of(study), partner=HARTLEPOOL, grades={})
    assert table.column("sum") == (1000.0, 13.0, 1013.0)


def test_a_published_return_has_no_such_table_and_no_total(study: Study) -> None:
    assert ledger_table(study, partner="E06000005") is None
    names = bridge_table(study, bridge_of(study), partner="E06000005", grades={}).column("service")
    assert "Total" not in names


def test_what_was_done_begins_with_the_account_then_splits_and_what_was_replaced(study: Study) -> None:
    returned = study.return_of(HARTLEPOOL)
    parts = tuple(
        MappingLine(
            side="service", local="bins", target=to, share=share, by="Ann", on="2026-04-30", reason="floor area"
        )
        for to, share in (("environmental", "0.4"), ("housing", "0.6"))
    )
    split = replace(study, returns=(replace(returned, mapping=parts), *study.returns[1:]))
    ledger = pl.DataFrame({"cost_centre_code": ["bins", "bins"], "amount_pence": [900_00, -50_00]})
    account, splits, replaced = ledger_changes(split, partner=HARTLEPOOL, ledger=ledger)
    assert account.key == f"ledger_{HARTLEPOOL}"
    assert splits.column("amount") == (380.0, 570.0)  # (900 + 50) x 0.4 and x 0.6
    assert {type(amount) for amount in replaced.column("published")} == {float}
    assert Absent.NOT_KNOWN in replaced.column("ledger")  # a head that the ledger has nothing on


def test_a_published_return_was_not_made_from_a_ledger(study: Study) -> None:
    assert ledger_changes(study, partner="E06000005", ledger=None) == ()


def test_income_that_was_paid_back_says_that_it_adds_to_the_cost(study: Study) -> None:
    returned = study.return_of(HARTLEPOOL)
    income = pl.col("measure") == "sales_fees_charges"
    turned = returned.costs.with_columns(pl.when(income).then(-pl.col("amount_pence")).otherwise("amount_pence"))
    table = ledger_table(
        replace(study, returns=(replace(returned, costs=turned), *study.returns[1:])), partner=HARTLEPOOL
    )
    assert table is not None
    told = [row[0].msgid for row in table.rows if row[1] == 50]
    assert told == ["{what}: more was paid back than came in, which adds to the cost"]
