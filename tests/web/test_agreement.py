"""What partners agree on one page: every rule side by side, whether it holds, and the continuum of working together."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.urls import reverse

from consortia.report.tables import Column, Table
from consortia.web.runs.actions import release_run
from consortia.web.runs.agreement_views import CHAPTERS, LONG, _in_chapters, agreement_tables

ADDRESS = reverse("run-agreement", args=("pennine", 1))


def shown(text: str) -> list[str]:
    return re.findall(r'<caption id="caption-([^"]+)"', text)


def test_the_page_has_a_chapter_for_each_question(run: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, ADDRESS)
    assert re.findall(r'<h2 id="chapter-(\w+)"', text) == ["gets", "holds", "places", "run"]
    assert {"shares", "recommended", "walk_away", "level_rules"} <= set(shown(text))


def test_every_table_on_agreements_is_on_the_page_and_none_is_listed_twice(
    run: Any, analyst: Any, page: Any, result: Any
) -> None:
    on_page = shown(page(analyst, ADDRESS))
    about = agreement_tables(result.content, result.content.tables)
    assert sorted(on_page) == sorted(each.key for each in about)
    listed = re.findall(r"/tables/([^/]+)/", page(analyst, reverse("run", args=("pennine", 1))))
    assert not set(listed) & set(on_page)


def test_a_table_of_a_new_kind_is_shown_too() -> None:
    new = Table("of_a_new_kind", "New", "Something new.", (Column("partner", "Partner"),), (("Burnley",),))
    assert [(chapter.key, held) for chapter, held in _in_chapters([new]) if held] == [("further", (new,))]


def test_without_a_placement_the_analyst_is_led_to_one(run: Any, analyst: Any, page: Any) -> None:
    text = page(analyst, ADDRESS)
    assert "Nobody has placed a function" in text
    assert reverse("change-record", args=("pennine", "placements")) in text


def test_long_tables_are_folded(run: Any, analyst: Any, page: Any, result: Any) -> None:
    text = page(analyst, ADDRESS)
    long = [each.key for each in agreement_tables(result.content, result.content.tables) if len(each.rows) > LONG]
    assert text.count("<details>") == len(long)


def test_payments_stand_beside_the_shares() -> None:
    table = Table("shares", "", "", (Column("partner", "Partner"),), ())
    tables = [replace(table, key=key) for key in ("payments_share-a_1", "walk_away", "shares", "recommended")]
    assert [each.key for each in CHAPTERS[0].of(tables)] == ["shares", "recommended", "payments_share-a_1"]


def test_partners_see_their_own_lines_until_the_run_is_released(
    run: Any, officer: Any, analyst: Any, page: Any
) -> None:
    before = shown(page(officer, ADDRESS))
    release_run(run, by=analyst)
    assert set(before) < set(shown(page(officer, ADDRESS)))
