"""Forms for studies. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from consortia.errors import ConsortiaError
from consortia.findings import Finding
from consortia.reference.authorities import find_authority
from consortia.reference.returns import editions
from consortia.report.words import msgid
from consortia.web.accounts.access import own_offices
from consortia.web.accounts.models import Organisation, User
from consortia.web.fields import PLEASE_CHOOSE, PLEASE_FILL_IN, UploadField
from consortia.web.language import refusal

FEWEST_PARTNERS = 2


class NewStudyForm(forms.Form):
    """Which councils, and from which published returns."""

    title = forms.CharField(label=msgid("Title of the study"), max_length=150, error_messages=PLEASE_FILL_IN)
    partners = forms.CharField(
        label=msgid("Councils"),
        help_text=msgid("One on each line: name or code, in any usual spelling."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=20_000,
        error_messages=PLEASE_FILL_IN,
    )
    editions = forms.MultipleChoiceField(
        label=msgid("Published returns"),
        help_text=msgid("The last year becomes the base year."),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )
    owner = forms.ModelChoiceField(
        label=msgid("Your organisation"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages=PLEASE_CHOOSE,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """`user` is who makes the study: it belongs to an organisation that they are an analyst of."""
        super().__init__(*args, **kwargs)
        owner, chosen = self.fields["owner"], self.fields["editions"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = own_offices(user)
        if isinstance(chosen, forms.MultipleChoiceField):
            latest_first = sorted(editions(), key=lambda edition: (edition.nation, edition.form, -edition.year.start))
            chosen.choices = [(edition.code, edition.title) for edition in latest_first]

    def clean_partners(self) -> tuple[str, ...]:
        """The codes of the councils; every line that names none is said, not only the first."""
        lines = [line.strip() for line in re.split(r"[\n;]", self.cleaned_data["partners"]) if line.strip()]
        codes, faults = [], []
        for line in lines:
            try:
                codes.append(find_authority(line).code)
            except ConsortiaError as error:
                faults.append(refusal(error))
        if len(lines) < FEWEST_PARTNERS:
            faults.append(msgid("Name at least two councils."))
        if faults:
            raise forms.ValidationError(faults)
        return tuple(codes)


class ReturnForm(forms.Form):
    """A partner's file; `findings` holds the faults of one of which no row could be read."""

    findings: tuple[Finding, ...] = ()

    file = UploadField(
        label=msgid("File of the return"),
        help_text=msgid("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 50 MB."),
        suffixes=(".xlsx", ".xls", ".ods", ".csv"),
    )
    blanks = forms.BooleanField(
        label=msgid("Amounts that are blank in the file are not known, even where the return holds them now."),
        required=False,
    )


class SignForm(forms.Form):
    """A signature under the return as it was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        label=msgid("I have looked at this return and it is right as far as I know."),
        error_messages={"required": msgid("Tick the box to sign.")},
    )
    despite = forms.CharField(
        label=msgid("Why you sign although this is open"),
        help_text=msgid("Your reason becomes part of what is signed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=PLEASE_FILL_IN,
    )
    field_order = ("digest", "despite", "agreed")

    def __init__(self, *args: Any, has_open_work: bool = False, **kwargs: Any) -> None:
        """Asks for a reason only where work is open."""
        super().__init__(*args, **kwargs)
        if not has_open_work:
            del self.fields["despite"]
