"""Rows for runs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from consortia.web.studies.models import Study


class Status(models.TextChoices):
    """Where a run stands; the label is translated where it is shown."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Finished"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Run(models.Model):
    """One calculation of a study at one fingerprint. A finished run never changes, only its release does."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    study_fingerprint = models.CharField(max_length=64)  # of the documents that were calculated
    fingerprint = models.CharField(max_length=64, blank=True)  # of the finished run: documents, versions and seed
    scenario = models.CharField(max_length=200, default="base")  # key of the scenario that is calculated
    appraised = models.TextField(blank=True)  # the definition as the scenario has it, amounts filled in, JSON
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    doing = models.CharField(max_length=1000, blank=True)  # the step in words, or why it failed, one sentence a line
    cancelling = models.BooleanField(default=False)  # somebody asked for it to be stopped
    result = models.TextField(blank=True)  # the finished run as JSON
    released = models.BooleanField(default=False)  # partners may see each other's lines
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    queued = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "number"], name="one_run_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.study.slug}/{self.number}"

    @property
    def is_over(self) -> bool:
        """True when it finished, failed or was cancelled."""
        return self.status in {Status.DONE, Status.FAILED, Status.CANCELLED}


class Comparison(models.Model):
    """Two sides held against each other with the services that either would share: the work of some minutes.

    `key` is the SHA-256 of everything that the answer hangs on; it is worked out once.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="comparisons")
    key = models.CharField(max_length=64)
    first = models.TextField()  # the definition of either side, amounts filled in, JSON
    second = models.TextField()
    names = models.JSONField()  # what either side is called
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    doing = models.CharField(max_length=1000, blank=True)  # why it failed, one sentence a line
    result = models.TextField(blank=True)  # the finished table as JSON
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    queued = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "key"], name="one_comparison_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.study.slug}/{self.key[:12]}"

    @property
    def is_over(self) -> bool:
        """True when it finished or failed."""
        return self.status in {Status.DONE, Status.FAILED}
