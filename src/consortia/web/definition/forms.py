"""Forms of the records of a definition: plain fields in groups, or the record as text. Checked by the records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError

from consortia.errors import IntakeError
from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.estimates import Estimate
from consortia.web.definition.choices import choices_for
from consortia.web.definition.entries import Entry, Group
from consortia.web.definition.faults import Fault
from consortia.web.definition.parts import Plain
from consortia.web.definition.yaml_text import LARGEST, from_text, to_text
from consortia.web.language import refusal

LONGEST = 2000
LONG_TEXT = 20_000
BY_LINE = {"years", "places"}


class RecordForm(forms.Form):
    """A form that gives a plain record. `digest` is that of the record as the person saw it."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def record(self) -> Plain:
        """The plain record that was written, not checked yet."""
        raise NotImplementedError

    def tell(self, faults: Sequence[Fault]) -> None:
        """Puts each fault at its field, or above all of them."""
        raise NotImplementedError


class TextForm(RecordForm):
    """The whole record as it stands in study.yaml."""

    text = forms.CharField(
        label=msgid("The record as text (YAML)"),
        help_text=msgid("As in study.yaml: a name, a colon and a value on each line."),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
        max_length=LARGEST,
        strip=False,
        error_messages={"required": msgid("Fill this in."), "max_length": msgid("This is too long.")},
    )

    def clean_text(self) -> str:
        """The text, when it is a record."""
        text = str(self.cleaned_data["text"])
        try:
            self._plain = from_text(text)
        except IntakeError as error:
            raise ValidationError(refusal(error)) from None
        return text

    def record(self) -> Plain:
        """The record that the text is."""
        return self._plain

    def tell(self, faults: Sequence[Fault]) -> None:
        """All faults stand at the text, each with its place in it."""
        for fault in faults:
            self.add_error("text", f"{fault.place}: {fault.words}" if fault.place else fault.words)


class FieldsForm(RecordForm):
    """The commonest fields of a record; what has no field here stays as it was."""

    def __init__(self, *args: Any, groups: Sequence[Group], old: Plain, definition: Definition, **kwargs: Any) -> None:
        """`old` is the record as it stands, or what a new one begins with."""
        super().__init__(*args, **kwargs)
        self.groups, self._old = groups, old
        self._entries = {entry.name: entry for group in groups for entry in group.entries}
        for entry in self._entries.values():
            self.fields[entry.name] = _field(entry, definition, _shown(old, entry))

    def record(self) -> Plain:
        """The record as it stands, with what was typed in its fields."""
        record = dict(self._old)
        for name in self._entries:
            _take_out(record, name.split("."))
        for name, entry in self._entries.items():
            value = _read(entry, self.cleaned_data[name])
            if value not in ("", None, [], {}):
                _put(record, name.split("."), value)
        return {name: value for name, value in record.items() if value != {"shape": "pert"}}

    def clean(self) -> Plain:
        """Years and places that are not written as they should be are told at their field."""
        for name, entry in self._entries.items():
            if entry.kind in BY_LINE and name in self.cleaned_data:
                try:
                    _by_line(self.cleaned_data[name])
                except ValueError as error:
                    self.add_error(name, str(error))
        return self.cleaned_data

    def tell(self, faults: Sequence[Fault]) -> None:
        """Puts each fault at its field; one without a field stands above all of them, with its place."""
        for fault in faults:
            name = self._field_of(fault.place)
            self.add_error(name, fault.words if name or not fault.place else f"{fault.place}: {fault.words}")

    def _field_of(self, place: str) -> str | None:
        """The field at the place, above it (`amounts` for `amounts.2027-28`) or the first below it."""
        above = [name for name in self._entries if place == name or place.startswith(f"{name}.")]
        below = [name for name in self._entries if place and name.startswith(f"{place}.")]
        return next(iter((*above, *below)), None)


def text_of(record: Plain) -> str:
    """The record as the text form shows it."""
    return to_text(record)


def _field(entry: Entry, definition: Definition, shown: Any) -> forms.Field:
    said = {"label": entry.label, "help_text": entry.help, "required": False, "initial": shown}
    if entry.kind == "flag":
        return forms.BooleanField(**said)
    if entry.kind == "choice":
        return forms.ChoiceField(choices=_with(choices_for(entry.choices, definition), [shown]), **said)
    if entry.kind == "many":
        choices = _with(choices_for(entry.choices, definition), shown)
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)
    if entry.kind in BY_LINE or entry.kind == "area":
        rows = {"rows": 6 if entry.kind in BY_LINE else 3}
        return forms.CharField(widget=forms.Textarea(attrs=rows), max_length=LONG_TEXT, **said)
    return forms.CharField(max_length=LONGEST, **said)


def _with(choices: list[tuple[str, str]], values: Sequence[Any]) -> list[tuple[str, str]]:
    """The choices with what the record says already, so that opening a form loses nothing."""
    known = {code for code, _ in choices}
    return [*choices, *((str(value), str(value)) for value in values if value not in (*known, "", None))]


def _shown(record: Plain, entry: Entry) -> Any:
    """What the field shows of the record."""
    value: Any = record
    for step in entry.name.split("."):
        if isinstance(value, int | float) and step == "value":  # an estimate that is written as a plain number
            continue
        value = value.get(step) if isinstance(value, dict) else None
    if entry.kind in BY_LINE:
        return "\n".join(f"{name}: {_scalar(one)}" for name, one in (value or {}).items())
    if entry.kind == "many":
        return list(value or ())
    if entry.kind == "flag":
        return bool(value)
    return "" if value is None else str(value)


def _scalar(value: Any) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...").strip("'") if isinstance(value, str) else text.split("\n")[0]


def _read(entry: Entry, typed: Any) -> Any:
    if entry.kind == "number":
        return _number(typed)
    if entry.kind == "years":
        return {year: _number(str(amount)) for year, amount in _by_line(typed).items()}
    return _by_line(typed) if entry.kind == "places" else typed


def _number(typed: str) -> str:
    """A number as records read it: without pound sign and thousands, a percentage as a part."""
    text = typed.strip().replace("\N{MINUS SIGN}", "-").replace("£", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if match := re.fullmatch(r"(-?\d+(?:\.\d+)?)%", text):
        return repr(round(float(match[1]) / 100, 12))
    return text


def _by_line(typed: str) -> Plain:
    """Names and values, one on each line. Raises ValueError with the words for the reader."""
    return dict(_pairs(typed))


def _pairs(typed: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for line in filter(None, map(str.strip, typed.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or not value.strip() or name.strip() in seen:
            raise ValueError(msgid("Write a name, a colon and a value on each line, each name once."))
        seen.add(name.strip())
        yield name.strip(), _value(value.strip())


def _value(text: str) -> Any:
    try:
        return from_text(f"value: {text}")["value"]
    except IntakeError:
        return text


def _take_out(record: Plain, steps: list[str]) -> None:
    """Takes a place out of the record; what is nested is copied first, so that the old record stays as it was."""
    name, *rest = steps
    if not rest:
        record.pop(name, None)
    elif isinstance(record.get(name), dict):
        record[name] = dict(record[name])
        _take_out(record[name], rest)
        if not record[name]:
            del record[name]
    elif rest == ["value"] or rest[0] in Estimate.model_fields:
        record.pop(name, None)


def _put(record: Plain, steps: list[str], value: Any) -> None:
    name, *rest = steps
    if rest:
        _put(record.setdefault(name, {}), rest, value)
    else:
        record[name] = value
