"""Summaries of very many draws agree with the draws themselves, in bounded memory."""

from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from consortia.appraisal import Line, Pert, Programme, Stream, Triangular, appraise_programme
from consortia.appraisal.summary import summarise_programme
from consortia.periods import FinancialYear

COUNT = 2**15


@pytest.fixture
def programme():
    costs = {"kind": "one_off_cost", "planned": (25.0, 0.0, 0.0, 0.0), "inputs": ("cost",)}
    saving = {"kind": "cashable", "planned": (0.0, 0.1, 0.1, 0.1), "of_line": True, "inputs": ("saving",)}
    return Programme(
        partners=("A", "B"),
        lines=tuple(Line(key=f"legal of {name}", partner=name, base=(100.0,) * 4) for name in "AB"),
        streams=tuple(
            stream
            for name in "AB"
            for stream in (
                Stream(key=f"s{name}", project="p", partner=name, line=f"legal of {name}", **saving),
                Stream(key=f"c{name}", project="p", partner=name, **costs),
            )
        ),
        inputs={"saving": Pert(-0.5, 1, 2), "cost": Triangular(0.8, 1, 1.5)},
        base_year=FinancialYear(2024),
        horizon=3,
        factors=1.035 ** -np.arange(4.0),
    )


def test_a_summary_agrees_with_the_draws(programme):
    whole, summary = (
        appraise_programme(programme, count=COUNT, seed=1),
        summarise_programme(programme, count=COUNT, seed=1),
    )
    values = whole.worth(partners=["B"])
    spread = summary.partners["B"]
    assert spread.central == values[0]
    assert (spread.mean, spread.sd) == pytest.approx((values[1:].mean(), values[1:].std()))
    assert spread.chance_of_loss == (values[1:] < 0).mean()
    for part in (0.0, 0.1, 0.5, 0.9, 1.0):
        assert spread.quantile(part) == pytest.approx(np.quantile(values[1:], part), abs=np.ptp(values) / 10_000)


def test_the_paybacks_are_counted_year_by_year(programme):
    whole, summary = (
        appraise_programme(programme, count=COUNT, seed=1),
        summarise_programme(programme, count=COUNT, seed=1),
    )
    expected = [(whole.payback[1:] <= year).mean() for year in range(4)]
    assert summary.paid_back.tolist() == pytest.approx(expected)
    assert summary.paid_back[-1] < 1


def test_workers_change_no_bit_of_a_summary(programme):
    here = summarise_programme(programme, count=COUNT, seed=1)
    with ThreadPoolExecutor(3) as pool:
        there = summarise_programme(programme, count=COUNT, seed=1, workers=pool)
    assert (here.all.mean, here.all.sd) == (there.all.mean, there.all.sd)
    assert np.array_equal(here.all.counts, there.all.counts)


def test_a_million_draws_need_no_more_memory_than_some(programme):
    tracemalloc.start()
    summarise_programme(programme, count=2**20, seed=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6


def test_what_is_certain_has_no_spread():
    one = Stream(key="s", project="p", partner="A", kind="cashable", planned=(1.0, 1.0))
    certain = Programme(
        partners=("A",), streams=(one,), base_year=FinancialYear(2024), horizon=1, factors=np.array([1.0, 0.5])
    )
    spread = summarise_programme(certain, count=64, seed=1).all
    assert (spread.mean, spread.sd, spread.quantile(0.1), spread.quantile(0.9)) == (1.5, 0.0, 1.5, 1.5)
