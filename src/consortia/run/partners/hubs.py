"""Which consortia the partners need, if each one costs an organisation: once, however many services it runs.

Every service has its own division of the partners, and a group that several services have is paid for once. A group
gives a service what its members that provide it gain, or nothing. Method: docs/methods/partnership.md, "shared hubs".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from consortia.errors import StudyError
from consortia.partnership import Columns, HubDesign, Limits, allowed_columns, best_design, connected_sets
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.listed_values import price_listed
from consortia.partnership.masks import FloatArray, all_groups, players_of
from consortia.run.assumptions import assumptions_of
from consortia.run.groups import group_model, group_values, limits_of
from consortia.run.harmonised import harmonise_study
from consortia.run.listed_groups import near_each_other
from consortia.run.map_links import links_among, map_links
from consortia.run.proposals import Proposal, propose
from consortia.run.setting import Setting, setting_of
from consortia.study import Study
from consortia.study.scenarios import under_scenario

EVERY_GROUP: Final = 12
"""Partners up to which every group is looked at; with more, those that hang together on the map [judgement]."""
IDLE: Final = 0.01
"""A penny for each member that a service does not need in its group: of equal choices the smaller group is taken."""

Worth = Mapping[tuple[int, ...], float]


@dataclass(frozen=True)
class Consortium:
    """One group that needs an organisation, by codes, with what each service gains by it; present value, pounds."""

    members: tuple[str, ...]
    gains: tuple[tuple[Proposal, float], ...]

    @property
    def saving(self) -> float:
        """What its services save together, before the organisation is paid for."""
        return sum(gain for _, gain in self.gains)


@dataclass(frozen=True)
class Hubs:
    """The best choice of consortia found, largest saving first, among so many groups; present value, pounds."""

    consortia: tuple[Consortium, ...]
    design: HubDesign
    hub_cost: float
    columns: Columns
    setting: Setting


def hubs_of(study: Study, hub_cost: float, *, scenario: str = "base", service: str = "") -> Hubs:
    """The best consortia for all services that two partners provide, or for one, each costing `hub_cost` once.

    `hub_cost` is a present value in pounds of the base year. StudyError where there is no such service.
    """
    study = replace(study, definition=under_scenario(study.definition, scenario))
    assumptions = assumptions_of(study.definition, scenario)
    setting = setting_of(study.definition, assumptions)
    ready = propose(study.definition, harmonise_study(study).lines, assumptions=assumptions).ready
    services = [one for one in ready if service in {"", one.key, one.service.code}]
    if not services:
        raise StudyError("No such service of this study is provided by two partners.", remedy="Name another.")
    return _best(services, setting, hub_cost)


def _best(services: Sequence[Proposal], setting: Setting, hub_cost: float) -> Hubs:
    codes = setting.definition.codes
    columns = _groups(codes)
    gains = np.array([_gains(one, columns, setting) for one in services])
    values = [_less_idle(one, columns, gain, codes) for one, gain in zip(services, gains, strict=True)]
    design = best_design(columns, np.array(values), hub_cost)
    found = _consortia(design, services, columns, gains=gains, codes=codes)
    return Hubs(tuple(sorted(found, key=lambda one: -one.saving)), design, hub_cost, columns, setting)


def _groups(codes: Sequence[str]) -> Columns:
    """Every group of few partners; of many those that hang together, up to a size that can be searched well."""
    if len(codes) <= EVERY_GROUP:
        return columns_of_masks(len(codes), all_groups(len(codes))[1:])
    return near_each_other(len(codes), links_among(codes), Limits())


def _gains(proposal: Proposal, columns: Columns, setting: Setting) -> FloatArray:
    """What every listed group of all partners gives a service; one that would gain nothing shares nothing."""
    worth, codes = _worth(proposal, columns, setting), setting.definition.codes
    groups = [[codes[player] for player in columns.group(place)] for place in range(len(columns))]
    return np.array([max(worth.get(_inside(proposal, group), 0.0), 0.0) for group in groups])


def _less_idle(proposal: Proposal, columns: Columns, gains: FloatArray, codes: Sequence[str]) -> FloatArray:
    """The gains less a penny for each member of a group that the service does not need there."""
    needed = np.where(gains > 0, columns.sums([code in proposal.members for code in codes]), 0.0)
    return np.asarray(gains - IDLE * np.where(columns.sizes > 1, columns.sizes - needed, 0.0))


def _inside(proposal: Proposal, codes: Sequence[str]) -> tuple[int, ...]:
    """The places among the proposal's members of those partners that provide the service."""
    return tuple(sorted(proposal.members.index(code) for code in codes if code in proposal.members))


def _worth(proposal: Proposal, columns: Columns, setting: Setting) -> Worth:
    """What each group of a service's providers gains in the central case, within their wishes."""
    limits = limits_of(proposal, setting.definition)
    if columns.players <= EVERY_GROUP:
        values = group_values(proposal, setting, limits)
        return {players_of(mask): float(value) for mask, value in enumerate(values) if mask}
    largest = int(columns.sizes.max())
    listed = connected_sets(len(proposal.members), map_links(proposal), largest=largest)
    listed = listed.where(allowed_columns(listed, limits))
    values = price_listed(group_model(proposal, setting), listed).value
    return {listed.group(place): float(value) for place, value in enumerate(values)}


def _consortia(
    design: HubDesign, services: Sequence[Proposal], columns: Columns, *, gains: FloatArray, codes: Sequence[str]
) -> Iterator[Consortium]:
    """The groups that some service gains by, with those services."""
    place_of = {columns.group(place): place for place in range(len(columns))}
    for hub in design.hubs:
        using = [
            (one, float(gain[place_of[hub]]))
            for one, division, gain in zip(services, design.divisions, gains, strict=True)
            if hub in division and gain[place_of[hub]] > 0
        ]
        if using:
            yield Consortium(tuple(codes[player] for player in hub), tuple(using))
