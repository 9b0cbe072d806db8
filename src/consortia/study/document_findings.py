"""What is wrong with the form of a document: one finding for each place, in the words of those who write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from consortia.findings import Finding, Place, Severity, Value, msgid
from consortia.study.document_places import Spot, spot_of
from consortia.study.estimates import Estimate
from consortia.study.fractions import as_fraction
from consortia.study.kinds_of_value import declared, sort_of, words_of
from consortia.study.records import Record, Refused
from consortia.study.values import Text

NUMBERS = ("float", "int_", "decimal", "finite_number")
LISTS = {"tuple_type", "list_type"}
MAPPINGS = {"model_type", "dict_type", "model_attributes_type"}
LIMITS = {
    "greater_than_equal": msgid("{read} was read; {ge} or more is needed here."),
    "greater_than": msgid("{read} was read; more than {gt} is needed here."),
    "less_than_equal": msgid("{read} was read; {le} or less is needed here."),
    "less_than": msgid("{read} was read; less than {lt} is needed here."),
    "too_short": msgid("There must be at least {min_length} here."),
    "string_too_short": msgid("There is nothing here, and it cannot be left empty."),
}
BRIEF = 40


def document_findings(error: ValidationError, given: Any, record: type[Record], *, file: str) -> tuple[Finding, ...]:
    """What the validator of a record found in the plain values of a document, at most one finding for each place."""
    found: dict[str, Finding] = {}
    for fault in error.errors():
        spot = spot_of(fault["loc"], given, record)
        one = _finding(fault, spot)
        place = ".".join(part for part in (spot.place, one.place.cell if one.place else "") if part)
        found.setdefault(place, replace(one, place=Place(file, cell=place)))
    return tuple(found.values())


def listed(findings: Iterable[Finding]) -> str:
    """Findings below each other, as a refusal shows them."""
    return "\n".join(f"  {finding}" for finding in findings)


def _finding(fault: Any, spot: Spot) -> Finding:
    refused = fault.get("ctx", {}).get("error")
    if isinstance(refused, Refused):
        return refused.finding
    name, given = fault["type"], fault["input"]
    if name == "extra_forbidden":
        return _unknown(spot)
    if name == "missing":
        return _missing(spot)
    if name in ("literal_error", "union_tag_invalid", "union_tag_not_found"):
        return _no_such_word(fault, spot)
    if given is None:
        return _fault("nothing-given", msgid("There is nothing here."), msgid("Fill it in, or take the field out."))
    if name.startswith(NUMBERS) or (name in MAPPINGS and spot.wanted is Estimate):
        return _no_number(name, given)
    return _misshapen(fault, spot)


def _missing(spot: Spot) -> Finding:
    """What is to be added, in the words of the reference of records: one of some words, or what sort of value."""
    name = spot.place.rpartition(".")[2]
    sentence, wanted = msgid("This is missing."), declared(spot.owner, name)
    if words := words_of(wanted):
        return _fault("field-missing", sentence, _ONE_OF, known=", ".join(words))
    if what := sort_of(wanted):
        return _fault("field-missing", sentence, msgid("Add it: {what}."), what=what)
    return _fault("field-missing", sentence, msgid("Add it."))


def _unknown(spot: Spot) -> Finding:
    name = spot.place.rpartition(".")[2]
    near = get_close_matches(name, spot.beside, 1)
    sentence = msgid("There is no field '{name}' here.")
    if near:
        return _fault("field-unknown", sentence, msgid("Did you mean '{near}'?"), name=name, near=near[0])
    remedy = msgid("Take it out, or use one of these: {known}.")
    return _fault("field-unknown", sentence, remedy, name=name, known=", ".join(spot.beside))


def _no_such_word(fault: Any, spot: Spot) -> Finding:
    """A word that is none of a list; for a record with a choice of kinds the word stands in `kind`."""
    context = fault.get("ctx", {})
    known = spot.kinds or tuple(re.findall(r"'([^']*)'", context.get("expected", "")))
    at = "" if fault["type"] == "literal_error" else "kind"
    if fault["type"] == "union_tag_not_found":
        return _fault("field-missing", msgid("This is missing."), _ONE_OF, at=at, known=", ".join(known))
    read = _brief(context.get("tag", fault["input"]))
    sentence, near = msgid("'{read}' is none of the words that can stand here."), get_close_matches(read, known, 1)
    if near:
        remedy = msgid("Did you mean '{near}'? There are: {known}.")
        return _fault("word-unknown", sentence, remedy, at=at, read=read, near=near[0], known=", ".join(known))
    return _fault("word-unknown", sentence, _ONE_OF, at=at, read=read, known=", ".join(known))


_ONE_OF = msgid("Write one of these: {known}.")


def _no_number(name: str, given: Any) -> Finding:
    if name == "int_from_float":
        return _fault("not-whole", msgid("{read} is not a whole number."), msgid("Round it."), read=_brief(given))
    sentence, read = msgid("'{read}' is not a number."), _brief(given)
    text = str(given).strip()
    if percent := re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*%", text):
        fraction = as_fraction(float(percent[1]) / 100)
        return _fault("no-number", sentence, msgid("Write {plain}."), read=read, plain=fraction)
    if amount := re.fullmatch(r"£?\s*(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)", text):
        return _fault("no-number", sentence, msgid("Write {plain}."), read=read, plain=amount[1].replace(",", ""))
    return _fault("no-number", sentence, msgid("Write it in digits alone, such as 0.05 or 120000."), read=read)


def _misshapen(fault: Any, spot: Spot) -> Finding:
    name, context, read = fault["type"], fault.get("ctx", {}), _brief(fault["input"])
    if name in LIMITS:
        values = {key: f"{context[key]:g}" for key in ("ge", "gt", "le", "lt", "min_length") if key in context}
        return _fault("out-of-bounds", LIMITS[name], "", read=read, **values)
    if name in LISTS:
        remedy = msgid("Put it in square brackets, or each on a line of its own after a dash.")
        return _fault("no-list", msgid("'{read}' is not a list."), remedy, read=read)
    if spot.wanted is Text:
        remedy = msgid("Write `en` and `cy` below it, each with its words.")
        return _fault("no-words", msgid("'{read}' is not in two languages."), remedy, read=read)
    if name in MAPPINGS:
        remedy = msgid("Write each field with its name, as `name: value`. There are: {known}.")
        known = ", ".join(spot.fields) or "\N{EN DASH}"
        return _fault("no-fields", msgid("'{read}' has no fields with names."), remedy, read=read, known=known)
    if name.startswith("bool"):
        return _fault("not-yes-or-no", msgid("'{read}' is neither true nor false."), _TRUE_OR_FALSE, read=read)
    if name == "string_pattern_mismatch":
        remedy = msgid("Use letters, digits and underscores: no spaces, full stops or bars.")
        return _fault("no-key", msgid("'{read}' cannot be a key."), remedy, read=read)
    if name.startswith("string"):
        return _fault("no-text", msgid("'{read}' is not text."), msgid("Put it in quotation marks."), read=read)
    what = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    return _fault("refused", msgid("This cannot stand here: {what}."), "", what=what)


_TRUE_OR_FALSE = msgid("Write true or false.")


def _fault(code: str, sentence: str, remedy: str, /, *, at: str = "", **values: Value) -> Finding:
    return Finding(code, Severity.ERROR, sentence, remedy, Place("", cell=at), tuple(values.items()))


def _brief(given: Any) -> str:
    """What was read, cut short; a number as it would be typed."""
    text = f"{given:.12g}" if isinstance(given, float) else str(given)
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1]}\N{HORIZONTAL ELLIPSIS}"
