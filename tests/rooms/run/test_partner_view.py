"""A run as one partner may see it: totals of few are withheld with what gives them back; the decision stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from consortia.report.page import page
from consortia.report.words import Absent
from consortia.run.group_totals import WHOLE, FormedGroup, exposed_partners, formed_groups, withheld_totals
from consortia.run.partner_view import seen_by
from consortia.run.release import is_released, release_return, released_partners
from consortia.study import Adjustment, Review, Stated, Text

from .conftest import DAY

A, B, C, D, E = NAMES = tuple(Text(en=name) for name in ("Ashby", "Barrow", "Corby", "Derwent", "Exmoor"))
LEGAL, WASTE, TAX = (Text(en=name) for name in ("Legal", "Waste", "Tax"))
NONE: frozenset[Text] = frozenset()


def group(row: int, service: Text, *members: Text) -> FormedGroup:
    """A group in which nobody makes up the whole."""
    return FormedGroup(row, service, members, {name.en: 100.0 + 10 * place for place, name in enumerate(members)})


def test_in_a_group_of_two_neither_may_see_the_total() -> None:
    for viewer in (A, B):
        found = withheld_totals([group(0, LEGAL, A, B)], viewer=viewer.en, released=NONE)
        assert found == {"group 0", "service Legal", WHOLE}


def test_a_total_of_three_is_shown() -> None:
    assert withheld_totals([group(0, LEGAL, A, B, C)], viewer=A.en, released=NONE) == frozenset()


def test_of_three_of_which_one_is_published_the_others_are_two() -> None:
    assert "group 0" in withheld_totals([group(0, LEGAL, A, B, C)], viewer=A.en, released={C})


def test_who_alone_is_not_released_sees_its_own_and_the_others_do_not() -> None:
    groups = [group(0, LEGAL, A, B)]
    assert withheld_totals(groups, viewer=A.en, released={B}) == frozenset()
    assert "group 0" in withheld_totals(groups, viewer="", released={B})


def test_a_part_that_hides_behind_no_other_is_withheld_however_many_they_are() -> None:
    big = FormedGroup(0, LEGAL, (A, B, C), {"Ashby": 1_000_000.0, "Barrow": 10.0, "Corby": 10.0})
    assert "group 0" in withheld_totals([big], viewer=B.en, released=NONE)


def test_a_withheld_total_cannot_be_had_from_the_whole_less_the_others() -> None:
    groups = [group(0, LEGAL, A, B), group(1, WASTE, A, C, D), group(2, TAX, B, C, D, E)]
    found = withheld_totals(groups, viewer=A.en, released=NONE)
    shown_services = {"service Legal", "service Waste", "service Tax"} - found
    assert "service Legal" in found
    assert WHOLE in found or len(shown_services) < 2


def test_the_order_of_the_groups_changes_nothing() -> None:
    groups = [group(0, LEGAL, A, B), group(1, WASTE, A, C, D)]
    assert withheld_totals(groups, viewer=A.en, released=NONE) == withheld_totals(
        groups[::-1], viewer=A.en, released=NONE
    )


@pytest.fixture(scope="module")
def paired(finished):
    """A run of three whose first formed group is a pair, as far as the decision table and the case say."""
    content, table = finished.content, finished.content.decision
    row = next(number for number, cells in enumerate(table.rows) if cells[1] is not Absent.NOT_APPLICABLE)
    pair = tuple(table.rows[row][1][:2])
    rows = tuple((one[0], pair, *one[2:]) if number == row else one for number, one in enumerate(table.rows))
    return replace(finished, content=replace(content, decision=replace(table, rows=rows))), pair, row


def cells(table, row, *columns):
    return {table.column(column)[row] for column in columns}


def test_groups_levels_and_verdicts_stay_and_the_figures_of_the_pair_go(paired) -> None:
    run, pair, row = paired
    seen = seen_by(run, own=pair[:1], released=NONE).decision
    assert cells(seen, row, "low", "middle", "high", "chance_of_loss", "payback") == {Absent.WITHHELD}
    for column in ("service", "members", "level", "verdict"):
        assert seen.column(column) == run.content.decision.column(column)
    assert not any(seen.figure_keys[row])


def test_the_own_row_goes_with_a_pair_because_it_gives_the_rest_away(paired) -> None:
    run, pair, _ = paired
    seen = seen_by(run, own=pair[:1], released=NONE)
    for table in (seen.by_partner, seen.shares, seen.cash_flow):
        assert len(table.rows) == 1
        assert set(table.rows[0][1:]) == {Absent.WITHHELD}, table.key


def test_what_could_be_subtracted_is_withheld_everywhere_else_too(paired) -> None:
    run, pair, _ = paired
    seen = seen_by(run, own=pair[:1], released=NONE)
    for table, column in ((seen.uncertainty, "value"), (seen.runners_up, "value"), (seen.stability, "gain")):
        assert set(table.column(column)) <= {Absent.WITHHELD, Absent.NOT_APPLICABLE}, table.key
    assert not seen.figures.figures
    assert seen.findings == ()
    assert (seen.fan is None) == (seen.summary.middle is Absent.WITHHELD)


def test_no_figure_of_the_pair_stands_on_the_page_that_a_partner_gets(paired) -> None:
    run, pair, row = paired
    secret = [run.content.decision.column(column)[row] for column in ("low", "middle", "high")]
    for language in ("en", "cy"):
        text = page(seen_by(run, own=pair[:1], released=NONE), language=language)
        assert not [value for value in secret if str(value) in text]


def test_once_all_have_released_only_the_rows_of_others_are_left_out(paired) -> None:
    run, pair, _ = paired
    everybody = frozenset(partner.name for partner in run.content.partners)
    seen = seen_by(run, own=pair[:1], released=everybody)
    assert seen.decision == run.content.decision
    assert seen.by_partner.rows == tuple(row for row in run.content.by_partner.rows if row[0] == pair[0])


def test_who_takes_no_part_sees_less_than_a_partner(paired) -> None:
    run, _, row = paired
    seen = seen_by(run, own=(), released=NONE)
    assert cells(seen.decision, row, "middle") == {Absent.WITHHELD}
    assert seen.by_partner.rows == ()


def test_a_seen_run_can_be_kept_as_plain_values(paired) -> None:
    run, pair, _ = paired
    kept = replace(run, content=seen_by(run, own=pair[:1], released=NONE)).to_plain()
    assert json.loads(json.dumps(kept)) == kept


def test_those_whose_figures_could_be_worked_out_are_named_until_they_release(paired) -> None:
    run, pair, _ = paired
    assert set(pair) <= set(exposed_partners(run, NONE))
    assert exposed_partners(run, frozenset(partner.name for partner in run.content.partners)) == ()


def test_who_is_left_alone_in_a_group_after_the_others_have_released_is_named_with_them(paired) -> None:
    """A pair must release; then the third of a group of three stands alone, and must too."""
    run, pair, _ = paired
    three = [one for one in formed_groups(run) if len(one.members) == 3]
    third = {name for one in three for name in one.members} - set(pair)
    assert set(exposed_partners(run, NONE)) == {*pair, *third}


def test_a_release_holds_until_the_return_changes(three_councils) -> None:
    sent = three_councils.returns[0]
    own = replace(sent, header=sent.header.model_copy(update={"source": "upload"}))
    assert is_released(sent)
    assert not is_released(own)
    released = release_return(own, by="A. Treasurer", on="2026-11-21")
    assert is_released(released)
    assert not is_released(replace(released, costs=released.costs.head(3)))


def test_a_published_return_with_a_change_on_it_is_no_longer_published(three_councils) -> None:
    sent = three_councils.returns[0]
    line = sent.costs.row(0, named=True)["key"]
    change = Adjustment(
        key="change-1", line=line, before=Stated(amount="1.00"), after=Stated(amount="2.00"), by="x",
        on=str(date(2026, 4, 1)), reason="ours",
    )  # fmt: skip
    assert not is_released(replace(sent, review=Review(adjustments=(change,))))


def test_a_release_makes_no_run_out_of_date(three_councils, finished) -> None:
    from consortia.run import run_study

    own = release_return(three_councils.returns[0], by="A. Treasurer", on="2026-11-21")
    changed = replace(three_councils, returns=(own, *three_councils.returns[1:]))
    assert run_study(changed, made_on=DAY).fingerprint == finished.fingerprint
    assert len(released_partners(changed)) == 3
