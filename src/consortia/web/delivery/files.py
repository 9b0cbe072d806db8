"""The files of actuals as they were sent, for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.findings import Finding
from consortia.web.accounts.models import User
from consortia.web.delivery.models import Actuals
from consortia.web.studies.access import Standing
from consortia.web.studies.documents import findings_from_text
from consortia.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of actuals with what was wrong in it."""

    row: Actuals
    findings: tuple[Finding, ...]


def sent_files(study: Study, standing: Standing, user: User) -> tuple[SentFile, ...]:
    """The files of a study, latest first: all of them for an analyst, for others those that they sent themselves."""
    sent = Actuals.objects.filter(case__study=study).select_related("sent_by").defer("lines")
    if not standing.analyst:
        sent = sent.filter(sent_by=user)
    return tuple(SentFile(each, findings_from_text(each.findings)) for each in sent)
