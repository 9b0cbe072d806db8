"""What the forms of the site have in common: their messages, as words of the catalogue."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from consortia.report.words import msgid

PLEASE_FILL_IN = {"required": msgid("Fill this in."), "max_length": msgid("This is too long.")}
PLEASE_CHOOSE = {
    "required": msgid("Choose one."),
    "invalid_choice": msgid("Choose one of the list."),
    "invalid_list": msgid("Choose from the list."),
}
EMAIL_FAULTS = PLEASE_FILL_IN | {"invalid": msgid("Write an e-mail address, such as name@council.gov.uk.")}
FILE_FAULTS = {
    "required": msgid("Choose a file."),
    "empty": msgid("The file is empty. Choose another."),
    "invalid": msgid("No file arrived. Choose it again."),
    "max_length": msgid("The name of the file is too long."),
}


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even when it is nothing; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


class UploadField(forms.FileField):
    """A file of at most 50 MB."""

    def __init__(self, *, label: str, help_text: str = "", suffixes: tuple[str, ...]) -> None:
        """`suffixes` are the endings of file names that the browser offers."""
        widget = forms.FileInput(attrs={"accept": ",".join(suffixes)})
        super().__init__(label=label, help_text=help_text, max_length=200, widget=widget, error_messages=FILE_FAULTS)

    def clean(self, data: UploadedFile[bytes] | None, initial: object = None) -> UploadedFile[bytes]:
        """The file, when it is not too large."""
        file: UploadedFile[bytes] = super().clean(data, initial)
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(msgid("The file is larger than 50 MB. Take out what is not needed."))
        return file
