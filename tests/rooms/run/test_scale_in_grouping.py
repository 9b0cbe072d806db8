"""Groups priced by the scale curve and by how unlike partners are: grouping, appraisal, workbook and trail agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from consortia.appraisal import Pert
from consortia.intake.published import baseline
from consortia.partnership import ScaleCurve, best_partition, price_groups
from consortia.reference.geography import distance_km
from consortia.run import Run, run_study
from consortia.run.assumptions import assumptions_of
from consortia.run.gains import CurveUsed, curve_rate, seen_saving
from consortia.run.groups import group_model
from consortia.run.harmonised import harmonise_study
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.prices import wish_prices
from consortia.run.proposals import propose, without_efficient_size
from consortia.run.unlikeness import unlikeness_of
from consortia.study import Assumption, Initiative, Range, Study, Text
from consortia.study.registers import System
from consortia.study.service_levels import ChosenLevel, ServiceLevel

BURNLEY, PENDLE, ROSSENDALE = "E07000117", "E07000122", "E07000125"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def three() -> Study:
    study, _ = baseline(
        ["Lancashire", "Blackburn with Darwen", "Blackpool"],
        ["lancashire-2024-25"],
        name="three",
        title=Text(en="Three"),
    )
    children = Initiative(
        key="children", service="childrens_social_care", gain="scale_curve", level="full_integration",
        saving=Range(low=0.0, mode=0.02, high=0.5), addressable_share=0.05, maturity="contracted",
        reason="A wide range, to see the curve.", comparator="none: a test",
    )  # fmt: skip
    certain = Assumption(key="max_chance_of_loss", value=1.0, reason="A test.")
    changed = {"initiatives": (children,), "assumptions": (certain,), "draws": 256}
    return replace(study, definition=study.definition.model_copy(update=changed))


@pytest.fixture(scope="module")
def arranged(three: Study) -> Arranged:
    return arrange(three)


@pytest.fixture(scope="module")
def run(three: Study) -> Run:
    return run_study(three, made_on=TODAY)


def test_the_rate_of_the_curve_by_hand() -> None:
    """Two of 100 and 300 units, 50 and 150 pounds, b = 0.9: 1 - (50 x 4^-0.1 + 150 x (4/3)^-0.1) / 200."""
    by_hand = 1 - (50 * 4**-0.1 + 150 * (4 / 3) ** -0.1) / 200
    assert curve_rate(ScaleCurve(0.9, (100.0, 300.0)), (50.0, 150.0), 0b11) == pytest.approx(by_hand)


def test_beyond_the_efficient_size_size_saves_nothing() -> None:
    curve = ScaleCurve(0.9, (100.0, 300.0), efficient_size=300.0)
    by_hand = 1 - (50 * 3**-0.1 + 150) / 200  # the larger is there already; the smaller comes to it
    assert curve_rate(curve, (50.0, 150.0), 0b11) == pytest.approx(by_hand)


def test_the_appraisal_draws_the_band_and_its_middle_is_the_price(arranged: Arranged) -> None:
    proposal = arranged.proposals[0]
    assert isinstance(proposal.curve, CurveUsed)
    seen = seen_saving(proposal.saving, proposal.curve, cost=proposal.cost, mask=0b111)
    assert isinstance(seen.saving, Pert)
    assert seen.saving.low < seen.saving.high
    full = curve_rate(proposal.curve.curve, proposal.cost, 0b111)
    assert seen.saving.mean * (seen.factor or 0) == pytest.approx(full)


def test_grouping_and_appraisal_give_the_group_one_value(arranged: Arranged) -> None:
    group = arranged.services[0].decision.formed[0]
    worth = arranged.appraisal.worth(partners=group.price.members, services=["children"])[0]
    assert group.price.value == pytest.approx(float(worth), rel=1e-9)


def test_the_workbook_knows_the_curve(run: Run) -> None:
    group = run.workbook.groups[0]
    case = run.workbook.central_case(group)
    assert run.workbook.service("children").curve is not None
    assert sum(row[-1] for row in group.saving) == pytest.approx(case.planned * case.service.delivery)
    assert run.workbook.decision.column("service")


def test_the_trail_leads_to_the_elasticity_and_the_volumes(run: Run) -> None:
    keys = {entry.key for entry in run.content.figures.ingredients}
    assert "elasticity.childrens_social_care" in keys
    assert any(key.startswith("volume.population") for key in keys)


def test_a_curve_that_cannot_tell_is_a_warning_and_the_range_stands_in(three: Study) -> None:
    other = three.definition.initiatives[0].model_copy(update={"service": "education"})
    changed = replace(three, definition=three.definition.model_copy(update={"initiatives": (other,)}))
    lines = harmonise_study(changed).lines
    found = propose(changed.definition, lines, assumptions=assumptions_of(changed.definition))
    assert [finding.code for finding in found.findings] == ["curve-cannot-tell"]
    assert found.ready[0].curve is None


def test_distance_alone_makes_partners_unlike(three: Study) -> None:
    apart = distance_km(BURNLEY, PENDLE)
    found = unlikeness_of((BURNLEY, PENDLE), "waste", three.definition, far_apart=100.0)
    assert found == ((0.0, pytest.approx(apart / 100)), (pytest.approx(apart / 100), 0.0))


def test_systems_and_service_levels_count_as_much_as_distance(three: Study) -> None:
    systems = tuple(
        System(
            key=f"{code}-{purpose}", partner=code, title=Text(en=purpose), purpose=purpose, product=product,
            annual_cost=Decimal(1), users=1, contract_end="2030-03-31",
        )
        for code, purpose, product in (
            (BURNLEY, "payroll", "A"), (PENDLE, "payroll", "A"), (BURNLEY, "ledger", "B"), (PENDLE, "ledger", "C"),
            (BURNLEY, "libraries", "D"),
        )
    )  # fmt: skip
    level = ServiceLevel(
        service="environmental", measure=Text(en="collections"), standard=1.0, varies=0.5, source="a test",
        chosen=(ChosenLevel(partner=PENDLE, level=0.5),),
    )  # fmt: skip
    terms = three.definition.partnership.model_copy(update={"service_levels": (level,)})
    stated = three.definition.model_copy(update={"systems": systems, "partnership": terms})
    found = unlikeness_of((BURNLEY, PENDLE), "environmental", stated, far_apart=100.0)
    distance = (distance_km(BURNLEY, PENDLE) or 0) / 100
    assert found is not None
    assert found[0][1] == pytest.approx((distance + 1 / 2 + (1 - 0.5 / 1.0)) / 3)


def test_the_more_unlike_the_dearer_to_coordinate(arranged: Arranged) -> None:
    model = group_model(arranged.proposals[0], arranged.setting)
    alike = replace(model, unlikeness=((0.0,) * 3,) * 3)
    unlike = tuple(tuple(float(one != other) for other in range(3)) for one in range(3))
    dearer = price_groups(replace(model, unlikeness=unlike)).coordination[0b111]
    assert dearer - price_groups(alike).coordination[0b111] == pytest.approx(
        arranged.setting.assumptions.value("unlikeness") * sum(model.cost) / 3
    )


def test_the_efficient_size_has_a_price(arranged: Arranged) -> None:
    """What the best groups would be worth more if size went on saving; the three together are below it, so nothing."""
    price = next(one for one in wish_prices(arranged) if one.wish == "Size saves nothing beyond the efficient size")
    endless = [without_efficient_size(one) for one in arranged.proposals]
    tables = [price_groups(group_model(one, arranged.setting)).value for one in endless]
    held = sum(one.option.grouping.best.value for one in arranged.decisions)
    assert price.price == pytest.approx(sum(best_partition(table).value for table in tables) - held)
    assert price.price == 0
