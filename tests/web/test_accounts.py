"""People come in by invitation, once; passwords and failed log-ins are held to rules."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consortia.errors import NotAllowed
from consortia.web.accounts import actions
from consortia.web.accounts.models import Event, Invitation, Membership, Organisation, User

from .people import BURNLEY, PASSWORD, PENDLE


@pytest.fixture
def link(study: Any, analyst: Any) -> str:
    """A link for a finance officer of Burnley."""
    burnley = Organisation.objects.get(code=BURNLEY)
    token = actions.invite(email="new@example.org", organisation=burnley, role="finance_officer", by=analyst)
    return reverse("invitation", args=[token])


def join(link: str, **more: str) -> Any:
    return Client().post(link, {"name": "Nia New", "password": PASSWORD} | more, follow=True)


def log_in(email: str, password: str) -> Any:
    return Client().post(reverse("log-in"), {"email": email, "password": password})


def test_an_invitation_makes_the_account_that_it_is_for(link: str, study: Any) -> None:
    assert study.title in join(link).content.decode()
    membership = Membership.objects.get(user__email="new@example.org")
    assert (membership.organisation.code, membership.role) == (BURNLEY, "finance_officer")


def test_an_invitation_works_once(link: str) -> None:
    join(link)
    assert Client().get(link).status_code == 404


def test_an_invitation_runs_out(link: str) -> None:
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404


def test_the_database_keeps_no_token(link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    assert not Invitation.objects.filter(token_digest__contains=token).exists()


def test_an_invitation_is_accepted_only_by_whom_it_is_for(link: str, outsider: Any, as_: Any) -> None:
    response = as_(outsider).post(link)
    assert response.status_code == 403
    assert b"another e-mail address" in response.content


def test_somebody_with_an_account_accepts_with_it(link: str, person: Any, as_: Any) -> None:
    somebody = person("new")
    as_(somebody).post(link)
    assert somebody.memberships.get().organisation.code == BURNLEY


def test_an_account_is_not_made_twice(link: str, person: Any) -> None:
    person("new")
    assert b"There is an account with this e-mail address already." in join(link).content


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "too short"),
        ("password1234", "tried first"),
        ("new@example.org", "too close to your name"),
        ("", "Fill this in."),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(password: str, sentence: str, link: str) -> None:
    assert sentence in join(link, password=password).content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_first_administrator_comes_in_by_the_printed_link(db: None, capsys: Any) -> None:
    call_command("createadmin", "--address", "https://site.example")
    link = re.search(r"https://site\.example(\S+)", capsys.readouterr().out)
    assert link
    join(link[1], email="Boss@Example.org")
    boss = User.objects.get(email="boss@example.org")
    assert boss.is_administrator


def test_a_new_set_up_link_ends_the_one_before(db: None) -> None:
    first = reverse("invitation", args=[actions.open_set_up()])
    actions.open_set_up()
    assert Client().get(first).status_code == 404


def test_an_analyst_invites_to_partners_of_her_studies(study: Any, analyst: Any, as_: Any) -> None:
    pendle = Organisation.objects.get(code=PENDLE)
    asked = {"email": "pat@example.org", "organisation": pendle.pk, "role": "member"}
    text = as_(analyst).post(reverse("people"), asked).content.decode()
    assert re.search(r"http://testserver/invitation/[\w-]{43}/", text)


def test_an_analyst_does_not_invite_to_strangers(study: Any, analyst: Any) -> None:
    stranger = Organisation.objects.create(code="elsewhere", name="Elsewhere")
    with pytest.raises(NotAllowed, match="take part in your studies"):
        actions.invite(email="x@example.org", organisation=stranger, role="member", by=analyst)


def test_an_analyst_does_not_make_analysts_of_a_partner(study: Any, analyst: Any) -> None:
    pendle = Organisation.objects.get(code=PENDLE)
    with pytest.raises(NotAllowed, match="your own organisation"):
        actions.invite(email="x@example.org", organisation=pendle, role="analyst", by=analyst)


def test_a_finance_officer_does_not_invite(officer: Any, as_: Any) -> None:
    assert as_(officer).get(reverse("people")).status_code == 403


def test_a_person_who_was_taken_out_sees_the_study_no_more(officer: Any, analyst: Any, study: Any, as_: Any) -> None:
    as_(analyst).post(reverse("end-membership", args=[officer.memberships.get().pk]))
    assert as_(officer).get(reverse("study", args=[study.slug])).status_code == 404


def test_log_in_takes_the_address_in_any_case(officer: Any) -> None:
    assert log_in("BEA@example.org", PASSWORD).status_code == 302


def test_log_in_does_not_say_which_was_wrong(officer: Any) -> None:
    known, unknown = log_in("bea@example.org", "wrong"), log_in("nobody@example.org", "wrong")
    sentence = b"The e-mail address or the password is not right."
    assert sentence in known.content
    assert sentence in unknown.content


def test_after_five_failures_even_the_right_password_waits(officer: Any) -> None:
    for _ in range(5):
        log_in("bea@example.org", "wrong")
    response = log_in("bea@example.org", PASSWORD)
    assert response.status_code == 403
    assert b"Wait 15 minutes" in response.content


def test_failures_are_forgotten_after_a_while(officer: Any, monkeypatch: Any) -> None:
    for _ in range(5):
        log_in("bea@example.org", "wrong")
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert log_in("bea@example.org", PASSWORD).status_code == 302


def test_log_in_leads_to_no_other_site(officer: Any) -> None:
    wanted = {"email": "bea@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(reverse("log-in"), wanted)["Location"] == "/"


def test_somebody_who_may_no_longer_log_in_is_out_at_once(officer: Any, study: Any, as_: Any) -> None:
    client = as_(officer)
    officer.is_active = False
    officer.save()
    assert client.get("/").status_code == 302


def test_a_new_password_needs_the_present_one(officer: Any, as_: Any) -> None:
    new = {"old": "wrong", "password": "another four quiet words"}
    assert b"not your present password" in as_(officer).post(reverse("password"), new).content


def test_a_new_password_ends_the_other_sessions(officer: Any, as_: Any) -> None:
    here, elsewhere = as_(officer), as_(officer)
    here.post(reverse("password"), {"old": PASSWORD, "password": "another four quiet words"})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_logging_out_needs_a_form(officer: Any, as_: Any) -> None:
    client = as_(officer)
    assert client.get(reverse("log-out")).status_code == 405
    client.post(reverse("log-out"))
    assert client.get("/").status_code == 302


def test_failed_log_ins_are_on_record(officer: Any) -> None:
    log_in("bea@example.org", "wrong")
    assert Event.objects.get(action="log_in_failed").subject == "bea@example.org"
