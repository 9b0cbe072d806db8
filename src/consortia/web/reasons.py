"""Reasons that the intake gives in English, and that stand so in the documents, in the language of the person."""

from __future__ import annotations

from markupsafe import Markup

from consortia.report.reasons import worded_reason
from consortia.web.language import language


def reason_in_words(reason: str) -> Markup:
    """The reason in the person's language; one that nobody has put into Welsh, or that somebody wrote, is marked."""
    found = worded_reason(reason)
    if found is not None:
        return Markup.escape(language().words(found))
    return Markup('<span lang="en">{}</span>').format(reason) if language().code == "cy" else Markup.escape(reason)
