"""Rows for studies: the documents as text, and what people did to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from consortia.web.accounts.models import Organisation


class Study(models.Model):
    """One study: its definition as a document, and the organisation whose analysts run it."""

    slug = models.SlugField(max_length=80, unique=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="studies")
    title = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200, blank=True)
    definition = models.TextField()  # the text of study.yaml
    findings = models.TextField(default="[]")  # cautions about the whole study, JSON
    version = models.PositiveIntegerField(default=0)  # goes up with every change of a document
    fingerprint = models.CharField(max_length=64)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.title

    def in_language(self, language: str) -> str:
        """The title in "en" or "cy"."""
        return self.title_cy or self.title if language == "cy" else self.title


class PartnerReturn(models.Model):
    """One partner's return: the texts of its files, exactly as they stand in a study folder."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    order = models.PositiveSmallIntegerField()  # place of the partner in the definition
    files = models.TextField()  # text by name of the file in the study folder, JSON
    lines = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)  # of what would be signed: header without signature, and every line

    class Meta:
        ordering: ClassVar = ["study", "order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "organisation"], name="one_return_per_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.study.slug}/{self.partner}"

    @property
    def partner(self) -> str:
        """Code of the partner."""
        return self.organisation.code

    @property
    def signature(self) -> SignOff | None:
        """The signature that holds for the return as it is now."""
        return next((one for one in self.sign_offs.all() if one.digest == self.digest), None)


class Upload(models.Model):
    """A file as it was sent. The content lies in the data folder under its SHA-256."""

    partner_return = models.ForeignKey(PartnerReturn, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-sent", "-pk"]

    def __str__(self) -> str:
        return self.name


class SignOff(models.Model):
    """A finance officer's signature under one state of a return. It holds while the digest is still the return's."""

    partner_return = models.ForeignKey(PartnerReturn, on_delete=models.CASCADE, related_name="sign_offs")
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-signed", "-pk"]

    def __str__(self) -> str:
        return f"{self.partner_return} signed by {self.signed_by}"
