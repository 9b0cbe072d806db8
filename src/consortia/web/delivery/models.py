"""Rows for delivery: which run was agreed as the case, and what came in against it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from consortia.web.runs.models import Run
from consortia.web.studies.models import Study


class AgreedCase(models.Model):
    """The run that the partners agreed to; a later one replaces it, the earlier stays on record."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cases")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="cases")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-agreed", "-pk"]

    def __str__(self) -> str:
        return f"{self.study.slug} as in run {self.run.number}"


class Actuals(models.Model):
    """A file of budgeted and delivered savings as it was sent, its readable lines and its faults."""

    case = models.ForeignKey(AgreedCase, on_delete=models.CASCADE, related_name="actuals")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    lines = models.TextField()  # the readable lines, JSON
    findings = models.TextField(default="[]")
    withdrawn = models.BooleanField(default=False)  # a file sent by mistake counts no more, but stays on record
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-sent", "-pk"]
        verbose_name_plural = "actuals"

    def __str__(self) -> str:
        return self.name
