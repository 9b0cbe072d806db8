"""A percentage typed as a whole number is told where it stands, with what it would mean and what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from consortia.errors import StudyError
from consortia.findings import Finding
from consortia.study.store import read_definition

from .documents import STUDY, faults_of

UNITS = {"kind": "units", "key": "calls", "unit": {"en": "call"}, "unit_cost": 4, "volume": 900}
CONTRACT = {"kind": "contract", "key": "price", "lines": ["libraries"], "price": 900}
PROCUREMENT = {"kind": "procurement", "key": "goods", "lines": ["libraries"], "rate": 0.05}


def effect(**fields: Any) -> dict[str, Any]:
    return {"projects": [{"key": "one", "title": {"en": "One"}, "effects": [fields]}]}


def project(**fields: Any) -> dict[str, Any]:
    return {"projects": [{"key": "one", "title": {"en": "One"}} | fields]}


def only(fields: dict[str, Any]) -> Finding:
    (finding,) = faults_of(fields)
    return finding


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (effect(**UNITS, rate=30), "projects.one.effects.calls.rate"),
        (effect(**UNITS, growth=30), "projects.one.effects.calls.growth"),
        (effect(**PROCUREMENT, open_share=30), "projects.one.effects.goods.open_share"),
        (effect(**CONTRACT, indexation={"index": 30}), "projects.one.effects.price.indexation.index"),
        (
            effect(**CONTRACT, indexation={"index": {"2026-27": 30}}),
            "projects.one.effects.price.indexation.index.2026-27",
        ),
        (effect(**CONTRACT, indexation={"index": 0.03, "less": 30}), "projects.one.effects.price.indexation.less"),
        (
            effect(kind="amounts", key="a", amounts={"2026-27": 1}, persistence={"lasts": "fades", "kept": 30}),
            "projects.one.effects.a.persistence.kept",
        ),
        (effect(kind="amounts", key="a", amounts={"2026-27": 1}, times=30), "projects.one.effects.a.times"),
        (project(delivery={"low": 0.2, "mode": 0.3, "high": 30}), "projects.one.delivery"),
        (
            project(costs=[{"kind": "ict", "key": "portal", "amounts": {"2026-27": 1}, "chance": 30}]),
            "projects.one.costs.portal.chance",
        ),
        (
            project(funding=[{"key": "fund", "title": {"en": "F"}, "amounts": {"2026-27": 1}, "rate": 30}]),
            "projects.one.funding.fund.rate",
        ),
        ({"lines": [{"key": "parks", "partner": "E1", "growth": 30}]}, "lines.parks.growth"),
        ({"lines": [{"key": "parks", "partner": "E1", "price_growth": 30}]}, "lines.parks.price_growth"),
        (
            {"posts": [{"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 1, "on_cost": 30}]},
            "posts.head.on_cost",
        ),
    ],
)
def test_a_percentage_typed_as_a_whole_number_is_one_finding(fields: dict[str, Any], place: str) -> None:
    finding = only(fields)
    assert (finding.code, finding.place and finding.place.cell) == ("not-a-fraction", place)
    assert "30, is 3,000%" in finding.text()
    assert "Write 0.30 for 30%." in finding.text()


def test_two_per_cent_of_growth_is_not_two() -> None:
    finding = only({"lines": [{"key": "parks", "partner": "E1", "growth": 2}]})
    assert "a fraction from -0.5 to 0.5 is meant. Write 0.02 for 2%." in finding.text()


@pytest.mark.parametrize("rank", [1.4, -30])
def test_a_rank_correlation_is_no_percentage(rank: float) -> None:
    finding = only({"correlations": [{"between": ["a", "b"], "rank": rank}]})
    assert finding.place
    assert (finding.code, finding.place.cell) == ("not-a-correlation", "correlations[1].rank")
    assert f"What stands here is {rank}; a rank correlation lies between -1 and 1." in finding.text()
    assert "%" not in finding.text()


def test_a_range_of_percentages_is_told_with_each_of_them() -> None:
    rate = {"low": 2.5, "mode": 5, "high": 10}
    finding = only(effect(kind="rate_of_line", key="counter", lines=["libraries"], rate=rate))
    assert "Write 0.025, 0.05, 0.10 for 2.5%, 5%, 10%." in finding.text()


def test_months_of_delay_are_never_fewer_than_none() -> None:
    finding = only(project(delay_months={"low": -3, "mode": 3, "high": 12}))
    assert finding.place
    assert finding.place.cell == "projects.one.delay_months"
    assert "-3, cannot be below 0" in finding.text()


def test_a_percentage_hides_no_other_fault(tmp_path: Path) -> None:
    counter = {"kind": "rate_of_line", "key": "counter", "lines": ["librarys"], "rate": 30}
    (tmp_path / "case.yaml").write_text(yaml.safe_dump(STUDY | effect(**counter)), encoding="utf-8")
    with pytest.raises(StudyError) as refused:
        read_definition(tmp_path / "case.yaml")
    assert "[case.yaml, projects.one.effects.counter.rate]" in refused.value.what
    assert "[case.yaml, projects.one.effects.counter.lines]" in refused.value.what
