"""What became of every pound of a ledger: the rows add up to it, and the bridge totals the heads."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from consortia.intake.mapping.mapped_return import mapped_return
from consortia.intake.published import baseline
from consortia.run.bridge_tables import bridge_of, bridge_table
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
