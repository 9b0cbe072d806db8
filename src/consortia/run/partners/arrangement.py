"""The services that a study would share, each with the worth of every group of partners, ready for the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from consortia.appraisal import Appraisal
from consortia.appraisal.factors import ValueFactors
from consortia.errors import StudyError
from consortia.partnership import Division, GroupModel, Limits, recommended
from consortia.partnership.circles import Circle, circle_of, divide_in
from consortia.partnership.masks import MOST_PLAYERS, players_of
from consortia.run.assumptions import assumptions_of
from consortia.run.decisions import Decision, appraise_options, decide, option_of
from consortia.run.groups import best_groups, group_model, limits_of
from consortia.run.harmonised import harmonise_study
from consortia.run.listed_groups import too_many
from consortia.run.proposals import Proposal, propose
from consortia.run.setting import Setting, setting_of
from consortia.run.weights import weights_of
from consortia.study import Definition, Study, Text
from consortia.study.scenarios import under_scenario


@dataclass(frozen=True)
class Arrangement:
    """One service to be shared. Groups are bit masks over `partners`; amounts are present values."""

    proposal: Proposal
    formed: tuple[int, ...]
    """The groups to form."""
    model: GroupModel
    limits: Limits
    factors: ValueFactors
    weights: Mapping[str, Sequence[float]]
    _circles: dict[int, Circle] = field(default_factory=dict, compare=False, repr=False)
    """The circles asked for so far, by the mask of their players: to price every group takes time."""

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that provide the service, in the order of the bits."""
        return self.proposal.members

    @property
    def everybody(self) -> bool:
        """Say whether all partners are looked at together; where they are too many, each group is on its own."""
        return not too_many(self.proposal)

    def circle_of(self, group: int) -> Circle:
        """The circle in which the groups of some partners are priced: that of all, or one of their own.

        StudyError where they are too many for either.
        """
        mask = (1 << len(self.partners)) - 1 if self.everybody else group
        if mask.bit_count() > MOST_PLAYERS:
            raise StudyError(f"A group of {mask.bit_count()} partners is too large to look into.", remedy="Split it.")
        if mask not in self._circles:
            self._circles[mask] = circle_of(self.model, self.limits, players_of(mask))
        return self._circles[mask]

    def forget(self) -> None:
        """Let go of the circles asked for so far, to be priced anew when asked for; one of 22 players holds 200 MB."""
        self._circles.clear()

    def circles(self, groups: Sequence[int]) -> list[Circle]:
        """The circles that hold these groups, each once; who stands alone needs none."""
        together = [group for group in groups if group & (group - 1)]
        return list({circle.players: circle for circle in map(self.circle_of, together)}.values())

    def worth_of(self, group: int) -> float:
        """What a group is worth, wishes to stand together left out; minus infinity: it may not form."""
        if not group & (group - 1):
            return 0.0
        circle = self.circle_of(group)
        return float(circle.after[circle.inside(group)])

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """The gain of the groups to form by every rule, in order of preference, each tested."""
        circles = self.circles(self.groups)
        return tuple(divide_in(circles, self.groups, self.weights, players=len(self.partners)))

    @property
    def recommended(self) -> Division | None:
        """The first rule in order of preference whose shares nobody would leave; None: there is none."""
        return recommended(self.divisions)

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups to form, and everybody else alone."""
        inside = sum(self.formed)
        alone = (1 << player for player in range(len(self.partners)) if not inside >> player & 1)
        return (*self.formed, *alone)


@dataclass(frozen=True)
class Decided(Arrangement):
    """A service in the groups that were just found to be best."""

    decision: Decision = field(kw_only=True)

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """As above; those of the best grouping are known already, where all its groups form."""
        found = self.decision.option.grouping
        return found.divisions if set(self.groups) == set(found.best.groups) else super().divisions


@dataclass(frozen=True)
class Sharing:
    """Services of a study in groups, and the frame that the groups are priced in."""

    study: Study
    """Under the scenario asked for."""
    setting: Setting
    services: tuple[Arrangement, ...]

    @property
    def definition(self) -> Definition:
        """The definition under the scenario."""
        return self.study.definition

    def names_of(self, service: Arrangement, mask: int) -> tuple[Text, ...]:
        """The names of the members of a group of a service."""
        return tuple(self.definition.partner(service.partners[player]).name for player in players_of(mask))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """English names of the partners by code."""
        return {one.code: one.name.en for one in self.definition.partners}


@dataclass(frozen=True)
class Arranged(Sharing):
    """The services that a study would share, as just decided, with the appraisal behind the decisions."""

    services: tuple[Decided, ...]
    lines: pl.DataFrame
    appraisal: Appraisal
    decisions: tuple[Decision, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What was examined, shared or not."""
        return tuple(one.proposal for one in self.decisions)


