"""Floors that a group cannot bear, and terms for services that there are not, are told: on the six of the examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consortia.errors import StudyError
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.agreement import agreements_of, refusals
from consortia.run.partners.tables import wishes_table
from consortia.run.unknown_services import refuse_unknown_services, unknown_services
from consortia.study import Definition, Link, read_study
from consortia.study.partnership import GroupBounds, PartnerRole, ShareLimit

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "education-consortium"
CARMARTHENSHIRE, CEREDIGION, PEMBROKESHIRE = "W06000010", "W06000008", "W06000009"


@pytest.fixture(scope="module")
def six() -> Arranged:
    return arrange(read_study(FOLDER))


def with_terms(arranged: Arranged, **changed: object) -> Definition:
    definition = arranged.definition
    terms = definition.partnership.model_copy(update=changed)
    return definition.model_copy(update={"partnership": terms})


def with_limits(arranged: Arranged, *limits: ShareLimit) -> Arranged:
    definition = with_terms(arranged, share_limits=limits)
    return replace(arranged, study=replace(arranged.study, definition=definition))


def test_floors_of_some_above_what_the_group_is_worth_are_refused_with_names_and_worth(six: Arranged) -> None:
    limits = (ShareLimit(partner=CARMARTHENSHIRE, floor=3e7), ShareLimit(partner=CEREDIGION, floor=2e7))
    worth = six.services[0].worth_of(six.services[0].formed[0])
    with pytest.raises(StudyError, match="Carmarthenshire £30,000,000") as told:
        agreed_shares(six.services[0], with_terms(six, share_limits=limits), "budget")
    assert f"come to £50,000,000, more than the £{worth:,.0f} that" in told.value.what


def test_where_floors_are_refused_the_study_s_own_rule_stands_in_and_the_paper_says_why(six: Arranged) -> None:
    floored = with_limits(six, ShareLimit(partner=CARMARTHENSHIRE, floor=3e7))
    agreement = next(iter(agreements_of(floored).values()))
    assert (agreement.shares >= 0).all()
    told = [one.code for one in refusals((agreement,))]
    assert told == ["floors-above-worth", "agreement-has-no-answer"]


def test_a_partner_that_others_floors_push_below_zero_is_named_in_a_warning(six: Arranged) -> None:
    worth = six.services[0].worth_of(six.services[0].formed[0])
    floored = with_limits(six, ShareLimit(partner=CARMARTHENSHIRE, floor=0.99 * worth))
    agreement = next(iter(agreements_of(floored, "equal").values()))
    (told,) = refusals((agreement,))
    assert told.code == "floors-charge-others"
    charged = agreement.service.partners[agreement.shares.argmin()]
    assert floored.definition.partner(charged).name.en in told.text()
    assert "Carmarthenshire" not in told.text()


def test_a_service_that_there_is_not_is_told_with_its_place_and_the_nearest(six: Arranged) -> None:
    definition = with_terms(six, roles=(PartnerRole(partner=CEREDIGION, role="host", services=("educaton",)),))
    (told,) = unknown_services(definition)
    assert "'educaton'" in told.text()
    assert "education (Education" in told.text()
    assert str(told.place) == "study.yaml, partnership.roles.1.services"
    with pytest.raises(StudyError, match="educaton"):
        refuse_unknown_services(definition)


def test_a_condition_whose_removal_leaves_no_division_has_no_price_and_the_table_says_so(six: Arranged) -> None:
    """Ceredigion stays out; without that, three would have to stand together in groups of two at most."""
    three = Link(kind="together", partners=(CARMARTHENSHIRE, CEREDIGION, PEMBROKESHIRE), reason="test")
    out = PartnerRole(partner=CEREDIGION, role="abstain", reason="test")
    pairs = GroupBounds(key="pairs", largest=2, reason="test")
    definition = with_terms(six, roles=(out,), bounds=(pairs,)).model_copy(update={"links": (three,)})
    table = wishes_table(arrange(replace(six.study, definition=definition)))
    prices = dict(
        zip(
            (one.msgid if hasattr(one, "msgid") else one for one in table.column("wish")),
            table.column("price"),
            strict=True,
        )
    )
    assert prices["Stays out"] == "No way to divide the partners is left"
