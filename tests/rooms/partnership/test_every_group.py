"""Which method for how many players: every one gives the same division, and too large a table is refused first."""

import numpy as np
import pytest

from consortia.partnership import DuplicatedWork, Limits, PartnershipError, ScaleCurve, allowed_groups
from consortia.partnership import every_group as portfolio
from consortia.partnership.every_group import best_of_every_group, table_bytes
from consortia.partnership.limits import forbid_groups
from consortia.partnership.table_partition import Effort

LIMITS = (
    Limits(),
    Limits(together=((0, 5),), apart=((1, 2), (3, 7))),
    Limits(largest=3, smallest=2),
    Limits(weights=tuple(range(13)), lightest=8, heaviest=30),
    Limits(weights=tuple(range(13)), hosts=(0, 20, 0, 40) + (0,) * 9),
    Limits(links=tuple((one, one + 1) for one in range(12)), largest=5),
)


@pytest.fixture
def services(model):
    """Give pricing models of three services by both rules."""

    def build(players, seed):
        random = np.random.default_rng(seed)
        cost = tuple(random.lognormal(14, 0.7, players))
        usual = {"cost": cost, "highest_rate": 0.15, "pair_rate": 0.006, "setup_share": 0.33}
        gains = (DuplicatedWork(0.05), ScaleCurve(0.96, cost), DuplicatedWork(0.03))
        return [model(gain=gain, **usual) for gain in gains]

    return build


@pytest.mark.parametrize("limits", LIMITS)
def test_a_table_of_thirteen_is_divided_alike_by_every_method(services, limits, monkeypatch):
    models = services(13, seed=3)
    programme = best_of_every_group(models, limits=limits)
    monkeypatch.setattr(portfolio, "MOST_BY_PROGRAMME", 10)
    scans = best_of_every_group(models, limits=limits)
    monkeypatch.setattr(portfolio, "MOST_DIVIDED", 10)
    rounded = best_of_every_group(models, limits=limits)
    assert programme.method != scans.method == rounded.method
    assert (scans.proved, rounded.proved) == (True, True)
    assert scans.value == pytest.approx(programme.value, rel=1e-9)
    assert rounded.value == pytest.approx(programme.value, rel=1e-9)


@pytest.mark.parametrize("limits", LIMITS)
def test_groups_forbidden_part_by_part_are_those_that_the_limits_do_not_allow(limits):
    table = np.zeros(1 << 13, np.float32)
    forbid_groups(table, limits)
    allowed = allowed_groups(13, limits)
    allowed[0] = True
    assert np.array_equal(np.isfinite(table), allowed)


def test_where_scans_prove_nothing_the_programme_does(services, monkeypatch):
    models = services(13, seed=4)
    wanted = best_of_every_group(models)
    monkeypatch.setattr(portfolio, "MOST_BY_PROGRAMME", 10)
    monkeypatch.setattr(portfolio, "SHORT", Effort(kept=0))
    found = best_of_every_group(models)
    assert (found.groups, found.method) == (wanted.groups, wanted.method)


def test_one_service_by_rule_2_alone_is_solved_for_any_number(services):
    found = best_of_every_group(services(40, seed=1)[:1])
    assert found.proved
    assert "sizes" in found.method


def test_too_many_players_or_too_little_memory_are_refused_before_the_table_is_made(services):
    with pytest.raises(PartnershipError, match="at most 28"):
        best_of_every_group(services(29, seed=1))
    with pytest.raises(PartnershipError, match="1,024 MB, more than a quarter"):
        best_of_every_group(services(28, seed=1), room=4 * table_bytes(28) - 1)


def test_limits_that_leave_no_division_are_said(services):
    with pytest.raises(PartnershipError, match="contradict"):
        best_of_every_group(services(5, seed=1), limits=Limits(together=((0, 1),), apart=((0, 1),)))
