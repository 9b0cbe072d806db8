"""Who may do what with people and organisations."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from consortia.errors import NotAllowed
from consortia.web.accounts.models import Invitation, Organisation, Role, User
from consortia.web.accounts.tokens import digest_of_token
from consortia.web.language import sentence


def signed_in(request: HttpRequest) -> User:
    """The person behind a request; Http404 when there is none."""
    user: User | AnonymousUser = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def own_offices(user: User) -> QuerySet[Organisation]:
    """The organisations that the person is an analyst of."""
    return Organisation.objects.filter(memberships__user=user, memberships__role=Role.ANALYST)


def organisations_for(user: User) -> QuerySet[Organisation]:
    """The organisations that the person may see and invite to: all for an administrator, else own and partners'."""
    everything = Organisation.objects.order_by("name")
    if user.is_administrator:
        return everything
    offices = own_offices(user).values("pk")
    return everything.filter(Q(pk__in=offices) | Q(returns__study__owner__in=offices)).distinct()


def check_can_invite(user: User, organisation: Organisation, role: str) -> None:
    """Raises NotAllowed with the reason when the person may not invite to this role of this organisation."""
    if user.is_administrator:
        return
    if not organisations_for(user).filter(pk=organisation.pk).exists():
        raise NotAllowed(sentence("You may only invite people to organisations that take part in your studies."))
    if role == Role.ANALYST and not own_offices(user).filter(pk=organisation.pk).exists():
        raise NotAllowed(sentence("You may only invite analysts to your own organisation."))


def can_invite(user: User) -> bool:
    """True when there is any organisation that the person may invite to."""
    return user.is_administrator or own_offices(user).exists()


def get_invitation(token: str) -> Invitation:
    """The open invitation behind a link; Http404 when it was used, withdrawn, has run out, or never was."""
    waiting = Invitation.objects.select_related("organisation").filter(accepted=None, expires__gt=timezone.now())
    invitation = waiting.filter(token_digest=digest_of_token(token)).first()
    if invitation is None:
        raise Http404
    return invitation
