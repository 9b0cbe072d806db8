"""What the commands scale, neighbours and compare --trend print, and what they say to a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consortia.cli import comparisons
from consortia.cli.arguments import check_at_most_one
from consortia.cli.comparisons import (
    read_weights,
    show_comparison_for,
    show_gaps,
    show_neighbours,
    show_outcomes,
    show_scale,
    show_trends,
)
from consortia.errors import ConsortiaError, UnknownReference
from consortia.reference.breaks import breaks_of, series_breaks
from consortia.reference.sources import source
from consortia.run import harmonise_study
from consortia.run.comparison import compare
from consortia.run.gaps import gaps
from consortia.run.trends import trends
from consortia.study import read_study

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide enough that no sentence is folded over several lines of a column."""
    monkeypatch.setattr(comparisons.console, "width", 300)


def printed(capsys) -> str:
    """What was printed, as one line."""
    return re.sub(r"\s+", " ", capsys.readouterr().out)


def test_scale_prints_verdict_band_and_number_of_councils(capsys) -> None:
    show_scale("childrens_social_care", edition="rsx-2024-25", language="en")
    text = printed(capsys)
    assert "Bigger costs" in text
    assert "148" in text
    assert "It compares councils of different size in one year" in text


def test_scale_of_every_head_says_what_chance_alone_would_show(capsys) -> None:
    show_scale("", edition="", language="cy")
    text = printed(capsys)
    assert "Ni ellir dweud" in text
    assert "gall siawns yn unig ddangos effaith" in text


def test_neighbours_prints_what_makes_each_distance_and_the_weights(capsys) -> None:
    show_neighbours("burnley", weights=["population density=2"], count=3, language="en")
    text = printed(capsys)
    assert "Hyndburn" in text
    assert "Population density counts 2 times" in text


def test_a_weight_is_found_by_any_spelling_of_its_indicator() -> None:
    assert read_weights(["CIGARETTE smokers=0", "Museums=1.5"]) == {"Cigarette smokers": 0.0, "Museums": 1.5}


@pytest.mark.parametrize("written", ["Museums=x", "Museums=-1", "Museums=inf", "Museums=nan"])
def test_a_weight_that_is_no_number_from_zero_is_refused(written: str) -> None:
    with pytest.raises(ConsortiaError, match="gives no weight"):
        read_weights([written])


@pytest.mark.parametrize("written", ["museum=2", "Museums", "=2"])
def test_an_unknown_indicator_is_told_near_ones(written: str) -> None:
    with pytest.raises(UnknownReference, match="is no indicator"):
        read_weights([written])


def test_trends_start_anew_after_a_break_and_say_why(capsys) -> None:
    show_trends(EXAMPLES / "lancashire-fifteen", service="highways", language="en")
    text = printed(capsys)
    assert "Travel concessions moved from districts to counties in April 2011" in text
    definition = read_study(EXAMPLES / "lancashire-fifteen").definition
    rows = {row.partner.en: row.trend for row in trends(definition, service="highways")}
    assert rows["Lancashire"].since == "2011-12"
    assert rows["Blackpool"].since == "2010-11"  # a unitary kept what it had


def test_a_service_without_two_outturns_is_refused_with_a_sentence() -> None:
    with pytest.raises(ConsortiaError, match="not two published outturns"):
        show_trends(EXAMPLES / "lancashire-fifteen", service="police", language="en")


def test_the_trend_of_a_head_is_its_published_outturn_in_the_prices_of_the_base_year() -> None:
    definition = read_study(EXAMPLES / "south-west-and-mid-wales-six").definition
    (powys,) = (row for row in trends(definition, service="education") if row.partner.en == "Powys")
    assert powys.trend.n >= 20
    assert str(powys.trend.price_base) == f"real, {definition.base_year} prices"


def test_every_break_has_a_source_and_words_in_both_languages() -> None:
    assert len(series_breaks()) >= 7
    assert all(source(each.source) and each.reason and each.reason_cy for each in series_breaks())


def test_a_district_has_no_break_for_public_health() -> None:
    assert breaks_of("public_health", "E07000117") == ()
    assert [each.year for each in breaks_of("public_health", "E10000017")] == ["2013-14", "2016-17"]


def test_a_gap_has_its_size_its_worth_at_most_and_what_of_it_lasts(capsys) -> None:
    show_gaps(EXAMPLES / "lancashire-fifteen", service="environmental", language="en")
    text = printed(capsys)
    assert "if every difference were waste" in text
    study = read_study(EXAMPLES / "lancashire-fifteen")
    rows = gaps(compare(study, harmonise_study(study), service="environmental"), study.definition)
    (blackpool,) = (row for row in rows if row.partner.en == "Blackpool")
    assert blackpool.gap == pytest.approx(blackpool.unit_cost / blackpool.median - 1)
    assert blackpool.shrunk == pytest.approx(blackpool.potential * (blackpool.reliability or 0))
    assert 0.9 < (blackpool.reliability or 0) < 1
    assert all(row.potential >= 0 for row in rows)


def test_a_gap_needs_neighbours_that_publish_the_service() -> None:
    with pytest.raises(ConsortiaError, match="eight neighbours"):
        show_gaps(EXAMPLES / "lancashire-fifteen", service="planning.development_control", language="en")


def test_a_partner_that_is_none_of_the_study_is_told_so() -> None:
    with pytest.raises(ConsortiaError, match="is no partner of this study"):
        show_comparison_for(EXAMPLES / "lancashire-fifteen", viewer="Powys", service="", language="en")


def test_cost_beside_outcome_is_printed_in_both_languages_with_its_caveat(capsys) -> None:
    folder, tax = EXAMPLES / "lancashire-fifteen", "central.council_tax_collection"
    show_outcomes(folder, viewer="", service=tax, language="en")
    assert "neither is shown to cause the other" in printed(capsys)
    show_outcomes(folder, viewer="Burnley", service=tax, language="cy")
    assert "ni ddangosir bod y naill yn achosi'r llall" in printed(capsys)


def test_without_an_outcome_the_command_says_what_to_do() -> None:
    with pytest.raises(ConsortiaError, match="No result is published") as refused:
        show_outcomes(EXAMPLES / "south-west-and-mid-wales-six", viewer="", service="", language="en")
    assert "consortia reference outcome_indicators" in refused.value.remedy


def test_two_tables_at_once_are_refused() -> None:
    with pytest.raises(ConsortiaError, match="--trend and --gap ask for different tables"):
        check_at_most_one({"--trend": True, "--gap": True, "--outcome": False})
