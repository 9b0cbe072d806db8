"""What the reference publishes can be handed to the appraisal as it is."""

from __future__ import annotations

import pytest

from consortia.appraisal import Pert, discount_factors
from consortia.reference.delivery_classes import maturity_classes, service_offset
from consortia.reference.prices import discount_schedule


def test_the_standard_schedule_gives_the_green_books_factor_of_year_ten():
    assert discount_factors(discount_schedule(), 10)[10] == pytest.approx(0.7089, abs=5e-5)


@pytest.mark.parametrize("maturity", maturity_classes(), ids=lambda maturity: maturity.code)
def test_every_class_of_maturity_can_be_appraised(case, appraised, maturity):
    result = appraised([case(maturity=maturity, offset=service_offset("central"))])
    assert result.worth()[0] > 0


def test_riper_plans_are_worth_more_and_are_surer(case, appraised):
    risks = [
        appraised([case(maturity=maturity, saving=Pert(0.05, 0.05, 0.05))]).risk() for maturity in maturity_classes()
    ]
    assert [risk.central for risk in risks] == sorted(risk.central for risk in risks)
    assert [risk.p90 - risk.p10 for risk in risks] == sorted((risk.p90 - risk.p10 for risk in risks), reverse=True)
