"""How firmly a grouping is the best: said where it flips easily, or where others are just as good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from consortia.findings import Finding, Severity, Value
from consortia.partnership import allowed_groups, selection_frequency
from consortia.partnership.listed_service import listed_frequency
from consortia.run.decisions import Decision
from consortia.run.gains import drawn_gain, gain_at
from consortia.run.groups import group_model, limits_of
from consortia.run.listed_groups import listed_groups, too_many
from consortia.run.setting import Setting

STEPS = 16
PROVED = 1e-9  # rounding of sums
FIRM = 0.5  # a grouping that is the best in less than half of the saving range flips easily [judgement]


def firmness_findings(decisions: Sequence[Decision], setting: Setting) -> tuple[Finding, ...]:
    """A note where not every group was looked at, where a grouping flips easily, or others have the same value."""
    shared = [decision for decision in decisions if decision.formed]
    firm = tuple(finding for decision in shared for finding in _findings(decision, setting))
    return (*_listed(decisions), *firm)


def firmness(decision: Decision, setting: Setting) -> float:
    """The part of the saving range in which the chosen grouping stays (one of) the best, 0 to 1.

    The range is represented by its quantiles at equal steps of probability.
    """
    proposal, best = decision.proposal, decision.option.grouping.best
    model, limits = group_model(proposal, setting), limits_of(proposal, setting.definition)
    drawn = drawn_gain(proposal.saving, proposal.curve).ppf((np.arange(STEPS) + 0.5) / STEPS)
    if too_many(proposal):
        gains = [gain_at(proposal.curve, float(one)) for one in drawn]
        return listed_frequency(model, best, columns=listed_groups(proposal, limits), drawn=gains)
    allowed = allowed_groups(len(proposal.members), limits)
    return selection_frequency(model, best, allowed=allowed, drawn=drawn, points=STEPS)


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
    if equals is not None and equals > 1:
        yield Finding(
            "groupings-tie",
            Severity.NOTE,
            "{service}: {count} groupings are worth the same; the order of the partners chose among them.",
            "Choose among them for reasons of your own.",
            values=(("service", service), ("count", f"{equals:,}")),
        )


def _listed(decisions: Sequence[Decision]) -> Iterable[Finding]:
    """A note for each service that too many provide to look at every group: what was looked at, and the bound."""
    for decision in decisions:
        grouping, listing = decision.option.grouping, decision.option.grouping.listing
        if listing is None:
            continue
        values: tuple[tuple[str, Value], ...] = (
            ("service", decision.proposal.said),
            ("count", str(len(grouping.partners))),
            ("groups", f"{listing.groups:,}"),
            ("largest", str(listing.largest)),
            ("value", f"£{grouping.best.value:,.0f}"),
            ("bound", f"£{listing.bound:,.0f}"),
        )
        if listing.bound <= grouping.best.value * (1 + PROVED):
            yield Finding(
                "groups-proved",
                Severity.NOTE,
                "{service}: {count} partners provide it. Every group of them was looked at: no grouping of any kind is "
                "worth more than the best, {value} (present value). What comes next, and how it does when assumptions "
                "move, was looked for among {groups} groups of up to {largest} partners near or like each other.",
                "Take the best as proved, and the next best as those that were found.",
                values=values,
            )
            continue
        yield Finding(
            "groups-listed",
            Severity.NOTE,
            "{service}: {count} partners provide it, too many to look at every group. {groups} groups of up to "
            "{largest} partners near or like each other were looked at; the best are worth {value}, and no grouping "
            "of any kind is worth more than {bound} (present value).",
            "Where the two are far apart, split the study by region and run the parts.",
            values=values,
        )
