"""What partners would be in a shared service, and a warning where everyone would buy and nobody host."""

from __future__ import annotations

from collections.abc import Iterable

from consortia.findings import Finding, Severity, listed
from consortia.run.proposals import Proposal
from consortia.study import Definition


def role_findings(proposals: Iterable[Proposal], definition: Definition) -> tuple[Finding, ...]:
    """A warning that names the services that all who provide them would buy and nobody host: no group can form."""
    found = [one.said for one in proposals if _all_buy(one, definition)]
    if not found:
        return ()
    return (
        Finding(
            "all-buyers",
            Severity.WARNING,
            "Everyone wants to buy and nobody would host: {services}. No group can form.",
            "Ask who would host it, for what payment, before anything else is negotiated.",
            values=(("services", listed(found)),),
        ),
    )


def _all_buy(proposal: Proposal, definition: Definition) -> bool:
    roles = [definition.partnership.role_of(code, proposal.service.code) for code in proposal.members]
    return all(role is not None and role.role == "buy" for role in roles)
