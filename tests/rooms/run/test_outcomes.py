"""Cost beside outcome: whose figures stand side by side, of which year, and what is said where one is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consortia.benchmarking.outcomes import STANDINGS
from consortia.errors import UnknownReference
from consortia.reference.outcomes import outcomes
from consortia.report.language import translator
from consortia.report.outcome_tables import outcome_table
from consortia.report.words import Absent
from consortia.run import harmonise_study
from consortia.run.outcomes import cost_beside_outcome
from consortia.study import read_study

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TAX = "central.council_tax_collection"


@pytest.fixture(scope="module")
def lancashire():
    study = read_study(EXAMPLES / "lancashire-fifteen")
    return study, harmonise_study(study)


def test_every_billing_authority_has_its_cost_beside_what_it_collects(lancashire) -> None:
    (tax,) = cost_beside_outcome(*lancashire, service=TAX)
    found = {row.council.en: row for row in tax.rows}
    assert tax.councils == 14
    assert "Lancashire" not in found  # a county collects no council tax
    assert found["Burnley"].value == outcomes("council_tax_collection", "2024-25")["E07000117"].value
    assert tax.year == "2024-25"


def test_where_a_council_stands_follows_from_the_medians_that_are_shown(lancashire) -> None:
    (tax,) = cost_beside_outcome(*lancashire, service=TAX)
    for row in (each for each in tax.rows if each.is_partner and each.value is not Absent.NOT_KNOWN):
        cheaper, better = row.unit_cost < tax.median_cost, row.value > tax.median_outcome
        side = f"{'lower' if cheaper else 'higher'}_cost_{'better' if better else 'worse'}"
        assert row.standing == STANDINGS[side], row.council.en


def test_neighbours_that_publish_cost_and_outcome_are_in_the_medians(lancashire) -> None:
    sets = cost_beside_outcome(*lancashire, service="adult_social_care")
    quality = next(each for each in sets if each.outcome.en.startswith("Quality of life of people"))
    assert [row.council.en for row in quality.rows if row.is_partner] == [
        "Lancashire", "Blackburn with Darwen", "Blackpool",
    ]  # fmt: skip
    assert quality.councils == sum(isinstance(row.standing, str) and row.standing in STANDINGS.values()
                                   for row in quality.rows)  # fmt: skip
    assert quality.councils > 30


def test_a_council_without_a_published_result_is_told_so_and_never_shown_as_zero(lancashire) -> None:
    missing = [row for each in cost_beside_outcome(*lancashire) for row in each.rows if row.value is Absent.NOT_KNOWN]
    assert missing
    assert {row.standing for row in missing} <= {"The outcome is not known.", "The unit cost is not known."}


def test_a_result_of_another_year_than_the_cost_is_said(lancashire) -> None:
    sets = cost_beside_outcome(*lancashire, service="adult_social_care")
    said = [translator("en").words(note) for note in outcome_table(sets, base_year="2024-25").notes]
    assert any(note.startswith("Results of 2022-23 beside costs of 2024-25: Quality of life") for note in said)


def test_an_outcome_of_which_neither_way_is_better_has_no_place(lancashire) -> None:
    named = [each.outcome.en for each in cost_beside_outcome(*lancashire)]
    assert not any(name.startswith("Requests for support") for name in named)


def test_a_service_without_an_outcome_has_none_and_an_unknown_one_is_refused(lancashire) -> None:
    assert cost_beside_outcome(*lancashire, service="cultural.libraries") == ()
    with pytest.raises(UnknownReference):
        cost_beside_outcome(*lancashire, service="alchemy")


def test_the_order_of_the_partners_changes_no_median(lancashire) -> None:
    study, harmonised = lancashire
    turned = study.definition.model_copy(update={"partners": study.definition.partners[::-1]})
    first, second = (cost_beside_outcome(one, harmonised) for one in (study, replace(study, definition=turned)))
    assert [(a.median_cost, a.median_outcome, a.councils) for a in first] == [
        (b.median_cost, b.median_outcome, b.councils) for b in second
    ]
