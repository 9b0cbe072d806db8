"""How firmly a grouping is the best: said where it flips easily, or where others are just as good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from consortia.findings import Finding, Severity
from consortia.partnership import allowed_groups, selection_frequency
from consortia.run.decisions import Decision
from consortia.run.gains import drawn_gain
from consortia.run.groups import group_model, limits_of
from consortia.run.setting import Setting

STEPS = 16
FIRM = 0.5  # a grouping that is the best in less than half of the saving range flips easily [judgement]


def firmness_findings(decisions: Sequence[Decision], setting: Setting) -> tuple[Finding, ...]:
    """A note for each service to be shared whose best grouping flips easily, or has others of the same value."""
    shared = [decision for decision in decisions if decision.formed]
    return tuple(finding for decision in shared for finding in _findings(decision, setting))


def firmness(decision: Decision, setting: Setting) -> float:
    """The part of the saving range in which the chosen grouping stays (one of) the best, 0 to 1.

    The range is represented by its quantiles at equal steps of probability.
    """
    proposal = decision.proposal
    return selection_frequency(
        group_model(proposal, setting),
        decision.option.grouping.best,
        allowed=allowed_groups(len(proposal.members), limits_of(proposal, setting.definition)),
        drawn=drawn_gain(proposal.saving, proposal.curve).ppf((np.arange(STEPS) + 0.5) / STEPS),
        points=STEPS,
    )


def _findings(decision: Decision, setting: Setting) -> Iterable[Finding]:
    service, equals = decision.proposal.said, decision.option.grouping.equally_good
    part = firmness(decision, setting)
    if part < FIRM:
        yield Finding(
            "grouping-flips",
            Severity.NOTE,
            "{service}: the best grouping is the best in only {part} of the range of savings.",
            "Read the next best groupings beside it; choose the one that is easiest to work with.",
            values=(("service", service), ("part", f"{part:.0%}")),
        )
    if equals > 1:
        yield Finding(
            "groupings-tie",
            Severity.NOTE,
            "{service}: {count} groupings are worth the same; the order of the partners chose among them.",
            "Choose among them for reasons of your own.",
            values=(("service", service), ("count", f"{equals:,}")),
        )
