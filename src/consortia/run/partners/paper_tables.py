"""What the papers say of what partners agree: which rule to take, who would leave, how firm the choice is, payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consortia.errors import StudyError
from consortia.report.sharing_tables import HOLDS, RULES, verdict, verdict_columns
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.choice import Choice, choices
from consortia.run.partners.agreement import Agreement
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.drift_table import drift_table
from consortia.run.partners.exit_tables import walk_away_table
from consortia.run.partners.naming import group_or_across, names_of_groups, title_of
from consortia.run.partners.shares_tables import NOT_ACROSS, more_than_shown, no_rule_holds
from consortia.run.partners.simplicity import SHOWN, simplicity_in_papers
from consortia.run.partners.tables import payment_tables, wishes_table, work_table
from consortia.run.partners.temptation import ACROSS, looks_across
from consortia.study.partnership import concerns

SERVICE = Column("service", msgid("Service"))
WINNER = msgid(
    "The winner of a comparison looks better than it is (winner's curse): what counts is how it does on draws that it "
    "was not chosen on. Saving, depth of the level, set-up cost and delivery are drawn; the levels of the chosen "
    "groups stay, the other groupings take their best. The central case takes medians, so that the average may be "
    "above it; the last amount is the price of having to choose before one knows."
)


def paper_tables(arranged: Arranged, agreements: Mapping[str, Agreement]) -> tuple[Table, ...]:
    """Every table that there is something for; none where nothing is to be shared."""
    if not arranged.services:
        return ()
    found = tuple(agreements.values())
    tables = [
        recommended_table(arranged, found),
        leavers_table(arranged, found),
        limits_table(arranged, found),
        choice_table(arranged, choices([one.decision for one in arranged.services], arranged.setting)),
        wishes_table(arranged),
        *_simplicity(arranged),
        drift_table(arranged),
    ]
    return tuple(table for table in (*tables, *_as_agreed(arranged)) if table.rows)


def _simplicity(arranged: Arranged) -> tuple[Table, ...]:
    """What one grouping for several services costs."""
    return (simplicity_in_papers(arranged),) if len(arranged.proposals) >= len(SHOWN) else ()


def _as_agreed(arranged: Arranged) -> list[Table]:
    """Tables that stand on what is agreed; none where that has no answer, which is a finding of its own."""
    try:
        return [work_table(arranged), walk_away_table(arranged), *payment_tables(arranged)]
    except StudyError:
        return []


def recommended_table(arranged: Arranged, agreements: Sequence[Agreement]) -> Table:
    """For each service: the rule agreed and whether it holds, the rule recommended, and why."""
    across = any(looks_across(one.service) for one in agreements)
    return _table(
        arranged,
        ("recommended", msgid("Which rule to agree on")),
        msgid("For each service the simplest rule of sharing under which nobody would gain by leaving."),
        (
            SERVICE,
            Column("members", msgid("Group")),
            Column("agreed", msgid("As agreed")),
            *verdict_columns(across=across),
            Column("recommended", msgid("Recommended rule")),
            Column("why", msgid("Why")),
        ),
        [_recommended_row(arranged, one, across=across) for one in agreements],
        [HOLDS] if across else (),
    )


def _recommended_row(arranged: Arranged, one: Agreement, *, across: bool) -> tuple[Cell, ...]:
    service, best = one.service, one.service.recommended
    return (
        title_of(service),
        names_of_groups(arranged, service, service.formed),
        RULES[one.rule],
        *(_verdicts(one) if across else (verdict(not one.blocking),)),
        Absent.NOT_APPLICABLE if best is None else RULES[best.rule],
        _why(service),
    )


def _verdicts(one: Agreement) -> tuple[Cell, Cell]:
    """Whether what is agreed holds within every group, and across them where that is a test of its own."""
    within = not any(each.sets for each in one.temptations if each.group != ACROSS)
    across = next((not each.sets for each in one.temptations if each.group == ACROSS), None)
    return verdict(within), verdict(across)


def _why(service: Arrangement) -> Words:
    best = service.recommended
    if best is None:
        return no_rule_holds(service)
    if not best.stable:
        return say(msgid("The first that holds within every group. {rest}"), rest=no_rule_holds(service))
    before = service.divisions[: service.divisions.index(best)]
    if not before:
        return msgid("The first rule in order of preference; nobody would gain by leaving.")
    named: tuple[Words, ...] = tuple(RULES[one.rule] for one in before)
    return say(msgid("The first under which nobody would gain by leaving; these come before it: {rules}."), rules=named)


def leavers_table(arranged: Arranged, agreements: Sequence[Agreement]) -> Table:
    """Every set of partners that would do better by itself than as agreed, with the amount, the most tempted first."""
    rows = [
        (
            title_of(one.service),
            group_or_across(arranged, one.service, tempted.group),
            arranged.names_of(one.service, each.mask),
            each.gain,
        )
        for one in agreements
        for tempted in one.temptations
        for each in tempted.sets
    ]
    more = msgid("{service}: {more}")
    notes: list[Words] = [
        say(more, service=title_of(one.service), more=more_than_shown(arranged, one.service, each))
        for one in agreements
        for each in one.temptations
        if each.more > 0
    ]
    if not all(one.service.everybody for one in agreements):
        notes.append(NOT_ACROSS)
    return _table(
        arranged,
        ("leavers", msgid("Who would do better alone")),
        msgid("Partners that would gain by leaving together, under what is agreed."),
        (
            SERVICE,
            Column("members", msgid("Group")),
            Column("leavers", msgid("Would do better alone together")),
            Column("gain", msgid("Their gain by leaving"), "money"),
        ),
        rows,
        notes,
    )


def limits_table(arranged: Arranged, agreements: Sequence[Agreement]) -> Table:
    """The floors and caps that the partners agreed, with the share that they lead to."""
    rows: list[tuple[Cell, ...]] = []
    for one in agreements:
        for limit in arranged.definition.partnership.share_limits:
            if limit.partner in one.service.partners and concerns(limit.services, one.service.proposal.service.code):
                name = arranged.definition.partner(limit.partner).name
                least = Absent.NOT_APPLICABLE if limit.floor is None else limit.floor
                most = Absent.NOT_APPLICABLE if limit.cap is None else limit.cap
                rows.append((name, title_of(one.service), least, most, one.share_of(limit.partner), limit.reason))
    return _table(
        arranged,
        ("limits", msgid("Floors and caps")),
        msgid("The least and the most that a partner may have of a service's gain, and what it has as agreed."),
        (
            Column("partner", msgid("Partner")),
            SERVICE,
            Column("floor", msgid("At least"), "money"),
            Column("cap", msgid("At most"), "money"),
            Column("share", msgid("Its share"), "money"),
            Column("reason", msgid("Reason")),
        ),
        rows,
    )


def choice_table(arranged: Arranged, found: Sequence[Choice]) -> Table:
    """How often each choice survives draws that it was not made on, and what it costs where it does not."""
    return _table(
        arranged,
        ("choice", msgid("Would the same groups be chosen again?")),
        msgid("Each grouping tested on draws it was not chosen on: how often it stays the best, and what it is worth."),
        (
            SERVICE,
            Column("central", msgid("Worth as chosen, central case"), "money"),
            Column("mean", msgid("Worth on average over the draws"), "money"),
            Column("survives", msgid("Stays the best in"), "chance"),
            Column("misses", msgid("Where it does not, another is better by"), "money"),
            Column("regret", msgid("That is, on average over all draws"), "money"),
            Column("draws", msgid("Draws"), "number"),
        ),
        [_choice_row(one) for one in found],
        [
            WINNER,
        ],
    )


def _choice_row(one: Choice) -> tuple[Cell, ...]:
    test = one.retest
    return (
        one.title,
        test.central,
        test.mean,
        test.survives,
        Absent.NOT_APPLICABLE if test.misses_by is None else test.misses_by,
        test.regret,
        test.draws,
    )


def _table(
    arranged: Arranged,
    name: tuple[str, str],
    caption: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    notes: Sequence[Words] = (),
) -> Table:
    period, base = arranged.setting.period, arranged.setting.price_base
    return Table(*name, caption, columns, tuple(rows), tuple(notes), period, base)
