"""Forms of the review. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from consortia.money import pounds_from_text
from consortia.reference.taxonomy import services
from consortia.report.words import msgid
from consortia.web.fields import PLEASE_CHOOSE, PLEASE_FILL_IN
from consortia.web.language import language

LONGEST = 2000


class TextForm(forms.Form):
    """Words that are needed."""

    text = forms.CharField(
        label=msgid("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=PLEASE_FILL_IN,
    )


class ReplyForm(TextForm):
    """An answer, which may close what it answers."""

    close = forms.BooleanField(label=msgid("This settles it: close it."), required=False)


class AskForm(TextForm):
    """A question on a line."""

    line = forms.CharField(
        label=msgid("Line"),
        help_text=msgid("Year, service and measure, as in 2024-25/housing/employees."),
        max_length=200,
        error_messages=PLEASE_FILL_IN,
    )
    field_order: tuple[str, ...] = ("line", "text")


class ContestForm(AskForm):
    """An objection to a line, with the amount that is right."""

    amount = forms.CharField(
        label=msgid("The amount that is right, in pounds"),
        help_text=msgid("Leave it empty when it is not known yet."),
        max_length=40,
        required=False,
    )
    field_order = ("line", "amount", "text")

    def clean_amount(self) -> Decimal | None:
        """Exact pounds and pence; None when nothing was written."""
        text = self.cleaned_data["amount"]
        try:
            return pounds_from_text(text).quantize(Decimal("0.01")) if text else None
        except (ValueError, ArithmeticError):
            raise forms.ValidationError(msgid("This is not an amount. Write pounds, as 12000 or -350.50.")) from None


class DelegateForm(forms.Form):
    """A section of the return and who gets it."""

    section = forms.ChoiceField(label=msgid("Section"), error_messages=PLEASE_CHOOSE)
    to = forms.CharField(label=msgid("Given to"), max_length=150, error_messages=PLEASE_FILL_IN)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """The sections are the heads of the service list, in the person's language."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        heads = [one for one in services(level=1) if one.provided_by and one.code != "total"]
        names = [(one.code, one.name_cy if language().code == "cy" else one.name) for one in heads]
        chosen = self.fields["section"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = names
