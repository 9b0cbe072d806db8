"""How partners run what they share: what the tables tell, and what needs attention on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from consortia.run.governance import governance_findings, governance_tables, is_open_to_partners
from consortia.run.release import PARTNER
from consortia.run.unlikeness import unlikeness_of
from consortia.study import Definition, Text, read_study
from consortia.study.leads import Delegation, LeadBody
from consortia.study.needs import NeedReview, PartnerNeed
from consortia.study.placements import Placement
from consortia.study.pooled import PooledBudget
from consortia.study.profiles import PartnerProfile
from consortia.study.prompts import PromptAnswer
from consortia.study.shared_posts import SharedPost, SharingCouncil

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "education-consortium"
DAY = date(2020, 6, 30)
CEREDIGION, POWYS, SWANSEA = "W06000008", "W06000023", "W06000011"


@pytest.fixture(scope="module")
def six() -> Definition:
    return read_study(EXAMPLE).definition


def table(definition: Definition, key: str):
    return next(one for one in governance_tables(definition, DAY, prompts=True) if one.key == key)


def codes(definition: Definition, day: date = DAY) -> list[str]:
    return [one.code for one in governance_findings(definition, day)]


def having(definition: Definition, **terms) -> Definition:
    return definition.model_copy(update={"partnership": definition.partnership.model_copy(update=terms)})


def test_the_account_of_the_example_ends_with_what_is_left(six: Definition) -> None:
    account = table(six, "pool_school-improvement")
    assert account.column("line")[-2:] == ("Balance at the end", "of which grant that would go back")
    assert [row[1:] for row in account.rows[-2:]] == [(100_000, 70_000), (70_000, 30_000)]


def test_who_leaves_is_owed_its_part_or_owes_for_what_it_keeps(six: Definition) -> None:
    owners = table(six, "pool_owners_school-improvement")
    owed = dict(zip((name.en for name in owners.column("council")), owners.column("owed"), strict=True))
    assert owed["Powys"] == 15_200
    assert owed["Carmarthenshire"] == -23_840
    assert set(owners.column("notice")) == {40_000, 60_000}


def test_what_needs_attention_is_said_in_order(six: Definition) -> None:
    assert codes(six) == [
        "delegation-missing", "lead-review-overdue", "grant-not-spent", "split-out-of-parity", "split-felt-unfair",
        "needs-overdue",
    ]  # fmt: skip


def test_the_day_comes_from_outside(six: Definition) -> None:
    early = codes(six, date(2019, 12, 1))
    assert "needs-overdue" not in early
    assert "lead-review-overdue" not in early


def test_a_budget_pooled_below_full_integration_is_warned_of(six: Definition) -> None:
    placed = Placement(
        key="joint", function=Text(en="Joint work"), service="education", level="cooperation", reasons=(Text(en="-"),)
    )
    found = having(six, placements=(placed,))
    assert {"pool-without-level", "model-does-not-fit-level"} <= set(codes(found))


def test_a_lead_authority_needs_a_lead_and_a_delegation_in_force(six: Definition) -> None:
    lapsed = Delegation(partner=POWYS, functions=(Text(en="All"),), decision="Cabinet", until="2020-01-01")
    lead = LeadBody(key="e", services=("education",), model="lead_authority", members=(POWYS,), delegations=(lapsed,))
    assert codes(having(six, leads=(lead,)))[:2] == ["lead-missing", "delegation-missing"]


def test_a_council_that_was_not_asked_is_named(six: Definition) -> None:
    post = SharedPost(
        key="chief",
        rationale=Text(en="Cover."),
        councils=(SharingCouncil(partner=POWYS, felt="fair"), SharingCouncil(partner=CEREDIGION)),
    )
    found = having(six, shared_posts=(post,), needs=(), leads=(), pooled=())
    assert codes(found) == ["split-not-asked"]
    assert table(found, "post_chief").column("agreed") == (0.5, 0.5)


@pytest.mark.parametrize(("times", "reason", "said"), [((0.6, 0.4), "", "reason"), ((0.6, 0.6), "More", "add up")])
def test_another_split_needs_a_reason_and_adds_up(times, reason, said) -> None:
    councils = [SharingCouncil(partner=code, time=time) for code, time in zip((POWYS, CEREDIGION), times, strict=True)]
    with pytest.raises(ValidationError, match=said):
        SharedPost(key="chief", rationale=Text(en="Cover."), councils=tuple(councils), reason=reason)


def test_who_keeps_the_account_pays_in(six: Definition) -> None:
    pool = six.partnership.pooled[0]
    with pytest.raises(ValidationError, match="pay nothing into it"):
        PooledBudget.model_validate(pool.model_dump() | {"host": "W06000001"})


def test_reviews_stand_in_the_order_of_their_days() -> None:
    late, early = (
        NeedReview(on=day, outcome="not_met", said=Text(en="-"), by="x") for day in ("2020-02-01", "2020-01-01")
    )
    with pytest.raises(ValidationError, match="order of their days"):
        PartnerNeed(key="n", partner=POWYS, what=Text(en="-"), due="2019-12-01", reviews=(late, early))


def test_a_key_stands_once(six: Definition) -> None:
    twice = six.partnership.pooled * 2
    with pytest.raises(ValidationError, match="two with the key"):
        type(six.partnership).model_validate(
            six.partnership.model_dump() | {"pooled": [one.model_dump() for one in twice]}
        )


def test_who_has_the_skill_that_another_lacks_is_named(six: Definition) -> None:
    lacks = dict(
        zip(
            (one.en for one in table(six, "profiles").column("council")),
            table(six, "profiles").column("lacks"),
            strict=True,
        )
    )
    assert [one.values[1][1][0].en for one in lacks["Ceredigion"]] == ["Carmarthenshire", "Neath Port Talbot"]


def test_ways_of_working_that_differ_count_as_unlikeness(six: Definition) -> None:
    alike = having(six, profiles=())
    unlike = having(
        six,
        profiles=(
            PartnerProfile(partner=POWYS, style=1, readiness=5, by="x"),
            PartnerProfile(partner=SWANSEA, style=5, readiness=5, by="x"),
        ),
    )
    pair = (POWYS, SWANSEA)
    before = unlikeness_of(pair, "education", alike, far_apart=100.0)
    after = unlikeness_of(pair, "education", unlike, far_apart=100.0)
    assert before is not None
    assert after is not None
    # Style four of four apart, readiness not at all: 0.5, which counts as much as the distance.
    assert after[0][1] == pytest.approx((before[0][1] + 0.5) / 2)


def test_an_answer_to_no_question_is_said(six: Definition) -> None:
    strange = PromptAnswer(prompt="why", answer=Text(en="-"), by="x")
    assert codes(having(six, answers=(strange,)))[-1] == "no-such-prompt"


def test_the_questions_stand_beside_the_answers(six: Definition) -> None:
    coalition = table(six, "prompts_coalition")
    assert len(coalition.rows) == 5
    assert coalition.rows[0][1].en.startswith("To keep specialists")
    assert len(table(six, "prompts_lessons").rows) == 6


def test_what_partners_have_said_to_each_other_every_partner_sees(six: Definition) -> None:
    found = governance_tables(six, DAY, prompts=False)
    assert all(is_open_to_partners(one) for one in found)
    assert not any(column.key == PARTNER for one in found for column in one.columns)
