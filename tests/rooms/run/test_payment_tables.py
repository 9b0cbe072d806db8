"""Payments between partners begin when the shared service does, balance in every year and bring each to its share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from consortia.run.partners import arrange
from consortia.run.partners.payments import payments_of
from consortia.run.partners.tables import payment_tables
from consortia.study import read_study

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "south-west-and-mid-wales-six"


def test_nothing_is_paid_before_a_group_first_costs_or_saves_something() -> None:
    arranged = arrange(read_study(EXAMPLE))
    tables = payment_tables(arranged, rule="shapley")
    # the study lets nothing change before 2027-28
    assert {table.columns[1].key for table in tables} == {"2027-28"}
    for found, table in zip(payments_of(arranged, "shapley"), tables, strict=True):
        assert found.schedule is not None
        assert len(table.columns) == 1 + found.schedule.payments.shape[1]
        assert found.schedule.payments.sum(axis=0) == pytest.approx(np.zeros(len(table.columns) - 1), abs=0.01)
