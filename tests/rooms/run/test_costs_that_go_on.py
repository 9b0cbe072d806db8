"""A cost that is paid every year goes on with the savings, or somebody is told that it stops."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.findings import Finding
from consortia.run.programme import appraise_projects, compile_programme
from consortia.run.programme.stated_tables import stated_findings
from consortia.study import Definition

BEYOND = ("beyond-the-horizon",)
SAVING = {"kind": "amounts", "key": "s", "amounts": {"2025-26": 90_000}}
CHARGE = {"kind": "lost_vat", "key": "vat", "charge": {"2025-26": 100_000}, "vat_rate": 0.2}
WORKS = {
    "kind": "partial_exemption", "key": "tax", "exempt_tax": {"2025-26": 60_000}, "total_tax": 1_000_000, "limit": 0.05,
}  # fmt: skip


def a_study(*costs: dict[str, Any], **project: Any) -> Definition:
    own = {"key": "p", "title": {"en": "P"}, "maturity": "as_stated", "effects": [SAVING], "costs": costs}
    fields = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "horizon_years": 3,
        "partners": [{"code": "E1", "name": {"en": "One"}}], "projects": [own | project],
    }  # fmt: skip
    return Definition.model_validate(fields)


def paid(study: Definition) -> list[float]:
    found = appraise_projects(study)
    return [float(one) for one in found.central.total(kinds=("running_cost",))]


def told(study: Definition) -> list[Finding]:
    return [one for one in stated_findings(study) if one.code == "cost-stops"]


def test_vat_is_lost_as_long_as_the_supplier_charges() -> None:
    assert paid(a_study(CHARGE)) == [0, 20_000, 20_000, 20_000]


def test_vat_ends_with_its_last_year_where_that_is_said() -> None:
    assert paid(a_study(CHARGE | {"then": "stop"})) == [0, 20_000, 0, 0]


def test_a_charge_holds_until_the_next_year_that_is_named() -> None:
    charge = {"2025-26": 100_000, "2027-28": 50_000}
    assert paid(a_study(CHARGE | {"charge": charge})) == [0, 20_000, 20_000, 10_000]


def test_a_council_above_its_limit_stays_above_it_unless_a_later_year_says_otherwise() -> None:
    assert paid(a_study(WORKS)) == [0, 60_000, 60_000, 60_000]
    once = WORKS | {"exempt_tax": {"2025-26": 60_000, "2026-27": 45_000}}
    assert paid(a_study(once)) == [0, 60_000, 0, 0]


@pytest.mark.parametrize("cost", [CHARGE, WORKS])
def test_a_cost_in_cash_keeps_the_value_of_its_last_year(cost: dict[str, Any]) -> None:
    _, first, second, third = paid(a_study(cost, prices="nominal"))
    assert first < paid(a_study(cost))[1]
    assert first == second == third


def test_what_goes_on_is_not_told_as_falling_after_the_last_year() -> None:
    assert [one.code for one in compile_programme(a_study(CHARGE), file="x.yaml").findings if one.code in BEYOND] == []
    late = a_study(CHARGE | {"charge": {"2028-29": 100_000}})
    assert [one.code for one in compile_programme(late, file="x.yaml").findings if one.code in BEYOND] == [BEYOND[0]]


PAY = {"kind": "pay_alignment", "key": "pay", "amounts": {"2025-26": 25_000}}


def test_pay_that_is_aligned_for_one_year_while_the_savings_go_on_is_told_with_its_place() -> None:
    (found,) = told(a_study(PAY))
    assert str(found.place) == "study.yaml, projects.p.costs.pay"
    assert found.text().startswith("'pay' has its last amount in 2025-26, while the project saves until 2027-28")


@pytest.mark.parametrize("said", [{"running": True}, {"reason": "protected for one year"}])
def test_a_cost_that_goes_on_or_has_a_reason_to_end_is_no_finding(said: dict[str, Any]) -> None:
    assert told(a_study(PAY | said)) == []


def test_a_cost_that_ends_with_its_savings_is_no_finding() -> None:
    assert told(a_study(PAY, effects=[SAVING | {"then": "stop"}])) == []
    assert told(a_study(PAY, effects=[SAVING | {"until": "2025-26"}])) == []
