"""Rows for people and what they did."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is kept in lower case so that it stands once."""

    def create_user(self, *, email: str, name: str, password: str) -> User:
        """A new person with a hashed password."""
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        """The person who logs in with this address, in any case."""
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """A person; what they may do comes from their memberships. A site administrator may invite to any organisation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A council (its authority code), or a programme office (a code of its own that no council has)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name

    def in_language(self, language: str) -> str:
        """The name in "en" or "cy"."""
        return self.name_cy or self.name if language == "cy" else self.name


class Role(models.TextChoices):
    """What a person does for an organisation: the choice's label is translated where it is shown."""

    ANALYST = "analyst", "Analyst"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    MEMBER = "member", "Member"


class Membership(models.Model):
    """A person's role in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} of {self.organisation}"


class Invitation(models.Model):
    """A link that lets one person in, once. Only the digest of its token is kept."""

    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)  # empty: the person names it (first administrator)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    makes_administrator = models.BooleanField(default=False)
    invited_by = models.CharField(max_length=254)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email or 'set-up'}, {self.role} of {self.organisation}"


class EventSet(models.QuerySet["Event"]):
    """Events can be added and read, nothing else."""

    def delete(self) -> NoReturn:
        """Always ValueError."""
        raise ValueError("events are never deleted")

    def update(self, **_values: Any) -> NoReturn:
        """Always ValueError."""
        raise ValueError("events are never changed")


class Event(models.Model):
    """What somebody did and when. No foreign keys: the record outlives what it tells about."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.CharField(max_length=254)  # e-mail address at the time; "site" for the site itself
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=300, blank=True)  # such as study/return: lancashire-fifteen/E10000017
    detail = models.JSONField(default=dict)

    objects = EventSet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["action", "subject", "at"], name="event_by_action"),
            models.Index(fields=["subject"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the event; ValueError when it exists already."""
        if self.pk is not None:
            raise ValueError("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Always ValueError."""
        raise ValueError("events are never deleted")
