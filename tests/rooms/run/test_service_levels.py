"""A partner that chooses another service level is charged for it, in the tables of the partners and in the papers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from consortia.run.partners import Arranged, arrange
from consortia.run.partners.drift_table import drift_table
from consortia.study import Study, Text, read_study
from consortia.study.service_levels import ChosenLevel, LevelStep, ServiceLevel

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "education-consortium"
POWYS, SWANSEA = "W06000023", "W06000011"
VISITS = ServiceLevel(
    service="education", measure=Text(en="visits to a school a year"), standard=4.0, varies=0.75, falls_away=0.5,
    chosen=(ChosenLevel(partner=POWYS, level=6.0, reason="Small schools."), ChosenLevel(partner=SWANSEA, level=3.0)),
    steps=(LevelStep(level=6.0, cost=Decimal(30_000), what=Text(en="A second adviser")),),
    source="Judgement: an illustration.",
)  # fmt: skip


@pytest.fixture(scope="module")
def arranged() -> Arranged:
    study: Study = read_study(EXAMPLE)
    terms = study.definition.partnership.model_copy(update={"service_levels": (VISITS,)})
    return arrange(replace(study, definition=study.definition.model_copy(update={"partnership": terms})))


def row_of(arranged: Arranged, name: str) -> dict[str, object]:
    table = drift_table(arranged)
    keys = [column.key for column in table.columns]
    return next(dict(zip(keys, row, strict=True)) for row in table.rows if row[0].en == name)


def test_who_chose_more_pays_its_part_of_it_and_the_step(arranged: Arranged) -> None:
    powys = row_of(arranged, "Powys")
    assert powys["charge"] == pytest.approx(powys["agreed"] * 0.75 * (6 / 4 - 1) + 30_000)


def test_who_chose_less_keeps_what_does_not_fall_away(arranged: Arranged) -> None:
    swansea = row_of(arranged, "Swansea")
    assert swansea["charge"] == pytest.approx(-0.5 * swansea["agreed"] * 0.75 * (1 - 3 / 4))


def test_the_others_pay_as_agreed_and_would_have_paid_for_it(arranged: Arranged) -> None:
    neath = row_of(arranged, "Neath Port Talbot")
    assert (neath["level"], neath["charge"], neath["pays"]) == (4.0, 0.0, neath["agreed"])
    assert neath["spared"] > 0


def test_agreed_parts_are_the_addressable_cost_less_the_planned_saving(arranged: Arranged) -> None:
    group = arranged.services[0].decision.formed[0]
    cost = sum(arranged.services[0].proposal.cost) - group.price.gross_saving
    assert sum(drift_table(arranged).column("agreed")) == pytest.approx(cost)
