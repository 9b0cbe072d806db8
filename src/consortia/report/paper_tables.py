"""Sets out the rows of a decision paper as tables, with their columns, captions and notes in words of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consortia.report.rows import (
    AlternativeRow,
    AssumptionRow,
    ComparisonRow,
    DecisionRow,
    PartnerRow,
    RunnerUpRow,
    SensitivityRow,
)
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study.definition import Text

LOW = Column("low", msgid("Cautious view (P10)"), "money")
MIDDLE = Column("middle", msgid("Middle view (P50)"), "money")
HIGH = Column("high", msgid("Hopeful view (P90)"), "money")
CHANCE = Column("chance_of_loss", msgid("Chance of net loss"), "drawn")
PAYBACK = Column("payback", msgid("Payback (years from the base year)"), "years")
SERVICE = Column("service", msgid("Service"))
PARTNER = Column("partner", msgid("Partner"))
PRESENT_VALUE = msgid(
    "Net saving is present value over the whole period: savings less set-up and coordination cost, discounted. "
    "In one case in ten the result is below P10, and in one case in ten it is above P90."
)

GROUP_HOLDS = msgid(
    "A group holds if no partners of it would do better by leaving, by themselves or with members of other groups."
)
NEXT_AS_GOOD = msgid(
    "A small difference means that the next grouping is as good: choose it if it is easier to work with."
)
NOT_SHARED = msgid("Each service that was examined, with the reason not to share it.")


def decision_table(rows: Sequence[DecisionRow], *, period: Words, price_base: str) -> Table:
    """The decision table: each service's best group, then the services not to be shared, with the reason."""
    ordered = sorted(rows, key=lambda row: not row.members)
    columns = (
        SERVICE,
        Column("members", msgid("Best grouping")),
        Column("level", msgid("Level of joint working")),
        LOW, MIDDLE, HIGH, CHANCE, PAYBACK,
        Column("gainers", msgid("Who gains")),
        Column("verdict", msgid("Does it hold?"), "verdict"),
        Column("reason", msgid("Why")),
    )  # fmt: skip
    return _table(
        ("decision", msgid("What is proposed, service by service")),
        msgid("Best grouping of the partners for each service, or the reason not to share it."),
        columns,
        [_decision_cells(row) for row in ordered],
        [row.keys for row in ordered],
        (PRESENT_VALUE, GROUP_HOLDS),
        period=period,
        price_base=price_base,
    )


def refusals_table(decision: Table) -> Table:
    """The decision table of a study that shares nothing: each service examined and why not, without empty columns."""
    rows = tuple((row[0], row[-1]) for row in decision.rows)
    columns = (decision.columns[0], decision.columns[-1])
    return replace(decision, caption=NOT_SHARED, columns=columns, rows=rows, notes=(), figure_keys=())


def partner_table(rows: Sequence[PartnerRow], *, period: Words, price_base: str) -> Table:
    """What each partner gains or pays over all services."""
    columns = (
        PARTNER,
        Column("services", msgid("Services shared"), "number"),
        Column("setup", msgid("Set-up cost"), "money"),
        Column("saving", msgid("Saving a year, once complete"), "money"),
        LOW, MIDDLE, HIGH, CHANCE, PAYBACK,
        Column("agreed", msgid("As agreed, central case"), "money"),
    )  # fmt: skip
    cells = [
        (
            row.partner,
            row.services,
            row.setup,
            row.saving,
            row.low,
            row.middle,
            row.high,
            row.chance_of_loss,
            row.payback,
            row.agreed,
        )
        for row in rows
    ]
    return _table(
        ("by_partner", msgid("What each partner gains or pays")),
        msgid("Gain or cost of each partner over all the services proposed for sharing."),
        columns,
        cells,
        [row.keys for row in rows],
        (
            PRESENT_VALUE,
            msgid("Set-up cost and the saving a year are those of the central case and are not discounted."),
            msgid(
                "Every column but the last comes before payments between partners; the last is each one's part of the "
                "net saving as it is agreed to be shared."
            ),
        ),
        period=period,
        price_base=price_base,
    )


