"""Reasons that the intake gives in English, and that stand so in the documents, in the language of the person."""

from __future__ import annotations

import re

from markupsafe import Markup

from consortia.report.words import msgid
from consortia.web.language import language, sentence

# Each pattern with its sentence; a place that ends in _why is itself one of the reasons.
PATTERNS = (
    (r"(?P<rest_why>.*); leaves it out", msgid("{rest_why} It leaves the code out of the return.")),
    (r"the heading says (?P<words>[^;]*); (?P<content_why>.*)", msgid("The heading says '{words}'. {content_why}")),
    (
        r"'(?P<heading>.*)' names a unit of the council; (?P<rank_why>.*) \((?P<count>\d+) values\)",
        msgid("'{heading}' names a unit of the council, with {count} different values. {rank_why}"),
    ),
    (r"its heading says so", msgid("Its heading says so.")),
    (r"it is the coarsest of the columns that name units", msgid("It is the coarsest of the columns that name units.")),
    (r"it is the only column that names units", msgid("It is the only column that names units.")),
    (r"it parts the directorates further", msgid("It parts the directorates further.")),
    (r"(?P<share>\d+%) of its cells are amounts", msgid("{share} of its cells are amounts.")),
    (r"(?P<share>\d+%) of its cells are days", msgid("{share} of its cells are days.")),
    (
        r"(?P<share>\d+%) of its cells are CIPFA's subjective groups",
        msgid("{share} of its cells are CIPFA's subjective groups."),
    ),
    (
        r"it is the sum of the months in (?P<share>\d+%) of the rows looked at",
        msgid("It is the sum of the months in {share} of the rows looked at."),
    ),
    (r"its heading names CIPFA's or SeRCOP's groups", msgid("Its heading names CIPFA's or SeRCOP's groups.")),
    (r"it holds names", msgid("It holds names.")),
    (r"it holds words", msgid("It holds words.")),
    (r"it holds codes", msgid("It holds codes.")),
    (r"it holds numbers", msgid("It holds numbers.")),
    (r"it holds text", msgid("It holds text.")),
    (r"it holds years", msgid("It holds years.")),
    (r"it says capital or revenue", msgid("It says capital or revenue.")),
    (
        r"(?P<count>[\d,]+) different values in the rows looked at",
        msgid("Its rows that were looked at hold {count} different values."),
    ),
    (r"it is the month that begins on (?P<day>\d{4}-\d\d-\d\d)", msgid("It is the month that begins on {day}.")),
    (
        r"it is a month of a year that its heading does not name",
        msgid("It is a month of a year that its heading does not name."),
    ),
    (r"a person said so", msgid("A person said so.")),
    (
        r"remembered: (?P<where_why>.*) mapped this code so, but was called '(?P<words>.*)' then",
        msgid("Remembered: {where_why} mapped this code so, but it was called '{words}' then."),
    ),
    (r"remembered: (?P<where_why>.*) mapped this code so", msgid("Remembered: {where_why} mapped this code so.")),
    (
        r"remembered: (?P<where_why>.*) mapped the same words so \(code (?P<code>.*)\)",
        msgid("Remembered: {where_why} mapped the same words so (code {code})."),
    ),
    (r"published list: '(?P<words>.*)' in (?P<where_why>.*)", msgid("Published list: '{words}' in {where_why}.")),
    (r"everyday name: '(?P<words>.*)'", msgid("'{words}' is what a whole service is called.")),
    (r"like '(?P<words>.*)'", msgid("It is like '{words}'.")),
    (r"this council", msgid("this council")),
    (r"this council, in (?P<study>.*)", msgid("this council, in {study}")),
    (r"the list (?P<list>[\w-]+)", msgid("the list {list}")),
    (r"the return", msgid("the return")),
    (r"the service list", msgid("the service list")),
    (r"the published returns", msgid("the published returns")),
)
NESTED = "_why"


def reason_in_words(reason: str) -> Markup:
    """The reason in the person's language; one that nobody has put into Welsh, or that somebody wrote, is marked."""
    found = worded_reason(reason)
    if found is not None:
        return Markup.escape(found)
    return Markup('<span lang="en">{}</span>').format(reason) if language().code == "cy" else Markup.escape(reason)


def worded_reason(reason: str) -> str | None:
    """The words of the first pattern that the whole reason is of; None when it, or a part of it, is of none."""
    for pattern, words in PATTERNS:
        found = re.fullmatch(pattern, reason)
        if found:
            parts = {name: _part(name, text) for name, text in found.groupdict().items()}
            return None if None in parts.values() else sentence(words, **parts)
    return None


def _part(name: str, text: str) -> str | None:
    return worded_reason(text) if name.endswith(NESTED) else text
