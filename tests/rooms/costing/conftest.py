"""Cost tables written as people say them: partner, year, service, and the amounts in pounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl
import pytest

from consortia.costing import Harmonised, harmonise
from consortia.periods import FinancialYear
from consortia.study import CostLine
from consortia.study.tables import schema_of

Amounts = Mapping[str, int | str]
SCHEMA = {"partner": pl.String(), **schema_of(CostLine)}


def _lines(partner: str, year: str, service: str, amounts: Amounts) -> pl.DataFrame:
    """One service's lines; a status in place of an amount leaves the amount out."""
    rows = [
        {
            "partner": partner,
            "key": f"{year}/{service}/{measure}",
            "year": year,
            "service": service,
            "measure": measure,
            "amount_pence": amount * 100 if isinstance(amount, int) else None,
            "status": "known" if isinstance(amount, int) else amount,
        }
        for measure, amount in amounts.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


@pytest.fixture
def lines() -> Callable[..., pl.DataFrame]:
    """Writes one service's lines: partner, year, service, amounts."""
    return _lines


@pytest.fixture
def harmonised() -> Callable[..., Harmonised]:
    """Harmonises services of partner A in 2024-25, in its prices, from pounds."""

    def run(services: Mapping[str, Amounts], **options: object) -> Harmonised:
        costs = pl.concat([_lines("A", "2024-25", service, amounts) for service, amounts in services.items()])
        given = {"price_base": FinancialYear(2024), "deflators": {"2024-25": 100.0}} | options
        return harmonise(costs, **given)  # type: ignore[arg-type]

    return run
