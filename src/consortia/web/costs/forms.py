"""Forms of the costs. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from consortia.report.words import msgid
from consortia.web.fields import UploadField

LARGEST = 1024 * 1024


class ActivitiesForm(forms.Form):
    """What a partner's people do, as a document."""

    file = UploadField(
        label=msgid("File of activities"),
        help_text=msgid("activities.yaml as the command line has it, at most 1 MB."),
        suffixes=(".yaml", ".yml"),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, when it is not too large for such a document."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(msgid("The file is larger than 1 MB; this is no document of activities."))
        return file
