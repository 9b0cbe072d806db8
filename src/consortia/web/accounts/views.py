"""Pages for logging in, joining, passwords and people."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from consortia.errors import NotAllowed
from consortia.report.words import msgid
from consortia.web.accounts import actions
from consortia.web.accounts.access import can_invite, get_invitation, organisations_for, signed_in
from consortia.web.accounts.events import record
from consortia.web.accounts.forms import InviteForm, JoinForm, LogInForm, PasswordForm
from consortia.web.accounts.log_in import check_may_try
from consortia.web.accounts.models import Invitation, Membership, User
from consortia.web.fields import posted
from consortia.web.language import sentence
from consortia.web.pages import notice, page

WRONG = msgid("The e-mail address or the password is not right.")


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Asks for e-mail address and password."""
    form = LogInForm(posted(request))
    if form.is_valid():
        user = _authenticate(request, form.cleaned_data["email"].strip().lower(), form.cleaned_data["password"])
        if user:
            login(request, user)
            record("log_in", by=user, subject=user.email)
            return redirect(_next(request))
        form.add_error(None, WRONG)
    return page(request, "accounts/log_in.html", form=form, next=_next(request))


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    record("log_out", by=signed_in(request), subject=signed_in(request).email)
    logout(request)
    return redirect("log-in")


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opens an invitation: somebody who is logged in accepts it, anybody else makes the account that it is for."""
    opened = get_invitation(token)
    if isinstance(request.user, User):
        return _accept(request, opened)
    form = JoinForm(posted(request), invitation=opened)
    if form.is_valid():
        wanted = form.cleaned_data
        user = actions.join(opened, email=wanted.get("email", ""), name=wanted["name"], password=wanted["password"])
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("studies")
    return page(request, "accounts/join.html", form=form, invitation=opened)


@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changes the password of whoever is logged in."""
    user = signed_in(request)
    form = PasswordForm(posted(request), user=user)
    if form.is_valid():
        actions.change_password(new=form.cleaned_data["password"], by=user)
        update_session_auth_hash(request, user)
        notice(request, sentence("Your password was changed."))
        return redirect("studies")
    return page(request, "accounts/password.html", form=form)


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """The people of the organisations that one may invite to; a form that makes an invitation."""
    user = signed_in(request)
    if not can_invite(user):
        raise NotAllowed(sentence("Only analysts and administrators invite people."))
    form, link = InviteForm(posted(request), user=user), ""
    if form.is_valid():
        token = actions.invite(**form.cleaned_data, by=user)
        link = request.build_absolute_uri(reverse("invitation", args=[token]))
    shown = organisations_for(user).prefetch_related("memberships__user")
    waiting = Invitation.objects.filter(accepted=None, organisation__in=organisations_for(user))
    waiting = waiting.exclude(email="").select_related("organisation").order_by("expires")
    return page(request, "accounts/people.html", form=form, link=link, organisations=shown, waiting=waiting)


@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a person out of an organisation."""
    user = signed_in(request)
    known = Membership.objects.select_related("user", "organisation")
    membership = get_object_or_404(known, pk=pk, organisation__in=organisations_for(user))
    actions.end_membership(membership, by=user)
    notice(request, sentence("{name} no longer belongs to this organisation.", name=membership.user.name))
    return redirect("people")


def _accept(request: HttpRequest, opened: Invitation) -> HttpResponse:
    if request.method == "POST":
        actions.accept(opened, by=signed_in(request))
        notice(request, sentence("You now belong to {organisation}.", organisation=opened.organisation.name))
        return redirect("studies")
    return page(request, "accounts/accept.html", invitation=opened)


def _authenticate(request: HttpRequest, email: str, password: str) -> User | None:
    address = request.META.get("REMOTE_ADDR", "")
    check_may_try(email, address)
    user = authenticate(request, username=email, password=password)
    if isinstance(user, User):
        return user
    record("log_in_failed", by=None, subject=email, address=address)
    return None


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, when that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else reverse("studies")
