"""The form of a record, from the record itself: a field that a record gains is a field of its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import replace as with_
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from consortia.report.words import msgid
from consortia.study.estimates import Estimate
from consortia.study.records import Record
from consortia.study.values import Day, Text, Year
from consortia.web.definition.choices import REFERRED
from consortia.web.definition.entries import NUMBER, Entry, Group, Kind
from consortia.web.definition.labels import LABELS
from consortia.web.definition.repeated import REPEATED
from consortia.web.language import language, sentence

WHAT, TIMING, WHY = msgid("What it is"), msgid("Timing"), msgid("Why")
OF_TIME = frozenset({"maturity", "start", "until", "depends_on", "excludes", "programme"})
OF_REASON = frozenset({"lever", "comparator", "reason", "source"})
OFTEN = frozenset({"people", "criteria"})
"""Lists that need not be given, and are what their record is about all the same."""
LONG = frozenset({"reason", "note", "reasons"})
A_YEAR, A_DAY = get_args(Year)[1], get_args(Day)[1]
HELP = {
    "key": msgid("A short name without spaces or full stops; other records name it so."),
    "source": msgid("The document, with its page or cell."),
    "programme": msgid("Projects of one team or platform fare alike."),
    "overrides": msgid("One on each line: projects.libraries.effects.counter.rate: 0.1"),
    "split": msgid("One partner on each line: E07000117: 1"),
    "contributes": msgid("One function on each line: repairs: 3"),
    "parts": msgid("One part on each line: stay: 120"),
    "Estimate.value": msgid("Or a range below. A part may be written as 10%."),
    "draws": msgid("A power of two, such as 1024, 4096 or 16384."),
}
BY_TYPE = {
    "year": msgid("A financial year, such as 2027-28."), "day": msgid("A day, such as 2027-03-31."),
    "years": msgid("One year on each line: 2027-28: 120000"), "list": msgid("Each on a line of its own."),
    "words": msgid("Each on a line of its own."),
}  # fmt: skip
ROWS_HELP = msgid("Rows that are left empty count for nothing; to take a row out, empty it.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The type of a field without what is said about it, whether it can be left out, and what is said."""

    of: Any
    optional: bool
    said: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, with its place in the document that the form is about."""

    record: type[Record]
    name: str
    place: str
    info: FieldInfo
    wanted: Wanted

    @property
    def default(self) -> Any:
        """What it is when it is left out; None where it cannot be, or then is nothing."""
        return None if self.info.is_required() else self.info.get_default(call_default_factory=True)


def groups_of(record: type[Record], *, only: Iterable[str] = (), without: Iterable[str] = ()) -> tuple[Group, ...]:
    """The groups of fields of a record, or of some of its fields, with words in the person's language.

    `without` are fields that stand on pages of their own.
    """
    wanted = [field for field in _fields(record, "", only) if field.name not in set(without)]
    parts = [part for field in wanted for part in _parts_of(field)]
    entries = [part for part in parts if isinstance(part, Entry)]
    timed, told = (_named_in(entries, names) for names in (OF_TIME, OF_REASON))
    first = [one for one in entries if one not in (*timed, *told)]
    nested = [part for part in parts if isinstance(part, Group)]
    stated = [group for group in nested if not group.aside]
    aside = [group for group in nested if group.aside]
    own = [(WHAT, first)], [(TIMING, timed), (WHY, told)]
    before, after = ([Group(sentence(title), tuple(held)) for title, held in part if held] for part in own)
    return (*before, *stated, *after, *aside)


def _named_in(entries: Iterable[Entry], names: frozenset[str]) -> list[Entry]:
    return [one for one in entries if one.steps[0] in names]


def _fields(record: type[Record], prefix: str, only: Iterable[str] = ()) -> Iterator[Field]:
    wanted = tuple(only)
    for name, info in record.model_fields.items():
        if not wanted or name in wanted:
            held = peeled(info.annotation, tuple(info.metadata))
            yield Field(record, name, f"{prefix}{name}", info, held)


def peeled(annotation: Any, said: tuple[Any, ...] = (), *, optional: bool = False) -> Wanted:
    """The type that a field really holds."""
    if get_origin(annotation) is Annotated:
        held, *more = get_args(annotation)
        return peeled(held, (*said, *more), optional=optional)
    if get_origin(annotation) in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not NoneType]
        optional = optional or len(parts) < len(get_args(annotation))
        if len(parts) == 1:
            return peeled(parts[0], said, optional=optional)
    return Wanted(annotation, optional, said)


def _parts_of(field: Field) -> Iterator[Entry | Group]:
    """The fields of a form, or the group of them, for a field of a record."""
    held = field.wanted.of
    if get_origin(held) in (Union, UnionType):
        yield from _either(field)
    elif held is Text:
        yield from _in_both_languages(field)
    elif _is_record(held):
        yield from _nested(field)
    elif get_origin(held) is tuple and _is_record(peeled(get_args(held)[0]).of):
        yield _repeated(field)
    elif get_origin(held) is tuple and Ellipsis not in get_args(held):
        yield from (_entry(_at(field, f"{field.name}.{n}", f"{field.place}.{n}")) for n in range(len(get_args(held))))
    elif not (get_origin(held) is Literal and len(get_args(held)) == 1):
        yield _entry(field)


def _is_record(held: Any) -> bool:
    return isinstance(held, type) and issubclass(held, Record)


def _at(field: Field, name: str, place: str) -> Field:
    return Field(field.record, name, place, field.info, Wanted(str, False, ()))


def _either(field: Field) -> Iterator[Entry | Group]:
    """One value for all years, or one for each: an estimate, and the same by year."""
    parts = [peeled(part) for part in get_args(field.wanted.of)]
    for part in parts:
        if _is_record(part.of):
            yield from _nested(Field(field.record, field.name, field.place, field.info, part))
        else:
            by_year = Field(field.record, f"{field.name}#by_year", f"{field.place}#by_year", field.info, part)
            yield with_(_entry(by_year), kind="places", default=None, help=sentence(BY_TYPE["years"]))


def _in_both_languages(field: Field) -> Iterator[Entry]:
    label, foreign = label_of(field)
    words = {"en": msgid("{field} in English"), "cy": msgid("{field} in Welsh")}
    help_, also = help_of(field)
    for code, said in words.items():
        yield Entry(
            f"{field.place}.{code}", sentence(said, field=label), help=help_ if code == "en" else "", default="",
            foreign=foreign or also,
        )  # fmt: skip


def _nested(field: Field) -> Iterator[Group]:
    """The group of a record that stands in the record; what that holds in turn comes after it."""
    title, foreign = label_of(field)
    parts = [part for inner in _fields(field.wanted.of, f"{field.place}.") for part in _parts_of(inner)]
    help_, also = help_of(field)
    empty = _left_empty(field.default)
    required = field.info.is_required() and not field.wanted.optional
    entries = tuple(part for part in parts if isinstance(part, Entry))
    yield Group(
        title, entries, " ".join(one for one in (help_, empty) if one), aside=not required, foreign=foreign or also
    )
    inner = (part for part in parts if isinstance(part, Group))
    yield from (with_(part, title=f"{title}: {part.title}", aside=part.aside or not required) for part in inner)


def _left_empty(default: Any) -> str:
    if isinstance(default, Estimate) and default.value is not None:
        return sentence(msgid("Left empty: {value}."), value=f"{default.value:g}")
    return ""


def _repeated(field: Field) -> Group:
    """The group of a list of records: the fields of one of them, to be repeated."""
    title, foreign = label_of(field)
    inner = _fields(peeled(get_args(field.wanted.of)[0]).of, f"{field.place}.{NUMBER}.")
    parts = [part for one in inner for part in _parts_of(one)]
    entries = [one for part in parts for one in ((part,) if isinstance(part, Entry) else part.entries)]
    help_, also = help_of(field)
    said = " ".join(one for one in (help_, sentence(ROWS_HELP)) if one)
    aside = not field.info.is_required() and field.name not in OFTEN
    return Group(title, tuple(entries), said, rows=field.place, aside=aside, foreign=foreign or also)


def _entry(field: Field) -> Entry:
    label, foreign = label_of(field)
    kind, choices = kind_of(field)
    help_, also = help_of(field)
    typed = "" if field.name in HELP else sentence(BY_TYPE.get(_typed_as(field, kind), ""))
    default = _plain(field.default) if kind in ("number", "choice", "flag", "text", "area") else None
    return Entry(
        field.place, label, kind, " ".join(one for one in (help_, typed) if one), choices, default,
        not field.info.is_required(), foreign or also,
    )  # fmt: skip


def kind_of(field: Field) -> tuple[Kind, str | tuple[str, ...]]:
    """How a field is typed, and what can be chosen in it: the name of a list of the study, or the words themselves."""
    held, parts = field.wanted.of, get_args(field.wanted.of)
    referred = next((REFERRED[one] for one in (_qualified(field), field.name) if one in REFERRED), "")
    if held is bool:
        return ("choice", "yes_or_no") if field.wanted.optional else ("flag", ())
    if get_origin(held) is Literal:
        return "choice", referred or tuple(map(str, parts))
    if held in (int, float, Decimal):
        return "number", ()
    if get_origin(held) is dict:
        value = peeled(parts[1]).of
        return ("years" if A_YEAR in peeled(parts[0]).said and value in (float, Decimal) else "places"), ()
    if get_origin(held) is tuple:
        inner = peeled(parts[0]).of
        chosen = referred or (tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else "")
        return ("many", chosen) if chosen else ("list" if inner in (int, float, Decimal) else "words", ())
    if referred and A_YEAR not in field.wanted.said:
        return "choice", referred
    return ("area" if field.name in LONG else "text"), ()


def _typed_as(field: Field, kind: Kind) -> str:
    if A_YEAR in field.wanted.said:
        return "year"
    return "day" if A_DAY in field.wanted.said else kind


def _qualified(field: Field) -> str:
    return f"{field.record.__name__}.{field.name}"


def label_of(field: Field) -> tuple[str, bool]:
    """What a field is called, and whether that is in English only: its own name, where nobody gave it words."""
    for name in (_qualified(field), field.name):
        if name in LABELS:
            return sentence(LABELS[name]), False
    return field.name.replace("_", " ").capitalize(), language().code != "en"


def help_of(field: Field) -> tuple[str, bool]:
    """What stands below a label, and whether it is in English only: the field's description, as the record says it."""
    found = next((HELP[one] for one in (_qualified(field), field.name) if one in HELP), "")
    if found:
        return sentence(found), False
    said = field.info.description or ""
    if not said or said in REPEATED or field.name.endswith("#by_year"):
        return "", False
    words = sentence(said).replace("`", "")
    return f"{words[:1].upper()}{words[1:]}.", language().code != "en" and words == said.replace("`", "")


def _plain(default: Any) -> Any:
    return str(default) if isinstance(default, Decimal) else default
