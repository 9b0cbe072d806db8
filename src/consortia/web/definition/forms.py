"""Forms of the records of a definition: plain fields in groups, or the record as text. Checked by the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from consortia.errors import IntakeError
from consortia.report.words import msgid
from consortia.study import Definition
from consortia.web.definition.choices import NONE, choices_for
from consortia.web.definition.entries import Entry, Group
from consortia.web.definition.faults import Fault
from consortia.web.definition.places import put, take_out
from consortia.web.definition.spots import Plain
from consortia.web.definition.typed import BY_LINE, by_line, is_nothing, read, shown_of
from consortia.web.definition.yaml_text import LARGEST, from_text, to_text
from consortia.web.fields import PLEASE_CHOOSE
from consortia.web.language import refusal

LONGEST = 2000
LONG_TEXT = 20_000
SPARE_ROWS = 2
MOST_ROWS = 500
TWO_WAYS = msgid("Write one value for all years, or one by year, not both.")


class SeenForm(forms.Form):
    """A form of a record that others may change meanwhile: `digest` is that of the record as the person saw it."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class TextForm(SeenForm):
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as a page shows it: its fields, or those of each row; `open` where something stands in it."""

    group: Group
    rows: tuple[tuple[Entry, ...], ...]
    open: bool

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every field of the group."""
        return tuple(entry for row in self.rows for entry in row)


class FieldsForm(SeenForm):
    """The fields of a record, in groups; what has no field here stays as it was."""

    def __init__(
        self,
        *args: Any,
        groups: Sequence[Group],
        old: Plain,
        definition: Definition,
        typed: QueryDict | None = None,
        more: str = "",
        **kwargs: Any,
    ) -> None:
        """`old` is the record as it stands, or what a new one begins with.

        `typed` is what was sent to ask for more rows of the group `more`: it is shown again, and checked only later.
        """
        super().__init__(*args, **kwargs)
        self._old, self._typed = old, typed
        sent = self.data if self.is_bound else typed
        self._rows = {group: _row_entries(group, old, sent, more) for group in groups}
        self._entries = {entry.name: entry for rows in self._rows.values() for row in rows for entry in row}
        self._kept: dict[str, list[int]] = {}
        for entry in self._entries.values():
            self.fields[entry.name] = _field(entry, definition, self._initial(entry))
        self._leave_out_what_has_no_choice()

    def _leave_out_what_has_no_choice(self) -> None:
        """A study without posts has none to choose from: the field says nothing, and what is written stays."""
        held = ((name, self.fields[name]) for name, entry in self._entries.items() if entry.kind == "many")
        for name in [name for name, field in held if isinstance(field, forms.ChoiceField) and not field.choices]:
            del self.fields[name], self._entries[name]
        self._rows = {
            group: tuple(tuple(entry for entry in row if entry.name in self._entries) for row in rows)
            for group, rows in self._rows.items()
        }

    @property
    def groups(self) -> tuple[Shown, ...]:
        """The groups with their rows."""
        return tuple(Shown(group, rows, self._is_open(group, rows)) for group, rows in self._rows.items())

    def record(self) -> Plain:
        """The record as it stands, with what was typed in its fields."""
        record = dict(self._old)
        for entry in self._entries.values():
            take_out(record, entry.steps)
        for group, rows in self._rows.items():
            if group.rows:
                self._put_rows(record, group, rows)
            else:
                self._put_fields(record, rows[0])
        return _lists(record, self._entries)

    def clean(self) -> Plain:
        """Years and places that are not written as they should be are told at their field."""
        for name, entry in self._entries.items():
            if entry.kind in BY_LINE and name in self.cleaned_data:
                try:
                    by_line(self.cleaned_data[name])
                except ValueError as error:
                    self.add_error(name, str(error))
        self._check_one_way()
        return self.cleaned_data

    def tell(self, faults: Sequence[Fault]) -> None:
        """Puts each fault at its field; one without a field stands above all of them, with its place."""
        for fault in faults:
            name = self._field_of(fault.place)
            self.add_error(name, fault.words if name or not fault.place else f"{fault.place}: {fault.words}")

    def _check_one_way(self) -> None:
        for name in (one for one in self._entries if one.endswith("#by_year")):
            above = name.partition("#")[0]
            single = [f"{above}.{part}" for part in ("value", "low", "mode", "high")]
            if self.cleaned_data.get(name) and any(self.cleaned_data.get(one) for one in single):
                self.add_error(name, TWO_WAYS)

    def _put_fields(self, record: Plain, entries: Sequence[Entry]) -> None:
        for entry in entries:
            value = read(entry, self.cleaned_data[entry.name])
            none_of_many = entry.kind == "many" and value == [] and _said(self._old, entry) == []
            if none_of_many or not is_nothing(entry, value):
                put(record, entry.steps, value)

    def _put_rows(self, record: Plain, group: Group, rows: Sequence[Sequence[Entry]]) -> None:
        """The rows in which something stands; what has no field in one stays as it was."""
        kept, values = [], []
        for number, row in enumerate(rows):
            inner: Plain = {}
            self._put_fields(inner, row)
            for step in group.rows.split("."):
                inner = inner.get(step, {})
            if inner:
                kept.append(number)
                values.append(_unshown(self._old, group, number) | inner[str(number)])
        self._kept[group.rows] = kept
        if values:
            put(record, group.rows.split("."), values)

    def _initial(self, entry: Entry) -> Any:
        if self._typed is None:
            return shown_of(self._old, entry)
        if entry.kind == "many":
            return self._typed.getlist(entry.name)
        return entry.name in self._typed if entry.kind == "flag" else self._typed.get(entry.name, "")

    def _is_open(self, group: Group, rows: Sequence[Sequence[Entry]]) -> bool:
        if not group.aside:
            return True
        held = [self[entry.name] for row in rows for entry in row]
        entries = [entry for row in rows for entry in row]
        return any(one.errors or not is_nothing(entry, _raw(one)) for one, entry in zip(held, entries, strict=True))

    def _field_of(self, place: str) -> str | None:
        """The field at the place, above it (`amounts` for `amounts.2027-28`) or the first below it."""
        place = self._as_shown(place)
        names = {name: name.partition("#")[0] for name in self._entries}
        above = [name for name, where in names.items() if place == where or place.startswith(f"{where}.")]
        below = [name for name, where in names.items() if place and where.startswith(f"{place}.")]
        return next(iter((*above, *below)), None)

    def _as_shown(self, place: str) -> str:
        """The place with the number of the row on the page; in the record rows count from one, without empty ones."""
        for rows, kept in self._kept.items():
            if not place.startswith(f"{rows}."):
                continue
            name, _, rest = place.removeprefix(f"{rows}.").partition(".")
            named = [number for number in kept if self._row_name(rows, number) == name]
            if not named and name.isdigit():
                named = kept[int(name) - 1 : int(name)]
            if named:
                return ".".join(part for part in (rows, str(named[-1]), rest) if part)
        name, _, number = place.rpartition(".")
        if number.isdigit() and f"{name}.{int(number) - 1}" in self._entries:
            return f"{name}.{int(number) - 1}"
        return place

    def _row_name(self, rows: str, number: int) -> str:
        """What is typed in the first field of a row, by which a finding may name it."""
        first = next(name for name in self._entries if name.startswith(f"{rows}.{number}."))
        return str(self.cleaned_data.get(first, ""))


