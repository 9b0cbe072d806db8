"""The papers show every rule of sharing, which one to take, who would leave, and whether the choice is firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from consortia.report.words import Absent
from consortia.run import Run, run_study
from consortia.run.proposals import propose
from consortia.run.weights import weights_of
from consortia.study import Study, read_study
from consortia.study.partnership import PartnershipTerms, ShareLimit

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "education-consortium"
CEREDIGION, POWYS = "W06000008", "W06000023"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(EXAMPLE)


@pytest.fixture(scope="module")
def run(study: Study) -> Run:
    return run_study(study, made_on=TODAY)


def table(run: Run, key: str):
    return next(one for one in run.content.tables if one.key == key)


def test_the_shares_stand_side_by_side_by_every_rule(run: Run) -> None:
    columns = [column.key for column in table(run, "shares").columns]
    assert columns == [
        "partner", "agreed", "budget", "population", "use", "equal", "equal_charge", "scrb", "cost_gap", "shapley",
        "equal_profit", "nucleolus", "nucleolus_per_head",
    ]  # fmt: skip


def test_every_rule_shares_the_same_total(run: Run) -> None:
    shares = table(run, "shares")
    totals = [sum(shares.column(one.key)) for one in shares.columns[1:]]
    assert totals == pytest.approx([totals[0]] * len(totals), rel=1e-6)


def test_the_papers_say_who_would_do_better_alone_and_by_how_much(run: Run) -> None:
    leavers = table(run, "leavers")
    assert [[name.en for name in row[2]] for row in leavers.rows] == [["Ceredigion"]]
    shares = table(run, "shares")
    own = dict(zip(shares.column("partner"), shares.column("agreed"), strict=True))
    assert leavers.rows[0][3] == pytest.approx(-next(amount for name, amount in own.items() if name.en == "Ceredigion"))


def test_the_first_rule_that_holds_is_recommended_with_the_reason(run: Run) -> None:
    row = table(run, "recommended").rows[0]
    assert row[3:] == (
        "unstable",
        "By budget",
        "The first rule in order of preference; nobody would gain by leaving.",
    )


def test_the_decision_says_what_holds_under_what_is_agreed(run: Run) -> None:
    assert table(run, "decision").column("verdict") == ("unstable",)


def test_the_choice_is_tested_on_draws_that_it_was_not_made_on(run: Run) -> None:
    _, central, mean, survives, misses, regret, draws = table(run, "choice").rows[0]
    assert draws == 512
    assert 0 <= survives <= 1
    assert mean < central  # delivery is skewed and capped, and the levels stay
    assert misses is Absent.NOT_APPLICABLE or regret == pytest.approx(misses * (1 - survives))


def test_floors_and_caps_hold_in_what_is_agreed(study: Study) -> None:
    limit = ShareLimit(partner=CEREDIGION, floor=100_000.0, reason="A small council must see a gain.")
    terms = study.definition.partnership.model_copy(update={"share_limits": (limit,)})
    changed = replace(study, definition=study.definition.model_copy(update={"partnership": terms}))
    row = table(run_study(changed, made_on=TODAY), "limits").rows[0]
    assert (row[2], row[3], row[5]) == (100_000.0, Absent.NOT_APPLICABLE, "A small council must see a gain.")
    assert row[4] == pytest.approx(100_000.0)


def test_an_agreement_without_an_answer_is_a_warning_and_the_own_rule_stands_in(study: Study) -> None:
    limits = tuple(
        ShareLimit(partner=code, floor=1e9, reason="Too much for anybody.") for code in study.definition.codes
    )
    terms = PartnershipTerms(share_limits=limits)
    changed = replace(study, definition=study.definition.model_copy(update={"partnership": terms}))
    run = run_study(changed, made_on=TODAY)
    assert "agreement-has-no-answer" in {finding.code for finding in run.content.findings}
    shares = table(run, "shares")
    assert shares.column("agreed") == pytest.approx(shares.column("budget"))


def test_use_is_the_volume_that_the_returns_state_for_the_service(study: Study) -> None:
    proposal = _proposal(study)
    pupils = weights_of(proposal, study)["use"]
    stated = replace(study, returns=tuple(_with_use(one, place) for place, one in enumerate(study.returns, 1)))
    own = {one.partner: float(place) for place, one in enumerate(study.returns, 1)}
    assert weights_of(proposal, stated)["use"] == [own[code] for code in proposal.members] != pupils


def _proposal(study: Study):
    from consortia.run.assumptions import assumptions_of
    from consortia.run.harmonised import harmonise_study

    lines = harmonise_study(study).lines
    return propose(study.definition, lines, assumptions=assumptions_of(study.definition, "base")).ready[0]


def _with_use(returned, amount: float):
    row = returned.volumes.head(1).with_columns(
        key=pl.lit("2019-20/use.education"), year=pl.lit("2019-20"), measure=pl.lit("use.education"),
        value=pl.lit(amount).cast(returned.volumes.schema["value"]),
    )  # fmt: skip
    return replace(returned, volumes=pl.concat([returned.volumes, row]))
