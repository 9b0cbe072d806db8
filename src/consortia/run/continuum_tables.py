"""The continuum of working together as tables: the shared map, the reasons behind it, the rules of levels, the plan."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.delivery.actions import Action
from consortia.reference.collaboration import levels
from consortia.reference.level_rules import level_rule
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.continuum import NONE, Standing
from consortia.study import Definition, Text

FUNCTION = Column("function", msgid("Function"))
ALL = Text(en="All partners", cy="Pob partner")
NOT_SHARED = Text(en="Not shared", cy="Heb ei rannu")
PROPOSAL = msgid("Proposal from the evidence of this run; nobody has agreed to it.")
AIMS = {
    "efficiency": msgid("Efficiency"),
    "innovation": msgid("Innovation"),
    "partnership": msgid("Partnership"),
    "improvement": msgid("Continuous improvement"),
}
YES_NO = {True: msgid("Yes"), False: msgid("No")}


def continuum_tables(found: Sequence[Standing], definition: Definition) -> tuple[Table, ...]:
    """The map, the reasons, and the rules of the levels that occur; none where there is no function."""
    if not found:
        return ()
    return map_table(found, definition), reasons_table(found, definition), rules_table({one.level for one in found})


def map_table(found: Sequence[Standing], definition: Definition) -> Table:
    """Function x level x members: who stands where, and whether that is agreed."""
    keys = dict.fromkeys((one.key, one.placement is None) for one in found)
    rows = [
        _map_row([one for one in found if (one.key, one.placement is None) == key], definition) for key in keys
    ]  # fmt: skip
    return Table(
        "continuum",
        msgid("Who works together how closely"),
        msgid("Each function on its level of working together, with the partners that stand there."),
        (
            FUNCTION,
            Column(NONE, NOT_SHARED),
            *(Column(one.code, Text(en=one.name, cy=one.name_cy)) for one in levels()),
            Column("standing", msgid("Agreed?")),
        ),
        tuple(rows),
        (msgid("Each partner keeps its statutory responsibility and approves for itself, whatever the level."),),
    )


def _map_row(same: Sequence[Standing], definition: Definition) -> tuple[Cell, ...]:
    at: dict[str, list[str]] = {}
    for one in same:
        at.setdefault(one.level, []).extend(one.members)
    columns = (NONE, *(one.code for one in levels()))
    cells = [_names(at[code], definition) if code in at else Absent.NOT_APPLICABLE for code in columns]
    return (same[0].function, *cells, _standing(same, definition))


def _standing(same: Sequence[Standing], definition: Definition) -> Words:
    if same[0].placement is None:
        return PROPOSAL
    waiting = [code for one in same for code in one.waiting]
    if not waiting:
        return msgid("Agreed by all of them.")
    if len(waiting) == sum(len(one.members) for one in same):
        return msgid("Placed; nobody has agreed yet.")
    return say(msgid("Not yet agreed by {partners}."), partners=_names(waiting, definition))


def reasons_table(found: Sequence[Standing], definition: Definition) -> Table:
    """For each placement: opportunities, challenges, reasons, who agreed and when."""
    return Table(
        "continuum_reasons",
        msgid("Why each function stands where it does"),
        msgid("Opportunities, challenges and reasons for the level of each function, and who agreed to it."),
        (
            FUNCTION,
            Column("level", msgid("Level of joint working")),
            Column("members", msgid("Members")),
            Column("opportunities", msgid("Opportunities")),
            Column("challenges", msgid("Challenges")),
            Column("reasons", msgid("Reasons")),
            Column("agreed", msgid("Agreed by")),
        ),
        tuple(_reasons_row(one, definition) for one in found),
    )


def _reasons_row(one: Standing, definition: Definition) -> tuple[Cell, ...]:
    nothing, placement = Absent.NOT_APPLICABLE, one.placement
    head = (one.function, level_name(one.level), _names(one.members, definition))
    if placement is None:
        return (*head, nothing, nothing, one.evidence, PROPOSAL)
    agreed: tuple[Words, ...] = tuple(
        say(msgid("{partner}: {by}, {day}"), partner=definition.partner(each.partner).name, by=each.by, day=each.on)
        for each in placement.agreed
    )
    parts = (placement.opportunities or nothing, placement.challenges or nothing, placement.reasons, agreed or nothing)
    return (*head, *parts)


def rules_table(codes: set[str]) -> Table:
    """What each of the levels allows: savings, a pooled budget, the agreement, the VAT route, exit."""
    return Table(
        "level_rules",
        msgid("What each level allows"),
        msgid("What each level brings with it. Savings that a level does not allow are not booked."),
        (
            Column("level", msgid("Level of joint working")),
            Column("levers", msgid("Savings by")),
            Column("pooled", msgid("Pooled budget")),
            Column("staff", msgid("Joint staff")),
            Column("agreement", msgid("Agreement")),
            Column("vat", msgid("VAT")),
            Column("notice", msgid("Notice, months"), "number"),
            Column("exit", msgid("Leaving")),
        ),
        tuple(_rules_row(one.code) for one in levels() if one.code in codes),
        (msgid("Judgement, from the provisions that it names; no legal or tax advice."),),
    )


LEVERS = {
    "share_practice": msgid("sharing practice"),
    "remove_duplication": msgid("removing duplication"),
    "build_critical_mass": msgid("building critical mass"),
}


def _rules_row(code: str) -> tuple[Cell, ...]:
    rule = level_rule(code)
    return (
        level_name(code),
        tuple(LEVERS[lever] for lever in rule.levers),
        YES_NO[rule.pooled_budget],
        YES_NO[rule.joint_staff],
        Text(en=rule.agreement, cy=rule.agreement_cy),
        Text(en=rule.vat, cy=rule.vat_cy),
        rule.notice_months,
        Text(en=rule.exit, cy=rule.exit_cy),
    )


def actions_table(actions: Sequence[Action], definition: Definition) -> Table:
    """The action plan: what is to be done by whom until when, and which aims it serves."""
    return Table(
        "actions",
        msgid("Action plan"),
        msgid("What is to be done so that each function comes to its level, the earliest first."),
        (
            Column("due", msgid("Due"), "date"),
            Column("what", msgid("Action")),
            Column("owner", msgid("Owner")),
            FUNCTION,
            Column("level", msgid("Level of joint working")),
            Column("members", msgid("Members")),
            Column("aims", msgid("Aims served")),
        ),
        tuple(
            (
                one.due or Absent.NOT_APPLICABLE,
                one.what,
                one.owner or Absent.NOT_APPLICABLE,
                one.name,
                level_name(one.level),
                _names(one.partners, definition),
                tuple(AIMS[aim] for aim in one.aims) or Absent.NOT_APPLICABLE,
            )
            for one in actions
        ),
    )


def level_name(code: str) -> Text:
    """What a level is called, "none" included."""
    if code == NONE:
        return NOT_SHARED
    found = next(one for one in levels() if one.code == code)
    return Text(en=found.name, cy=found.name_cy)


def _names(codes: Sequence[str], definition: Definition) -> tuple[Words, ...]:
    if len(definition.codes) > 2 and {*codes} == {*definition.codes}:
        return (ALL,)
    return tuple(definition.partner(code).name for code in codes)
