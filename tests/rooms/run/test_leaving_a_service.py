"""What leaving costs by the agreement, and equal contributions: the arithmetic, on the consortium of the examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from consortia.errors import StudyError
from consortia.partnership.masks import players_of
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.leaving import exits_of
from consortia.study import read_study
from consortia.study.partnership import ExitAgreement, ShareLimit

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "education-consortium"


@pytest.fixture(scope="module")
def six() -> Arranged:
    return arrange(read_study(FOLDER))


def with_terms(arranged: Arranged, **changed: object):
    definition = arranged.definition
    terms = definition.partnership.model_copy(update=changed)
    return definition.model_copy(update={"partnership": terms})


def test_a_years_notice_costs_a_sixth_of_the_joint_team(six) -> None:
    terms = exits_of(six.services[0], six.setting, rule="equal_contribution")[0].terms
    assert terms.leaver_pays == pytest.approx((240_000 / 6,) * 6)
    assert terms.rest_bear == pytest.approx((0.0,) * 6)


def test_where_the_agreement_is_silent_leaving_costs_half_of_its_part_of_the_set_up(six) -> None:
    definition = with_terms(six, exits=(ExitAgreement(notice_months=0, source="test"),))
    setting = replace(six.setting, definition=definition)
    service = six.services[0]
    found = exits_of(service, setting, rule="equal_contribution")[0]
    assert sum(found.terms.leaver_pays) == pytest.approx(0.5 * service.decision.formed[0].price.setup)


def test_equal_contributions_and_own_savings_sum_to_what_the_group_is_worth(six) -> None:
    service = six.services[0]
    shares = agreed_shares(service, six.definition, "equal_contribution")
    assert shares.sum() == pytest.approx(service.worth_of(service.formed[0]))
    paid = service.factors.coordination * 240_000 / 6
    own = np.array(service.proposal.cost)
    assert (shares + paid) / own == pytest.approx(np.full(6, ((shares + paid) / own)[0]))


def test_a_floor_is_kept_and_the_total_stays(six) -> None:
    ceredigion = "W06000008"
    definition = with_terms(six, share_limits=(ShareLimit(partner=ceredigion, floor=50_000),))
    service = six.services[0]
    shares = agreed_shares(service, definition, "equal_contribution")
    assert shares[service.partners.index(ceredigion)] == pytest.approx(50_000)
    assert shares.sum() == pytest.approx(service.worth_of(service.formed[0]))


def test_floors_above_what_there_is_are_refused(six) -> None:
    limits = tuple(ShareLimit(partner=code, floor=1e7) for code in six.definition.codes)
    with pytest.raises(StudyError, match="School improvement"):
        agreed_shares(six.services[0], with_terms(six, share_limits=limits), "budget")


def test_the_rest_regroup_at_least_as_well_as_they_stay(six) -> None:
    found = exits_of(six.services[0], six.setting, rule="equal_contribution")[0]
    for member in players_of(found.group):
        rest = found.group ^ 1 << member
        assert found.still_possible(member) >= six.services[0].worth_of(rest)
