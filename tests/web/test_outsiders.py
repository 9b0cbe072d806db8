"""Nothing of a study can be seen by somebody who does not take part in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .people import BURNLEY

# Every address of the site is in exactly one of these three; a new one fails the first test until it is thought about.
OPEN_TO_ALL = {"log-in", "set_language", "invitation"}
OWN_PAGES = {"studies", "new-study", "pick-councils", "people", "password", "log-out"}
OF_A_STUDY: dict[str, tuple[Any, ...]] = {
    "study": (),
    "export": (),
    "definition": (),
    "change-record": ("projects",),
    "remove-record": ("projects",),
    "options": (),
    "make-project": (),
    "history": (),
    "pick-partners": (),
    "add-partners": (),
    "start-run": (),
    "account": (),
    "return": (BURNLEY,),
    "bridge": (BURNLEY,),
    "return-workbook": (BURNLEY,),
    "sign": (BURNLEY,),
    "review": (BURNLEY,),
    "ask": (BURNLEY,),
    "contest": (BURNLEY,),
    "propose-changes": (BURNLEY,),
    "delegate": (BURNLEY,),
    "reply": (BURNLEY, "query-1"),
    "accept-change": (BURNLEY, "change-1"),
    "accept-finding": (BURNLEY, "ledger-part-year"),
    "reverse-change": (BURNLEY, "change-1"),
    "section-done": (BURNLEY, "housing"),
    "withdraw": (BURNLEY,),
    "ledger": (BURNLEY,),
    "ledger-columns": (BURNLEY, 1),
    "leave-out-ledger-file": (BURNLEY,),
    "ledger-rows": (BURNLEY,),
    "mapping": (BURNLEY,),
    "accept-mapping": (BURNLEY,),
    "map-code": (BURNLEY, "service"),
    "apply-mapping": (BURNLEY,),
    "discard-mapping": (BURNLEY,),
    "costs": (BURNLEY,),
    "targets": (),
    "upload": (BURNLEY, 1),
    "run": (1,),
    "cancel-run": (1,),
    "run-projects": (1,),
    "run-groups": (1,),
    "run-agreement": (1,),
    "compare-runs": (),
    "run-table": (1, "comparison"),
    "figure": (1, "anything"),
    "release-run": (1,),
    "release-return": (BURNLEY,),
    "paper": (1, "decision-paper.en.html"),
    "agree-case": (1,),
    "withdraw-actuals": (1,),
}
OF_AN_ORGANISATION = {"end-membership"}


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def test_every_address_is_known_to_these_tests() -> None:
    assert set(_names(get_resolver())) == OPEN_TO_ALL | OWN_PAGES | OF_A_STUDY.keys() | OF_AN_ORGANISATION


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_A_STUDY)
def test_an_outsider_finds_nothing(name: str, method: str, case: Any, outsider: Any, as_: Any) -> None:
    address = reverse(name, args=(case.study.slug, *OF_A_STUDY[name]))
    response = getattr(as_(outsider), method)(address)
    assert response.status_code in {404, 405}
    assert b"Pennine" not in response.content


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_A_STUDY)
def test_somebody_who_is_not_logged_in_is_asked_to(name: str, method: str, case: Any) -> None:
    response = getattr(Client(), method)(reverse(name, args=(case.study.slug, *OF_A_STUDY[name])))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("log-in"))


@pytest.mark.parametrize("name", sorted(OWN_PAGES))
def test_own_pages_ask_for_a_log_in(name: str, study: Any) -> None:
    assert Client().post(reverse(name))["Location"].startswith(reverse("log-in"))


def test_a_study_that_does_not_exist_looks_like_one_that_is_closed(study: Any, outsider: Any, as_: Any) -> None:
    closed = as_(outsider).get(reverse("study", args=[study.slug]))
    missing = as_(outsider).get(reverse("study", args=["no-such-study"]))
    assert closed.status_code == missing.status_code == 404


def test_an_outsider_sees_no_study_in_the_list(study: Any, outsider: Any, page: Any) -> None:
    assert study.title not in page(outsider, "/")


def test_an_outsider_cannot_end_a_membership(officer: Any, outsider: Any, as_: Any) -> None:
    membership = officer.memberships.get()
    assert as_(outsider).post(reverse("end-membership", args=[membership.pk])).status_code == 404
    assert officer.memberships.exists()
