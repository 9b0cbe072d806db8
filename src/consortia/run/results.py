"""A run's results as the rows of its tables: raw values with the keys of their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from consortia.appraisal import Appraisal
from consortia.partnership import Blocking, ServiceGrouping
from consortia.report.rows import (
    AlternativeRow,
    DecisionRow,
    PartnerRow,
    RunnerUpRow,
    SensitivityRow,
    ShareRow,
)
from consortia.report.words import Absent, Message, Quantity, Words, msgid, say
from consortia.run.decisions import Decision, GroupDecision
from consortia.run.no_group import why_no_group
from consortia.run.partners.agreement import Agreement
from consortia.study import Definition, Text

RISKS = {"low": "p10", "middle": "p50", "high": "p90", "chance_of_loss": "chance_of_loss", "payback": "payback"}
STEADY = {"setup": "setup", "saving": "saving"}
SEPARATOR = " | "


def decision_rows(
    decisions: Sequence[Decision], definition: Definition, *, limit: float, agreements: Mapping[str, Agreement]
) -> tuple[DecisionRow, ...]:
    """A row for each group to be formed, and one for each service not to be shared, with the reason.

    `limit` is the highest chance of net loss at which a group should form; `agreements` say for the key of each
    proposal to be shared who gets what.
    """
    rows: list[DecisionRow] = []
    for decision in decisions:
        if decision.formed:
            rows += [
                _group_row(decision, number, group, definition, agreements[decision.proposal.key])
                for number, group in enumerate(decision.groups, 1)
                if group.share
            ]
        else:
            rows.append(_refusal(decision, definition, limit=limit))
    return tuple(rows)


def partner_rows(
    appraisal: Appraisal, decisions: Sequence[Decision], definition: Definition, shares: Sequence[ShareRow]
) -> tuple[PartnerRow, ...]:
    """What each partner gains or pays over all the services that it would share, before payments and as agreed."""
    return tuple(
        _partner_row(code, appraisal, decisions, share) for code, share in zip(definition.codes, shares, strict=True)
    )


def cash_flow_rows(appraisal: Appraisal, definition: Definition) -> list[tuple[Text | str, list[float]]]:
    """Net cash flow of each partner and year in the central case, and of all together."""
    rows: list[tuple[Text | str, list[float]]] = [
        (name_of(code, definition), appraisal.flow(partners=[code]).tolist()) for code in definition.codes
    ]
    return [*rows, (Text(en="All partners", cy="Pob partner"), appraisal.flow().tolist())]


def runner_up_rows(decisions: Iterable[Decision], definition: Definition) -> tuple[RunnerUpRow, ...]:
    """The best groupings of each service in order of value, with doing nothing last."""
    rows: list[RunnerUpRow] = []
    for decision in decisions:
        grouping, service = decision.option.grouping, title_of(decision)
        ranked = [(grouping.best, 0.0), *((one.grouping, one.loses) for one in grouping.runners_up)]
        for rank, (one, loses) in enumerate(ranked, 1):
            rows.append(RunnerUpRow(service, rank, _groups(one.together, grouping, definition), one.value, loses))
        if all(one.together for one, _ in ranked):
            nothing = grouping.do_nothing
            row = RunnerUpRow(service, len(ranked) + 1, msgid("Do nothing"), nothing.grouping.value, nothing.loses)
            rows.append(row)
    return tuple(rows)


def alternative_rows(decisions: Sequence[Decision], together: float) -> tuple[AlternativeRow, ...]:
    """What could be done instead: nothing, the proposal, and all partners in one group for every service."""
    proposed = sum(group.price.value for decision in decisions for group in decision.formed)
    untested = sum(group.price.value for decision in decisions for group in decision.groups)
    return (
        AlternativeRow(msgid("Do nothing"), 0.0, -proposed, msgid("Every council goes on by itself.")),
        AlternativeRow(msgid("As proposed"), proposed, 0.0, key="net.central"),
        AlternativeRow(
            msgid("Also share what is too likely to lose money"),
            untested,
            untested - proposed,
            msgid("Adds the groups whose chance of a net loss is above the limit."),
        ),
        AlternativeRow(
            msgid("All partners in one group for every service"),
            together,
            together - proposed,
            msgid("Each service in a single group of all that provide it, at the deepest level."),
        ),
    )


def sensitivity_rows(decisions: Sequence[Decision]) -> tuple[SensitivityRow, ...]:
    """The best groupings when the saving range and the coordination cost are moved: value, and who regroups."""
    central = sum(decision.option.grouping.best.value for decision in decisions)
    count = max((len(decision.option.grouping.variations) for decision in decisions), default=0)
    return tuple(_sensitivity_row(decisions, number, central) for number in range(count))


def cash_flow_keys(appraisal: Appraisal, definition: Definition) -> list[list[str]]:
    """The keys of the figures of `cash_flow_rows`."""
    return [[f"cash.{whose}.{year}" for year in appraisal.years] for whose in (*definition.codes, "all")]


def name_of(code: str, definition: Definition) -> Text:
    """A partner's name."""
    return definition.partner(code).name


def title_of(decision: Decision) -> Text:
    """What a proposal is called in both languages."""
    return Text(en=decision.proposal.title("en"), cy=decision.proposal.title("cy"))


def level_of(decision: Decision, group: GroupDecision) -> Text:
    """The name of a group's level of joint working."""
    level = next(one for one in decision.proposal.levels if one.code == group.price.level)
    return Text(en=level.name, cy=level.name_cy)


def years_of(value: float | None) -> float | Absent:
    """A payback for a table: years, or never within the period."""
    return Absent.NEVER if value is None else value


