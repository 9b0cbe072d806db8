"""A return with errors open, or of a part of the year, is marked, compared with nobody, and said on the front."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.rooms.run.conftest import DAY

from consortia.findings import Finding, Severity
from consortia.intake.reviewing import contest
from consortia.report.headline import headline
from consortia.report.language import translator
from consortia.report.paper_tables import comparison_table
from consortia.report.words import Absent
from consortia.run import harmonise_study, run_study
from consortia.run.comparison import Comparison, compare
from consortia.run.gaps import gaps
from consortia.run.outcomes import cost_beside_outcome
from consortia.run.release import comparison_for
from consortia.study import Return, Study, read_study

POWYS = "W06000023"
PART = Finding("ledger-part-year", Severity.ERROR, "{year}", values=(("year", "2024-25"), ("count", "4")))


def with_powys(study: Study, changed: Return) -> Study:
    return replace(study, returns=tuple(changed if one.partner == POWYS else one for one in study.returns))


@pytest.fixture(scope="module")
def contested(three_councils: Study) -> Study:
    """Powys has an open contest, which stands in the way of its signature."""
    returned = three_councils.return_of(POWYS)
    line = returned.costs["key"][0]
    return with_powys(three_councils, contest(returned, line, reason="No.", amount=None, by="B", on="2026-05-01")[0])


@pytest.fixture(scope="module")
def part_year(three_councils: Study) -> Study:
    """Powys sent four months of a ledger, accepted that, and left it unsigned."""
    returned = three_councils.return_of(POWYS)
    header = returned.header.model_copy(update={"source": "ledger"})
    return with_powys(three_councils, replace(returned, header=header, findings=(PART,)))


def compared(study: Study, service: str = "highways") -> Comparison:
    return compare(study, harmonise_study(study), service=service)


def test_published_returns_without_errors_bear_no_mark(three_councils: Study) -> None:
    table = comparison_table(compared(three_councils).rows, period="2024-25", price_base="2024-25", notes=())
    assert "marks" not in {column.key for column in table.columns}


def test_a_part_of_the_year_is_marked_and_stands_in_no_median(three_councils: Study, part_year: Study) -> None:
    others = [row.unit_cost for row in compared(three_councils).rows][:2]
    first, second, powys = compared(part_year).rows
    assert first.partners_median == second.partners_median == pytest.approx(sum(others) / 2)
    assert (first.partners_count, powys.partners_median) == (2, Absent.NOT_APPLICABLE)
    words = [translator("en").words(mark) for mark in powys.marks]
    assert words == ["part of the year, 4 of 12 months", "1 error open", "not signed"]


def test_an_open_error_withholds_the_row_from_medians_and_potentials(contested: Study) -> None:
    found = compared(contested, "")
    assert {row.partners_count for row in found.rows if not row.is_withheld} == {2}
    assert {unit.code for unit in found.units} - {unit.code for unit in found.fit_units} == {POWYS}
    assert "Powys" not in {row.partner.en for row in gaps(found, contested.definition)}


def test_cost_beside_outcome_leaves_it_out_of_the_medians_too() -> None:
    study = read_study(Path(__file__).resolve().parents[3] / "examples" / "lancashire-fifteen")
    returned = study.return_of("E07000117")
    burnley = contest(returned, returned.costs["key"][0], reason="No.", amount=None, by="B", on="2026-05-01")[0]
    others = tuple(burnley if one.partner == burnley.partner else one for one in study.returns)
    changed = replace(study, returns=others)
    (tax,) = cost_beside_outcome(changed, harmonise_study(changed), service="central.council_tax_collection")
    row = next(row for row in tax.rows if row.council.en == "Burnley")
    assert (tax.councils, row.is_withheld) == (13, True)
    assert translator("en").words(row.standing) == "Not compared: 1 error open"


def test_a_figure_that_is_in_no_median_protects_nobody_elses(part_year: Study) -> None:
    table = comparison_table(compared(part_year).rows, period="2024-25", price_base="2024-25", notes=())
    first, second, _ = (partner.name for partner in part_year.definition.partners)
    seen = comparison_for(table, viewer=first, known=frozenset())
    assert seen.column("partners_median")[0] is Absent.WITHHELD
    assert second not in {first}


def test_a_run_says_on_its_front_on_whose_returns_no_decision_should_rest(contested: Study) -> None:
    run = run_study(contested, made_on=DAY)
    front = translator("en").words(headline(run.content).proposal[0])
    assert front.startswith("Not fit to decide on yet: ")
    assert front.endswith("Powys (1 error open).")
    assert "return-not-fit" in {one.code for one in run.content.findings}