def cash_flow_table(
    rows: Sequence[tuple[Text | str, Sequence[float]]],
    years: Sequence[str],
    *,
    price_base: str,
    keys: Sequence[Sequence[str]] = (),
) -> Table:
    """Net cash flow of each partner in each year of the central case, undiscounted real pounds; gains are positive."""
    columns = (PARTNER, *(Column(year, year, "money") for year in years))
    return Table(
        "cash_flow",
        msgid("Cash flow of each partner, year by year"),
        msgid("Net cash flow of each partner in each year of the central case, not discounted; a cost is negative."),
        columns,
        tuple((name, *amounts) for name, amounts in rows),
        period=say(msgid("{first} to {last}"), first=years[0], last=years[-1]),
        price_base=price_base,
        figure_keys=tuple(("", *row) for row in keys),
    )


NOT_COMPARED = msgid(
    "Partners with errors open or a part of the year are shown, but count in no median of the partners; their own "
    "costs per unit are not to be set beside the others."
)


def comparison_table(rows: Sequence[ComparisonRow], *, period: Words, price_base: str, notes: Sequence[Words]) -> Table:
    """Unit costs of each partner beside the partners and the nearest neighbours; `notes` are the caveats."""
    columns = (
        SERVICE,
        PARTNER,
        Column("amount", msgid("Cost"), "money"),
        Column("denominator", msgid("Divided by")),
        Column("volume", msgid("Number of units"), "number"),
        Column("unit_cost", msgid("Cost per unit"), "unit_cost"),
        Column("partners_median", msgid("Median of the partners"), "unit_cost"),
        Column("partners_count", msgid("Partners compared"), "number"),
        Column("neighbours_median", msgid("Median of nearest neighbours"), "unit_cost"),
        Column("neighbours_count", msgid("Neighbours compared"), "number"),
    )
    marked = any(row.marks for row in rows)
    cells: list[tuple[Cell, ...]] = [
        (
            row.service, row.partner, row.amount, row.denominator, row.volume, row.unit_cost, row.partners_median,
            row.partners_count, row.neighbours_median, row.neighbours_count, *((row.marks,) if marked else ()),
        )
        for row in rows
    ]  # fmt: skip
    return _table(
        ("comparison", msgid("How the partners compare")),
        msgid("Cost per unit of each partner beside the median of the partners and of its nearest neighbours."),
        (*columns, *((Column("marks", msgid("Caution")),) if marked else ())),
        cells,
        [row.keys for row in rows],
        (
            *((NOT_COMPARED,) if any(row.is_withheld for row in rows) else ()),
            msgid("A difference is a question to ask, not a saving: councils count, host and provide differently."),
            *notes,
        ),
        period=period,
        price_base=price_base,
    )


def runners_up_table(rows: Sequence[RunnerUpRow], *, proof: Words, period: Words, price_base: str) -> Table:
    """The best groupings of each service in order, with what is lost by taking the next; `proof`: how sure it is."""
    columns = (
        SERVICE,
        Column("rank", msgid("Rank"), "number"),
        Column("groups", msgid("Grouping")),
        Column("value", msgid("Net saving, central case"), "money"),
        Column("behind_best", msgid("Behind the best by"), "money"),
    )
    return _table(
        ("runners_up", msgid("The next best groupings")),
        msgid("The best groupings of each service in order of net saving, with doing nothing among them."),
        columns,
        [(row.service, row.rank, row.groups, row.value, row.behind_best) for row in rows],
        [{"value": row.key} for row in rows],
        (proof, NEXT_AS_GOOD),
        period=period,
        price_base=price_base,
    )


