"""What conditions cost: each as the difference of two solves, all together, and one grouping for all services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consortia.partnership import best_partition, price_groups
from consortia.report.words import Message
from consortia.run.groups import group_model
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.prices import wish_prices
from consortia.run.partners.simplicity import groupings_table, simple, simplicity_table
from consortia.study import Link, Study, read_study
from consortia.study.partnership import PartnerRole

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SWANSEA, NEATH = "W06000011", "W06000012"


@pytest.fixture(scope="module")
def six() -> Study:
    return read_study(EXAMPLES / "south-west-and-mid-wales-six")


@pytest.fixture(scope="module")
def arranged(six: Study) -> Arranged:
    return arrange(six)


def test_one_grouping_for_all_costs_what_free_choice_is_worth_more(arranged: Arranged) -> None:
    joint = simple(arranged, 1).joint
    free = sum(max(one.option.grouping.best.value, 0.0) for one in arranged.decisions)
    assert joint.free == pytest.approx(free)
    assert joint.price_of_simplicity == pytest.approx(free - joint.value)
    assert joint.proved


def test_more_groupings_never_cost_more(arranged: Arranged) -> None:
    prices = simplicity_table(arranged, (1, 2, 3)).column("price")
    assert list(prices) == sorted(prices, reverse=True)
    assert prices[-1] == 0


def test_every_service_stands_with_its_grouping_or_is_said_not_to_be_shared(arranged: Arranged) -> None:
    table = groupings_table(arranged, 2)
    listed = [name.en for row in table.rows for name in row[1]]
    apart = [name.en for note in table.notes for name in dict(note.values)["services"]]
    assert sorted([*listed, *apart]) == sorted(one.title("en") for one in arranged.proposals)
    gaining = {one.proposal.title("en") for one in arranged.services}
    assert gaining <= set(listed)


def test_a_group_is_worth_to_a_service_what_its_providers_gain_or_nothing(arranged: Arranged) -> None:
    """All six in one group: the sum over the services of what six gain, those that lose left out."""
    whole = sum(max(one.worth_of(0b111111), 0.0) for one in arranged.services if len(one.partners) == 6)
    assert simple(arranged, 1).joint.value >= whole


def test_wishes_have_a_price_each_and_one_together(six: Study) -> None:
    links = (
        Link(kind="apart", partners=(SWANSEA, NEATH), reason="An old quarrel."),
        Link(kind="apart", partners=("W06000010", "W06000009"), reason="Another."),
    )
    bound = arrange(replace(six, definition=six.definition.model_copy(update={"links": links})))
    *each, own, every = wish_prices(bound)
    assert (own.wish, every.wish) == ("Your own wishes together", "All of these together")
    assert max(one.price for one in each if one.partners) - 1e-6 <= own.price <= every.price + 1e-6
    assert every.price >= max(one.price for one in each) - 1e-6
    held = sum(one.option.grouping.best.value for one in bound.decisions)
    tables = [price_groups(group_model(one, bound.setting)).value for one in bound.proposals]
    assert every.price == pytest.approx(sum(best_partition(table).value for table in tables) - held)


def test_the_reason_of_the_border_names_the_services_bound_to_the_map(arranged: Arranged) -> None:
    border = next(one for one in wish_prices(arranged) if one.wish == "Groups share a common border")
    bound = [one.title("en") for one in arranged.proposals if one.service.adjacency]
    assert isinstance(border.reason, Message)
    assert [name.en for name in dict(border.reason.values)["services"]] == bound
    assert border.price >= 0


def test_a_hosts_capacity_has_a_price(six: Study) -> None:
    """Only Swansea would host, and for 400,000 people only: the best without that bound less the best with it."""
    buyers = tuple(PartnerRole(partner=code, role="buy") for code in six.definition.codes if code != SWANSEA)

    def worth(*roles: PartnerRole) -> tuple[float, Arranged]:
        terms = six.definition.partnership.model_copy(update={"roles": roles})
        found = arrange(replace(six, definition=six.definition.model_copy(update={"partnership": terms})))
        return sum(one.option.grouping.best.value for one in found.decisions), found

    held, bound = worth(*buyers, PartnerRole(partner=SWANSEA, role="host", capacity=400_000, reason="Its ledger."))
    free, _ = worth(*buyers, PartnerRole(partner=SWANSEA, role="host"))
    price = next(one for one in wish_prices(bound) if one.reason == "Its ledger.")
    assert price.price == pytest.approx(free - held)
    assert price.price > 0


def worth_before_the_loss_limit(found: Arranged) -> float:
    return sum(one.option.grouping.best.value for one in found.decisions)


@pytest.mark.parametrize("pair", [("W06000010", SWANSEA), ("W06000009", "W06000010"), (NEATH, SWANSEA)])
def test_a_wish_to_stand_together_costs_what_the_run_loses_by_it(
    six: Study, arranged: Arranged, pair: tuple[str, str]
) -> None:
    """No services named: where the pair would only lose it shares nothing, in the run, the price and `--at-most`."""
    wish = Link(kind="together", partners=pair, reason="A city deal.")
    bound = arrange(replace(six, definition=six.definition.model_copy(update={"links": (wish,)})))
    price = next(one.price for one in wish_prices(bound) if one.wish == "Must share together")
    held = worth_before_the_loss_limit(bound)
    assert price == pytest.approx(worth_before_the_loss_limit(arranged) - held, abs=0.01)
    assert simple(bound, 1).joint.free == pytest.approx(held)
    assert all(one.option.grouping.best.value >= 0 for one in bound.decisions)


def test_partners_that_must_stand_together_share_together_or_not_at_all(six: Study) -> None:
    wish = Link(kind="together", partners=("W06000010", SWANSEA), reason="A city deal.")
    bound = arrange(replace(six, definition=six.definition.model_copy(update={"links": (wish,)})))
    for decision in bound.decisions:
        for group in decision.groups:
            assert len({"W06000010", SWANSEA} & set(group.price.members)) != 1
