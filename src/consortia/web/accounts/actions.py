"""What people do with accounts: each action is one transaction with its event inside."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from consortia.errors import NotAllowed
from consortia.web.accounts.access import check_can_invite
from consortia.web.accounts.events import record
from consortia.web.accounts.models import Invitation, Membership, Organisation, Role, User
from consortia.web.accounts.tokens import digest_of_token, new_token
from consortia.web.language import sentence

INVITATION_LASTS = timedelta(days=14)
SET_UP_LASTS = timedelta(days=1)
FIRST_OFFICE = "programme-office"


@transaction.atomic
def invite(*, email: str, organisation: Organisation, role: str, by: User) -> str:
    """Makes an invitation and gives its token, which is shown once. Raises NotAllowed."""
    check_can_invite(by, organisation, role)
    token = new_token()
    Invitation.objects.create(
        token_digest=digest_of_token(token),
        email=email.strip().lower(),
        organisation=organisation,
        role=role,
        invited_by=by.email,
        expires=timezone.now() + INVITATION_LASTS,
    )
    record("invite", by=by, subject=organisation.code, email=email, role=role)
    return token


@transaction.atomic
def open_set_up(*, by: User | None = None) -> str:
    """Gives the token of a link that makes its user an administrator and analyst; earlier such links end."""
    Invitation.objects.filter(makes_administrator=True, accepted=None).delete()
    office, _ = Organisation.objects.get_or_create(
        code=FIRST_OFFICE, defaults={"name": "Programme office", "name_cy": "Swyddfa'r rhaglen"}
    )
    token = new_token()
    Invitation.objects.create(
        token_digest=digest_of_token(token),
        organisation=office,
        role=Role.ANALYST,
        makes_administrator=True,
        invited_by="",
        expires=timezone.now() + SET_UP_LASTS,
    )
    record("open_set_up", by=by, subject=office.code)
    return token


@transaction.atomic
def join(invitation: Invitation, *, email: str, name: str, password: str, by: User | None = None) -> User:
    """Makes the account that an invitation is for and its membership. Raises NotAllowed when the address has one."""
    address = (invitation.email or email).strip().lower()
    if User.objects.filter(email=address).exists():
        raise NotAllowed(
            sentence("There is an account with this e-mail address already."),
            remedy=sentence("Log in with it, then open the link again."),
        )
    user = User.objects.create_user(email=address, name=name, password=password)
    _admit(user, invitation)
    record("join", by=by or user, subject=invitation.organisation.code, role=invitation.role)
    return user


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> None:
    """Adds the membership to an account that exists. Raises NotAllowed when the link is for somebody else."""
    if invitation.email and invitation.email != by.email:
        raise NotAllowed(
            sentence("This invitation is for another e-mail address."),
            remedy=sentence("Log out, then open the link again."),
        )
    _admit(by, invitation)
    record("accept", by=by, subject=invitation.organisation.code, role=invitation.role)


@transaction.atomic
def change_password(*, new: str, by: User) -> None:
    """Sets a new password; every other session of the person ends by it."""
    by.password = make_password(new)
    by.save(update_fields=["password"])
    record("change_password", by=by, subject=by.email)


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """Takes a person out of an organisation. Raises NotAllowed."""
    check_can_invite(by, membership.organisation, membership.role)
    membership.delete()
    record(
        "end_membership", by=by, subject=membership.organisation.code, email=membership.user.email, role=membership.role
    )


def _admit(user: User, invitation: Invitation) -> None:
    """Marks the invitation as used first, in one statement: of two who use one link together, one is let in."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted=None)
    if not waiting.update(accepted=timezone.now()):
        raise NotAllowed(sentence("This invitation was used already."), remedy=sentence("Ask for a new one."))
    Membership.objects.get_or_create(user=user, organisation=invitation.organisation, role=invitation.role)
    if invitation.makes_administrator:
        user.is_administrator = True
        user.save(update_fields=["is_administrator"])
