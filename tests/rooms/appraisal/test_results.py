"""What an appraisal tells: worth, risk, payback and the saving that is needed."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import Pert
from consortia.appraisal.measures import npv


def test_npv_is_the_discounted_net_of_every_partner_and_service(case, appraised):
    result = appraised([case("legal"), case("audit")])
    assert result.npv() == pytest.approx(result.net @ result.factors)


def test_worth_of_all_is_the_sum_of_what_each_partner_gets(case, appraised):
    result = appraised([case("legal"), case("audit")])
    assert result.worth() == pytest.approx(sum(result.worth(partners=[name]) for name in result.partners))
    assert result.worth() == pytest.approx(sum(result.worth(services=[name]) for name in result.services))


def test_an_unknown_partner_is_refused(case, appraised):
    with pytest.raises(ValueError, match="Z are not in this appraisal"):
        appraised([case()]).worth(partners=["Z"])


def test_the_central_case_is_draw_zero_and_no_part_of_the_risk(case, appraised):
    result = appraised([case()])
    risk = result.risk()
    assert risk.central == result.worth()[0]
    assert risk.p50 == np.quantile(result.worth()[1:], 0.5)


def test_the_worth_of_the_central_case_is_the_net_present_value_of_its_flow(case, appraised):
    result = appraised([case("legal"), case("audit")])
    assert result.worth()[0] == pytest.approx(npv(result.flow(), result.factors))


def test_a_five_year_view_is_the_beginning_of_the_same_flow(case, appraised, schedule):
    ten, five = appraised([case()]), appraised([case()], horizon=5)
    assert five.flow() == pytest.approx(ten.flow()[:6])


def test_every_partner_has_its_own_chance_of_loss(case, appraised):
    weak = case("planning", members=("C", "D"), base_cost=(1e6, 1e6), saving=Pert(-0.05, 0, 0.05))
    result = appraised([case(), weak])
    assert result.chance_of_loss(partners=["D"]) > 0.5
    assert result.chance_of_loss(partners=["A"]) < 0.2
    assert result.chance_of_loss(services=["planning"]) == result.chance_of_loss(partners=["D"])


def test_payback_counts_from_the_base_year(case, appraised):
    early, late = appraised([case(start=1)]), appraised([case(start=3)])
    assert late.payback() == pytest.approx(early.payback() + 2)
    assert early.payback(discounted=True) > early.payback()


def test_a_case_that_only_costs_never_pays_back(case, appraised):
    result = appraised([case(saving=Pert(0, 0, 0))])
    assert result.payback() is None


def test_a_finished_appraisal_cannot_be_changed(case, appraised):
    result = appraised([case()])
    for array in (result.saving, result.cost, result.npv()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
