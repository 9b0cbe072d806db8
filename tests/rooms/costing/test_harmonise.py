"""Which of a partner's lines make up the comparable amounts, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from consortia.costing import Harmonised, harmonise
from consortia.periods import FinancialYear

Run = Callable[..., Harmonised]
Lines = Callable[..., pl.DataFrame]


def _pounds(result: Harmonised, service: str, measure: str = "total_cost") -> int | None:
    pence = result.lines.filter(service=service, measure=measure)["amount_pence"].item()
    return None if pence is None else pence // 100


def _status(result: Harmonised, service: str, measure: str = "total_cost") -> str:
    return result.lines.filter(service=service, measure=measure)["status"].item()


def test_the_total_counts_and_its_parts_are_named_as_left_out(harmonised: Run) -> None:
    result = harmonised({"central": {"employees": 60, "running_expenses": 39, "total_expenditure": 100}})
    assert _pounds(result, "central") == 100
    assert set(result.exclusions["reason"]) == {"inside_the_total"}


def test_parts_count_where_no_total_is_given(harmonised: Run) -> None:
    result = harmonised({"central": {"employees": 60, "running_expenses": 40, "transfer_payments": 5}})
    assert _pounds(result, "central") == 105
    assert result.exclusions.is_empty()


def test_a_zero_total_over_parts_that_are_not_zero_was_left_empty(harmonised: Run) -> None:
    result = harmonised({"central": {"employees": 60, "running_expenses": 40, "total_expenditure": 0}})
    assert _pounds(result, "central") == 100


def test_a_part_that_is_not_known_makes_the_cost_not_known(harmonised: Run) -> None:
    result = harmonised({"central": {"employees": 60, "running_expenses": "not_known"}})
    assert _status(result, "central") == "not_known"
    assert _pounds(result, "central") is None
    assert result.exclusions["reason"].to_list() == ["rest_of_the_service_not_known"]


def test_employees_alone_are_no_total_cost(harmonised: Run) -> None:
    assert _status(harmonised({"central": {"employees": 60}}), "central") == "not_known"


def test_a_service_that_is_not_provided_is_neither_zero_nor_not_known(harmonised: Run) -> None:
    result = harmonised({"education": {"total_expenditure": "not_provided", "total_income": "not_provided"}})
    assert set(result.lines["status"]) == {"not_provided"}


def test_zero_is_an_amount(harmonised: Run) -> None:
    assert _pounds(harmonised({"central": {"total_expenditure": 0}}), "central") == 0


def test_recharges_and_capital_charges_are_steps_of_the_bridge(harmonised: Run) -> None:
    parts = {"employees": 900, "running_expenses": 300, "capital_charges": 60, "internal_income": 150}
    result = harmonised({"central": parts})
    steps = result.steps.filter(measure="total_cost")
    assert steps.select("step", pl.col("amount_pence") // 100).rows() == [
        ("as_returned", 1260),
        ("recharges", -150),
        ("capital_charges", -60),
    ]
    assert steps["line_key"].to_list()[1] == "2024-25/central/internal_income"


def test_on_the_direct_basis_support_services_are_taken_out(harmonised: Run) -> None:
    parts = {"employees": 900, "running_expenses": 300, "support_services": 120}
    assert _pounds(harmonised({"central": parts}), "central") == 1200
    assert _pounds(harmonised({"central": parts}, basis="reapportioned"), "central") == 1320


def test_on_the_reapportioned_basis_the_common_share_takes_the_place_of_the_returned_one(harmonised: Run) -> None:
    parts = {"employees": 900, "running_expenses": 300, "support_services": 120}
    share = pl.DataFrame({"partner": ["A"], "year": ["2024-25"], "service": ["central"], "amount_pence": [20_000]})
    assert _pounds(harmonised({"central": parts}, basis="reapportioned", support=share), "central") == 1400


def test_net_current_expenditure_is_before_specific_grants(harmonised: Run) -> None:
    result = harmonised({"central": {"total_expenditure": 100, "total_income": 30, "specific_grants": 50}})
    assert _pounds(result, "central", "net_current_expenditure") == 70
    assert _pounds(result, "central", "net_revenue_expenditure") == 20


def test_a_return_that_is_net_only_gives_no_total_cost(harmonised: Run) -> None:
    result = harmonised({"central": {"net_current_expenditure": 70}})
    assert _pounds(result, "central", "net_current_expenditure") == 70
    assert _status(result, "central", "total_cost") == "not_known"
    assert set(result.lines["measure_basis"]) == {"net"}


def test_a_published_net_line_beside_gross_ones_is_a_check_and_not_counted_twice(harmonised: Run) -> None:
    amounts = {"total_expenditure": 100, "total_income": 30, "net_current_expenditure": 70}
    result = harmonised({"central": amounts})
    assert _pounds(result, "central", "net_current_expenditure") == 70
    assert result.exclusions["reason"].to_list() == ["total_of_other_lines"]


def test_heads_and_sub_services_stand_at_their_own_levels(harmonised: Run) -> None:
    result = harmonised(
        {
            "total": {"total_expenditure": 100},
            "central": {"total_expenditure": 100},
            "central.elections": {"total_expenditure": 30},
        }
    )
    levels = dict(result.lines.select("service", "level").iter_rows())
    assert levels == {"total": 0, "central": 1, "central.elections": 2}
    assert _pounds(result, "central") == 100


def test_a_head_that_is_not_returned_is_added_up_from_its_sub_services(harmonised: Run) -> None:
    services = {f"central.{name}": {"total_expenditure": amount} for name, amount in (("elections", 30), ("grants", 5))}
    result = harmonised(services)
    head = result.lines.filter(service="central", measure="total_cost").row(0, named=True)
    assert (head["amount_pence"], head["derived"]) == (3_500, True)
    keys = result.steps.filter(service="central", measure="total_cost")["line_key"].to_list()
    assert keys == ["2024-25/central.elections/total_expenditure; 2024-25/central.grants/total_expenditure"]


def test_a_head_with_an_unknown_part_is_not_known(harmonised: Run) -> None:
    result = harmonised(
        {"central.elections": {"total_expenditure": 30}, "central.grants": {"total_expenditure": "not_known"}}
    )
    assert _status(result, "central") == "not_known"


def test_real_terms_are_a_step_of_their_own(lines: Lines) -> None:
    costs = lines("A", "2022-23", "central", {"total_expenditure": 1000})
    deflators = {"2022-23": 90.0, "2024-25": 100.0}
    result = harmonise(costs, price_base=FinancialYear(2024), deflators=deflators)
    line = result.lines.filter(measure="total_cost").row(0, named=True)
    assert (line["nominal_pence"], line["amount_pence"]) == (100_000, 111_111)  # 1,000 x 100 / 90
    assert (line["price_base"], str(result.price_base)) == ("2024-25", "real, 2024-25 prices")


def test_without_a_price_base_amounts_stay_nominal(lines: Lines) -> None:
    costs = lines("A", "2022-23", "central", {"total_expenditure": 1000})
    result = harmonise(costs, price_base=None, deflators={})
    assert result.lines["price_base"].unique().to_list() == ["nominal"]
    assert result.lines.filter(measure="total_cost")["amount_pence"].item() == 100_000


def test_a_year_without_a_deflator_is_refused(lines: Lines) -> None:
    costs = lines("A", "1989-90", "central", {"total_expenditure": 1000})
    with pytest.raises(ValueError, match="no deflator for 1989-90"):
        harmonise(costs, price_base=FinancialYear(2024), deflators={"2024-25": 100.0})


def test_the_first_academic_year_has_no_earlier_one_and_is_left_out(lines: Lines) -> None:
    costs = lines("A", "2024-25", "education", {"total_expenditure": 700})
    result = harmonise(costs, price_base=None, deflators={}, academic=["A"])
    assert _status(result, "education") == "not_known"
    assert result.exclusions["reason"].to_list() == ["no_earlier_academic_year"]


def test_recharges_that_do_not_cancel_are_told(harmonised: Run) -> None:
    seller = {"employees": 5_000, "running_expenses": 0, "internal_income": 4_000}
    buyer = {"employees": 5_000, "running_expenses": 0, "internal_purchases": 2_000}
    (finding,) = harmonised({"central": seller, "planning": buyer}).findings
    assert "bought £2,000 from each other but were paid £4,000" in finding.text()
    buyer["internal_purchases"] = 4_000
    assert harmonised({"central": seller, "planning": buyer}).findings == ()


def test_support_services_split_out_by_some_partners_only_are_told(lines: Lines) -> None:
    split = lines("A", "2024-25", "central", {"employees": 9, "running_expenses": 9, "support_services": 2})
    whole = lines("B", "2024-25", "central", {"total_expenditure": 20})
    options = {"price_base": None, "deflators": {}}
    (finding,) = harmonise(pl.concat([split, whole]), **options).findings  # type: ignore[arg-type]
    assert finding.text().startswith("In 2024-25 only A show support services apart")
    assert harmonise(split, **options).findings == ()  # type: ignore[arg-type]
