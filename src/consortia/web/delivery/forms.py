"""Forms of the savings account."""

from __future__ import annotations

from django import forms

from consortia.report.words import msgid
from consortia.web.fields import UploadField


class AgreeForm(forms.Form):
    """Whether a run takes the place of an agreed case that has actuals on its account."""

    replace = forms.BooleanField(
        label=msgid("Hold the actuals of the earlier case against this run from now on."),
        required=False,
    )


class ActualsForm(forms.Form):
    """A file of budgeted and delivered savings."""

    file = UploadField(
        label=msgid("File of budgeted and delivered savings"),
        help_text=msgid("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 50 MB."),
        suffixes=(".xlsx", ".xls", ".ods", ".csv"),
    )
