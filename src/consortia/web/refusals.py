"""What people see when something cannot go on: what happened, why, and what to do next; never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consortia.errors import BlockedByFindings, ConsortiaError, NotAllowed
from consortia.web.language import language, sentence
from consortia.web.pages import page

STATUS: dict[type, int] = {NotAllowed: 403, BlockedByFindings: 409}


class Refusals:
    """Turns our own errors into a page with their sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """`get_response` is the rest of the site."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal as a page; None leaves any other error to Django."""
        if not isinstance(exception, ConsortiaError):
            return None
        status = next((STATUS[kind] for kind in type(exception).__mro__ if kind in STATUS), 400)
        return refuse(request, sentence(exception.what), remedy=sentence(exception.remedy), status=status)


def refuse(request: HttpRequest, what: str, *, remedy: str, status: int) -> HttpResponse:
    """A page that says what cannot go on and what to do next."""
    return page(request, "refusal.html", what=what, remedy=remedy, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django gives it)
    """The page for an address that does not exist or is not for this person: the two look the same."""
    what = sentence("There is no such page, or it is not open to you.")
    return refuse(request, what, remedy=sentence("Check the address, or ask the analyst of your study."), status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django gives it)
    """The page for a request that makes no sense."""
    return refuse(
        request, sentence("The request could not be read."), remedy=sentence("Go back and try again."), status=400
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django gives it)
    """The page for what is not allowed."""
    return refuse(
        request, sentence("You may not do this."), remedy=sentence("Ask the analyst of your study."), status=403
    )


def csrf_failure(request: HttpRequest, **_why: str) -> HttpResponse:
    """The page for a form that did not come from this site, or was left open too long."""
    what = sentence("The form was open too long or did not come from this site.")
    return refuse(request, what, remedy=sentence("Go back, load the page again and repeat what you did."), status=403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours. It asks nothing of the database, which may be what is broken."""
    what = sentence("Something went wrong on our side; it was recorded.")
    return render(request, "broken.html", {"language": language(), "what": what}, status=500)
