"""Unit costs and the reasons why one cannot be said."""

from __future__ import annotations

import polars as pl
import pytest

from consortia.benchmarking import REASONS, unit_costs, volume_table
from consortia.study import Return, ReturnHeader, Volume
from consortia.study.tables import table_of

PER = {"education": "pupils", "central": "population"}


def lines(**changes: object) -> pl.DataFrame:
    """One harmonised line: central services of A cost 1,500 pounds in 2024-25."""
    line = {
        "partner": "A", "year": "2024-25", "service": "central", "measure": "total_cost", "status": "known",
        "amount_pence": 150_000, "price_base": "2024-25",
    }  # fmt: skip
    schema = {name: pl.Int64 if name == "amount_pence" else pl.String for name in line}
    return pl.DataFrame([line | changes], schema=schema)


def volumes(value: float | None = 100.0, measure: str = "population") -> pl.DataFrame:
    rows = [("A", "2024-25", measure, value)]
    return pl.DataFrame(rows, schema={"partner": str, "year": str, "measure": str, "value": float}, orient="row")


def one(table: pl.DataFrame) -> dict[str, object]:
    (row,) = table.to_dicts()
    return row


def test_a_unit_cost_is_pounds_per_unit_with_its_denominator_and_price_base() -> None:
    row = one(unit_costs(lines(), volumes(), per=PER))
    assert row["unit_cost"] == 15.0  # 150,000 pence / 100 / 100 residents
    assert (row["denominator"], row["volume"], row["price_base"]) == ("population", 100.0, "2024-25")
    assert row["reason_missing"] == ""


@pytest.mark.parametrize(
    ("line", "volume", "reason"),
    [
        ({"status": "not_provided", "amount_pence": None}, 100.0, "not_provided"),
        ({"status": "not_known", "amount_pence": None}, 100.0, "amount_not_known"),
        ({"service": "planning"}, 100.0, "no_denominator"),
        ({}, None, "volume_not_known"),
        ({"year": "2023-24"}, 100.0, "volume_not_known"),
        ({}, 0.0, "volume_zero"),
    ],
)
def test_without_amount_or_volume_there_is_a_reason_and_no_number(line, volume, reason) -> None:
    row = one(unit_costs(lines(**line), volumes(volume), per=PER))
    assert row["unit_cost"] is None
    assert row["reason_missing"] == reason
    assert reason in REASONS


def test_a_service_that_costs_nothing_has_a_unit_cost_of_zero() -> None:
    assert one(unit_costs(lines(amount_pence=0), volumes(), per=PER))["unit_cost"] == 0.0


def test_a_sub_service_takes_the_denominator_of_its_head() -> None:
    row = one(unit_costs(lines(service="central.council_tax_collection"), volumes(), per=PER))
    assert row["denominator"] == "population"


def test_only_the_measure_asked_for_is_divided() -> None:
    both = pl.concat([lines(), lines(measure="net_current_expenditure", amount_pence=90_000)])
    assert one(unit_costs(both, volumes(), per=PER, measure="net_current_expenditure"))["unit_cost"] == 9.0


def test_a_volume_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="'population' of A in 2024-25 stands twice"):
        unit_costs(lines(), pl.concat([volumes(), volumes(7.0)]), per=PER)


def test_volumes_of_returns_carry_their_partner() -> None:
    volume = Volume(key="2024-25/population", year="2024-25", measure="population", value="120")
    returned = Return(
        ReturnHeader(partner="A"), Return.empty(ReturnHeader(partner="A")).costs, table_of(Volume, [volume])
    )
    assert volume_table([returned]).rows() == [("A", "2024-25", "population", 120.0)]


def test_no_returns_give_an_empty_table_that_can_be_used() -> None:
    assert one(unit_costs(lines(), volume_table([]), per=PER))["reason_missing"] == "volume_not_known"