def text_of(record: Plain) -> str:
    """The record as the text form shows it."""
    return to_text(record)


def _row_entries(group: Group, old: Plain, sent: Mapping[str, Any] | None, more: str) -> tuple[tuple[Entry, ...], ...]:
    """The fields of each row: as many rows as there are, or as were sent, and a few empty ones."""
    if not group.rows:
        return (group.entries,)
    if sent is None:
        held: Any = old
        for step in group.rows.split("."):
            held = held.get(step, ()) if isinstance(held, dict) else ()
        count = len(held) + SPARE_ROWS
    else:
        numbers = (
            name.removeprefix(f"{group.rows}.").partition(".")[0] for name in sent if name.startswith(f"{group.rows}.")
        )
        count = max((int(one) + 1 for one in numbers if one.isdigit()), default=0)
        count += SPARE_ROWS if more == group.rows else 0
    return tuple(tuple(entry.in_row(number) for entry in group.entries) for number in range(min(count, MOST_ROWS)))


def _unshown(old: Plain, group: Group, number: int) -> Plain:
    """What an old row says that has no field."""
    above = group.rows.split(".")
    held: Any = old
    for step in above:
        held = held.get(step, ())
    row = dict(held[number]) if number < len(held) else {}
    for entry in group.entries:
        take_out(row, entry.steps[len(above) + 1 :])
    return row


def _lists(record: Plain, entries: Mapping[str, Entry]) -> Plain:
    """The record with what is typed in numbered fields (`between.0`, `between.1`) as a list."""
    for place in {entry.name.rpartition(".")[0] for entry in entries.values() if entry.name.endswith(".0")}:
        if isinstance(held := record.get(place), dict):
            record[place] = [held[number] for number in sorted(held)]
    return record


def _said(old: Plain, entry: Entry) -> Any:
    """What the record says of a field: that there is none of many is another thing than nothing."""
    held: Any = old
    for step in entry.steps:
        held = held.get(step) if isinstance(held, dict) else None
    return held


def _raw(bound: forms.BoundField) -> Any:
    value = bound.value()
    return value.strip() if isinstance(value, str) else value


def _field(entry: Entry, definition: Definition, shown: Any) -> forms.Field:
    said = {"label": entry.label, "help_text": entry.help, "required": False, "initial": shown}
    if entry.kind == "flag":
        return forms.BooleanField(**said)
    if entry.kind == "choice":
        choices = _with(choices_for(entry.choices, definition), [shown])
        if entry.default in (None, "") and not isinstance(shown, bool):
            choices = [NONE, *choices]
        elif not choices:
            choices = [NONE]
        if entry.choices == "inputs" and len(choices) <= 1:
            return forms.CharField(max_length=LONGEST, **said)
        return forms.ChoiceField(choices=choices, error_messages=PLEASE_CHOOSE, **said)
    if entry.kind == "many":
        choices = _with(choices_for(entry.choices, definition), shown)
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=PLEASE_CHOOSE, **said
        )
    if entry.kind in (*BY_LINE, "list", "words", "area"):
        rows = {"rows": 6 if entry.kind in BY_LINE else 3}
        return forms.CharField(widget=forms.Textarea(attrs=rows), max_length=LONG_TEXT, **said)
    return forms.CharField(max_length=LONGEST, **said)


def _with(choices: list[tuple[str, str]], values: Sequence[Any]) -> list[tuple[str, str]]:
    """The choices with what the record says already, so that opening a form loses nothing."""
    known = {code for code, _ in choices}
    return [*choices, *((str(value), str(value)) for value in values if value not in (*known, "", None))]