def arrange(study: Study, *, scenario: str = "base", service: str = "") -> Arranged:
    """The services that the study would share under a scenario, or one of them by the key of its initiative or code.

    StudyError where no service is provided by two partners, or there is none of that name.
    """
    study = replace(study, definition=under_scenario(study.definition, scenario))
    definition, lines = study.definition, harmonise_study(study).lines
    assumptions = assumptions_of(definition, scenario)
    setting = setting_of(definition, assumptions)
    proposals = _asked(propose(definition, lines, assumptions=assumptions).ready, service)
    options = [option_of(one, best_groups(one, setting, weights=weights_of(one, study)), setting) for one in proposals]
    appraisal = appraise_options(options, setting)
    decisions = decide(options, appraisal, limit=assumptions.value("max_chance_of_loss"))
    return arranged_of(study, decisions, appraisal=appraisal, lines=lines, setting=setting)


def arranged_of(
    study: Study, decisions: Sequence[Decision], *, appraisal: Appraisal, lines: pl.DataFrame, setting: Setting
) -> Arranged:
    """The services to be shared of what a run has decided; `study` under its scenario, `lines` harmonised."""
    services = tuple(_decided(one, study, setting) for one in decisions if one.formed)
    return Arranged(study, setting, services, lines, appraisal, tuple(decisions))


def shared_as(study: Study, groups: Mapping[Text, Sequence[Sequence[str]]], *, scenario: str = "base") -> Sharing:
    """Every service that was proposed, in the groups that a finished run found; the best ones are not looked for again.

    `groups`: by the title of the service, the codes of the members of each; a service without any comes last.
    """
    study = replace(study, definition=under_scenario(study.definition, scenario))
    assumptions = assumptions_of(study.definition, scenario)
    setting = setting_of(study.definition, assumptions)
    proposals = propose(study.definition, harmonise_study(study).lines, assumptions=assumptions).ready
    known = ((one, groups.get(Text(en=one.title("en"), cy=one.title("cy")), ())) for one in proposals)
    services = [_arrangement(one, _masks(one, held), study, setting) for one, held in known]
    return Sharing(study, setting, tuple(sorted(services, key=lambda one: not one.formed)))


def _asked(proposals: tuple[Proposal, ...], service: str) -> tuple[Proposal, ...]:
    if not proposals:
        raise StudyError("No service of this study is provided by two partners.", remedy="Add partners or returns.")
    found = tuple(one for one in proposals if service in {"", one.key, one.service.code})
    if not found:
        known = ", ".join(one.service.code for one in proposals)
        raise StudyError(f"The study proposes to share no service '{service}'.", remedy=f"Choose one of: {known}.")
    return found


def _masks(proposal: Proposal, groups: Sequence[Sequence[str]]) -> tuple[int, ...]:
    return tuple(sum(1 << proposal.members.index(code) for code in group) for group in groups)


def _arrangement(proposal: Proposal, formed: tuple[int, ...], study: Study, setting: Setting) -> Arrangement:
    return Arrangement(
        proposal=proposal,
        formed=formed,
        model=group_model(proposal, setting),
        limits=limits_of(proposal, study.definition),
        factors=setting.factors(proposal),
        weights={"budget": proposal.gross} | weights_of(proposal, study),
    )


def _decided(decision: Decision, study: Study, setting: Setting) -> Decided:
    formed = tuple(group.price.mask for group in decision.formed)
    bare = _arrangement(decision.proposal, formed, study, setting)
    return Decided(**vars(bare), decision=decision)
