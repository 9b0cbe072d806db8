"""How well each harmonised cost of a study is founded: the grade of every cell, from 1 (best) to 6."""

from __future__ import annotations

from consortia.costing import GradeScale, Harmonised, grade_cells
from consortia.periods import FinancialYear
from consortia.run.assumptions import Assumptions, assumptions_of
from consortia.study import Return, Study
from consortia.study.fingerprints import return_digest

SOURCES = ("signed_return", "unsigned_return", "published_outturn", "published_budget")
Grades = dict[tuple[str, str, str], int]


def grades_of(study: Study, harmonised: Harmonised, *, as_of: FinancialYear) -> Grades:
    """The grade of each known amount of the base year, by partner, service and measure; `as_of` tells the age."""
    kinds = {each.partner: source_kind(each) for each in study.returns}
    scale = grade_scale(assumptions_of(study.definition, "base"))
    cells = grade_cells(harmonised, kinds, scale=scale, as_of=as_of)
    known = cells.filter(year=study.definition.base_year).drop_nulls("grade")
    return {(row["partner"], row["service"], row["measure"]): row["grade"] for row in known.iter_rows(named=True)}


def source_kind(returned: Return) -> str:
    """What kind of source a return is: signed and unchanged since, the partner's own, or published."""
    header = returned.header
    if header.signed_digest and header.signed_digest == return_digest(returned):
        return "signed_return"
    return "unsigned_return" if header.uploads else f"published_{header.basis}"


def grade_scale(assumptions: Assumptions) -> GradeScale:
    """The scale of the reference, or the study's own where its assumptions replace a value."""
    return GradeScale(
        ages=assumptions.sequence("grade_ages"),
        errors=assumptions.sequence("grade_errors"),
        sources={kind: round(assumptions.value(f"grade_{kind}")) for kind in SOURCES},
    )
