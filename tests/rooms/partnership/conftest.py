"""What the partnership tests share: value tables of every published kind, and a plain pricing model."""

import numpy as np
import pytest

from consortia.appraisal import ValueFactors
from consortia.partnership.masks import group_sizes, group_sums
from consortia.partnership.value import DuplicatedWork, GroupModel, LevelFactor


def uniform(random, players, sizes):
    return sizes * random.uniform(size=sizes.size)


def normal(random, players, sizes):
    return sizes * random.normal(10, 0.1, sizes.size)


def modified_uniform(random, players, sizes):
    bonus = np.where(random.uniform(size=sizes.size) < 0.2, random.uniform(0, 50, sizes.size), 0)
    return 10 * sizes * random.uniform(size=sizes.size) + bonus


def modified_normal(random, players, sizes):
    bonus = np.where(random.uniform(size=sizes.size) < 0.2, random.normal(25, 0.1, sizes.size), 0)
    return sizes * random.normal(10, 0.1, sizes.size) + bonus


def exponential(random, players, sizes):
    return sizes * random.exponential(size=sizes.size)


def beta(random, players, sizes):
    return sizes * random.beta(0.5, 0.5, sizes.size)


def gamma(random, players, sizes):
    return sizes * random.gamma(2, 2, sizes.size)


def agent_based_uniform(random, players, sizes):
    power = random.uniform(0, 10, players)
    return sum_of_members(random.uniform(0, 2 * power, (sizes.size, players)), sizes)


def agent_based_normal(random, players, sizes):
    power = random.normal(10, 0.1, players)
    return sum_of_members(random.normal(power, 0.1, (sizes.size, players)), sizes)


def ndcs(random, players, sizes):
    drawn = random.normal(sizes, np.sqrt(sizes))
    while (low := (drawn <= 0) & (sizes > 0)).any():
        drawn = np.where(low, random.normal(sizes, np.sqrt(sizes)), drawn)
    return drawn


def sum_of_members(amounts, sizes):
    members = np.arange(sizes.size)[:, None] >> np.arange(amounts.shape[1]) & 1
    return (amounts * members).sum(axis=1)


DISTRIBUTIONS = (
    uniform, normal, modified_uniform, modified_normal, exponential, beta, gamma,
    agent_based_uniform, agent_based_normal, ndcs,
)  # fmt: skip


@pytest.fixture(params=DISTRIBUTIONS, ids=lambda drawn: drawn.__name__)
def drawn_table(request):
    """One of the ten value distributions of methods.md 9.4 as a function of players and seed."""

    def draw(players, seed):
        return request.param(np.random.default_rng(seed), players, group_sizes(players))

    return draw


def _divisions(mask):
    """Every division of a set, from the definition: the lowest player's group, then the rest. Oracle for small n."""
    if mask == 0:
        return [()]
    low = mask & -mask
    others = [1 << bit for bit in range(mask.bit_length()) if (mask ^ low) >> bit & 1]
    groups = [low + int(inside) for inside in group_sums(others)]
    return [(group, *rest) for group in groups for rest in _divisions(mask ^ group)]


@pytest.fixture(scope="session")
def every_division():
    """Give every division of so many players, each once."""
    return lambda players: _divisions((1 << players) - 1)


FACTORS = ValueFactors(saving=6.0, setup=1.0, coordination=8.0, first_two_years=0.6)
FULL = (LevelFactor("full_integration", 1.0),)


@pytest.fixture
def model():
    """Give a pricing model: four partners, rule 2 at 6%, no set-up and no coordination cost unless said so."""

    def build(**changes):
        usual = {
            "cost": (1_000_000.0, 2_000_000.0, 3_000_000.0, 4_000_000.0),
            "gain": DuplicatedWork(0.06),
            "highest_rate": 0.5,
            "setup_share": 0.0,
            "levels": FULL,
            "factors": FACTORS,
        }
        return GroupModel(**(usual | changes))

    return build
