"""Partners are moved between the groups of a run, and one may leave: at once it is seen what that costs whom."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import consortia.web
from consortia.report.hexmap import FILLS
from consortia.run.partners import Arranged, Arrangement, Sharing, arrange, shared_as
from consortia.run.partners.agreed import agreed_name, agreed_shares
from consortia.run.partners.leaving import exits_of
from consortia.run.partners.regrouped import regroup
from consortia.web.accounts.models import Event
from consortia.web.language import language
from consortia.web.runs import regrouping
from consortia.web.runs.actions import release_run
from consortia.web.runs.calculation import to_text
from consortia.web.runs.regrouping import arranged_for, cost_to_the_rest, groups_of, left_with_table, moves_of
from consortia.web.runs.seating import Seating, seating_of

ADDRESS = reverse("run-groups", args=("pennine", 1))


@pytest.fixture(scope="session")
def arranged(documents: Any) -> Arranged:
    return arrange(documents.study)


@pytest.fixture(scope="session")
def service(arranged: Arranged) -> Arrangement:
    return arranged.services[0]


@pytest.fixture
def seating(service: Arrangement) -> Seating:
    return seating_of(service, {})


def member_of(seating: Seating) -> str:
    return seating.members(1)[0]


def asked(seating: Seating, code: str, **more: str) -> dict[str, str]:
    return {"service": seating.service, f"in-{code}": "\N{EN DASH}", **more}


def test_the_groups_of_the_run_are_worth_what_the_run_says(
    service: Arrangement, seating: Seating, arranged: Arranged
) -> None:
    shown = regroup(service, seating.masks(), arranged.definition, rule=agreed_name(arranged.definition))
    assert shown.total == pytest.approx(sum(one.price.value for one in service.decision.formed))
    assert shown.shares == pytest.approx(agreed_shares(service, arranged.definition, agreed_name(arranged.definition)))


def test_no_move_is_worth_more_to_all_than_the_proved_best(
    service: Arrangement, seating: Seating, arranged: Arranged
) -> None:
    moves = [move for code in service.partners for move in moves_of(code, seating, service, arranged)]
    assert moves
    assert all(move.refused if move.total is None else move.total <= 1e-6 for move in moves)
    assert any(move.total is not None for move in moves)


def test_who_moves_out_and_who_stays_lose_together_what_all_lose(
    service: Arrangement, seating: Seating, arranged: Arranged
) -> None:
    rule = agreed_name(arranged.definition)
    before = regroup(service, seating.masks(), arranged.definition, rule=rule)
    alone = seating.with_move(member_of(seating), 0)
    after = regroup(service, alone.masks(), arranged.definition, rule=rule)
    assert after.shares.sum() - before.shares.sum() == pytest.approx(after.total - before.total)
    assert after.shares[service.partners.index(member_of(seating))] == 0


def test_a_group_that_may_not_form_counts_its_members_alone(service: Arrangement, arranged: Arranged) -> None:
    everybody = (1 << len(service.partners)) - 1
    barred = replace(service, limits=replace(service.limits, apart=((0, 1),)), _circles={})
    shown = regroup(barred, [everybody], arranged.definition, rule="equal")
    assert shown.forbidden == (everybody,)
    assert shown.total == 0
    assert not shown.shares.any()


def test_a_letter_stays_with_its_group_when_another_is_emptied(service: Arrangement, seating: Seating) -> None:
    moved = seating.with_move(member_of(seating), 0)
    read = seating_of(service, {f"in-{member_of(seating)}": "\N{EN DASH}"})
    assert read == moved
    assert moved.address().count("in-") == 1


def test_each_is_left_with_what_the_departures_leave_it(
    service: Arrangement, seating: Seating, arranged: Arranged
) -> None:
    exits = exits_of(service, arranged.setting, rule=agreed_name(arranged.definition))[0]
    leaver = member_of(seating)
    table = left_with_table(leaver, exits, arranged)
    assert table.column("after")[0] == -exits.terms.leaver_pays[service.partners.index(leaver)]
    assert len(table.rows) == len(exits.members)


def test_the_page_shows_the_map_beside_a_form_that_needs_no_script(
    run: Any, analyst: Any, seating: Seating, page: Any
) -> None:
    text = page(analyst, ADDRESS)
    assert "<svg" in text
    assert 'method="get" id="seating"' in text
    assert f'<select name="in-{member_of(seating)}"' in text
    assert f"picked={member_of(seating)}#moves" in text


def test_the_groups_stand_beside_the_map_in_words(run: Any, analyst: Any, seating: Seating, page: Any) -> None:
    board = re.findall(r'<li class="box([^"]*)" data-group="([^"]+)">(.*?)</ul>', page(analyst, ADDRESS), re.S)
    shown = {letter: re.findall(r'data-partner="(\w+)"', text) for _, letter, text in board}
    assert shown["A"] == list(seating.members(1))


def test_colours_beside_the_map_are_those_of_the_map() -> None:
    sheet = (Path(consortia.web.__file__).parent / "static" / "consortia" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"\.fill-\d \{ background: (#[0-9a-f]{6}); \}", sheet) == list(FILLS)


def test_who_was_moved_and_who_gains_and_loses_most_is_said(
    run: Any, analyst: Any, seating: Seating, as_: Any, arranged: Arranged
) -> None:
    code = member_of(seating)
    text = as_(analyst).get(ADDRESS, asked(seating, code)).content.decode()
    assert f"{arranged.definition.partner(code).name.en}: in group A in the run, on its own here." in text
    assert "loses most: £" in text


def test_what_the_rest_gain_is_not_told_as_a_cost_below_zero() -> None:
    told = [language().words(cost_to_the_rest(cost)) for cost in (2_000, -2_000, 0.3)]
    assert told == ["It costs the rest £2,000 in all.", "The rest gain £2,000 in all.", "It costs the rest nothing."]


def test_a_move_by_the_address_is_answered_and_nothing_is_kept(
    run: Any, analyst: Any, seating: Seating, as_: Any
) -> None:
    before = Event.objects.count()
    text = as_(analyst).get(ADDRESS, asked(seating, member_of(seating))).content.decode()
    assert "less than in the run" in text
    assert Event.objects.count() == before
    assert "less than in the run" not in as_(analyst).get(ADDRESS).content.decode()


def test_a_picked_partner_is_told_where_it_could_go(run: Any, analyst: Any, seating: Seating, as_: Any) -> None:
    code = member_of(seating)
    text = as_(analyst).get(ADDRESS, {"service": seating.service, "picked": code}).content.decode()
    assert "Where could" in text
    moves = re.findall(r'<a href="(\?service=[^"]+)">On its own', text)
    assert len(moves) == 1
    follow = as_(analyst).get(ADDRESS + moves[0].replace("&amp;", "&")).content.decode()
    assert "less than in the run" in follow


def test_the_groups_of_a_finished_run_are_taken_as_they_are(arranged: Arranged, result: Any, documents: Any) -> None:
    known = shared_as(documents.study, groups_of(result))
    assert [(one.proposal.key, one.formed) for one in known.services if one.formed] == [
        (one.proposal.key, one.formed) for one in arranged.services
    ]


def test_a_service_that_the_run_does_not_share_is_tried_all_the_same(
    run: Any, analyst: Any, as_: Any, result: Any, documents: Any
) -> None:
    service = shared_as(documents.study, {}).services[0]
    first, second = service.partners[:2]
    nobody = replace(result, content=replace(result.content, maps=()))
    run.result, run.fingerprint = to_text(nobody), "0" * 64
    run.save()
    asked = {"service": service.proposal.key, f"in-{first}": "A", f"in-{second}": "A"}
    text = as_(analyst).get(ADDRESS, asked).content.decode()
    assert "The run shares no service." in text
    assert "on its own in the run, in group A here" in text


def test_who_leaves_next_is_answered_from_what_is_priced_already(
    run: Any, analyst: Any, seating: Seating, as_: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_(analyst)
    client.get(ADDRESS)
    arranged, groups = arranged_for(run), dict(arranged_for(run).services[0]._circles)
    with django_assert_max_num_queries(8):
        text = client.get(ADDRESS, {"service": seating.service, "leaves": member_of(seating)}).content.decode()
    assert "Who is left with what when" in text
    assert arranged_for(run) is arranged
    assert arranged.services[0]._circles == groups
    assert [len(circle.after) for circle in groups.values()] == [2**10]


def test_tables_of_many_partners_are_let_go_of_when_another_service_is_looked_at(
    arranged: Arranged, service: Arrangement, monkeypatch: Any
) -> None:
    many = replace(service, _circles={})
    worth = many.worth_of(service.formed[0])
    monkeypatch.setattr(regrouping, "PARTNERS_KEPT", 5)
    regrouping.keep_only(arranged.services[0], Sharing(arranged.study, arranged.setting, (many,)))
    assert not many._circles
    assert many.worth_of(service.formed[0]) == worth


@pytest.mark.parametrize("wrong", [{"service": "moon"}, {"picked": "E99"}, {"leaves": "E99"}])
def test_what_is_not_there_is_not_found(wrong: dict[str, str], run: Any, analyst: Any, as_: Any) -> None:
    assert as_(analyst).get(ADDRESS, wrong).status_code == 404


def test_a_group_that_is_not_offered_is_refused(run: Any, analyst: Any, seating: Seating, as_: Any) -> None:
    response = as_(analyst).get(ADDRESS, {f"in-{member_of(seating)}": "<b>"})
    assert response.status_code == 400
    assert b"&lt;b&gt;" in response.content


def test_partners_wait_for_the_release(run: Any, officer: Any, analyst: Any, as_: Any) -> None:
    assert as_(officer).get(ADDRESS).status_code == 403
    release_run(run, by=analyst)
    assert as_(officer).get(ADDRESS).status_code == 200


def test_an_outsider_does_not_find_the_page(run: Any, outsider: Any, as_: Any) -> None:
    assert as_(outsider).get(ADDRESS).status_code == 404


def test_groups_are_not_priced_anew_from_other_documents(run: Any, analyst: Any, as_: Any) -> None:
    run.study_fingerprint = "0" * 64
    run.save()
    assert b"The documents changed after this run" in as_(analyst).get(ADDRESS).content


def test_the_page_is_welsh_too(run: Any, analyst: Any, seating: Seating, as_: Any) -> None:
    client = as_(analyst)
    client.cookies["django_language"] = "cy"
    text = client.get(ADDRESS, asked(seating, member_of(seating), leaves=member_of(seating))).content.decode()
    assert "Beth os bydd partner yn gadael?" in text
    assert "than in the run" not in text
