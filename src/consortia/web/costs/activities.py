"""A partner's activities: the file in, and the tables that its document allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

import yaml
from django.db import transaction
from pydantic import ValidationError

from consortia.costing.allocation import Method, department_findings
from consortia.errors import IntakeError
from consortia.findings import Finding, blocks
from consortia.report.tables import Table
from consortia.run.activity_costs import PartnerCosts, cost_partner, departments_of
from consortia.run.cost_tables import NAMED, cost_tables, trace_table
from consortia.study import Text
from consortia.study.activities import Activities
from consortia.study.records import sentences
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.studies.access import check_can_send
from consortia.web.studies.documents import keep_fingerprint, keep_return, load_return
from consortia.web.studies.models import PartnerReturn, Study, Upload
from consortia.web.studies.uploads import keep_content

METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a document: tables, or the faults for which it cannot be costed."""

    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    traceable: tuple[tuple[str, Text], ...] = ()


def shown_costs(document: Activities, *, method: Method, trace: str) -> Shown:
    """Overheads by three methods and what follows from `method`; with `trace` that one code opened.

    Closed loops are findings. Raises BlockedByFindings and StudyError where it cannot be worked out for other reasons.
    """
    faults = department_findings(departments_of(document))
    if blocks(faults):
        return Shown(findings=faults)
    found = cost_partner(document, method=method)
    tables = (trace_table(trace, found),) if trace else cost_tables(found)
    return Shown(tables, found.findings, _traceable(found))


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
        return Activities.model_validate(yaml.safe_load(text))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
        what = sentence("{file} is not readable YAML.", file=name)
        raise IntakeError(what, remedy=sentence("Save it as plain text in UTF-8, then send it again.")) from None
    except ValidationError as error:
        listed = "; ".join(sentences(error))
        what = sentence("{file} has faults: {faults}.", file=name, faults=listed)
        raise IntakeError(what, remedy=sentence("Correct them, then send it again.")) from None


def _traceable(costs: PartnerCosts) -> tuple[tuple[str, Text], ...]:
    """The codes whose cost can be opened, with their names."""
    codes: set[str] = set()
    if costs.chosen:
        codes |= {*costs.chosen.traces["department"], *costs.chosen.traces["source"]}
    if costs.activities:
        flows = costs.activities.flows
        codes |= {*flows["cost_object"], *flows["resource"], *flows["activity"]}
    named = {one.code: one.name for what in NAMED for one in getattr(costs.document, what)}
    return tuple((code, name) for code, name in named.items() if code in codes)
