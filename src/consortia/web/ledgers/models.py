"""The row for a partner's ledger. Its lines lie in the data folder, as Parquet under their SHA-256."""

from __future__ import annotations

from django.db import models

from consortia.web.studies.models import PartnerReturn


class Ledger(models.Model):
    """One partner's ledger in one study: the texts that a study folder has for it, and which lines."""

    partner_return = models.OneToOneField(PartnerReturn, on_delete=models.CASCADE, related_name="ledger")
    layout = models.TextField(blank=True)  # the text of layouts/<partner>.yaml, as it was confirmed last
    header = models.TextField(blank=True)  # the text of ledger.yaml: which files, how many lines, what they sum to
    sha256 = models.CharField(max_length=64, blank=True)  # of ledger.parquet
    readings = models.TextField(default="[]")  # the account of each file and its findings, JSON
    mapping = models.TextField(blank=True)  # the text of mapping.csv as it is in hand; empty: as in the return

    def __str__(self) -> str:
        return f"ledger of {self.partner_return}"