def _group_row(
    decision: Decision, number: int, group: GroupDecision, definition: Definition, agreement: Agreement
) -> DecisionRow:
    members, blocking = group.price.members, agreement.tempting(group.price.mask)
    name = f"npv.{decision.proposal.key}.{number}"
    return DecisionRow(
        service=title_of(decision),
        members=tuple(name_of(code, definition) for code in members),
        level=level_of(decision, group),
        low=group.risk.p10,
        middle=group.risk.p50,
        high=group.risk.p90,
        chance_of_loss=group.risk.chance_of_loss,
        payback=years_of(group.payback),
        gainers=tuple(name_of(code, definition) for code in members if agreement.share_of(code) > 0),
        stable=blocking is None,
        reason="" if blocking is None else _unrest(blocking, group, decision, definition),
        keys={column: f"{name}.{part}" for column, part in RISKS.items()},
    )


def _refusal(decision: Decision, definition: Definition, *, limit: float) -> DecisionRow:
    nothing = Absent.NOT_APPLICABLE
    return DecisionRow(
        service=title_of(decision), members=(), level=None, low=nothing, middle=nothing, high=nothing,
        chance_of_loss=None, payback=nothing, gainers=(), stable=None,
        reason=_why_not(decision, definition, limit=limit),
    )  # fmt: skip


def _why_not(decision: Decision, definition: Definition, *, limit: float) -> Words:
    if decision.groups:
        worst = max(decision.groups, key=lambda group: group.risk.chance_of_loss)
        return _too_risky(worst.risk.chance_of_loss, limit)
    best = decision.option.grouping.most_promising
    if best is None:
        return why_no_group(decision.proposal, definition)
    return say(
        msgid(
            "No group does better than doing nothing: the most promising, {members}, comes to {value} "
            "(present value, {year} prices)."
        ),
        members=tuple(name_of(code, definition) for code in best.members),
        value=Quantity(best.value, "money"),
        year=definition.base_year,
    )


def _too_risky(chance: float, limit: float) -> Message:
    """Both in whole per cent; a chance that reads like the limit is said to be just above it."""
    most = Quantity(limit, "chance")
    if round(chance * 100) == round(limit * 100):
        just = msgid("The chance of a net loss is just above the limit of {limit} that this study sets (judgement).")
        return say(just, limit=most)
    above = msgid("The chance of a net loss is {chance}, above the limit of {limit} that this study sets (judgement).")
    return say(above, chance=Quantity(chance, "drawn"), limit=most)


def _unrest(blocking: Blocking, group: GroupDecision, decision: Decision, definition: Definition) -> Message:
    """Who would do better by themselves: some of the group, or some of it with members of others."""
    inside = msgid("{leavers} would do better by themselves, by {gain} together (present value, {year} prices).")
    across = msgid(
        "{leavers}, of more than one group, would do better by themselves, by {gain} together "
        "(present value, {year} prices)."
    )
    return say(
        across if blocking.mask & ~group.price.mask else inside,
        leavers=tuple(name_of(code, definition) for code in decision.option.grouping.names(blocking.mask)),
        gain=Quantity(blocking.gain, "money"),
        year=definition.base_year,
    )


def _partner_row(code: str, appraisal: Appraisal, decisions: Sequence[Decision], share: ShareRow) -> PartnerRow:
    groups = [group for decision in decisions for group in decision.formed if code in group.price.members]
    risk = appraisal.risk(partners=[code])
    name = f"partner.{code}"
    return PartnerRow(
        partner=share.partner,
        services=len(groups),
        setup=sum(group.price.setup * _part(group, code) for group in groups),
        saving=sum(group.delivered_saving * _part(group, code) for group in groups),
        low=risk.p10,
        middle=risk.p50,
        high=risk.p90,
        agreed=share.agreed,
        chance_of_loss=risk.chance_of_loss if groups else None,
        payback=years_of(appraisal.payback(partners=[code])) if groups else Absent.NOT_APPLICABLE,
        keys={column: f"{name}.{part}" for column, part in (RISKS | STEADY).items()} | {"agreed": share.keys["agreed"]}
        if groups
        else {},
    )


def _part(group: GroupDecision, code: str) -> float:
    return group.case.weights[group.case.members.index(code)]


def _groups(together: Sequence[int], grouping: ServiceGrouping, definition: Definition) -> Words:
    if not together:
        return msgid("Do nothing")
    named = [[name_of(code, definition).en for code in grouping.names(mask)] for mask in together]
    welsh = [[name_of(code, definition).in_language("cy") for code in grouping.names(mask)] for mask in together]
    return Text(en=SEPARATOR.join(map(", ".join, named)), cy=SEPARATOR.join(map(", ".join, welsh)))


def _sensitivity_row(decisions: Sequence[Decision], number: int, central: float) -> SensitivityRow:
    varied = [(decision, decision.option.grouping.variations[number]) for decision in decisions]
    first = varied[0][1]
    value = sum(variation.grouping.value for _, variation in varied)
    settings = {
        "low": msgid("lowest, with coordination cost x {multiple}"),
        "mode": msgid("most likely, with coordination cost x {multiple}"),
        "high": msgid("highest, with coordination cost x {multiple}"),
    }
    return SensitivityRow(
        assumption=msgid("Saving in its range, and coordination cost"),
        setting=say(settings[first.gain], multiple=Quantity(first.coordination_multiple, "number")),
        value=value,
        change=value - central,
        services_shared=sum(bool(variation.grouping.together) for _, variation in varied),
        regrouped=tuple(title_of(decision) for decision, variation in varied if not variation.holds),
    )
