"""How the six of examples/education-consortium run what they share: made up for the example, as its README says."""

from __future__ import annotations

from decimal import Decimal

from consortia.study import Text
from consortia.study.leads import Delegation, LeadBody
from consortia.study.needs import NeedReview, PartnerNeed
from consortia.study.pooled import JointPost, PooledAsset, PooledBudget, PooledContribution, PooledGrant, PooledSpend
from consortia.study.profiles import PartnerProfile
from consortia.study.prompts import PromptAnswer
from consortia.study.shared_posts import SharedPost, SharingCouncil

CARMARTHENSHIRE, CEREDIGION, NEATH, PEMBROKESHIRE, POWYS, SWANSEA = SIX = (
    "W06000010", "W06000008", "W06000012", "W06000009", "W06000023", "W06000011",
)  # fmt: skip
YEARS = ("2019-20", "2020-21")


def pooled() -> PooledBudget:
    """Forty thousand pounds a year of each of the six, staff of Powys beside it, and a grant."""
    paid = [PooledContribution(partner=code, year=year, amount=Decimal(40_000)) for year in YEARS for code in SIX]
    staff = PooledContribution(partner=POWYS, year="2020-21", amount=Decimal(20_000), kind="staff")
    return PooledBudget(
        key="school-improvement",
        title=Text(en="School improvement", cy="Gwella ysgolion"),
        host=CARMARTHENSHIRE,
        services=("education",),
        contributions=(*paid, staff),
        grants=(PooledGrant(giver="Welsh Government", year="2019-20", amount=Decimal(500_000)),),
        spending=(
            _spend("2019-20", "Joint team", "Tîm ar y cyd", 150_000),
            _spend("2019-20", "Courses for schools", "Cyrsiau i ysgolion", 430_000, from_grant=True),
            _spend("2020-21", "Joint team", "Tîm ar y cyd", 250_000),
            _spend("2020-21", "Courses for schools", "Cyrsiau i ysgolion", 40_000, from_grant=True),
        ),
        assets=(
            PooledAsset(
                key="platform", name=Text(en="Platform for school data", cy="Llwyfan data ysgolion"), year="2019-20",
                cost=Decimal(60_000), life=5, holder=CARMARTHENSHIRE,
            ),
        ),
        posts=(JointPost(title=Text(en="Managing director", cy="Rheolwr gyfarwyddwr"), fte=1, employer=PEMBROKESHIRE),),
        source="Made up for the example; one council's contribution was 40,000 pounds a year.",
    )  # fmt: skip


def _spend(year: str, english: str, welsh: str, amount: int, *, from_grant: bool = False) -> PooledSpend:
    return PooledSpend(year=year, what=Text(en=english, cy=welsh), amount=Decimal(amount), from_grant=from_grant)


def lead() -> LeadBody:
    """A joint committee of the six; one of them has not delegated its function yet."""
    functions = (Text(en="Support and challenge for schools", cy="Cymorth a her i ysgolion"),)
    return LeadBody(
        key="school-improvement",
        services=("education",),
        model="joint_committee",
        lead=CARMARTHENSHIRE,
        body=Text(en="Joint committee for school improvement", cy="Cyd-bwyllgor gwella ysgolion"),
        delegations=tuple(
            Delegation(partner=code, functions=functions, decision="Cabinet, 12 September 2019", on="2019-09-12")
            for code in SIX
            if code not in {CARMARTHENSHIRE, SWANSEA}
        ),
        agreement="Agreement of 1 October 2019",
        review="2020-03-31",
    )


def shared_post() -> SharedPost:
    """A director whom two of them share, with more time for the one that needs more."""
    return SharedPost(
        key="director",
        title=Text(en="Shared director of education", cy="Cyfarwyddwr addysg ar y cyd"),
        rationale=Text(en="Neither could fill the post alone.", cy="Ni allai'r naill na'r llall lenwi'r swydd."),
        councils=(
            SharingCouncil(partner=CARMARTHENSHIRE, time=0.6, pays=0.6, hours=1_230, felt="fair"),
            SharingCouncil(partner=CEREDIGION, time=0.4, pays=0.4, hours=410, felt="unfair"),
        ),
        cost=Decimal(140_000),
        reason="Carmarthenshire has more schools.",
        period="2019-20",
        reviewed="2020-03-31",
    )


def profiles() -> tuple[PartnerProfile, ...]:
    """What three of the six say of themselves."""
    by, on = "Directors of education", "2019-11-04"
    return (
        PartnerProfile(
            partner=CARMARTHENSHIRE, skills=("school data",), needs_skills=("Welsh courses",), style=2, culture=3,
            readiness=5, by=by, on=on,
        ),
        PartnerProfile(
            partner=CEREDIGION, skills=("Welsh courses",), needs_skills=("school data", "leadership"), style=1,
            culture=2, readiness=4, by=by, on=on,
        ),
        PartnerProfile(partner=NEATH, skills=("leadership",), style=4, culture=4, readiness=2, by=by, on=on),
    )  # fmt: skip


def needs() -> tuple[PartnerNeed, ...]:
    """A need that was reviewed and comes back, and one that nobody has looked at."""
    review = NeedReview(
        on="2019-06-28", outcome="partly_met", by="Directors",
        said=Text(en="Accounts come, but late.", cy="Daw cyfrifon, ond yn hwyr."),
    )  # fmt: skip
    return (
        PartnerNeed(
            key="accounts", partner=NEATH, due="2019-06-30", every_months=6, reviews=(review,),
            what=Text(en="To see what its contribution is spent on", cy="Gweld ar beth y gwerir ei gyfraniad"),
        ),
        PartnerNeed(
            key="travel", partner=POWYS, due="2020-09-30",
            what=Text(en="Advice without a day of travel", cy="Cyngor heb ddiwrnod o deithio"),
        ),
    )  # fmt: skip


def answers() -> tuple[PromptAnswer, ...]:
    """One question is answered."""
    said = Text(en="To keep specialists that none could keep alone.", cy="Cadw arbenigwyr na allai'r un eu cadw.")
    return (PromptAnswer(prompt="willing-priority", answer=said, by="Joint committee", on="2019-12-02"),)
