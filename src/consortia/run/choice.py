"""Whether the chosen groupings would be chosen again: each tested on draws of its own, not those it was chosen on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.appraisal import Pert
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.draws import Draws
from consortia.appraisal.proposals import delivery_inputs
from consortia.partnership import GroupModel, LevelFactor, Retest, allowed_groups, retest
from consortia.partnership.listed_service import retest_listed
from consortia.run.decisions import Decision
from consortia.run.gains import drawn_gain, gain_at
from consortia.run.groups import group_model, limits_of
from consortia.run.listed_groups import listed_groups, too_many
from consortia.run.proposals import Proposal
from consortia.run.setting import Setting
from consortia.study import Text

DRAWS = ((12, 512), (16, 256), (18, 64), (22, 16))
"""How many draws for how many partners: a table over all groups is priced in each."""
DRAWS_OF_MANY = 32
"""The same where only listed groups are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One service that would be shared, and how its grouping does in draws."""

    decision: Decision
    retest: Retest

    @property
    def title(self) -> Text:
        """What the service is called."""
        return Text(en=self.decision.proposal.title("en"), cy=self.decision.proposal.title("cy"))


def choices(decisions: Sequence[Decision], setting: Setting) -> tuple[Choice, ...]:
    """The groupings of the services to be shared, each tested again on draws with a seed of their own."""
    return tuple(Choice(one, _retest(one, setting)) for one in decisions if one.formed)


def _retest(decision: Decision, setting: Setting) -> Retest:
    proposal, best = decision.proposal, decision.option.grouping.best
    members, central = len(proposal.members), group_model(proposal, setting)
    limits = limits_of(proposal, setting.definition)
    count = next((draws for most, draws in DRAWS if members <= most), DRAWS_OF_MANY)
    drawn = _drawn(central, proposal, setting, count)
    if too_many(proposal):
        return retest_listed(central, best, columns=listed_groups(proposal, limits), drawn=drawn)
    return retest(central, best, allowed=allowed_groups(members, limits), drawn=drawn)


def _drawn(central: GroupModel, proposal: Proposal, setting: Setting, count: int) -> Iterator[GroupModel]:
    """The model of each draw: saving, depth of the levels, set-up cost and delivery; costs and coordination stay."""
    draws = Draws.sample(_inputs(proposal, setting), count=count, seed=setting.definition.seed + 1)
    delivered = draws["delivery"] / draws["delivery"][0]
    for draw in range(1, count + 1):
        yield replace(
            central,
            gain=gain_at(proposal.curve, float(draws["gain"][draw])),
            setup_share=float(draws["setup"][draw]),
            levels=_levels(proposal, float(draws["depth"][draw])),
            factors=replace(central.factors, saving=central.factors.saving * float(delivered[draw])),
        )


def _inputs(proposal: Proposal, setting: Setting) -> dict[str, Distribution]:
    setup = setting.assumptions.range("setup_share")
    delivery = delivery_inputs(
        proposal.maturity, offset=proposal.offset, cap=setting.assumptions.value("delivery_cap")
    )["delivery"]
    return {
        "gain": drawn_gain(proposal.saving, proposal.curve),
        "setup": Pert(setup.low, setup.mode, setup.high),
        "depth": Pert(0.0, 0.5, 1.0),
        "delivery": delivery,
    }


def _levels(proposal: Proposal, depth: float) -> tuple[LevelFactor, ...]:
    """Every level as far up its own range as `depth`, 0 to 1; half is the central factor."""
    at = (0.0, 0.5, 1.0)
    factors = [float(np.interp(depth, at, (one.low, one.factor, one.high))) for one in proposal.levels]
    return tuple(LevelFactor(one.code, factor) for one, factor in zip(proposal.levels, sorted(factors), strict=True))
