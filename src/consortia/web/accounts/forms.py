"""Forms for accounts. Labels and messages are words of the catalogue; the page puts them in the person's language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from consortia.report.words import msgid
from consortia.web.accounts.access import organisations_for
from consortia.web.accounts.models import Invitation, Organisation, Role, User
from consortia.web.fields import EMAIL_FAULTS, PLEASE_CHOOSE, PLEASE_FILL_IN

NAME = forms.TextInput(attrs={"autocomplete": "name"})
EMAIL = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
OLD_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})
NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})
PASSWORD_HELP = msgid("At least 12 characters. Three or four unrelated words are easy to remember.")


class LogInForm(forms.Form):
    """E-mail address and password."""

    email = forms.EmailField(label=msgid("E-mail address"), widget=EMAIL, error_messages=EMAIL_FAULTS)
    password = forms.CharField(label=msgid("Password"), widget=OLD_PASSWORD, strip=False, error_messages=PLEASE_FILL_IN)


class NewPasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=msgid("New password"),
        help_text=PASSWORD_HELP,
        widget=NEW_PASSWORD,
        strip=False,
        error_messages=PLEASE_FILL_IN,
    )

    def check_password_for(self, person: User) -> None:
        """Adds what the password rules say; it must not be made of the details of the person, saved or not."""
        if "password" not in self.cleaned_data:
            return
        try:
            validate_password(self.cleaned_data["password"], person)
        except forms.ValidationError as faults:
            self.add_error("password", faults)


class JoinForm(NewPasswordForm):
    """Name and password of somebody who was invited; the e-mail address too when the invitation names none."""

    name = forms.CharField(label=msgid("Your name"), max_length=200, widget=NAME, error_messages=PLEASE_FILL_IN)
    email = forms.EmailField(label=msgid("E-mail address"), widget=EMAIL, error_messages=EMAIL_FAULTS)
    field_order = ("name", "email", "password")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        """`invitation` is the one that was opened."""
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        """Adds what the password rules say of the account as it would be made."""
        cleaned = super().clean() or {}
        email = self.invitation.email or cleaned.get("email", "")
        self.check_password_for(User(email=email, name=cleaned.get("name", "")))
        return cleaned


class PasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = forms.CharField(
        label=msgid("Present password"), widget=OLD_PASSWORD, strip=False, error_messages=PLEASE_FILL_IN
    )
    field_order = ("old", "password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """`user` is who is logged in."""
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Adds what the password rules say."""
        cleaned = super().clean() or {}
        self.check_password_for(self.user)
        return cleaned

    def clean_old(self) -> str:
        """The old password, when it is right."""
        old = str(self.cleaned_data["old"])
        if not self.user.check_password(old):
            raise forms.ValidationError(msgid("This is not your present password."))
        return old


class InviteForm(forms.Form):
    """Whom to invite, to which organisation, in which role."""

    email = forms.EmailField(label=msgid("E-mail address"), error_messages=EMAIL_FAULTS)
    organisation = forms.ModelChoiceField(
        label=msgid("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label="–",
        error_messages=PLEASE_CHOOSE,
    )
    role = forms.ChoiceField(
        label=msgid("Role"),
        help_text=msgid("A finance officer sends and signs the return; a member reads; an analyst runs the study."),
        choices=Role.choices,
        initial=Role.FINANCE_OFFICER,
        error_messages=PLEASE_CHOOSE,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """`user` is who invites: only their organisations can be chosen."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = organisations_for(user)
