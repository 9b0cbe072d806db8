"""The site's words in the language of the person: whole sentences, in English where the Welsh is missing."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.timezone import localtime

from consortia.errors import ConsortiaError
from consortia.report.language import Language, translator
from consortia.report.words import Cell, say_count

CATALOGUE = Path(__file__).resolve().parent / "locale" / "cy.po"


def language() -> Language:
    """What the person chose, or else what the browser asked for: words, numbers and dates in English or Welsh."""
    return _site_language("cy" if (translation.get_language() or "en").startswith("cy") else "en")


def sentence(msgid: str, /, **values: Cell) -> str:
    """A sentence of the catalogue in the person's language, with its values at the named places.

    A sentence that comes without values may be one that had its own filled in, braces and all: it stands as it is.
    """
    return language().text(msgid, **values) if values else language().words(msgid)


def refusal(error: ConsortiaError) -> str:
    """What cannot go on and what to do next, in Welsh where the catalogue holds it."""
    return " ".join(sentence(part) for part in (error.what, error.remedy) if part)


def counted(singular: str, plural: str, count: int, /, **values: Cell) -> str:
    """A sentence whose words depend on a number, which stands at `{count}`."""
    return language().words(say_count(singular, plural, count, **values))


def day(time: datetime) -> str:
    """The date of a moment, such as 1 October 2026."""
    return language().date(localtime(time).date())


def moment(time: datetime) -> str:
    """The date and time of day of a moment."""
    return format_datetime(localtime(time), "d MMMM y, HH:mm", locale=language().locale)


@cache
def _site_language(code: str) -> Language:
    """The site's own catalogue first, then that of the papers, so that a sentence of either is found."""
    papers = translator(code)
    if code == "en":
        return papers
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    own = GNUTranslations(io.BytesIO(compiled.getvalue()))
    own.add_fallback(papers.catalogue)
    return Language(code, own)
