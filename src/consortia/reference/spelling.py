"""How names and headings are made comparable."""

from __future__ import annotations

import re
import unicodedata

# Words that say what kind of council it is; a name is the same with and without them.
STYLE_WORDS = frozenset((
    "ua", "cc", "bc", "mbc", "dc", "lb", "council", "borough", "county", "city", "district", "metropolitan", "unitary",
    "authority", "corporation", "london", "royal", "the", "of", "cyngor", "sir", "bwrdeistref",
))  # fmt: skip


def plain(text: str) -> str:
    """Lower case letters and figures with single spaces; accents, apostrophes and punctuation are dropped."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    flat = flat.casefold().replace("&", " and ").replace("'", "").replace("\u2019", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", flat).split())


def without_style(text: str) -> str:
    """A plain name without the words for the kind of council: "lancashire county council" gives "lancashire"."""
    return " ".join(word for word in text.split() if word not in STYLE_WORDS)
