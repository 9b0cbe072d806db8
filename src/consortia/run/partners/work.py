"""Who does the work: hours given against hours to spare, effort against gain, what each hosts."""

from __future__ import annotations

import numpy as np

from consortia.partnership.burden import Burden, burdens
from consortia.partnership.masks import players_of
from consortia.run.bounds import people_of
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.arrangement import Arranged, Arrangement


def burdens_of(arranged: Arranged, rule: str) -> dict[str, Burden]:
    """The burden of each partner that has stated its hours, by code; nothing where nobody has."""
    terms = arranged.definition.partnership
    codes = [one.partner for one in terms.efforts]
    people = people_of(codes, arranged.definition)
    gains, hosted = gains_of(arranged, rule), _hosted(arranged)
    found = burdens(
        effort=[one.hours for one in terms.efforts],
        capacity=[one.spare for one in terms.efforts],
        benefit=[gains.get(code, 0.0) for code in codes],
        hosted=[hosted.get(code, 0.0) if all(people) else 0.0 for code in codes],
        population=[count or 0.0 for count in people],
    )
    return dict(zip(codes, found, strict=True))


def gains_of(arranged: Arranged, rule: str) -> dict[str, float]:
    """Each partner's part of all gains by the agreed rule; present value, pounds."""
    found = dict.fromkeys(arranged.definition.codes, 0.0)
    for service in arranged.services:
        for code, share in zip(service.partners, agreed_shares(service, arranged.definition, rule), strict=True):
            found[code] += float(share)
    return found


def _hosted(arranged: Arranged) -> dict[str, float]:
    """Yearly cost of the groups that each partner would host: those in which it alone would be host."""
    found: dict[str, float] = {}
    for service in arranged.services:
        for group in service.formed:
            hosts = _hosts(service, group, arranged)
            if len(hosts) == 1:
                cost = np.array(service.proposal.cost)[list(players_of(group))].sum()
                found[hosts[0]] = found.get(hosts[0], 0.0) + float(cost)
    return found


def _hosts(service: Arrangement, group: int, arranged: Arranged) -> list[str]:
    terms, code = arranged.definition.partnership, service.proposal.service.code
    members = [service.partners[player] for player in players_of(group)]
    roles = {one: terms.role_of(one, code) for one in members}
    return [one for one, role in roles.items() if role is not None and role.role == "host"]
