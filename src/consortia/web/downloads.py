"""Downloads: always as an attachment, never opened inside the site."""

from __future__ import annotations

import mimetypes

from django.http import HttpResponse
from django.utils.http import content_disposition_header

BINARY = "application/octet-stream"
# What a browser could run as a page of this site is sent as plain bytes.
OPENABLE = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"})


def attachment(content: bytes, *, name: str, as_bytes: bool = False) -> HttpResponse:
    """The content under a name. `as_bytes` hides its kind: for files that somebody sent us."""
    kind = BINARY if as_bytes else mimetypes.guess_type(name)[0] or BINARY
    response = HttpResponse(content, content_type=BINARY if kind in OPENABLE else kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
