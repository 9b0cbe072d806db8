"""Payments between the members of a group, year by year, so that nobody is out of pocket longer than agreed."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from consortia.partnership import PartnershipError
from consortia.partnership.masks import FloatArray, players_of
from consortia.partnership.schedules import Schedule, payment_schedule
from consortia.run.decisions import GroupDecision
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.arrangement import Arranged, Arrangement


@dataclass(frozen=True, slots=True)
class Payments:
    """The payments of one group, or why there are none that do what is agreed."""

    service: Arrangement
    members: tuple[str, ...]
    within: int
    """Year from the base year from which nobody is out of pocket."""
    shares: FloatArray
    """Present value of what each member ends with, pounds."""
    begun: int
    """Year from the base year in which the group first costs or saves something: nothing is paid before."""
    schedule: Schedule | None


def payments_of(arranged: Arranged, rule: str) -> tuple[Payments, ...]:
    """The payments of every group to be formed, real pounds of each year, central case.

    The year is the one agreed; where none is, the first by whose end the group itself has its money back.
    """
    found = []
    for service in arranged.services:
        shares = agreed_shares(service, arranged.definition, rule)
        found += [_payments(arranged, service, group, shares) for group in service.decision.formed]
    return tuple(found)


def _payments(arranged: Arranged, service: Arrangement, group: GroupDecision, shares: FloatArray) -> Payments:
    appraisal, players = arranged.appraisal, list(players_of(group.price.mask))
    members = tuple(service.partners[player] for player in players)
    flows = np.array([appraisal.flow(partners=[code], services=[service.proposal.key]) for code in members])
    agreed = arranged.definition.partnership.paid_back_by
    last = flows.shape[1] - 1
    within = min(ceil(last if group.payback is None else group.payback) if agreed is None else agreed, last)
    worth = float((flows @ appraisal.factors).sum())
    own = shares[players] + (worth - shares[players].sum()) / len(players)
    begun = int(np.flatnonzero(flows.any(axis=0))[0])
    try:
        schedule = payment_schedule(
            flows[:, begun:], own, factors=appraisal.factors[begun:], within=max(within - begun, 0)
        )
    except PartnershipError:
        schedule = None
    return Payments(service, members, within, own, begun, schedule)
