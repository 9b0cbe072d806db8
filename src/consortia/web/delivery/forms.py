"""Forms of the savings account."""

from __future__ import annotations

from django import forms

from consortia.report.words import msgid
from consortia.web.fields import UploadField


class ActualsForm(forms.Form):
    """A file of budgeted and delivered savings."""

    file = UploadField(
        label=msgid("File of budgeted and delivered savings"),
        help_text=msgid("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 50 MB."),
        suffixes=(".xlsx", ".xls", ".ods", ".csv"),
    )
