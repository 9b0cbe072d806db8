"""The review of a return as tables: what was done to its numbers, what is asked and contested, who has what in hand."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.findings import Finding
from consortia.intake.quality import Verdict
from consortia.intake.quality.of_return import national_medians, review_findings
from consortia.intake.signing import unsettled
from consortia.reference.taxonomy import service
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Kind, Words, msgid
from consortia.study import Adjustment, Query, Return, Stated, Text
from consortia.study.adjustments import stale

STANDINGS = {
    "proposed": msgid("Proposed"),
    "applied": msgid("In effect"),
    "accepted": msgid("Accepted"),
    "contested": msgid("Contested"),
    "reversed": msgid("Reversed"),
}
WHOLE_LINE = msgid("the whole line, all its parts")
UNTOUCHED = msgid("Nothing was done to these numbers: they are as they were sent.")
FROM_A_LEDGER = msgid("These numbers were made from a ledger. No line was changed after that.")
WHERE_STEPS_ARE = msgid("Every step from these numbers to those that are compared stands in the bridge.")
QUERY, CONTEST = msgid("Query"), msgid("Contest")
OPEN, CLOSED, DONE = msgid("Open"), msgid("Closed"), msgid("Done")
EACH_YEAR = msgid("year of each line")


def changes_table(returned: Return) -> Table:
    """What was done to the partner's numbers: every adjustment, the reversed ones too; nominal pounds, not rounded."""
    columns = (
        *_columns(key="Change", standing="State", line="Line"),
        Column("before", msgid("As sent"), EXACT),
        Column("after", msgid("Changed to"), EXACT),
        *_columns(by="Who", on="When", reason="Why", rule="Rule"),
    )
    rows = tuple(_change(one) for one in returned.review.adjustments)
    caption = msgid("Every change of a line, with what was sent before it. What was sent is kept as it was.")
    return _table("changes", msgid("What was done to the numbers"), caption, columns, rows)


def queries_table(returned: Return, *, only_open: bool = False) -> Table:
    """The questions and objections on single lines with their replies; the amount is what the partner holds."""
    columns = (
        *_columns(key="Number", kind="Kind", standing="State", line="Line"),
        Column("amount", msgid("Amount"), EXACT),
        *_columns(talk="What was said"),
    )
    asked = returned.review.open_queries if only_open else returned.review.queries
    caption = msgid("Questions and contested lines. An open contest stands in the way of the signature.")
    return _table("queries", msgid("Queries"), caption, columns, tuple(_query(one) for one in asked))


def delegations_table(returned: Return) -> Table:
    """Who has which section of the return in hand, and what is done."""
    rows = tuple(
        (_section(one.section), one.to, one.by, one.on, one.done_on or OPEN) for one in returned.review.delegations
    )
    columns = _columns(section="Section", to="Given to", by="Who", on="When", done="Done")
    caption = msgid("Sections of the return that somebody else fills in or checks.")
    return Table("delegations", msgid("Delegated sections"), caption, tuple(columns), rows)


def open_findings(returned: Return, *, base_year: str) -> tuple[Finding, ...]:
    """What is open on a return: faults of the file it came from, quality rules, adjustments that do not fit."""
    lines = stale(returned.costs, returned.review.adjustments)
    ruled = lines or tuple(one.finding for one in open_verdicts(returned, base_year=base_year))
    rules = {one.code for one in ruled}
    sent = unsettled(returned, returned.findings)
    return (*(one for one in sent if one.code not in rules), *ruled)


def open_verdicts(returned: Return, *, base_year: str) -> tuple[Verdict, ...]:
    """The same with the line of each and what its rule proposes; none while adjustments do not fit the lines."""
    if stale(returned.costs, returned.review.adjustments):
        return ()
    return review_findings(returned, medians=national_medians(base_year))


# The kind that keeps the pence: what is signed is not rounded.
EXACT: Kind = "unit_cost"


def _table(
    key: str, title: Words, caption: Words, columns: Sequence[Column], rows: tuple[tuple[Cell, ...], ...]
) -> Table:
    return Table(key, title, caption, tuple(columns), rows, period=EACH_YEAR, price_base=NOMINAL)


def _columns(**titles: str) -> list[Column]:
    return [Column(key, TITLES[title]) for key, title in titles.items()]


TITLES = {
    "Change": msgid("Change"), "State": msgid("State"), "Line": msgid("Line"), "Who": msgid("Who"),
    "When": msgid("When"), "Why": msgid("Why"), "Rule": msgid("Rule"), "Number": msgid("Number"),
    "Kind": msgid("Kind"), "What was said": msgid("What was said"), "Section": msgid("Section"),
    "Given to": msgid("Given to"), "Done": msgid("Done"),
}  # fmt: skip


def _change(one: Adjustment) -> tuple[Cell, ...]:
    decided = f"; {one.decided_by}, {one.decided_on}" if one.decided_by else ""
    why = f"{one.reason} [{one.decided_why}]" if one.decided_why else one.reason
    return (
        one.key, STANDINGS[one.standing], (one.line, *((WHOLE_LINE,) if one.whole else ())), _amount(one.before),
        _amount(one.after), f"{one.by}{decided}", one.on, why, one.rule,
    )  # fmt: skip


def _query(one: Query) -> tuple[Cell, ...]:
    said = [f"{one.by}, {one.on}: {one.text}", *(f"{reply.by}, {reply.on}: {reply.text}" for reply in one.replies)]
    amount = Absent.NOT_APPLICABLE if one.amount is None else float(one.amount)
    return (
        one.key,
        CONTEST if one.contests else QUERY,
        OPEN if one.is_open else CLOSED,
        one.line,
        amount,
        " / ".join(said),
    )


def _amount(stated: Stated) -> Cell:
    if stated.amount is not None:
        return float(stated.amount)
    return Absent.NOT_PROVIDED if stated.status == "not_provided" else Absent.NOT_KNOWN


def _section(code: str) -> Text:
    found = service(code)
    return Text(en=found.name, cy=found.name_cy)
