"""Priorities as tables: ranks with what turns them, the evidence of every score, and what to do within the money."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from consortia.appraisal.selection import Selection
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Kind, Message, Quantity, Words, msgid, say, say_count
from consortia.run.priorities import Prioritised, Ranked, Within, prioritise
from consortia.run.priority_limits import carried_out
from consortia.run.programme.appraised import Appraised
from consortia.study.priorities import Criterion, Measure

KINDS: dict[Measure, Kind] = {
    "net_present_value": "money", "worth_per_pound": "number", "yearly_saving": "money", "one_off_cost": "money",
}  # fmt: skip
TOGETHER = msgid("All that are chosen, as a whole")
HUNDRED = 100


def priority_tables(found: Appraised) -> tuple[Table, ...]:
    """The tables on priorities of a study that sets them; none for another."""
    held = prioritise(found)
    if held is None:
        return ()
    years, base = found.compiled.frame.years, found.definition.base_year
    period = say(msgid("{first} to {last}"), first=years[0], last=years[-1])
    tables: list[Table] = []
    if held.ranked:
        tables += [_ranks(held, held.ranked, period, base), _reversals(held.ranked), _evidence(held)]
    if held.within:
        tables += [
            _chosen(held, held.within, period, base),
            _sets(held, held.within, period, base),
            _budgets(held, held.within, period, base),
        ]
    return tuple(tables)


def _ranks(held: Prioritised, ranked: Ranked, period: Words, base: str) -> Table:
    order = np.argsort(-ranked.totals, kind="stable")
    rows: list[tuple[Cell, ...]] = [
        (
            ranked.projects[place].project.title, *ranked.raw[place].tolist(), float(ranked.totals[place]) * HUNDRED,
            ranked.ranks[place], *ranked.ranges[place], float(ranked.first_shares[place]),
            msgid("Yes") if ranked.efficient[place] else msgid("No"),
        )
        for place in order
    ]  # fmt: skip
    rows += [
        (one.project.title, *map(one.by, ranked.criteria), Absent.NOT_KNOWN, *[Absent.NOT_APPLICABLE] * 5)
        for one in held.unranked
    ]
    return Table(
        "priorities",
        msgid("Which projects come first"),
        msgid("Each project by every criterion, as scored or as appraised by itself, and its weighted score of 100."),
        (
            Column("project", msgid("Project")),
            *(_column(one, part) for one, part in zip(ranked.criteria, ranked.weights, strict=True)),
            Column("total", msgid("Weighted score"), "number"),
            Column("rank", msgid("Rank"), "number"),
            Column("highest", msgid("Highest rank"), "number"),
            Column("lowest", msgid("Lowest rank"), "number"),
            Column("first", msgid("First, of all weights"), "percent"),
            Column("efficient", msgid("No other scores more for less")),
        ),
        tuple(rows),
        notes=tuple(_rank_notes(ranked)),
        period=period,
        price_base=base,
    )


def _column(criterion: Criterion, part: float) -> Column:
    title = say(
        msgid("{criterion} (weight {part}; {worst} to {best})"),
        criterion=criterion.title,
        part=Quantity(part, "percent"),
        worst=Quantity(criterion.worst, _kind(criterion)),
        best=Quantity(criterion.best, _kind(criterion)),
    )
    return Column(f"scores.{criterion.key}", title, _kind(criterion))


def _kind(criterion: Criterion) -> Kind:
    return KINDS[criterion.measure] if criterion.measure else "number"


def _rank_notes(ranked: Ranked) -> Iterator[Message]:
    moved = Quantity(ranked.within, "percent")
    yield say(
        msgid(
            "Highest and lowest rank: while the weight of any one criterion is moved by up to {moved} of itself, up or "
            "down, and the others make room in proportion."
        ),
        moved=moved,
    )
    yield say(
        msgid(
            "Scales are fixed beforehand, so that another project changes no score; weights are judgement, stated here."
        )
    )
    if not ranked.reversals:
        yield say(msgid("No two projects change places while one weight is moved so far."))


def _reversals(ranked: Ranked) -> Table:
    rows = tuple(
        (
            ranked.projects[one.above].project.title,
            ranked.projects[one.below].project.title,
            ranked.criteria[one.criterion].title,
            float(ranked.weights[one.criterion]),
            one.change,
        )
        for one in ranked.reversals
    )
    return Table(
        "rank_reversals",
        msgid("What would turn the ranks"),
        msgid("Each pair of projects that changes places when one weight is moved, and how far; the nearest first."),
        (
            Column("above", msgid("Now ahead")),
            Column("below", msgid("Then ahead")),
            Column("criterion", msgid("Criterion")),
            Column("weight", msgid("Its weight now"), "percent"),
            Column("change", msgid("Change of it at which both are equal"), "percent"),
        ),
        rows,
    )


def _evidence(held: Prioritised) -> Table:
    titles = {one.key: one.title for one in held.priorities.criteria}
    rows = tuple(
        (
            one.project.title, titles[score.criterion], score.score,
            Absent.NOT_KNOWN if score.grade is None else score.grade, score.reason, score.source,
        )
        for one in held.candidates
        for score in one.project.scores
        if score.criterion in titles
    )  # fmt: skip
    return Table(
        "score_evidence",
        msgid("What the scores rest on"),
        msgid("Every score that people gave, with its reason, its source and the grade of the evidence (1 best to 6)."),
        (
            Column("project", msgid("Project")),
            Column("criterion", msgid("Criterion")),
            Column("score", msgid("Score"), "number"),
            Column("grade", msgid("Grade"), "number"),
            Column("reason", msgid("Reason")),
            Column("source", msgid("Source")),
        ),
        rows,
    )


def _chosen(held: Prioritised, within: Within, period: Words, base: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.project.title, one.worth, one.cost, *_verdict(place, within))
        for place, one in enumerate(held.candidates)
    ]  # fmt: skip
    if within.best:
        nothing = Absent.NOT_APPLICABLE
        cost = sum(held.candidates[place].cost for place in within.best.chosen)
        rows.append((TOGETHER, within.best.worth, cost, nothing, nothing))
    return Table(
        "within_budget",
        msgid("Which projects should be done within this money"),
        msgid("The set with the highest net present value that the money and the projects' own conditions allow."),
        (
            Column("project", msgid("Project")),
            Column("worth", msgid("Net present value by itself"), "money"),
            Column("one_off", msgid("One-off cost"), "money"),
            Column("done", msgid("Do it")),
            Column("lost", msgid("Lost if decided the other way"), "money"),
        ),
        tuple(rows),
        notes=tuple(_set_notes(held, within)),
        period=period,
        price_base=base,
    )


def _verdict(place: int, within: Within) -> tuple[Cell, Cell]:
    """Whether a project is done, and what the best set would be worth less if it were decided the other way."""
    if within.best is None:
        return Absent.NOT_KNOWN, Absent.NOT_APPLICABLE
    lost = within.lost[place]
    if place in within.limits.must:
        done = msgid("Yes, in any case")
    elif place in within.limits.never:
        done = msgid("No: it waits for a project that is no candidate")
    else:
        done = msgid("Yes") if place in within.best.chosen else msgid("No")
    return done, Absent.NOT_APPLICABLE if lost is None else lost


def _set_notes(held: Prioritised, within: Within) -> Iterator[Message]:
    given = _budget_words(held)
    if within.best is None:
        yield say(msgid("No set of projects keeps the limits: {budgets}. Give more, or require less."), budgets=given)
        return
    left = [most - spent for most, spent in zip(within.limits.most.tolist(), within.best.spent, strict=True)]
    yield say(
        msgid("One-off costs are kept within {budgets}; of the tightest of these {left} is left."),
        budgets=given,
        left=Quantity(min(left), "money"),
    )
    done = carried_out(held)
    if not within.limits.allow(done):
        beyond = msgid(
            "What the study carries out now is not such a set: the other tables are of projects that cost {cost} once."
        )
        yield say(beyond, cost=Quantity(sum(held.candidates[place].cost for place in done), "money"))
    if any(within.pound):
        more = msgid(
            "If parts of projects could be done, a further pound in the tightest budget would bring about £{pound}."
        )
        yield say(more, pound=Quantity(max(within.pound), "unit_cost"))
    if within.best.proved:
        yield say_count(
            msgid("Proved: no other set that keeps the limits is worth more. {count} set was looked at as a whole."),
            msgid("Proved: no other set that keeps the limits is worth more. {count} sets were looked at as a whole."),
            within.best.tried,
        )
    else:
        yield say(
            msgid("Not proved: the best set seen; a set that was not looked at could be worth up to {bound}."),
            bound=Quantity(within.best.bound, "money"),
        )
    yield say(
        msgid(
            "One-off costs are those of the central case in prices of the base year, not discounted, before receipts "
            "and money from outside. Savings of two projects on one line are counted once; services to be shared are "
            "left aside, and so is how sure each project is."
        )
    )


def _budget_words(held: Prioritised) -> tuple[Message, ...]:
    whole = held.priorities.budget
    parts = [] if whole is None else [say(msgid("{amount} in all"), amount=Quantity(float(whole), "money"))]
    parts += [
        say(msgid("{amount} in {year}"), amount=Quantity(float(amount), "money"), year=year)
        for year, amount in held.priorities.by_year.items()
    ]
    return tuple(parts)


def _sets(held: Prioritised, within: Within, period: Words, base: str) -> Table:
    """The best set and the next best ones: what a board would choose among."""
    sets = () if within.best is None else (within.best, *within.next_best)
    return Table(
        "next_sets",
        msgid("The best sets, side by side"),
        msgid("Sets that keep the limits, in the order of what they are worth as a whole."),
        (
            Column("rank", msgid("Rank"), "number"),
            Column("worth", msgid("Net present value"), "money"),
            Column("less", msgid("Less than the best"), "money"),
            Column("one_off", msgid("One-off cost"), "money"),
            Column("projects", msgid("Projects")),
        ),
        tuple(
            (rank, one.worth, sets[0].worth - one.worth, *_made_of(one, held)) for rank, one in enumerate(sets, 1)
        ),
        period=period,
        price_base=base,
    )  # fmt: skip


def _made_of(one: Selection, held: Prioritised) -> tuple[Cell, Cell]:
    """One-off cost and titles of a set."""
    chosen = [held.candidates[place] for place in sorted(one.chosen)]
    return sum(each.cost for each in chosen), tuple(each.project.title for each in chosen) or msgid("None")


def _budgets(held: Prioritised, within: Within, period: Words, base: str) -> Table:
    tried = sorted((*within.other_budgets, (1.0, within.best)), key=lambda one: one[0])
    return Table(
        "other_budgets",
        msgid("What more or less money would do"),
        msgid("The best set at other budgets, every limit moved alike."),
        (
            Column("part", msgid("Part of the budget"), "percent"),
            Column("worth", msgid("Net present value"), "money"),
            Column("one_off", msgid("One-off cost"), "money"),
            Column("projects", msgid("Projects")),
        ),
        tuple(_budget_row(part, one, held) for part, one in tried),
        period=period,
        price_base=base,
    )


def _budget_row(part: float, one: Selection | None, held: Prioritised) -> tuple[Cell, ...]:
    if one is None:
        return part, Absent.NOT_APPLICABLE, Absent.NOT_APPLICABLE, msgid("No set keeps the limits.")
    return part, one.worth, *_made_of(one, held)
