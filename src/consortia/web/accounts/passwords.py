"""Rules for passwords, with sentences that our own catalogue can translate."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)

TOO_SHORT = "The password is too short. Use at least 12 characters; three or four unrelated words are easy to remember."
TOO_COMMON = "This password is on the list of those that are tried first. Choose another."
ABOUT_YOU = "The password is too close to your name or e-mail address. Choose another."


class LongEnough(MinimumLengthValidator):
    """Length is what makes a password strong."""

    def get_error_message(self) -> str:
        """The sentence for a password that is too short."""
        return TOO_SHORT


class NotCommon(CommonPasswordValidator):
    """Refuses the passwords that attackers try first (Django's list of 20,000)."""

    def get_error_message(self) -> str:
        """The sentence for a common password."""
        return TOO_COMMON


class NotAboutYou(UserAttributeSimilarityValidator):
    """Refuses passwords made of the person's own name or address."""

    DEFAULT_USER_ATTRIBUTES = ("email", "name")

    def get_error_message(self) -> str:
        """The sentence for a password that is close to the person's own details."""
        return ABOUT_YOU
