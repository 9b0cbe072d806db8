"""What one partner may see of the comparison: its own, what is public, and no more than that tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.report.outcome_tables import OutcomeRow, OutcomeSet, outcome_table
from consortia.report.paper_tables import comparison_table
from consortia.report.rows import ComparisonRow
from consortia.report.tables import Table
from consortia.report.words import Absent
from consortia.run.release import WITHHELD, comparison_for, outcomes_for, released_partners
from consortia.study import Return, ReturnHeader, Study, Text, read_study

NAMES = tuple(Text(en=name) for name in ("Ashby", "Barrow", "Corby", "Derwent", "Exmoor", "Fenland", "Goole"))
LEGAL = Text(en="Legal", cy="Cyfreithiol")


def table(count: int):
    rows = [
        ComparisonRow(LEGAL, name, 1_000.0 + place, "residents", 10.0, 100.0 + place, 100.0, count, 90.0, 15,
                      keys={"unit_cost": f"unit-cost.legal.{place}"})
        for place, name in enumerate(NAMES[:count])
    ]  # fmt: skip
    return comparison_table(rows, period="2024-25", price_base="2024-25", notes=())


def seen(count: int, released=()):
    return comparison_for(table(count), viewer=NAMES[0], known=set(released))


def test_of_two_partners_neither_the_others_figure_nor_the_median_is_shown() -> None:
    shown = seen(2)
    assert shown.column("amount") == (1_000.0, Absent.WITHHELD)
    assert shown.column("partners_median") == (Absent.WITHHELD,) * 2
    assert WITHHELD in shown.notes


def test_what_is_public_anyway_stays() -> None:
    shown = seen(2)
    assert shown.column("volume") == (10.0, 10.0)
    assert shown.column("neighbours_median") == (90.0, 90.0)


def test_a_median_of_five_others_tells_nobody_apart_and_is_shown() -> None:
    assert seen(5).column("partners_median")[0] is Absent.WITHHELD
    assert seen(6).column("partners_median")[0] == 100.0
    assert seen(6).column("amount")[1:] == (Absent.WITHHELD,) * 5


def test_published_returns_are_released_already() -> None:
    shown = seen(7, NAMES)
    assert shown == table(7)


def test_a_median_of_which_only_one_figure_is_unknown_gives_it_away_and_is_withheld() -> None:
    shown = seen(7, NAMES[:6])
    assert shown.column("amount")[6] is Absent.WITHHELD
    assert shown.column("partners_median")[0] is Absent.WITHHELD


def test_a_withheld_figure_cannot_be_opened_by_its_key() -> None:
    shown = seen(2)
    assert shown.figure_keys[0] != shown.figure_keys[1]
    assert not any(shown.figure_keys[1])


def test_a_partners_own_upload_is_not_released_and_a_published_return_is(study) -> None:
    first, *others = study.returns
    sent = Return(ReturnHeader(partner=first.partner, source="upload"), first.costs, first.volumes)
    changed = Study(study.definition, (sent, *others))
    own = study.definition.partner(first.partner).name
    assert released_partners(study) - released_partners(changed) == {own}


@pytest.fixture
def study():
    return read_study(Path(__file__).resolve().parents[3] / "examples" / "lancashire-fifteen")


def test_another_table_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a comparison"):
        comparison_for(Table("t", "t", "t", (), ()), viewer=NAMES[0], known=set())


def outcomes(count: int, *, neighbours: bool = False):
    rows = [OutcomeRow(name, place < count, 9.0 + place, 90.0 + place, "Costs less, does better")
            for place, name in enumerate(NAMES[: count + 1 if neighbours else count])]  # fmt: skip
    tax = OutcomeSet(LEGAL, Text(en="%"), LEGAL, "2024-25", False, False, tuple(rows), 10.0, 91.0, count)
    return outcome_table([tax], base_year="2024-25", neighbours=neighbours)


def test_cost_beside_outcome_keeps_the_published_result_and_withholds_cost_and_standing_of_others() -> None:
    shown = outcomes_for(outcomes(3), viewer=NAMES[0], known=set())
    assert shown.column("unit_cost") == (9.0, Absent.WITHHELD, Absent.WITHHELD)
    assert shown.column("value") == (90.0, 91.0, 92.0)
    # Its own standing would tell on which side of the few others' costs its own lies.
    assert shown.column("standing") == (Absent.WITHHELD,) * 3
    assert shown.column("median_cost") == (Absent.WITHHELD,) * 3


def test_cost_beside_outcome_of_many_shows_the_reader_where_it_stands_itself() -> None:
    shown = outcomes_for(outcomes(6), viewer=NAMES[0], known=set())
    assert shown.column("median_cost")[0] == 10.0
    assert shown.column("standing") == ("Costs less, does better", *(Absent.WITHHELD,) * 5)


def test_a_neighbour_is_published_and_stays_whole() -> None:
    shown = outcomes_for(outcomes(2, neighbours=True), viewer=NAMES[0], known={NAMES[1]})
    assert shown == outcomes(2, neighbours=True)
