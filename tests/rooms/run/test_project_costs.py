"""What projects cost, item by item, and what their parts are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.appraisal.streams import COST_KINDS
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.cost_tables import cost_items, cost_tables
from consortia.run.programme.naming import part_title, project_title
from consortia.study import Definition, Text
from consortia.study.store import read_definition

CASES = Path(__file__).resolve().parents[3] / "examples" / "cases"


@pytest.fixture(scope="module")
def found() -> Appraised:
    """The shipped case with every form of one-off cost."""
    return appraise_projects(read_definition(CASES / "one-off-costs.yaml"))


def test_every_cost_is_an_item_and_none_is_lost(found: Appraised) -> None:
    items = cost_items(found)
    for kind in COST_KINDS:
        assert sum(one.flow.sum() for one in items if one.kind == kind) == pytest.approx(
            found.central.total(kinds=(kind,)).sum(), abs=0.005
        )


def test_an_item_says_who_pays_when_and_whether_once(found: Appraised) -> None:
    table, _ = cost_tables(found)
    lift = next(row for row in table.rows if row[1] == "Alignment of pay")
    assert lift[2:4] == (found.definition.partner("E07000122").name, "Running cost")
    assert lift[5:9] == pytest.approx((0.0, 0.0, 12_500.0, 25_000.0))


def test_pension_strain_stands_apart_from_the_redundancy_that_brings_it(found: Appraised) -> None:
    _, kinds = cost_tables(found)
    once = {row[0]: row[1] for row in kinds.rows}
    assert once["Pension strain"] == pytest.approx(40_000 / found.compiled.frame.prices[1])
    assert once["Redundancy"] > 0


def test_costs_once_and_every_year_are_never_added(found: Appraised) -> None:
    table, kinds = cost_tables(found)
    assert [row[0] for row in table.rows[-2:]] == ["All one-off costs", "All running costs"]
    assert kinds.rows[-1][1:3] == pytest.approx((table.rows[-2][4], table.rows[-1][4]))


def test_a_part_without_a_title_is_called_by_its_kind(found: Appraised) -> None:
    assert part_title("one_service", "leavers", found.definition) == "Redundancy"
    assert part_title("one_service", "team", found.definition) == Text(en="Programme team", cy="Tîm y rhaglen")


def test_a_large_group_is_called_by_its_first_members_and_the_number_of_the_others() -> None:
    codes = ["E07000117", "E07000118", "E07000119", "E07000120", "E07000121"]
    definition = Definition.model_validate(
        {
            "key": "many", "title": {"en": "Many"}, "base_year": "2024-25",
            "partners": [{"code": code, "name": {"en": f"P{place}"}} for place, code in enumerate(codes)],
            "initiatives": [{"key": "tax", "service": "central"}],
        }
    )  # fmt: skip
    title = project_title(f"tax/{'+'.join(codes)}", definition)
    assert title.en.endswith(": P0, P1, P2 and 2 others")
    assert title.in_language("cy").endswith(": P0, P1, P2 a 2 arall")
