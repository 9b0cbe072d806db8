"""Xentrall over ten years and five bodies that share a centre: published figures, and what is followed beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from consortia.report.language import translator
from consortia.report.tables import Table
from consortia.report.words import Absent
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.projects_in_paper import figures_of_case
from consortia.run.tracking_tables import change_between, delivered_of, tracking_tables
from consortia.study.projects import Outturn, Project
from consortia.study.store import read_definition

CASES = Path(__file__).resolve().parents[2] / "examples" / "cases"


@cache
def appraised(name: str) -> Appraised:
    return appraise_projects(read_definition(CASES / f"{name}.yaml"), file=f"{name}.yaml")


def table(name: str, key: str) -> Table:
    return next(one for one in tracking_tables(appraised(name)) if one.key == key)


def test_xentrall_expects_94_per_cent_more_than_it_aimed_at() -> None:
    (row,) = table("xentrall", "forecasts").rows
    shown = dict(zip((one.key for one in table("xentrall", "forecasts").columns), row, strict=True))
    assert (shown["original"], shown["latest"], shown["change"]) == (7_000_000, 13_600_000, 6_600_000)
    assert shown["part"] == pytest.approx(13.6 / 7 - 1)  # +94.3%
    assert shown["delivered"] is None  # nowhere published: not known, and not nought
    expected = appraised("xentrall")
    assert sum(expected.in_cash(expected.flows()["cashable"])) == pytest.approx(13_600_000)


def test_what_was_delivered_is_that_of_the_whole_where_it_is_stated_and_else_of_the_parts() -> None:
    def project(*outturns: Outturn) -> Project:
        return Project.model_validate(
            {"key": "p", "title": {"en": "P"}, "outturns": [one.to_plain() for one in outturns]}
        )

    part = Outturn.model_validate({"year": "2025-26", "item": "desk", "delivered": 3})
    whole = Outturn.model_validate({"year": "2025-26", "delivered": 5})
    assert (delivered_of(project(part)), delivered_of(project(part, whole)), delivered_of(project())) == (3, 5, None)
    assert change_between(0, 5) is None


def test_five_bodies_share_the_saving_by_use_and_a_national_park_has_its_part() -> None:
    found = appraised("disaster-recovery")
    assert len(found.definition.partners) == 5
    yearly = {code: found.flows(partner=code, project="centre")["cashable"][1] for code in found.definition.codes}
    assert sum(yearly.values()) == pytest.approx(75_000)
    assert yearly["E26000006"] == pytest.approx(75_000 * 4 / 36)  # 8,333.33: four racks of 36


def test_advice_found_1_67m_for_each_of_90_councils() -> None:
    (row,) = table("disaster-recovery", "advice").rows
    assert row[3] == pytest.approx(150_000_000 / 90)
    assert row[4:] == (Absent.NOT_KNOWN, Absent.NOT_KNOWN)


def test_each_project_is_tagged_with_its_aims_and_one_without_any_is_named() -> None:
    rows = table("disaster-recovery", "aims").rows
    assert len(rows) == 5  # the four aims, and those without one
    named = [[one.en for one in row[1]] if isinstance(row[1], tuple) else row[1] for row in rows]  # type: ignore[union-attr]
    assert named == [
        ["One centre"],
        Absent.NOT_APPLICABLE,
        ["One centre"],
        Absent.NOT_APPLICABLE,
        ["Rehearsals together"],
    ]
    assert rows[0][2] == pytest.approx(75_000 * sum(1.035**-t for t in range(1, 6)))


def test_what_is_parked_asked_and_at_risk_is_shown_as_stated() -> None:
    keys = [one.key for one in tracking_tables(appraised("disaster-recovery"))]
    assert keys == ["aims", "mitigations", "engagement", "opportunities", "advice"]
    one, other = table("disaster-recovery", "mitigations").rows
    assert (one[6], one[7]) == (Absent.NOT_KNOWN, None)
    assert other[6] == 20_000
    assert translator("cy").text("Scope that was parked") == "Cwmpas a roddwyd o'r neilltu"


@pytest.mark.parametrize("name", ["xentrall", "disaster-recovery"])
def test_every_number_in_them_has_a_figure(name: str) -> None:
    tables, figures = figures_of_case(appraised(name))
    keys = [key for one in tables for row in one.figure_keys for key in row if key]
    assert keys
    assert all(key in figures for key in keys)
