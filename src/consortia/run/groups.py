"""For each proposal: who should share it with whom. Every group is priced through the appraisal's factors."""

from __future__ import annotations

from consortia.partnership import GroupModel, LevelFactor, Limits, ServiceGrouping
from consortia.partnership import solve_service as solve
from consortia.partnership.rules import Weights
from consortia.reference.geography import borders
from consortia.run.bounds import bounds_of
from consortia.run.gains import central_gain, views_of_gain
from consortia.run.proposals import Proposal
from consortia.run.setting import Setting
from consortia.study import Definition


def group_model(proposal: Proposal, setting: Setting) -> GroupModel:
    """What the value of a group depends on, for one proposal (methods: 8.1, rules 1 and 2)."""
    assumptions = setting.assumptions
    return GroupModel(
        cost=proposal.cost,
        gain=central_gain(proposal.saving, proposal.curve),
        highest_rate=proposal.saving.high,
        setup_share=assumptions.value("setup_share"),
        levels=tuple(LevelFactor(one.code, one.factor) for one in proposal.levels),
        factors=setting.factors(proposal),
        pair_rate=assumptions.value("coordination_per_pair"),
        fixed=setting.fixed_coordination,
        unlikeness_rate=assumptions.value("unlikeness"),
        unlikeness=proposal.unlikeness,
    )


def best_groups(proposal: Proposal, setting: Setting, *, weights: Weights | None = None) -> ServiceGrouping:
    """The best grouping of the partners that provide the service, proved, with runners-up, shares and stability.

    `weights` are those of the rules by people and by use, where they are known.
    """
    model = group_model(proposal, setting)
    return solve(
        model,
        partners=proposal.members,
        budgets=proposal.gross,
        weights=weights,
        gains=views_of_gain(proposal.saving, proposal.curve),
        limits=limits_of(proposal, setting.definition),
    )


def limits_of(proposal: Proposal, definition: Definition) -> Limits:
    """The partners' wishes and, where the service needs it, the map, as limits over the proposal's members."""
    return Limits(
        together=_pairs(proposal, definition, "together"),
        apart=_pairs(proposal, definition, "apart"),
        links=map_links(proposal) if proposal.service.adjacency else None,
        **bounds_of(proposal, definition),
    )


def _pairs(proposal: Proposal, definition: Definition, kind: str) -> tuple[tuple[int, int], ...]:
    place = {code: number for number, code in enumerate(proposal.members)}
    pairs = []
    for link in definition.links:
        if link.kind != kind or (link.services and proposal.service.code not in link.services):
            continue
        present = [place[code] for code in link.partners if code in place]
        pairs += [(first, second) for i, first in enumerate(present) for second in present[i + 1 :]]
    return tuple(pairs)


def map_links(proposal: Proposal) -> tuple[tuple[int, int], ...]:
    """Which of the proposal's members border each other, as pairs of their places."""
    known = borders()
    members = proposal.members
    return tuple(
        (i, j)
        for i, first in enumerate(members)
        for j, second in enumerate(members)
        if i < j and ((first, second) in known or (second, first) in known)
    )
