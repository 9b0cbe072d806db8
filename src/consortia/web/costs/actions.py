"""What people do on the pages of costs: each action is one transaction with its event inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import yaml
from django.db import transaction
from pydantic import ValidationError

from consortia.errors import IntakeError
from consortia.findings import Finding
from consortia.study.activities import Activities
from consortia.study.document_findings import document_findings
from consortia.study.plain_yaml import RepeatedKeys, plain_yaml
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import language, sentence
from consortia.web.studies.access import check_can_send
from consortia.web.studies.documents import keep_fingerprint, keep_return, load_return
from consortia.web.studies.models import PartnerReturn, Study, Upload
from consortia.web.studies.uploads import keep_content


def receive_activities(row: PartnerReturn, *, name: str, content: bytes, by: User) -> None:
    """Takes in what the partner's people do; it becomes part of what is signed.

    Raises NotAllowed, and IntakeError with every fault of the file.
    """
    check_can_send(by, row)
    document = _document(name, content)
    digest = keep_content(content)
    with transaction.atomic():
        locked = PartnerReturn.objects.select_for_update(of=("self",)).select_related("organisation", "study")
        kept = locked.get(pk=row.pk)
        keep_return(kept, replace(load_return(kept), activities=document))
        kept.save()
        Upload.objects.create(partner_return=kept, name=name, sha256=digest, size=len(content), sent_by=by)
        keep_fingerprint(Study.objects.select_for_update().get(pk=kept.study_id))
        record("receive_activities", by=by, subject=str(kept), file=name, sha256=digest)


def _document(name: str, content: bytes) -> Activities:
    """The document of the file. Names that stand for others are refused: they let a small file grow without end."""
    try:
        text = content.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise IntakeError(
                sentence("{file} uses names for parts of itself.", file=name),
                remedy=sentence("Write those parts out, then send it again."),
            )
        plain = plain_yaml(text)
        return Activities.model_validate(plain)
    except RepeatedKeys as error:
        what = sentence("{file} has faults: {faults}.", file=name, faults=_told(error.findings(name)))
        raise IntakeError(what, remedy=sentence("Correct them, then send it again.")) from None
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
        what = sentence("{file} is not readable YAML.", file=name)
        raise IntakeError(what, remedy=sentence("Save it as plain text in UTF-8, then send it again.")) from None
    except ValidationError as error:
        found = document_findings(error, plain, Activities, file=name)
        what = sentence("{file} has faults: {faults}.", file=name, faults=_told(found))
        raise IntakeError(what, remedy=sentence("Correct them, then send it again.")) from None


def _told(findings: Iterable[Finding]) -> str:
    """Each finding with its place in the document, in the person's language."""
    parts = (f"{one.place.cell if one.place else ''}: {language().finding(one)}" for one in findings)
    return "; ".join(part.rstrip(".") for part in parts)
