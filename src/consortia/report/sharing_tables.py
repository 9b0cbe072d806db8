"""Who gets what by every rule, which rule would hold, and who would leave: tables of a decision paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consortia.report.rows import ShareRow, StabilityRow
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say

RULES: Mapping[str, str] = {
    "budget": msgid("By budget"),
    "population": msgid("By population"),
    "use": msgid("By use"),
    "equal": msgid("Equal shares"),
    "equal_charge": msgid("Equal charge"),
    "scrb": msgid("Separable costs, remaining benefits"),
    "cost_gap": msgid("Cost gap"),
    "shapley": msgid("By contribution (Shapley)"),
    "equal_profit": msgid("Equal profit"),
    "nucleolus": msgid("Nucleolus"),
    "nucleolus_per_head": msgid("Nucleolus per member"),
    "nucleolus_across": msgid("Nucleolus across groups"),
    "equal_contribution": msgid("Own saving, equal contributions"),
}
"""Every rule by its name, simple ones first: in this order the first that holds is recommended [judgement]."""
ORDER = msgid("Rules stand in order of preference, simple ones first (judgement); the first that holds is recommended.")
DOES_IT_HOLD = Column("verdict", msgid("Does it hold?"), "verdict")
WITHIN = Column("verdict", msgid("Holds within its group"), "verdict")
ACROSS = Column("across", msgid("Holds across groups"), "verdict")
HOLDS = msgid(
    "A rule holds within its group if no members of it would do better by leaving together; it holds across groups if "
    "no partners of different groups, and nobody alone, would."
)
BEST = msgid("Recommended: the first in order of preference that holds.")
BEST_IN_BOTH = msgid("Recommended: the first in order of preference that holds within every group and across groups.")
BEST_WITHIN = msgid(
    "Recommended: the first in order of preference that holds within every group; none holds across groups as well."
)
BLANK = msgid("A dash: in at least one of the services the rule has no answer, so that there is no sum over all.")


def verdict_columns(*, across: bool) -> tuple[Column, ...]:
    """One column where there is one group of all, else one for what its members alone could do and one for all."""
    return (WITHIN, ACROSS) if across else (DOES_IT_HOLD,)


def verdict(held: bool | None) -> Cell:
    """Whether it holds as a cell; nothing where there is no answer."""
    return Absent.NOT_APPLICABLE if held is None else "stable" if held else "unstable"


def why_recommended(*, across: bool | None) -> Words:
    """Which test a recommendation rests on; `across`: whether the rule holds across groups, None: none to look at."""
    return BEST if across is None else BEST_IN_BOTH if across else BEST_WITHIN


def share_table(rows: Sequence[ShareRow], *, agreed: str, period: Words, price_base: str) -> Table:
    """Each partner's part of the net saving as agreed and by every rule, side by side (present value, central case)."""
    rules = tuple(rule for rule in RULES if rows and rule in rows[0].amounts)
    columns = (
        Column("partner", msgid("Partner")),
        Column("agreed", say(msgid("As agreed: {rule}"), rule=RULES[agreed]), "money"),
        *(Column(rule, RULES[rule], "money") for rule in rules),
    )
    return Table(
        "shares",
        msgid("Ways to share the gain"),
        msgid("Each partner's part of the net saving in the central case, as agreed and by every rule of sharing."),
        columns,
        tuple((row.partner, row.agreed, *(row.amounts[rule] for rule in rules)) for row in rows),
        (
            msgid("Each rule shares out the gain of every group among its own members; the totals are equal."),
            msgid("What is agreed stands within its floors and caps, where there are any."),
            *((BLANK,) if any(isinstance(one, Absent) for row in rows for one in row.amounts.values()) else ()),
            ORDER,
        ),
        period=period,
        price_base=price_base,
        figure_keys=tuple(tuple(row.keys.get(column.key, "") for column in columns) for row in rows),
    )


def stability_table(rows: Sequence[StabilityRow], *, period: Words, price_base: str) -> Table:
    """For each service and rule: whether it holds, and if not who would gain how much by leaving together."""
    across = any(row.across is not None for row in rows)
    columns = (
        Column("service", msgid("Service")),
        Column("members", msgid("Group")),
        Column("rule", msgid("Sharing rule")),
        *verdict_columns(across=across),
        Column("leavers", msgid("Would do better alone together")),
        Column("gain", msgid("Their gain by leaving"), "money"),
        Column("note", msgid("Note")),
    )
    return Table(
        "stability",
        msgid("Will the groups hold?"),
        msgid(
            "For each sharing rule whether any partners would do better by leaving together; where some would, the "
            "group that they are of."
        ),
        columns,
        tuple(_stability_cells(row, across=across) for row in rows),
        (
            *((HOLDS,) if across else ()),
            msgid("A wish to stand together stops nobody from leaving: this test leaves such wishes out."),
            ORDER,
        ),
        period=period,
        price_base=price_base,
    )


def _stability_cells(row: StabilityRow, *, across: bool) -> tuple[Cell, ...]:
    verdicts = (verdict(row.within), verdict(row.across)) if across else (verdict(row.within),)
    note: Cell = Absent.NOT_APPLICABLE
    if row.within is None:
        note = msgid("This rule has no answer here.")
    elif row.recommended:
        note = why_recommended(across=row.across)
    leavers = row.leavers or Absent.NOT_APPLICABLE
    return row.service, row.members, RULES[row.rule], *verdicts, leavers, row.gain, note
