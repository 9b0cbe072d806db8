"""The services that a study would share, each with the worth of every group of partners, ready for the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from consortia.appraisal import Appraisal
from consortia.appraisal.factors import ValueFactors
from consortia.errors import StudyError
from consortia.partnership import GroupValues, allowed_groups, price_groups
from consortia.partnership.grouping import limited
from consortia.partnership.masks import FloatArray
from consortia.run.assumptions import assumptions_of
from consortia.run.bounds import people_of
from consortia.run.decisions import Decision, appraise_options, decide, option_of
from consortia.run.groups import best_groups, group_model, limits_of
from consortia.run.harmonised import harmonise_study
from consortia.run.proposals import Proposal, propose
from consortia.run.setting import Setting, setting_of
from consortia.study import Definition, Study
from consortia.study.scenarios import under_scenario


@dataclass(frozen=True)
class Arrangement:
    """One service to be shared. Tables have an entry for each group, a bit mask over `partners`; present values."""

    decision: Decision
    game: FloatArray
    """What each group is worth within the partners' limits; one alone is worth nothing."""
    after: FloatArray
    """The same without the wishes to stand together: what is open to those left once somebody has gone."""
    values: GroupValues
    factors: ValueFactors
    weights: Mapping[str, Sequence[float]]

    @property
    def proposal(self) -> Proposal:
        """What was proposed."""
        return self.decision.proposal

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that provide the service, in the order of the bits."""
        return self.proposal.members

    @property
    def formed(self) -> tuple[int, ...]:
        """The groups to form."""
        return tuple(group.price.mask for group in self.decision.formed)

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups to form, and everybody else alone."""
        inside = sum(self.formed)
        alone = (1 << player for player in range(len(self.partners)) if not inside >> player & 1)
        return (*self.formed, *alone)


@dataclass(frozen=True)
class Arranged:
    """Every service that a study would share, with the frame and the appraisal behind the decisions."""

    study: Study
    """Under the scenario asked for."""
    lines: pl.DataFrame
    setting: Setting
    appraisal: Appraisal
    services: tuple[Arrangement, ...]
    proposals: tuple[Proposal, ...]

    @property
    def definition(self) -> Definition:
        """The definition under the scenario."""
        return self.study.definition

    @cached_property
    def names(self) -> Mapping[str, str]:
        """English names of the partners by code."""
        return {one.code: one.name.en for one in self.definition.partners}


def arrange(study: Study, *, scenario: str = "base", service: str = "") -> Arranged:
    """The services that the study would share under a scenario, or one of them by the key of its initiative or code.

    StudyError where no service is provided by two partners, or there is none of that name.
    """
    study = replace(study, definition=under_scenario(study.definition, scenario))
    definition, lines = study.definition, harmonise_study(study).lines
    assumptions = assumptions_of(definition, scenario)
    setting = setting_of(definition, assumptions)
    proposals = _asked(propose(definition, lines, assumptions=assumptions).ready, service)
    options = [option_of(one, best_groups(one, setting), setting) for one in proposals]
    appraisal = appraise_options(options, setting)
    decisions = decide(options, appraisal, limit=assumptions.value("max_chance_of_loss"))
    services = tuple(_arrangement(one, setting) for one in decisions if one.formed)
    return Arranged(study, lines, setting, appraisal, services, proposals)


def _asked(proposals: tuple[Proposal, ...], service: str) -> tuple[Proposal, ...]:
    if not proposals:
        raise StudyError("No service of this study is provided by two partners.", remedy="Add partners or returns.")
    found = tuple(one for one in proposals if service in {"", one.key, one.service.code})
    if not found:
        known = ", ".join(one.service.code for one in proposals)
        raise StudyError(f"The study proposes to share no service '{service}'.", remedy=f"Choose one of: {known}.")
    return found


def _arrangement(decision: Decision, setting: Setting) -> Arrangement:
    proposal, definition = decision.proposal, setting.definition
    values = price_groups(group_model(proposal, setting))
    limits = limits_of(proposal, definition)
    count = len(proposal.members)
    return Arrangement(
        decision=decision,
        game=_alone_at_nothing(limited(values.value, allowed_groups(count, limits))),
        after=_alone_at_nothing(limited(values.value, allowed_groups(count, replace(limits, together=())))),
        values=values,
        factors=setting.factors(proposal),
        weights=_weights(proposal, definition),
    )


def _alone_at_nothing(table: FloatArray) -> FloatArray:
    game = table.copy()
    game[1 << np.arange(table.size.bit_length() - 1)] = 0.0
    return game


def _weights(proposal: Proposal, definition: Definition) -> dict[str, Sequence[float]]:
    """Weights of the rules that need them; a rule whose weights are not known for every partner is left out."""
    people = people_of(proposal.members, definition)
    known = [count for count in people if count]
    return {"budget": proposal.gross} | ({"population": known} if len(known) == len(people) else {})
