"""The published record of delivery by both models of its errors, held against the answers of methods.md 6.3."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.reference_classes import Delivered, DeliveryFit, fit_delivery, side_by_side
from consortia.reference.delivery_records import survey_cells

RECORD = [
    Delivered(cell.tier, cell.service, cell.year, cell.ratio) for cell in survey_cells() if cell.ratio is not None
]
PRINTED = {
    "adult_social_care": (0.93, 0.77, 1.11),
    "central": (0.97, 0.82, 1.15),
    "childrens_social_care": (1.02, 0.86, 1.24),
    "cultural": (0.99, 0.84, 1.18),
    "education": (0.98, 0.83, 1.18),
    "environmental": (0.94, 0.79, 1.12),
    "fire": (1.00, 0.84, 1.20),
    "highways": (0.96, 0.81, 1.14),
    "housing": (0.98, 0.83, 1.17),
    "planning": (1.00, 0.84, 1.18),
    "new_service": (0.98, 0.81, 1.18),
}


@pytest.fixture(scope="module")
def heavy_tails() -> DeliveryFit:
    """A seed of our own: the printed answers came from another program and seed."""
    return fit_delivery(RECORD, errors="student_t", seed=20_260_401)


@pytest.fixture(scope="module")
def normal() -> DeliveryFit:
    return fit_delivery(RECORD, errors="normal", seed=20_260_401)


def test_the_parameters_of_the_heavy_tailed_model(heavy_tails):
    single, district = heavy_tails.tiers["single_tier"], heavy_tails.tiers["district"]
    assert [single.mean.mean, single.tau.mean, single.sigma.mean] == pytest.approx([-0.022, 0.056, 0.087], abs=0.02)
    assert [district.mean.mean, district.tau.mean, district.sigma.mean] == pytest.approx(
        [0.086, 0.291, 0.427], abs=0.02
    )
    assert heavy_tails.tau_year.mean == pytest.approx(0.054, abs=0.02)


def test_the_intervals_of_its_parameters(heavy_tails):
    single = heavy_tails.tiers["single_tier"]
    assert (single.mean.low, single.mean.high) == pytest.approx((-0.096, 0.052), abs=0.02)
    assert (single.sigma.low, single.sigma.high) == pytest.approx((0.057, 0.127), abs=0.02)


def test_the_parameters_of_the_normal_model(normal):
    single = normal.tiers["single_tier"]
    assert [single.sigma.mean, single.tau.mean, normal.tau_year.mean] == pytest.approx([0.198, 0.114, 0.109], abs=0.02)


@pytest.mark.parametrize("service", PRINTED)
def test_the_median_and_range_of_each_service(heavy_tails, service):
    found = heavy_tails.tiers["single_tier"].service(service)
    assert (found.median, found.p10, found.p90) == pytest.approx(PRINTED[service], abs=0.02)


def test_one_cell_moves_central_services_by_the_normal_model_and_hardly_by_the_other(heavy_tails, normal):
    """Central services delivered 53% less than planned in one of three years."""
    both = {each.service: each for each in side_by_side(heavy_tails, normal) if each.tier == "single_tier"}
    assert both["central"].heavy_tails == pytest.approx(0.97, abs=0.02)
    assert both["central"].normal == pytest.approx(0.89, abs=0.02)
    defaults = {name: both[name].default for name in ("adult_social_care", "central", "childrens_social_care")}
    assert [*defaults.values()] == pytest.approx([0.92, 0.93, 1.07], abs=0.02)


def test_a_service_that_the_record_does_not_hold_is_a_new_one(heavy_tails):
    tier = heavy_tails.tiers["single_tier"]
    assert tier.service("libraries") == tier.service("new_service")


def test_the_same_seed_gives_the_same_answer_and_another_one_near_it():
    small = {"errors": "normal", "chains": 40, "kept": 60}
    one, again, other = (fit_delivery(RECORD, seed=seed, **small) for seed in (1, 1, 2))
    assert one == again
    assert other.tiers["district"].mean.mean == pytest.approx(one.tiers["district"].mean.mean, abs=0.05)
    assert other != one


def test_a_record_made_up_from_known_parameters_is_recovered():
    """Twelve services over eight years: mean -.1, services differ by .2, cells scatter by .1."""
    random = np.random.default_rng(5)
    effects = 0.2 * random.standard_normal(12)
    record = [
        Delivered("all", f"s{s}", str(year), float(np.exp(-0.1 + effects[s] + 0.1 * random.standard_normal())))
        for s in range(12)
        for year in range(8)
    ]
    found = fit_delivery(record, errors="normal", seed=3, chains=60, kept=100).tiers["all"]
    assert found.tau.low < effects.std() < found.tau.high
    assert found.sigma.low < 0.1 < found.sigma.high
    medians = np.log([found.service(f"s{s}").median for s in range(12)])
    assert medians == pytest.approx(-0.1 + effects, abs=0.15)


def test_an_entry_of_which_nothing_was_delivered_is_no_ratio():
    with pytest.raises(ValueError, match="ratios above zero"):
        fit_delivery([Delivered("all", "legal", "2024", 0.0)], errors="normal", seed=1)
