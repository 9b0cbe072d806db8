"""Who may see and do what with a study. A view gets studies and returns from here and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from consortia.errors import BlockedByFindings, ConsortiaError, NotAllowed
from consortia.findings import Finding
from consortia.intake.reviewing import ACCEPTABLE
from consortia.run.signing import signing_objections
from consortia.web.accounts.access import own_offices
from consortia.web.accounts.models import Membership, Organisation, Role, User
from consortia.web.language import language, sentence
from consortia.web.remedies import for_the_site
from consortia.web.studies.documents import load_definition, load_return
from consortia.web.studies.models import PartnerReturn, SignOff, Study

BIG_TEXTS = ("files",)


class Check(Protocol):
    """A rule that raises the sentence of its objection."""

    def __call__(self, user: User, row: PartnerReturn, /) -> None:
        """Raises a ConsortiaError, or nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to a study: an analyst of it, and of which partners they are finance officer or otherwise."""

    analyst: bool
    partners: frozenset[str]
    finance_officer_of: frozenset[str]

    def sees(self, partner: str) -> bool:
        """True when the person may see this partner's detail."""
        return self.analyst or partner in self.partners


def studies_for(user: User) -> QuerySet[Study]:
    """The studies that the person takes part in: as analyst of the owner, or for a partner."""
    memberships = Membership.objects.filter(user=user)
    analyses = memberships.filter(role=Role.ANALYST, organisation=OuterRef("owner"))
    takes_part = PartnerReturn.objects.filter(study=OuterRef("pk"), organisation__memberships__user=user)
    return Study.objects.filter(Exists(analyses) | Exists(takes_part))


def get_study_for(user: User, slug: str) -> Study:
    """The study, when the person takes part in it; Http404 otherwise."""
    return get_object_or_404(studies_for(user), slug=slug)


def get_study_for_analyst(user: User, slug: str) -> Study:
    """The study, when the person is an analyst of its owner; Http404 to outsiders, NotAllowed to partners."""
    study = get_study_for(user, slug)
    if not standing_in(study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
    return study


def standing_in(study: Study, user: User) -> Standing:
    """What the person is to this study."""
    held = Membership.objects.filter(user=user).values_list("organisation_id", "organisation__code", "role")
    rows = list(held)
    return Standing(
        analyst=any(owner == study.owner_id and role == Role.ANALYST for owner, _, role in rows),
        partners=frozenset(code for _, code, _ in rows),
        finance_officer_of=frozenset(code for _, code, role in rows if role == Role.FINANCE_OFFICER),
    )


def returns_of(study: Study) -> QuerySet[PartnerReturn]:
    """The partners with the state of their returns, without any figure in them."""
    signatures = Prefetch("sign_offs", queryset=SignOff.objects.select_related("signed_by"))
    return study.returns.select_related("organisation").prefetch_related(signatures).defer(*BIG_TEXTS)


def get_return_for(user: User, slug: str, partner: str) -> PartnerReturn:
    """One partner's return with its figures, when the person may see them; Http404 otherwise."""
    study = get_study_for(user, slug)
    known = PartnerReturn.objects.select_related("organisation", "study")
    if not standing_in(study, user).analyst:
        known = known.filter(organisation__in=Organisation.objects.filter(memberships__user=user))
    return get_object_or_404(known, study=study, organisation__code=partner)


def may_make_studies(user: User) -> bool:
    """True when the person is an analyst of any organisation."""
    return own_offices(user).exists()


def check_can_send(user: User, row: PartnerReturn) -> None:
    """Raises NotAllowed unless the person is a finance officer of the partner or an analyst of the study."""
    standing = standing_in(row.study, user)
    if not standing.analyst and row.partner not in standing.finance_officer_of:
        raise NotAllowed(sentence("Only a finance officer of the partner or the study's analyst sends its return."))


def can_send(user: User, row: PartnerReturn) -> bool:
    """True when `check_can_send` has no objection."""
    return _passes(check_can_send, user, row)


def check_can_sign(user: User, row: PartnerReturn, *, digest: str = "") -> None:
    """Raises the first of `objections_to_signing`: NotAllowed by role, BlockedByFindings by the state of the return.

    `digest` is that of the return as the person saw it; empty asks about the return as it is now.
    """
    for objection in objections_to_signing(user, row, digest=digest):
        raise objection


def objections_to_signing(user: User, row: PartnerReturn, *, digest: str = "") -> Iterator[ConsortiaError]:
    """Everything that keeps the person from signing the return, each with its sentence."""
    name = row.organisation.in_language(language().code)
    if row.partner not in standing_in(row.study, user).finance_officer_of:
        yield NotAllowed(sentence("Only a finance officer of {partner} signs its return.", partner=name))
        return
    if digest and digest != row.digest:
        yield BlockedByFindings(
            sentence("The return changed after you opened it."), remedy=sentence("Look at it again, then sign.")
        )
    if row.signature:
        yield BlockedByFindings(sentence("The return is signed already."))
    yield from _faults(row)


def _faults(row: PartnerReturn) -> Iterator[BlockedByFindings]:
    """What is wrong with the return, as the command line asks it; the faults of its cells are one objection."""
    returned = load_return(row)
    found = signing_objections(returned, base_year=load_definition(row.study).base_year)
    of_cells = [one for one in found if one in returned.findings and one.code not in ACCEPTABLE]
    if of_cells:
        yield BlockedByFindings(
            sentence("The return has faults that stand in the way of a signature."),
            remedy=sentence("Correct the cells that are named under Findings and send the file again."),
        )
    for one in for_the_site(one for one in found if one not in of_cells):
        yield BlockedByFindings(_told(one))


def _told(finding: Finding) -> str:
    """The finding's words in the person's language, and where."""
    words = language().finding(finding)
    return f"{words} ({finding.place})" if finding.place else words


def _passes(check: Check, user: User, row: PartnerReturn) -> bool:
    try:
        check(user, row)
    except ConsortiaError:
        return False
    return True
