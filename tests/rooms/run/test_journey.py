"""The whole journey on a small real study: nothing is lost between the cell of a return and the table of a paper."""

from __future__ import annotations

import json

import pytest

from consortia.delivery import PromisedLine
from consortia.errors import StudyError
from consortia.report.figures import Figure, SourceCell
from consortia.run import Run, run_study
from consortia.study import Assumption, Initiative, Link, Range, Scenario, Study, Text

from .conftest import DAY, with_definition


def test_the_same_documents_give_the_same_run_to_the_last_bit(three_councils: Study, finished: Run) -> None:
    assert run_study(three_councils, made_on=DAY).to_plain() == finished.to_plain()


def test_a_run_survives_its_way_through_a_file(finished: Run) -> None:
    assert Run.from_plain(json.loads(json.dumps(finished.to_plain()))) == finished


def test_the_partners_parts_add_up_to_the_whole_under_every_rule(finished: Run) -> None:
    whole = finished.figures.find("net.central")
    assert isinstance(whole, Figure)
    for rule in ("equal", "budget", "shapley"):
        assert sum(finished.tables["shares"].column(rule)) == pytest.approx(whole.value, rel=1e-9)  # type: ignore[arg-type]


def test_what_groups_are_priced_at_is_what_the_central_draw_gives(finished: Run) -> None:
    by_partner = sum(finished.figures.find(f"partner.{one.code}.central").value for one in finished.content.partners)  # type: ignore[union-attr,misc]
    assert by_partner == pytest.approx(finished.figures.find("net.central").value, rel=1e-9)  # type: ignore[union-attr]


def test_every_figure_that_a_table_prints_can_be_opened(finished: Run) -> None:
    keys = {key for table in finished.content.tables for row in table.figure_keys for key in row if key}
    assert keys
    assert [key for key in keys if finished.figures.find(key) is None] == []


def test_a_figure_opens_down_to_the_published_cell(finished: Run) -> None:
    cells = {entry.key: entry for entry in _leaves(finished, "net.central") if isinstance(entry, SourceCell)}
    education = [cell for cell in cells.values() if cell.heading.casefold().startswith("education")]
    assert len(education) == 3
    assert all(cell.file and cell.cell and cell.amount for cell in education)


def test_doing_nothing_is_always_among_the_alternatives(finished: Run) -> None:
    assert finished.tables["alternatives"].rows[0][:2] == ("Do nothing", 0.0)


def test_when_working_together_costs_nothing_everybody_shares_in_one_group(three_councils: Study) -> None:
    free = tuple(
        Assumption(key=key, value=0.0, reason="to see what coordination decides")
        for key in ("coordination_fixed", "coordination_per_pair")
    )
    run = run_study(with_definition(three_councils, assumptions=free), made_on=DAY)
    groups = [row[1] for row in run.tables["decision"].rows if row[-2] != "do_not_share"]
    assert groups
    assert {len(group) for group in groups} == {3}  # type: ignore[arg-type]


def test_when_no_loss_is_tolerated_nothing_is_shared_and_the_paper_says_why(three_councils: Study) -> None:
    strict = (Assumption(key="max_chance_of_loss", value=0.0, reason="members accept no risk"),)
    run = run_study(with_definition(three_councils, assumptions=strict), made_on=DAY)
    assert set(run.tables["decision"].column("verdict")) == {"do_not_share"}
    assert run.content.summary.shared == ()


def test_partners_that_must_stay_apart_never_share(three_councils: Study) -> None:
    first, second, _ = three_councils.definition.codes
    apart = Link(kind="apart", partners=(first, second), reason="both are reviewing their senior management")
    run = run_study(with_definition(three_councils, links=(apart,)), made_on=DAY)
    shared = [line for line in run.case if line.partner in (first, second)]
    assert not {one.initiative for one in shared if one.partner == first} & {
        one.initiative for one in shared if one.partner == second
    }


def test_a_scenario_without_assumptions_changes_no_figure(three_councils: Study, finished: Run) -> None:
    same = with_definition(three_councils, scenarios=(Scenario(key="same", title=Text(en="Same")),))
    run = run_study(same, made_on=DAY, scenario="same")
    assert run.tables == finished.tables


