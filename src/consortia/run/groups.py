"""For each proposal: who should share it with whom. Every group is priced through the appraisal's factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consortia.partnership import GroupModel, LevelFactor, Limits, ServiceGrouping, allowed_groups, total_value
from consortia.partnership import solve_service as solve
from consortia.partnership.grouping import best_value, limited
from consortia.partnership.limits import bound_sets
from consortia.partnership.listed_service import listed_worth, solve_listed
from consortia.partnership.masks import FloatArray
from consortia.run.bounds import bounds_of
from consortia.run.every_group import bounded, over_every_group, with_the_best
from consortia.run.gains import central_gain, views_of_gain
from consortia.run.listed_groups import listed_groups, too_many
from consortia.run.map_links import map_links
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
        idle=bound_sets(_pairs(proposal, setting.definition, "together")),
    )


def best_groups(
    proposal: Proposal, setting: Setting, *, weights: Mapping[str, Sequence[float]] | None = None
) -> ServiceGrouping:
    """The best grouping of the partners that provide the service, with runners-up, shares and stability.

    Proved over all groups, or where the partners are too many for that, the best of those that are listed, with the
    bound of what was left out. `weights` are those of the rules by people and by use, where they are known.
    """
    model, limits = group_model(proposal, setting), limits_of(proposal, setting.definition)
    gains = views_of_gain(proposal.saving, proposal.curve)
    if too_many(proposal):
        whole = over_every_group(model, limits)
        listed = solve_listed(
            model,
            partners=proposal.members,
            columns=with_the_best(listed_groups(proposal, limits), whole),
            weights={"budget": proposal.gross} | dict(weights or {}),
            gains=gains,
            limits=limits,
        )
        return bounded(listed, whole)
    return solve(
        model, partners=proposal.members, budgets=proposal.gross, weights=weights, gains=gains, limits=limits
    )  # fmt: skip


def group_values(proposal: Proposal, setting: Setting, limits: Limits) -> FloatArray:
    """What every group is worth in the central case within the limits; minus infinity: not allowed.

    Partners that wish to stand together may share nothing, which is worth nothing.
    """
    value = total_value((_model_within(proposal, setting, limits),)).value
    return limited(value, allowed_groups(len(proposal.members), limits))


def best_worth(proposal: Proposal, setting: Setting, limits: Limits) -> float:
    """What the best grouping within the limits is worth in the central case; of too many partners, of those listed."""
    if too_many(proposal):
        model = _model_within(proposal, setting, limits)
        columns = with_the_best(listed_groups(proposal, limits), over_every_group(model, limits))
        return listed_worth(model, columns)
    return best_value(group_values(proposal, setting, limits))


def _model_within(proposal: Proposal, setting: Setting, limits: Limits) -> GroupModel:
    """The model under other wishes than those of the study."""
    return replace(group_model(proposal, setting), idle=bound_sets(limits.together))


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
