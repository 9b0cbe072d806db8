"""What each partner is charged for a service level of its own choice."""

from __future__ import annotations

from consortia.partnership.drift import Drift, Step, drift_charges
from consortia.partnership.masks import players_of
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.decisions import GroupDecision
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.naming import title_of
from consortia.study.service_levels import ServiceLevel


def drift_table(arranged: Arranged) -> Table:
    """For each member of a group whose service levels are stated: level, agreed part, charge, what it is spared."""
    rows: list[tuple[Cell, ...]] = []
    notes: list[Words] = []
    for service in arranged.services:
        for stated in arranged.definition.partnership.service_levels:
            if stated.service == service.proposal.service.code:
                rows += [row for group in service.decision.formed for row in _rows(arranged, service, group, stated)]
                notes.append(_stated(stated))
    return Table(
        "drift",
        msgid("Who chose another service level, and what that costs"),
        msgid("A partner that chooses more or less than was agreed bears what its choice costs; pounds a year."),
        (
            Column("partner", msgid("Partner")),
            Column("service", msgid("Service")),
            Column("standard", msgid("Level agreed"), "number"),
            Column("level", msgid("Level chosen"), "number"),
            Column("agreed", msgid("Its part as agreed"), "money"),
            Column("charge", msgid("Charged for its choice"), "money"),
            Column("pays", msgid("It pays"), "money"),
            Column("spared", msgid("Would pay more for others' choices if all were spread"), "money"),
            Column("reason", msgid("Reason")),
        ),
        tuple(rows),
        tuple(notes),
        arranged.setting.years[-1],
        arranged.setting.price_base,
    )


def charges_of(service: Arrangement, group: GroupDecision, stated: ServiceLevel) -> dict[str, Drift]:
    """What each member of a group pays a year, by its code: addressable cost less planned saving, by use or by cost."""
    players = players_of(group.price.mask)
    weights = service.weights.get("use", service.proposal.cost)
    members = [service.partners[player] for player in players]
    found = drift_charges(
        cost=sum(service.proposal.cost[player] for player in players) - group.price.gross_saving,
        use=[weights[player] for player in players],
        standard=stated.standard,
        levels=[stated.level_of(code) for code in members],
        varies=stated.varies,
        falls_away=stated.falls_away,
        steps=[Step(one.level, float(one.cost)) for one in stated.steps],
    )
    return dict(zip(members, found, strict=True))


def _rows(
    arranged: Arranged, service: Arrangement, group: GroupDecision, stated: ServiceLevel
) -> list[tuple[Cell, ...]]:
    reasons = {one.partner: one.reason for one in stated.chosen}
    return [
        (
            arranged.definition.partner(code).name,
            title_of(service),
            stated.standard,
            stated.level_of(code),
            one.agreed,
            one.charge,
            one.pays,
            one.spared,
            reasons.get(code) or Absent.NOT_APPLICABLE,
        )
        for code, one in charges_of(service, group, stated).items()
    ]


def _stated(stated: ServiceLevel) -> Words:
    return say(msgid("Level counted in: {measure}. Source: {source}"), measure=stated.measure, source=stated.source)
