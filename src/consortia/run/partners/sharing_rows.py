"""Rows of the papers on sharing: each partner's part by every rule over all services, and which rule would hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consortia.partnership import Division
from consortia.report.rows import Amount, ShareRow, StabilityRow
from consortia.report.sharing_tables import RULES
from consortia.report.words import Absent
from consortia.run.partners.agreement import Agreement
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.study import Text

AGREED = "agreed"


def share_rows(arranged: Arranged, agreements: Mapping[str, Agreement]) -> tuple[ShareRow, ...]:
    """Each partner's part of the gain of all services: as agreed, and by every rule that all services can use."""
    rules = rules_of_all(arranged)
    return tuple(_share_row(code, arranged, agreements, rules) for code in arranged.definition.codes)


def stability_rows(arranged: Arranged) -> tuple[StabilityRow, ...]:
    """For each shared service and rule: whether it holds, and if not who would gain how much by leaving together."""
    return tuple(_stability_row(arranged, service, one) for service in arranged.services for one in service.divisions)


def rules_of_all(arranged: Arranged) -> tuple[str, ...]:
    """The rules that every service can use, in order of preference: by use only where every service's is known."""
    known = [{division.rule for division in service.divisions} for service in arranged.services]
    return tuple(rule for rule in RULES if all(rule in each for each in known) and rule != "equal_contribution")


def _share_row(code: str, arranged: Arranged, agreements: Mapping[str, Agreement], rules: Sequence[str]) -> ShareRow:
    return ShareRow(
        arranged.definition.partner(code).name,
        sum(agreements[service.proposal.key].share_of(code) for service in arranged.services),
        {rule: _whole(code, rule, arranged.services) for rule in rules},
        {rule: f"share.{rule}.{code}" for rule in (AGREED, *rules)},
    )


def _whole(code: str, rule: str, services: Sequence[Arrangement]) -> Amount:
    total = 0.0
    for service in services:
        division = next(one for one in service.divisions if one.rule == rule)
        if division.refused is not None:
            return Absent.NOT_APPLICABLE
        if code in service.partners:
            total += division.shares[service.partners.index(code)]
    return total


def _stability_row(arranged: Arranged, service: Arrangement, one: Division) -> StabilityRow:
    names = arranged.names_of(service, sum(service.formed))
    title = Text(en=service.proposal.title("en"), cy=service.proposal.title("cy"))
    if one.refused is not None:
        return StabilityRow(title, names, one.rule, None)
    if not one.blocking:
        return StabilityRow(title, names, one.rule, True, recommended=one is service.recommended)
    first = one.blocking[0]
    return StabilityRow(
        title, names, one.rule, False, leavers=arranged.names_of(service, first.mask), gain=first.gain
    )  # fmt: skip
