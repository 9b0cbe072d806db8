"""Forms of the ledger. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from consortia.intake.layouts.document import Layout
from consortia.periods import FinancialYear
from consortia.report.words import msgid
from consortia.web.fields import PLEASE_CHOOSE, PLEASE_FILL_IN, UploadField
from consortia.web.language import sentence
from consortia.web.ledgers.layouts import ROLE_NAMES, ShownColumn, chosen_layout

UNITS = (("pounds", msgid("Pounds")), ("thousands", msgid("Thousands of pounds")))
DATES = (("day first", msgid("Day first, as 31/12/2024")), ("month first", msgid("Month first, as 12/31/2024")))
NOT_USED = ("", msgid("Not used"))


class LedgerFileForm(forms.Form):
    """An extract of a ledger."""

    file = UploadField(
        label=msgid("File of the ledger"),
        help_text=msgid("Excel (.xlsx, .xls), OpenDocument (.ods) or text with any delimiter, at most 50 MB."),
        suffixes=(".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv"),
    )


class LeaveOutForm(forms.Form):
    """A file whose lines are taken out of the ledger, and why."""

    file = forms.CharField(widget=forms.HiddenInput, max_length=300)
    reason = forms.CharField(label=msgid("Why"), max_length=300, error_messages=PLEASE_FILL_IN)


class LayoutForm(forms.Form):
    """What each column of a ledger file is; the fields of the columns are named after their places."""

    unit = forms.ChoiceField(label=msgid("Amounts are in"), choices=UNITS, error_messages=PLEASE_CHOOSE)
    dates = forms.ChoiceField(label=msgid("Dates are written"), choices=DATES, error_messages=PLEASE_CHOOSE)
    period_year = forms.CharField(
        label=msgid("Financial year of the lines for which the file names none"),
        help_text=msgid("Such as 2024-25. Leave it blank where every line has a date or a year."),
        required=False,
        max_length=20,
    )
    instead = forms.BooleanField(
        label=msgid("A file of this name that was read before makes way, with other years or cost centres too."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, columns: Sequence[ShownColumn], start: Layout) -> None:
        """`columns` are shown; `start` is what they were taken for. Columns by month are as their headings say."""
        super().__init__(data, initial={"unit": start.unit, "dates": start.dates, "period_year": start.period_year})
        self.columns, self.start = tuple(one for one in columns if not one.is_month), start
        for column in self.columns:
            self.fields[column_field(column)] = forms.ChoiceField(
                label=column.heading, choices=(NOT_USED, *ROLE_NAMES.items()), required=False, initial=column.role,
                error_messages=PLEASE_CHOOSE,
            )  # fmt: skip

    def clean_period_year(self) -> str:
        """The year as it is written everywhere, or nothing."""
        text = self.cleaned_data["period_year"].strip()
        try:
            return str(FinancialYear.parse(text)) if text else ""
        except ValueError:
            raise forms.ValidationError(msgid("This is no financial year. Write it as 2024-25.")) from None

    def clean(self) -> dict[str, Any]:
        """Each role once, and an amount in one column, or debit and credit in two."""
        cleaned = super().clean() or {}
        roles = [cleaned.get(column_field(column)) for column in self.columns]
        for role, count in Counter(role for role in roles if role).items():
            if count > 1:
                again = sentence("Two columns are taken for {role}; choose one.", role=sentence(ROLE_NAMES[role]))
                self.add_error(self._last(role), again)
        if not ({"amount", "debit", "credit"} & set(roles) or self.start.months):
            self.add_error(None, msgid("No column is taken for the amount. Choose it."))
        return cleaned

    def layout(self) -> Layout:
        """The layout as the person confirmed it."""
        roles = {one.heading: self.cleaned_data[column_field(one)] for one in self.columns}
        layout = chosen_layout(self.start, {heading: role for heading, role in roles.items() if role})
        return layout.model_copy(update={name: self.cleaned_data[name] for name in ("unit", "dates", "period_year")})

    def _last(self, role: str) -> str:
        """The field of the last column that has this role."""
        return [column_field(one) for one in self.columns if self.cleaned_data.get(column_field(one)) == role][-1]


def column_field(column: ShownColumn) -> str:
    """The name of a column's field."""
    return f"column_{column.number}"
