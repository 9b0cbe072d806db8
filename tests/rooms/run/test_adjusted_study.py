"""An adjustment in the study folder takes effect in the run, and shows as a step of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from consortia.intake.reviewing import contest
from consortia.run.harmonised import adjusted_costs, harmonise_study
from consortia.run.reviewed import review_caveats
from consortia.study import Adjustment, Review, Stated, Study, read_study
from consortia.study.adjustments import stated

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lancashire-fifteen"
BURNLEY = "E07000117"
LINE = "2024-25/housing/total_expenditure"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(EXAMPLE)


def adjusted(study: Study, *, pounds: int, standing: str = "applied") -> Study:
    """The study with some pounds more on one line of Burnley's."""
    returned = study.return_of(BURNLEY)
    before = stated(returned.costs, LINE)
    assert before.amount is not None
    change = Adjustment(
        key="change-1", line=LINE, before=before, after=Stated(amount=before.amount + pounds), by="Ann",
        on="2026-04-30", reason="A post was left out.", standing=standing,
    )  # fmt: skip
    changed = replace(returned, review=Review(adjustments=(change,)))
    return replace(study, returns=tuple(changed if one.partner == BURNLEY else one for one in study.returns))


def housing(study: Study) -> pl.DataFrame:
    steps = harmonise_study(study).steps
    place = (pl.col("partner") == BURNLEY) & (pl.col("service") == "housing") & (pl.col("year") == "2024-25")
    return steps.filter(place & (pl.col("measure") == "income").not_() & (pl.col("step") == "adjustments"))


def test_the_adjustment_is_its_own_step_of_the_bridge(study: Study) -> None:
    rows = housing(adjusted(study, pounds=1000))
    assert set(rows["line_key"]) == {f"adjustment:change-1/{LINE}"}
    assert set(rows["amount_pence"]) == {1000_00}


def test_a_reversed_adjustment_leaves_no_trace_in_the_figures(study: Study) -> None:
    unchanged = adjusted_costs(study)
    assert adjusted_costs(adjusted(study, pounds=1000, standing="reversed")).equals(unchanged)


def test_the_steps_still_add_up_to_the_amount(study: Study) -> None:
    result = harmonise_study(adjusted(study, pounds=1234))
    key = ["partner", "year", "service", "measure"]
    sums = result.steps.group_by(key).agg(pl.col("amount_pence").sum().alias("sum"))
    both = result.lines.filter(pl.col("status") == "known").join(sums, on=key)
    assert both.filter(pl.col("sum") != pl.col("amount_pence")).is_empty()


def test_a_run_says_whose_lines_were_changed_contested_or_left_unmapped(study: Study) -> None:
    changed = adjusted(study, pounds=1)
    returned = changed.return_of(BURNLEY)
    contested, _ = contest(returned, LINE, reason="No.", amount=None, by="Bea", on="2026-05-01")
    moved = contested.costs.with_columns(
        service=pl.when(pl.col("service") == "planning").then(pl.lit("unmapped")).otherwise("service")
    )
    both = replace(contested, costs=moved)
    after = replace(study, returns=tuple(both if one.partner == BURNLEY else one for one in study.returns))
    assert [one.code for one in review_caveats(after)] == ["lines-changed", "lines-contested", "unmapped-in-run"]
    assert review_caveats(study) == ()
