"""Whoever works on the draws, the bits are the same."""

from __future__ import annotations

import distributed
import numpy as np
import pytest

from consortia.appraisal import AppraisalError
from consortia.appraisal.distributions import Pert, Triangular
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.executor import dask_workers, local_workers
from consortia.appraisal.paths import Growth
from consortia.appraisal.streams import Line, Programme, Stream, Timing
from consortia.periods import FinancialYear

COUNT = 2**14  # four blocks


@pytest.fixture
def programme():
    shared = {"partner": "A", "kind": "cashable", "line": "legal", "planned": (0.0, 0.1, 0.2), "of_line": True}
    return Programme(
        partners=("A",),
        lines=(Line(key="legal", partner="A", base=(100.0,) * 3, path="demand"),),
        streams=tuple(Stream(key=name, project=name, inputs=("price",), **shared) for name in ("one", "two")),
        paths={"demand": Growth("growth")},
        inputs={"price": Pert(0.5, 1, 2), "growth": Pert(-0.1, 0, 0.1), "done": Triangular(0.1, 0.8, 1.2)},
        timings={"one": Timing(delivery="done")},
        shares={"price": {"all": 0.4}, "growth": {"all": 0.4}},
        base_year=FinancialYear(2024),
        horizon=2,
        factors=np.array([1.0, 0.966, 0.9335]),
    )


def same(one, two):
    names = ("npv", "net", "by_project", "alone", "yearly", "unmet")
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in names)


def test_two_processes_give_the_same_bits_as_none(programme):
    here = appraise_programme(programme, count=COUNT, seed=3)
    with local_workers(2) as workers:
        assert same(here, appraise_programme(programme, count=COUNT, seed=3, workers=workers))


@pytest.mark.filterwarnings("default")  # dask warns of its own innards
def test_a_cluster_of_dask_gives_the_same_bits(programme):
    here = appraise_programme(programme, count=COUNT, seed=3)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        dask_workers(cluster.scheduler_address) as workers,
    ):
        assert same(here, appraise_programme(programme, count=COUNT, seed=3, workers=workers))


def test_no_workers_at_all_are_refused():
    with pytest.raises(AppraisalError, match="Ask for one or more"), local_workers(0):
        pass
