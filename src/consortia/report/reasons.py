"""Reasons that the intake gives in English, and that stand so in the documents, as words of the catalogue."""

from __future__ import annotations

import re

from consortia.report.words import Message, Words, msgid, say

# Each pattern with its sentence; a place that ends in _why is itself one of the reasons.
PATTERNS = (
    (
        r"(?P<rest_why>.*); leaves it out: outside the General Fund",
        msgid("{rest_why} It leaves the code out of the return, as it is outside the General Fund."),
    ),
    (
        r"(?P<rest_why>.*); leaves it out: the balance sheet is no service",
        msgid("{rest_why} It leaves the code out of the return, as the balance sheet is no service."),
    ),
    (r"(?P<rest_why>.*); leaves it out", msgid("{rest_why} It leaves the code out of the return.")),
    (r"set by hand", msgid("Set by hand.")),
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
    (r"each cost centre code has one of these", msgid("Each cost centre code has one of these.")),
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
    (
        r"remembered: (?P<where_why>.*) mapped '(?P<words>.*)', whose words are alike, so \(code (?P<code>.*)\)",
        msgid("Remembered: {where_why} mapped '{words}', whose words are alike, so (code {code})."),
    ),
    (r"published list: '(?P<words>.*)' in (?P<where_why>.*)", msgid("Published list: '{words}' in {where_why}.")),
    (r"everyday name: '(?P<words>.*)'", msgid("'{words}' is what a whole service is called.")),
    (r"everyday words: '(?P<words>.*)'", msgid("It has the everyday words '{words}'.")),
    (r"like '(?P<words>.*)'", msgid("It is like '{words}'.")),
    (r"this council", msgid("this council")),
    (r"this council, in (?P<study>.*)", msgid("this council, in {study}")),
    (r"the list (?P<list>[\w-]+)", msgid("the list {list}")),
    (r"the return", msgid("the return")),
    (r"the service list", msgid("the service list")),
    (r"the published returns", msgid("the published returns")),
)
NESTED = "_why"


def worded_reason(reason: str) -> Message | None:
    """The words of the first pattern that the whole reason is of; None when it, or a part of it, is of none."""
    for pattern, words in PATTERNS:
        found = re.fullmatch(pattern, reason)
        if found:
            parts = {name: _part(name, text) for name, text in found.groupdict().items()}
            known = {name: part for name, part in parts.items() if part is not None}
            return say(words, **known) if len(known) == len(parts) else None
    return None


def words_with_reason(text: str) -> Words:
    """A text that ends in a reason in brackets, "5000 Suspense (like 'Cash')", with the reason in words."""
    found = re.fullmatch(r"(?P<what>.*?) \((?P<why>.*)\)", text)
    why = worded_reason(found["why"]) if found else None
    return say(msgid("{what}. {why}"), what=found["what"], why=why) if found and why else text


def _part(name: str, text: str) -> Message | str | None:
    return worded_reason(text) if name.endswith(NESTED) else text
