"""Who runs each service in law: the legal model, the lead body, who has delegated what; and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consortia.findings import Finding, Severity, Value, listed, named
from consortia.reference.authorities import authority
from consortia.reference.collaboration import level
from consortia.reference.legal_models import LegalModel, legal_model
from consortia.reference.taxonomy import service
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Definition, Text
from consortia.study.leads import LeadBody


def lead_tables(definition: Definition) -> list[Table]:
    """One table of all lead bodies; none where none is stated."""
    leads = definition.partnership.leads
    if not leads:
        return []
    return [
        Table(
            "leads",
            msgid("Who runs each service in law"),
            msgid("The legal model of each service, who leads it, and what each member has handed over."),
            (
                Column("services", msgid("Services")),
                Column("model", msgid("Legal model")),
                Column("lead", msgid("Lead")),
                Column("members", msgid("Members")),
                Column("delegated", msgid("Delegated by")),
                Column("agreement", msgid("Agreement")),
                Column("review", msgid("To be reviewed")),
                Column("provision", msgid("Provision")),
            ),
            tuple(_row(one, definition) for one in leads),
            (
                msgid("Each authority keeps its statutory responsibility; a delegation can be taken back."),
                msgid("Judgement, from the provisions that it names; no legal or tax advice."),
            ),
        )
    ]


def lead_findings(definition: Definition, today: date) -> Iterable[Finding]:
    """What a legal model lacks, cannot carry at the level placed, or is due."""
    for one in definition.partnership.leads:
        model, values = legal_model(one.model), (("services", _services(one)), ("model", _model_name(one)))
        if model.needs_lead and not one.lead:
            lacks = msgid("{services}: {model} needs a council that leads, and none is named.")
            yield _finding("lead-missing", lacks, values)
        waiting = _waiting(one, model, definition, today)
        if waiting:
            yield Finding(
                "delegation-missing",
                Severity.WARNING,
                "{services}: {model} needs a delegation of each member; none is in force of {partners}.",
                "Record each decision under `delegations`, with its day.",
                values=(*values, ("partners", listed(waiting))),
            )
        if model.nation and any(authority(code).nation != model.nation for code in members_of(one, definition)):
            elsewhere = msgid("{services}: {model} exists in Wales only.")
            yield _finding("model-of-another-nation", elsewhere, values)
        yield from _misfit(one, model, definition, values)
        if one.review and date.fromisoformat(one.review) < today:
            yield Finding(
                "lead-review-overdue",
                Severity.WARNING,
                "{services}: the review of its agreement was due on {day}.",
                "Review it, and record the next day.",
                values=(*values[:1], ("day", one.review)),
            )


def members_of(one: LeadBody, definition: Definition) -> tuple[str, ...]:
    """The members of a lead body: every partner unless it names them."""
    return one.members or definition.codes


def _finding(code: str, sentence: str, values: tuple[tuple[str, Value], ...]) -> Finding:
    return Finding(code, Severity.WARNING, sentence, "Correct it under `partnership: leads:`.", values=values)


def _waiting(one: LeadBody, model: LegalModel, definition: Definition, today: date) -> list[Value]:
    """Members without a delegation in force; the lead hands nothing to itself."""
    if not model.needs_delegation:
        return []
    given = {each.partner for each in one.delegations if not each.until or date.fromisoformat(each.until) >= today}
    missing = [code for code in members_of(one, definition) if code not in given and code != one.lead]
    return [
        named(definition.partner(code).name.en, definition.partner(code).name.in_language("cy")) for code in missing
    ]


def _misfit(
    one: LeadBody, model: LegalModel, definition: Definition, values: tuple[tuple[str, Value], ...]
) -> Iterable[Finding]:
    """A service that stands on a level that the model cannot carry."""
    placed = {each.level for each in definition.partnership.placements if each.service in one.services} - {"none"}
    deepest = max(placed, key=lambda code: level(code).order, default="")
    if deepest and deepest not in model.levels:
        found = level(deepest)
        yield Finding(
            "model-does-not-fit-level",
            Severity.WARNING,
            "{services}: it is placed on {level}, which {model} does not suit.",
            "Choose another model (`consortia reference legal_models`), or another level.",
            values=(*values, ("level", named(found.name, found.name_cy))),
        )


def _row(one: LeadBody, definition: Definition) -> tuple[Cell, ...]:
    none, model = Absent.NOT_APPLICABLE, legal_model(one.model)
    own = definition.partner(one.lead).name if one.lead else None
    lead: Cell = own or one.body or none
    if own and one.body:
        lead = say(msgid("{body}, led by {partner}"), body=one.body, partner=own)
    return (
        tuple(Text(en=service(code).name, cy=service(code).name_cy) for code in one.services),
        Text(en=model.name, cy=model.name_cy),
        lead,
        tuple(definition.partner(code).name for code in members_of(one, definition)),
        tuple(_delegated(one, definition)) or none,
        one.agreement or Absent.NOT_PROVIDED,
        one.review or Absent.NOT_PROVIDED,
        Text(en=model.provision, cy=model.provision_cy),
    )


def _delegated(one: LeadBody, definition: Definition) -> Iterable[Words]:
    for each in one.delegations:
        yield say(
            msgid("{partner}: {functions} ({decision})"),
            partner=definition.partner(each.partner).name,
            functions=tuple(each.functions),
            decision=each.decision,
        )


def _services(one: LeadBody) -> Value:
    return listed([service(code).said for code in one.services])


def _model_name(one: LeadBody) -> Value:
    model = legal_model(one.model)
    return named(model.name, model.name_cy)
