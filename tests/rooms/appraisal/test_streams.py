"""Streams, lines and programmes: what does not hold together is refused with its reason."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.streams import Line, Programme, Settlement, Stream, Timing
from consortia.periods import FinancialYear

LINE = Line(key="legal of A", partner="A", base=(100.0, 100.0))
STREAM = {"key": "one", "project": "merger", "partner": "A", "kind": "cashable", "planned": (0.0, 10.0)}


def programme(**changes):
    usual = {"partners": ("A", "B"), "base_year": FinancialYear(2024), "horizon": 1, "factors": np.array([1, 0.966])}
    return Programme(**(usual | changes))


def test_the_projects_are_in_the_order_of_their_first_stream():
    streams = (Stream(**STREAM), Stream(**STREAM | {"key": "two", "project": "ict"}))
    assert programme(streams=streams).projects == ("merger", "ict")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "hope"}, "no known kind"),
        ({"planned": (0.0, float("nan"))}, "not known"),
        ({"of_line": True, "planned": (0.0, 0.1)}, "name the line"),
        ({"of_line": True, "line": "legal of A", "planned": (0.0, 1.1)}, "no part be above 1"),
        ({"line": "legal of A", "kind": "running_cost"}, "takes from no line"),
        ({"cap": 0.3}, "only a part of a line"),
    ],
)
def test_a_stream_that_makes_no_sense_is_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        Stream(**STREAM | changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"streams": (Stream(**STREAM),) * 2}, "stream or settlement one is there more than once"),
        ({"streams": (Stream(**STREAM | {"partner": "Z"}),)}, "partner Z is not in the programme"),
        ({"streams": (Stream(**STREAM | {"line": "rates"}),)}, "line rates is not"),
        ({"streams": (Stream(**STREAM | {"line": LINE.key, "partner": "B"}),), "lines": (LINE,)}, "another partner"),
        ({"streams": (Stream(**STREAM | {"inputs": ("luck",)}),)}, "input luck is not"),
        ({"streams": (Stream(**STREAM | {"planned": (1.0,)}),)}, "one must have one amount for each of 2 years"),
        ({"timings": {"merger": Timing(delivery="late")}}, "input late is not"),
        ({"factors": np.array([1.0])}, "2 years need as many discount factors"),
        ({"counted": ("hope",)}, "kind hope is not"),
    ],
)
def test_a_programme_that_does_not_hold_together_is_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        programme(**changes)


def test_a_settlement_needs_a_bound_for_each_share():
    with pytest.raises(ValueError, match="with a share below it"):
        Settlement(key="guarantee", project="merger", partner="A", kind="cashable", share_below=1.0)
