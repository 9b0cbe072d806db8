"""What partners are like to work with, who could help whom, and what each needs, reviewed on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consortia.delivery.needs import NeedStanding, needs_on
from consortia.findings import Finding, Severity, Value, listed, named
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Definition
from consortia.study.profiles import PartnerProfile

OUTCOMES = {
    "met": msgid("Met"),
    "partly_met": msgid("Partly met"),
    "not_met": msgid("Not met"),
    "withdrawn": msgid("Withdrawn"),
}


def profile_tables(definition: Definition) -> list[Table]:
    """The profiles of the partners side by side; none where nobody has stated one."""
    profiles = definition.partnership.profiles
    if not profiles:
        return []
    return [
        Table(
            "profiles",
            msgid("What partners are like to work with"),
            msgid("Each partner's own view of itself, on scales from 1 to 5, and who has the skills that it lacks."),
            (
                Column("council", msgid("Partner")),
                Column("style", msgid("Style: 1 by agreement, 5 by instruction"), "number"),
                Column("culture", msgid("Culture: 1 tries things out, 5 keeps to rules"), "number"),
                Column("readiness", msgid("Readiness: 1 not yet talked about, 5 tomorrow"), "number"),
                Column("spare", msgid("Hours a year to spare"), "number"),
                Column("systems", msgid("Systems")),
                Column("skills", msgid("Skills")),
                Column("lacks", msgid("Lacks, and who has it")),
                Column("said", msgid("In its own words")),
                Column("by", msgid("Stated by")),
            ),
            tuple(_profile_row(one, definition) for one in profiles),
            (msgid("Differences of style, culture and readiness count as unlikeness in the price of a group."),),
        )
    ]


def _profile_row(one: PartnerProfile, definition: Definition) -> tuple[Cell, ...]:
    unknown = Absent.NOT_PROVIDED
    terms = definition.partnership
    spare = next((each.spare for each in terms.efforts if each.partner == one.partner), None)
    systems = tuple(each.product or each.purpose for each in definition.systems if each.partner == one.partner)
    scales = tuple(unknown if value is None else value for value in (one.style, one.culture, one.readiness))
    lacks = tuple(_lacking(skill, one.partner, definition) for skill in one.needs_skills)
    return (
        definition.partner(one.partner).name,
        *scales,
        unknown if spare is None else spare,
        systems or unknown,
        one.skills or unknown,
        lacks or Absent.NOT_APPLICABLE,
        one.said or Absent.NOT_APPLICABLE,
        say(msgid("{by}, {day}"), by=one.by, day=one.on) if one.on else one.by,
    )


def _lacking(skill: str, partner: str, definition: Definition) -> Words:
    able = [
        each.partner for each in definition.partnership.profiles if skill in each.skills and each.partner != partner
    ]
    if not able:
        return say(msgid("{skill}: nobody"), skill=skill)
    return say(
        msgid("{skill}: {partners}"), skill=skill, partners=tuple(definition.partner(code).name for code in able)
    )  # fmt: skip


def need_tables(definition: Definition, today: date) -> list[Table]:
    """The needs of all partners as they stand on a day, what is overdue first."""
    found = needs_on(definition.partnership.needs, today)
    if not found:
        return []
    return [
        Table(
            "needs",
            msgid("What partners need of each other"),
            say(msgid("When each need is reviewed next, and what the last review found, as of {day}."), day=str(today)),
            (
                Column("next", msgid("Next review"), "date"),
                Column("late", msgid("Overdue")),
                Column("council", msgid("Partner")),
                Column("need", msgid("Need")),
                Column("outcome", msgid("Last outcome")),
                Column("said", msgid("What was found")),
                Column("by", msgid("Reviewed by")),
            ),
            tuple(_need_row(one, definition) for one in found),
        )
    ]


def need_findings(definition: Definition, today: date) -> Iterable[Finding]:
    """A warning that names the needs whose review is overdue."""
    late = [one for one in needs_on(definition.partnership.needs, today) if one.standing == "overdue"]
    if late:
        names: list[Value] = [named(one.need.what.en, one.need.what.in_language("cy")) for one in late]
        yield Finding(
            "needs-overdue",
            Severity.WARNING,
            "The review of these needs is overdue, by up to {days} days: {needs}.",
            "Review them, and record the outcome under `partnership: needs:`.",
            values=(("days", str(max(one.days_late for one in late))), ("needs", listed(names))),
        )


def _need_row(one: NeedStanding, definition: Definition) -> tuple[Cell, ...]:
    none, last = Absent.NOT_APPLICABLE, one.need.reviews[-1] if one.need.reviews else None
    late: Cell = say(msgid("{days} days"), days=one.days_late) if one.standing == "overdue" else none
    return (
        none if one.next is None else one.next.isoformat(),
        late,
        definition.partner(one.need.partner).name,
        one.need.what,
        msgid("Not reviewed yet") if last is None else OUTCOMES[last.outcome],
        none if last is None else last.said,
        none if last is None else say(msgid("{by}, {day}"), by=last.by, day=last.on),
    )
