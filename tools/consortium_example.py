"""The study in examples/education-consortium: six authorities, one joint service, and what follows when one leaves."""

from __future__ import annotations

from dataclasses import replace

import consortium_governance as governance
from consortia.intake.published import baseline
from consortia.study import Assumption, Definition, Initiative, Link, Range, Scenario, Study, Text
from consortia.study.partnership import ExitAgreement, PartnershipTerms
from consortium_placements import placements

SIX = ("Carmarthenshire", "Ceredigion", "Neath Port Talbot", "Pembrokeshire", "Powys", "Swansea")
SWANSEA = "W06000011"
CONTRIBUTION = 40_000
"""Pounds a year that one council paid before the change; its notice spoke of 160,000 at least after it."""
PART_OF_EDUCATION = 0.0028
"""What of education spending a joint team for school improvement changes [judgement: chosen so that six just hold]"""


def consortium() -> Study:
    """The study: what is published of the six and of the contributions; the rest is judgement, named as such."""
    title = Text(en="An education consortium of six", cy="Consortiwm addysg o chwech")
    study, _ = baseline(SIX, ("wales-2019-20",), name="education-consortium", title=title)
    return replace(study, definition=_definition(study.definition))


def _definition(made: Definition) -> Definition:
    changed = Definition.model_validate(made.model_dump() | {"horizon_years": 10, "draws": 1024, "scenarios": ()})
    return changed.model_copy(
        update={
            "purpose": Text(
                en="If one of six leaves a joint service paid for in equal parts, do the others hold, and who is next?",
                cy="Os bydd un o chwech yn gadael cyd-wasanaeth y telir amdano'n gyfartal, a fydd y lleill yn dal?",
            ),
            "initiatives": (_initiative(),),
            "links": (Link(kind="together", partners=changed.codes, reason="The consortium as it stands."),),
            "partnership": PartnershipTerms(
                rule="equal_contribution",
                placements=placements(),
                pooled=(governance.pooled(),),
                leads=(governance.lead(),),
                shared_posts=(governance.shared_post(),),
                profiles=governance.profiles(),
                needs=governance.needs(),
                answers=governance.answers(),
                exits=(
                    ExitAgreement(
                        notice_months=12, disaggregation_cost=0, source="Judgement: a year's notice and nothing more."
                    ),
                ),
            ),
            "assumptions": _assumptions(CONTRIBUTION),
            "scenarios": (_fourfold(), _without_the_largest()),
        }
    )


def _initiative() -> Initiative:
    return Initiative(
        key="school-improvement",
        service="education",
        title=Text(en="School improvement", cy="Gwella ysgolion"),
        level="full_integration",
        saving=Range(low=0.0, mode=0.27, high=0.30),
        addressable_share=PART_OF_EDUCATION,
        maturity="contracted",
        start="2020-21",
        comparator="ServQ case study: ten authorities planned 27% by 2014 (claim, unaudited)",
        reason="Judgement: what joint school improvement is of education spending, and a saving that was only planned.",
    )


def _assumptions(contribution: float) -> tuple[Assumption, ...]:
    source = "Press reports of 2019-2021: one council's part would rise from 40,000 pounds to 160,000 at least"
    return (
        Assumption(
            key="coordination_fixed",
            value=contribution * len(SIX),
            source=source,
            reason="The joint team's cost, as if all six paid the same; what the others paid is not known to us.",
        ),
        Assumption(key="coordination_per_pair", value=0.0, reason="Judgement: the joint team does the coordinating."),
        Assumption(key="unlikeness", value=0.0, reason="Judgement: the joint team does the coordinating."),
        Assumption(
            key="max_chance_of_loss",
            value=1.0,
            reason="The consortium stands; the question is who would leave it, not whether to form it.",
        ),
    )


def _fourfold() -> Scenario:
    return Scenario(
        key="fourfold",
        title=Text(en="Contributions four times as high", cy="Cyfraniadau bedair gwaith yn uwch"),
        assumptions=_assumptions(4 * CONTRIBUTION)[:1],
    )


def _without_the_largest() -> Scenario:
    reason = "To see whether the other five can go on by themselves."
    return Scenario(
        key="without-the-largest",
        title=Text(en="Without the largest partner", cy="Heb y partner mwyaf"),
        overrides={"partnership.roles": [{"partner": SWANSEA, "role": "abstain", "reason": reason}]},
    )
