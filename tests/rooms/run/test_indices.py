"""Index numbers of partners: price times volume is the change of cost, and breaks are not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.periods import FinancialYear
from consortia.reference.denominators import denominator
from consortia.reference.prices import to_real
from consortia.run import harmonise_study
from consortia.run.comparison import compare
from consortia.run.indices import index_rows
from consortia.run.trends import outturns
from consortia.study import read_study

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
POWYS = "W06000023"


@pytest.fixture(scope="module")
def welsh():
    study = read_study(EXAMPLES / "south-west-and-mid-wales-six")
    return study, index_rows(compare(study, harmonise_study(study)), study.definition)


def test_price_times_volume_is_the_change_of_the_cost_of_the_services_followed(welsh) -> None:
    study, rows = welsh
    (powys,) = (row for row in rows if row.partner.en == "Powys")
    series, base, first = outturns(POWYS, study.definition.year), study.definition.year, FinancialYear.parse("2019-20")
    followed = [name for name, years in series.items() if _both(years) and name not in LEFT_OUT]
    assert len(followed) == powys.services
    was = sum(to_real(series[name]["2019-20"], year=first, base=base) for name in followed)
    assert powys.price * powys.volume == pytest.approx(sum(series[name]["2024-25"] for name in followed) / was)


LEFT_OUT = {"total", "other", "debt_repayment", "unmapped"}


def _both(years) -> bool:
    return (years.get("2019-20") or 0) > 0 and (years.get("2024-25") or 0) > 0


def test_the_volume_of_services_for_residents_alone_lies_between_those_of_its_parts(welsh) -> None:
    _, rows = welsh
    residents = [denominator(POWYS, "population", FinancialYear.parse(year)).value for year in ("2019-20", "2024-25")]
    (powys,) = (row for row in rows if row.partner.en == "Powys")
    assert 0.95 < powys.volume / (residents[1] / residents[0]) < 1.05


def test_the_cost_beside_the_neighbours_says_over_how_many_services(welsh) -> None:
    _, rows = welsh
    assert all(row.compared >= 5 and 0.5 < row.beside < 2 for row in rows)
