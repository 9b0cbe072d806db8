"""The best groups among those that hang together on the map, up to a size: an answer for any number of partners.

Fewer groups are looked at than there are, so the answer is the best of those; its bound and whether it is proved are
stated. Method: docs/methods/partnership.md, "listed groups".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.errors import StudyError
from consortia.partnership import Limits, SetPartition, allowed_columns, best_division, connected_sets
from consortia.partnership.listed_values import price_listed
from consortia.partnership.masks import FloatArray
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.assumptions import assumptions_of
from consortia.run.groups import group_model, limits_of
from consortia.run.harmonised import harmonise_study
from consortia.run.map_links import map_links
from consortia.run.proposals import Proposal, propose
from consortia.run.setting import Setting, setting_of
from consortia.study import Definition, Link, Study, Text
from consortia.study.partnership import concerns
from consortia.study.scenarios import under_scenario

SMALLEST = 2


@dataclass(frozen=True)
class OnTheMap:
    """The best division of one service's providers into groups that hang together; present value, pounds."""

    proposal: Proposal
    best: SetPartition


def on_the_map(study: Study, *, largest: int, scenario: str = "base", service: str = "") -> tuple[OnTheMap, ...]:
    """The best groups of at most `largest` neighbours for every service that two partners provide, or for one.

    StudyError where there is no such service, the groups are too many to list, or the wishes leave no way.
    """
    if largest < SMALLEST:
        raise StudyError(
            f"A group of {largest} is no group: nothing is shared by one partner alone.",
            remedy=f"Ask for groups of {SMALLEST} or more.",
        )
    study = replace(study, definition=under_scenario(study.definition, scenario))
    assumptions = assumptions_of(study.definition, scenario)
    setting = setting_of(study.definition, assumptions)
    ready = propose(study.definition, harmonise_study(study).lines, assumptions=assumptions).ready
    wanted = [one for one in ready if service in {"", one.key, one.service.code}]
    if not wanted:
        raise StudyError("No such service of this study is provided by two partners.", remedy="Name another.")
    return tuple(OnTheMap(one, _best(one, setting, largest)) for one in wanted)


def _best(proposal: Proposal, setting: Setting, largest: int) -> SetPartition:
    limits = limits_of(proposal, setting.definition)
    _refuse_wish_beyond(proposal, setting.definition, limits, largest=largest)
    try:
        listed = connected_sets(len(proposal.members), map_links(proposal), largest=largest)
    except ValueError as error:
        raise StudyError(f"{proposal.title()}: {error}", remedy="Ask for smaller groups.") from None
    columns = listed.where(allowed_columns(listed, limits))
    try:
        return best_division(columns, _shared_if_it_pays(price_listed(group_model(proposal, setting), columns).value))
    except ValueError:
        wishes = "; ".join(_said(one, setting.definition) for one in _wishes(proposal, setting.definition))
        raise StudyError(
            f"{proposal.title()}: no division into groups of at most {largest} that hang together by common borders "
            f"meets what the partners wish{f' ({wishes})' if wishes else ''}.",
            remedy="Ask for larger groups, or take back a wish.",
        ) from None


def _wishes(proposal: Proposal, definition: Definition) -> list[Link]:
    """The wishes to stand together that concern the service."""
    own = [one for one in definition.links if one.kind == "together" and concerns(one.services, proposal.service.code)]
    return [one for one in own if len(set(one.partners) & set(proposal.members)) > 1]


def _said(link: Link, definition: Definition) -> str:
    names = ", ".join(definition.partner(code).name.en for code in link.partners)
    return f"{names} together: {link.reason}"


def _refuse_wish_beyond(proposal: Proposal, definition: Definition, limits: Limits, *, largest: int) -> None:
    """One wish to stand together that names more partners than a group may have can never be met."""
    most = min(largest, limits.largest or largest)
    for link in _wishes(proposal, definition):
        count = len(set(link.partners) & set(proposal.members))
        if count > most:
            raise StudyError(
                f"{proposal.title()}: the wish of {count} partners ({_said(link, definition)}) cannot be met in groups "
                f"of at most {most}.",
                remedy="Ask for larger groups, or take back the wish.",
            )


def _shared_if_it_pays(value: FloatArray) -> FloatArray:
    """A group without a level that saves anything may stand together and share nothing."""
    return np.asarray(np.where(np.isfinite(value), value, 0.0))


def many_table(study: Study, *, largest: int, scenario: str = "base", service: str = "") -> Table:
    """For each service: the groups, what they are worth, what no choice among them can exceed, and how it was found."""
    definition = under_scenario(study.definition, scenario)
    found = on_the_map(study, largest=largest, scenario=scenario, service=service)
    setting = setting_of(definition, assumptions_of(definition, scenario))
    return Table(
        "on_the_map",
        msgid("The best groups of neighbours"),
        say(msgid("Groups of at most {largest} partners that hang together by common borders."), largest=largest),
        (
            Column("service", msgid("Service")),
            Column("groups", msgid("Best grouping")),
            Column("value", msgid("Net saving, central case"), "money"),
            Column("proof", msgid("Proved?")),
            Column("looked_at", msgid("Groups looked at"), "number"),
        ),
        tuple(_row(one, definition) for one in found),
        (
            msgid(
                "Larger groups, and groups of partners that do not border each other, were not looked at: "
                "`consortia run` looks at others too. The chance of a loss is not tested here."
            ),
        ),
        setting.period,
        setting.price_base,
    )


def _row(one: OnTheMap, definition: Definition) -> tuple[Cell, ...]:
    best = one.best
    proof: Words = msgid("Proved: no choice among these groups is worth more.")
    if not best.proved:
        proof = say(msgid("At most {gap} short of the best."), gap=Quantity(best.gap, "money"))
    title = Text(en=one.proposal.title("en"), cy=one.proposal.title("cy"))
    groups = _groups(one, definition) if best.value > 0 else msgid("Do nothing")
    return title, groups, best.value, proof, best.columns_priced if best.columns_priced else Absent.NOT_KNOWN


def _groups(one: OnTheMap, definition: Definition) -> Text:
    together = [group for group in one.best.groups if len(group) > 1]
    return Text(en=_joined(one, together, definition, "en"), cy=_joined(one, together, definition, "cy"))


def _joined(one: OnTheMap, groups: Sequence[Sequence[int]], definition: Definition, language: str) -> str:
    names = [[definition.partner(one.proposal.members[place]).name.in_language(language) for place in group]
             for group in groups]  # fmt: skip
    return " | ".join(", ".join(group) for group in names)