def test_an_unknown_scenario_is_refused_with_those_there_are(three_councils: Study) -> None:
    with pytest.raises(StudyError, match="Choose one of: base"):
        run_study(three_councils, made_on=DAY, scenario="hopeful")


def test_a_misspelt_assumption_is_refused_with_the_nearest(three_councils: Study) -> None:
    wrong = (Assumption(key="coordination_per_pear", value=0.0, reason="test"),)
    with pytest.raises(StudyError, match="coordination_per_pair"):
        run_study(with_definition(three_councils, assumptions=wrong), made_on=DAY)


def test_two_initiatives_on_the_same_money_are_refused(three_councils: Study) -> None:
    twice = (Initiative(key="one", service="education"), Initiative(key="two", service="education"))
    with pytest.raises(StudyError, match="the same money twice"):
        run_study(with_definition(three_councils, initiatives=twice), made_on=DAY)


def test_a_saving_beyond_the_evidence_is_marked(three_councils: Study) -> None:
    bold = Initiative(key="bold", service="education", saving=Range(low=0, mode=0.2, high=0.4), reason="our consultant")
    run = run_study(with_definition(three_councils, initiatives=(bold,)), made_on=DAY)
    assert "saving-beyond-evidence" in {finding.code for finding in run.content.findings}


def test_promises_add_up_to_the_cash_flow_of_the_paper(finished: Run) -> None:
    signs = {"saving": 1, "one_off_cost": -1, "running_cost": -1}
    promised = sum(signs[line.measure] * line.amount_pence for line in finished.case) / 100
    printed = sum(finished.tables["cash_flow"].rows[-1][1:])  # type: ignore[arg-type]
    assert promised == pytest.approx(printed, abs=0.005 * len(finished.case))


def test_progress_never_goes_back_and_ends_at_one(three_councils: Study) -> None:
    parts: list[float] = []
    run_study(three_councils, made_on=DAY, progress=lambda part, _: parts.append(part))
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def _leaves(run: Run, key: str) -> list[object]:
    entry = run.figures.find(key)
    if not isinstance(entry, Figure):
        return [entry]
    return [leaf for inner in entry.inputs for leaf in _leaves(run, inner)]


def test_the_fixed_cost_of_coordination_is_brought_to_the_prices_of_the_study() -> None:
    # 20,000 in 2024-25 prices x deflator of 2010-11 / deflator of 2024-25
    from consortia.intake.published import baseline
    from consortia.periods import FinancialYear
    from consortia.reference.parameters import parameter
    from consortia.reference.prices import deflator

    assert "2024-25 prices" in parameter("coordination_fixed").unit
    old, _ = baseline(["Powys", "Ceredigion"], ["wales-2010-11"], name="old", title="Old")
    run = run_study(with_definition(old, draws=64), made_on=DAY)
    index = deflator(FinancialYear(2010)) / deflator(FinancialYear(2024))
    assert run.workbook.fixed_coordination == pytest.approx(20_000 * index)
    assert "base-year-old" in {finding.code for finding in run.content.findings}


def test_the_saving_that_is_announced_is_the_one_that_the_cash_flow_reaches(finished: Run) -> None:
    # the last years are complete: saving = net flow + coordination of that year
    last = finished.tables["cash_flow"].rows[-1][-1]
    running = sum(
        line.amount_pence for line in finished.case if line.measure == "running_cost" and _is_last(line, finished)
    )
    assert isinstance(last, float)
    assert finished.content.summary.saving == pytest.approx(last + running / 100, abs=1)


def test_a_run_of_a_scenario_says_so_in_its_title(three_councils: Study) -> None:
    named = Scenario(key="careful", title=Text(en="Careful", cy="Gofalus"))
    run = run_study(with_definition(three_councils, scenarios=(named,)), made_on=DAY, scenario="careful")
    assert run.content.title == Text(en="Three (scenario: Careful)", cy="Three (senario: Gofalus)")


def test_a_chance_above_one_is_refused(three_councils: Study) -> None:
    wrong = (Assumption(key="max_chance_of_loss", value=7.0, reason="a slip"),)
    with pytest.raises(StudyError, match="a fraction from 0 to 1"):
        run_study(with_definition(three_councils, assumptions=wrong), made_on=DAY)


def _is_last(line: PromisedLine, run: Run) -> bool:
    return line.year == run.tables["cash_flow"].columns[-1].key
