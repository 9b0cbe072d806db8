"""From a study to cost beside outcome and index numbers, and from a nation's figures to funnels and frontiers."""

from __future__ import annotations

from pathlib import Path

LANCASHIRE = Path(__file__).resolve().parents[2] / "examples" / "lancashire-fifteen"


def plain(text: str) -> str:
    """What was printed on one line: long cells are folded."""
    return " ".join(text.split())


def test_a_service_stands_beside_its_result_with_the_medians_and_no_claim_of_a_cause(consortia) -> None:
    said = consortia("compare", LANCASHIRE, "--outcome", "--service", "central.council_tax_collection")
    assert said.returncode == 0, said.stderr
    assert "Costs less, does better" in plain(said.stdout)
    assert "neither is shown to cause the other" in plain(said.stdout)


def test_without_a_published_result_it_says_where_to_look(consortia, study_folder: Path) -> None:
    said = consortia("compare", study_folder, "--outcome")
    assert said.returncode != 0
    assert "consortia reference outcome_indicators" in said.stderr


def test_price_and_volume_of_each_partner_stand_beside_its_neighbours(consortia, study_folder: Path) -> None:
    said = consortia("compare", study_folder, "--index", "--language", "cy")
    assert said.returncode == 0, said.stderr
    assert "Pris a maint" in said.stdout
    assert "2019-20" in said.stdout


def test_a_funnel_names_who_lies_outside_and_draws_the_picture(consortia, tmp_path: Path) -> None:
    picture = tmp_path / "funnel.svg"
    said = consortia("funnel", "council_tax_collection", "--council", "burnley", "--picture", picture)
    assert said.returncode == 0, said.stderr
    assert "Outside is a question, not a verdict" in plain(said.stdout)
    assert "Burnley" in said.stdout
    assert "Burnley" in picture.read_text(encoding="utf-8")


def test_without_an_indicator_the_funnels_that_can_be_made_are_listed(consortia) -> None:
    assert "csc_agency_rate" in consortia("funnel").stdout


def test_a_frontier_shows_both_methods_and_what_they_must_not_be_read_as(consortia) -> None:
    said = consortia("frontier", "environmental", "--council", "Blackpool")
    assert said.returncode == 0, said.stderr
    assert "Never add it up, never rank by it, set no target." in plain(said.stdout)
    assert "Blackpool" in said.stdout


def test_a_frontier_of_too_few_is_refused_with_the_reason(consortia) -> None:
    said = consortia("frontier", "police")
    assert said.returncode != 0
    assert "too few" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_council_that_is_not_in_it_is_named_in_the_refusal(consortia) -> None:
    said = consortia("funnel", "council_tax_collection", "--council", "Powys")
    assert said.returncode != 0
    assert "Powys is not in" in said.stderr