def alternatives_table(rows: Sequence[AlternativeRow], *, period: Words, price_base: str) -> Table:
    """What the members could do instead, doing nothing first."""
    columns = (
        Column("name", msgid("Choice")),
        Column("value", msgid("Net saving, central case"), "money"),
        Column("difference", msgid("Compared with the proposal"), "money"),
        Column("note", msgid("Note")),
    )
    return _table(
        ("alternatives", msgid("The alternatives")),
        msgid("What could be done instead, with the net saving of each choice."),
        columns,
        [(row.name, row.value, row.difference, row.note) for row in rows],
        [{"value": row.key} for row in rows],
        period=period,
        price_base=price_base,
    )


def assumption_table(rows: Sequence[AssumptionRow]) -> Table:
    """The assumptions with source, date and evidence mark; judgement is named as judgement."""
    columns = (
        Column("name", msgid("Assumption")),
        Column("low", msgid("Lowest")),
        Column("mode", msgid("Most likely, or the value")),
        Column("high", msgid("Highest")),
        Column("unit", msgid("Unit")),
        Column("source", msgid("Source")),
        Column("date", msgid("Date")),
        Column("evidence", msgid("Evidence"), "evidence"),
        Column("reason", msgid("Why it differs from the usual value")),
    )
    cells = [
        (
            row.name, row.low or Absent.NOT_APPLICABLE, row.mode, row.high or Absent.NOT_APPLICABLE, row.unit,
            row.source, row.date, row.evidence, row.reason,
        )
        for row in rows
    ]  # fmt: skip
    return _table(
        ("assumptions", msgid("What is assumed")),
        msgid("Every assumption, where it comes from, and how firm it is. Judgements can be changed."),
        columns,
        cells,
        [{"mode": row.key} for row in rows],
    )


def uncertainty_table(rows: Sequence[SensitivityRow], *, period: Words, price_base: str) -> Table:
    """How the answer changes when one assumption is changed."""
    columns = (
        Column("assumption", msgid("Assumption changed")),
        Column("setting", msgid("Set to")),
        Column("value", msgid("Net saving, central case"), "money"),
        Column("change", msgid("Change"), "money"),
        Column("services_shared", msgid("Services shared"), "number"),
        Column("regrouped", msgid("Services whose best grouping changes")),
    )
    cells = [
        (
            row.assumption,
            row.setting,
            row.value,
            row.change,
            row.services_shared,
            row.regrouped or Absent.NOT_APPLICABLE,
        )
        for row in rows
    ]
    return _table(
        ("uncertainty", msgid("How firm the answer is")),
        msgid("What the answer becomes when one assumption at a time is changed."),
        columns,
        cells,
        period=period,
        price_base=price_base,
    )


def _decision_cells(row: DecisionRow) -> tuple[Cell, ...]:
    absent = Absent.NOT_APPLICABLE
    if not row.members:
        return (row.service, *([absent] * 8), "do_not_share", row.reason)
    verdict = {True: "stable", False: "unstable", None: "not_tested"}[row.stable]
    return (
        row.service, row.members, row.level, row.low, row.middle, row.high, row.chance_of_loss, row.payback,
        _all_or_names(row.gainers, row.members), verdict, row.reason,
    )  # fmt: skip


def _all_or_names(names: tuple[Text, ...], members: tuple[Text, ...]) -> Cell:
    if set(names) == set(members):
        return say(msgid("All of them"))
    return names or say(msgid("None of them"))


def _table(
    name: tuple[str, str],
    caption: str,
    columns: tuple[Column, ...],
    cells: Sequence[tuple[Cell, ...]],
    keys: Sequence[Mapping[str, str]] = (),
    notes: tuple[Words, ...] = (),
    *,
    period: Words = "",
    price_base: str = "",
) -> Table:
    figure_keys = tuple(tuple(row.get(column.key, "") for column in columns) for row in keys)
    return Table(*name, caption, columns, tuple(cells), notes, period, price_base, figure_keys)
