"""Picking partners on a region's map in the terminal."""

from __future__ import annotations


def test_those_picked_stand_in_brackets_and_their_neighbours_are_marked(consortia) -> None:
    said = consortia("councils", "districts-north-west", "--pick", "3", "Burnley")
    assert said.returncode == 0, said.stderr
    assert "[ 3] Lancaster" in said.stdout
    assert "[13] Burnley" in said.stdout
    assert "~ Pendle" in said.stdout
    assert "Calderdale, North Yorkshire" in said.stdout
    assert "consortia new FOLDER --partners Lancaster Burnley --from EDITION" in said.stdout


def test_a_whole_nation_is_picked_at_once_and_read_in_welsh(consortia) -> None:
    said = consortia("councils", "wales", "--pick", "all", "--language", "cy")
    assert said.stdout.count("[") == 2 * 22
    assert "Ynys Môn" in said.stdout
    assert "I wneud astudiaeth" in said.stdout


def test_without_a_map_all_are_listed(consortia) -> None:
    said = consortia("councils")
    assert said.returncode == 0, said.stderr
    assert "counties-south-east" in said.stdout


def test_a_number_that_the_map_has_not_is_refused_with_those_it_has(consortia) -> None:
    said = consortia("councils", "wales", "--pick", "99")
    assert said.returncode != 0
    assert "1 to 22" in said.stderr
