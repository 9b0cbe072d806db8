"""Rows of the papers on sharing: each partner's part by every rule over all services, and which rule would hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from consortia.partnership import Division
from consortia.report.rows import Amount, ShareRow, StabilityRow
from consortia.report.sharing_tables import RULES
from consortia.report.words import Absent
from consortia.run.partners.agreement import Agreement
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.naming import group_or_across, names_of_groups, title_of
from consortia.run.partners.temptation import ACROSS, temptations

AGREED = "agreed"
ACROSS_GROUPS = "nucleolus_across"


def share_rows(arranged: Arranged, agreements: Mapping[str, Agreement]) -> tuple[ShareRow, ...]:
    """Each partner's part of the gain of all services: as agreed, and by every rule that all services can use."""
    rules = rules_of_all(arranged)
    return tuple(_share_row(code, arranged, agreements, rules) for code in arranged.definition.codes)


def stability_rows(arranged: Arranged) -> tuple[StabilityRow, ...]:
    """For each shared service and rule: whether it holds, and if not who would gain how much by leaving together."""
    return tuple(
        row
        for service in arranged.services
        for one in service.divisions
        for row in _stability_rows(arranged, service, one)
    )


def rules_of_all(arranged: Arranged) -> tuple[str, ...]:
    """The rules that every service can use, in order of preference: by use only where every service's is known."""
    known = [{division.rule for division in service.divisions} for service in arranged.services]
    found = [rule for rule in RULES if all(rule in each for each in known) and rule != "equal_contribution"]
    if ACROSS_GROUPS not in found and any(ACROSS_GROUPS in each for each in known):
        found.append(ACROSS_GROUPS)
    return tuple(found)


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
        division = _division(service, rule)
        if division.refused is not None:
            return Absent.NOT_APPLICABLE
        if code in service.partners:
            total += division.shares[service.partners.index(code)]
    return total


def _division(service: Arrangement, rule: str) -> Division:
    """By the rule; where there is only one group of all, the nucleolus across groups is that of the group."""
    known = {one.rule: one for one in service.divisions}
    return known["nucleolus"] if rule == ACROSS_GROUPS and rule not in known else known[rule]


def _stability_rows(arranged: Arranged, service: Arrangement, one: Division) -> list[StabilityRow]:
    """A row where the rule holds or has no answer; else one for each group in which somebody would gain."""
    title, groups = title_of(service), names_of_groups(arranged, service, service.formed)
    if one.refused is not None:
        return [StabilityRow(title, groups, one.rule, None)]
    found = temptations(service, np.array(one.shares), count=1)
    tempted = [each for each in found if each.sets]
    across = next((not each.sets for each in found if each.group == ACROSS), None)
    best = one is service.recommended
    if not tempted:
        return [StabilityRow(title, groups, one.rule, True, across, recommended=best)]
    return [
        StabilityRow(
            title,
            group_or_across(arranged, service, each.group),
            one.rule,
            one.within,
            across,
            recommended=best,
            leavers=arranged.names_of(service, each.sets[0].mask),
            gain=each.sets[0].gain,
        )
        for each in tempted
    ]
