"""Headers that every answer of the site carries."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

_RULES = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
# Nothing runs in the page and nothing comes from another host: style sheet and pictures are our own, scripts are none.
CONTENT_SECURITY_POLICY = "; ".join(_RULES)
# The same for the few pages with a script file of our own, which may fetch pages of this site (decision 0010).
POLICY_WITH_SCRIPT = "; ".join((*_RULES, "script-src 'self'", "script-src-attr 'none'", "connect-src 'self'"))


class SafeHeaders:
    """Adds the content security policy, and keeps pages out of shared caches and of the browser's disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """`get_response` is the rest of the site."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site with our headers; static files keep their own cache header."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def with_our_script(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose page may run the site's own script files; everything else stays forbidden."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY_WITH_SCRIPT
        return response

    return answer
