"""What analyst and partner do to a return in review: change a line, ask, object, settle, delegate. Nothing is erased.

Each function gives the return as it stands afterwards; the lines as sent are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl

from consortia.errors import StudyError, suggest
from consortia.findings import Severity
from consortia.intake.checks import PARTS
from consortia.money import to_pence
from consortia.reference.taxonomy import services
from consortia.study import Acceptance, Adjustment, Delegation, Query, Reply, Return, Review, Stated
from consortia.study.adjustments import apply_adjustments, stale, stated
from consortia.study.line_parts import FIRST_PART, address, parts_of, rows_meant

FOLLOWS = "follows "
# What a ledger lacks may be right all the same: somebody says why, and signs it.
ACCEPTABLE = ("ledger-part-year", "ledger-services-gone", "ledger-amount-not-known", "ledger-files-alike")


def adjust(
    returned: Return, line: str, *, to: Stated, reason: str, by: str, on: str, rule: str = ""
) -> tuple[Return, tuple[Adjustment, ...]]:
    """Changes one line, and with it by the same amount the totals and the head that it is part of; nominal pounds.

    A line of several parts (one for each file) is changed as a whole, by one adjustment; `K/1`, `K/2` name one part.
    Gives the return and the adjustments made. Raises StudyError when there is no such line or nothing would change.
    """
    now = apply_adjustments(returned.costs, returned.review.adjustments)
    before, meant = stated(now, line), address(now, line)
    if before == to:
        raise StudyError(f"The line {line} is {to} already.", remedy="Give another amount.")
    if meant.whole and (before.amount is None or to.amount is None):
        raise StudyError(
            f"The line {line} has several parts; only known amounts are changed as a whole.",
            remedy=f"Change each of its parts: {', '.join(_parts_by_name(now, meant.key))}.",
        )
    first = Adjustment(
        key=_numbered(returned.review), line=meant.key, whole=meant.whole, before=before, after=to, by=by, on=on,
        reason=reason, rule=rule,
    )  # fmt: skip
    made = (first, *_followers(returned, first, number=len(returned.review.adjustments) + 2))
    return _reviewed(returned, adjustments=(*returned.review.adjustments, *made)), made


def _parts_by_name(costs: pl.DataFrame, key: str) -> list[str]:
    keys = parts_of(costs, key)["key"].to_list()
    return [f"{key}{FIRST_PART}", *(each for each in keys if each != key)]


def propose(returned: Return, adjustments: Iterable[Adjustment]) -> Return:
    """Adds the adjustments that quality rules made; those that may mend are in effect, the others wait for consent."""
    return _reviewed(returned, adjustments=(*returned.review.adjustments, *adjustments))


def ask(returned: Return, line: str, *, text: str, by: str, on: str) -> tuple[Return, Query]:
    """Puts a question on a line, all its parts together, or on one part of it."""
    meant = str(address(returned.costs, line))
    query = Query(key=_next_key(returned, "query"), line=meant, by=by, on=on, text=text)
    return _reviewed(returned, queries=(*returned.review.queries, query)), query


def contest(
    returned: Return, line: str, *, reason: str, amount: Decimal | None, by: str, on: str
) -> tuple[Return, Query]:
    """Objects to a line, with the amount that the partner holds to be right; it blocks the signature until settled."""
    meant = str(address(returned.costs, line))
    query = Query(
        key=_next_key(returned, "contest"), line=meant, by=by, on=on, text=reason, contests=True, amount=amount
    )
    rows = _rows_meant(returned, meant)
    changes = tuple(
        one.model_copy(update={"standing": "contested"}) if one.line in rows and one.is_in_effect else one
        for one in returned.review.adjustments
    )
    return _reviewed(returned, queries=(*returned.review.queries, query), adjustments=changes), query


def reply(returned: Return, key: str, *, text: str, by: str, on: str, close: bool = False) -> Return:
    """Answers a query or a contest; `close` settles it, and leaves the line as it is."""
    query = _query(returned, key)
    answered = query.model_copy(update={"replies": (*query.replies, Reply(by=by, on=on, text=text))})
    if not close:
        return _with_query(returned, answered)
    closed = _with_query(returned, answered.model_copy(update={"closed_by": by, "closed_on": on}))
    return _uncontested(closed, query.line) if query.contests else closed


def accept(returned: Return, key: str, *, by: str, on: str) -> Return:
    """Accepts an adjustment, a proposed one coming into effect; or the partner's amount of a contest."""
    if key.startswith("contest"):
        return _take_contested_amount(returned, _query(returned, key), by=by, on=on)
    change = _change(returned, key)
    if change.standing == "proposed":
        return _agree(returned, change, by=by, on=on)
    if not change.is_in_effect:
        raise StudyError(f"{key} was reversed on {change.decided_on}.", remedy="Make the change anew: `adjust`.")
    return _decided(returned, (key,), standing="accepted", by=by, on=on)


def accept_finding(returned: Return, code: str, *, reason: str, by: str, on: str) -> tuple[Return, int]:
    """Accepts what the findings of this code tell of the ledger, with a reason; gives how many there were.

    An acceptance counts while the finding reads the same. Raises StudyError for a code that cannot be accepted, and
    where there is no such finding, and without a reason.
    """
    open_ones = [one for one in returned.findings if one.code == code and one.severity is Severity.ERROR]
    told = {one.told for one in returned.review.accepted}
    new = [one for one in dict.fromkeys(open_ones) if one.text() not in told]
    if code not in ACCEPTABLE or not new:
        waiting = sorted({one.code for one in returned.findings if one.code in ACCEPTABLE and one.text() not in told})
        raise StudyError(f"There is no '{code}' to accept.", remedy=_listed(waiting))
    if not reason.strip():
        raise StudyError(f"{code} is accepted with a reason.", remedy="Say it: --reason TEXT.")
    made = [Acceptance(code=code, told=one.text(), by=by, on=on, reason=reason) for one in new]
    return _reviewed(returned, accepted=(*returned.review.accepted, *made)), len(made)


def reverse(returned: Return, key: str, *, reason: str, by: str, on: str) -> Return:
    """Takes an adjustment back, with the totals that followed it. Raises StudyError when later ones build on it."""
    change = _change(returned, key)
    if change.standing == "reversed":
        raise StudyError(f"{key} is reversed already.")
    followers = [one.key for one in returned.review.adjustments if one.rule == FOLLOWS + key and one.is_in_effect]
    taken_back = _decided(returned, (key, *followers), standing="reversed", by=by, on=on, why=reason)
    later = [one.key for one in taken_back.review.in_effect if _builds_on(one, change, returned)]
    try:
        apply_adjustments(taken_back.costs, taken_back.review.adjustments)
    except StudyError:
        raise StudyError(f"{key} cannot be reversed alone.", remedy=f"Reverse {', '.join(later)} first.") from None
    return taken_back


def delegate(returned: Return, section: str, *, to: str, by: str, on: str) -> Return:
    """Gives a section of the return (a head of the service list) to somebody; an earlier delegation of it ends."""
    heads = [one.code for one in services(level=1)]
    if section not in heads:
        raise StudyError(f"'{section}' is no section of a return.", remedy=suggest(section, heads) or _listed(heads))
    ended = tuple(
        one.model_copy(update={"done_on": on}) if one.section == section and not one.done_on else one
        for one in returned.review.delegations
    )
    return _reviewed(returned, delegations=(*ended, Delegation(section=section, to=to, by=by, on=on)))


def finish(returned: Return, section: str, *, on: str) -> Return:
    """Marks a delegated section as done. Raises StudyError when nobody has it."""
    if all(one.section != section or one.done_on for one in returned.review.delegations):
        raise StudyError(f"Nobody has the section '{section}' in hand.", remedy="Delegate it first.")
    done = tuple(
        one.model_copy(update={"done_on": on}) if one.section == section and not one.done_on else one
        for one in returned.review.delegations
    )
    return _reviewed(returned, delegations=done)


def carried_over(review: Review, costs: pl.DataFrame, *, on: str) -> Review:
    """The review of a return whose lines were sent anew: adjustments that no longer fit are reversed, and say why.

    Queries and delegations stay; a contest on a line that is gone is closed by nobody and still has to be settled.
    """
    kept: list[Adjustment] = []
    for one in review.adjustments:
        gone = one.is_in_effect and bool(stale(costs, [*kept, one]))
        why = {"standing": "reversed", "decided_on": on, "decided_why": "the lines were sent anew"}
        kept.append(one.model_copy(update=why) if gone else one)
    return review.model_copy(update={"adjustments": tuple(kept)})


def _carried_on(costs: pl.DataFrame, line: str) -> Iterator[tuple[str, int]]:
    """The single lines that include this one, each with the sign that its amount has there."""
    row = costs.filter(pl.col("key") == line).row(0, named=True)
    code, measure = row["service"], row["measure"]
    for place in dict.fromkeys((code, code.split(".")[0], "total")):
        for total, sign in {measure: 1, **_totals_of(measure)}.items():
            found = costs.filter(
                (pl.col("year") == row["year"]) & (pl.col("service") == place) & (pl.col("measure") == total)
            )["key"].to_list()
            if len(found) == 1 and found[0] != line:
                yield found[0], sign


def _was_right(costs: pl.DataFrame, line: str, change: int) -> bool:
    """True when the total of the line's service agrees better with its parts after the change than before; pence."""
    row = costs.filter(pl.col("key") == line).row(0, named=True)
    place = costs.filter((pl.col("year") == row["year"]) & (pl.col("service") == row["service"]))
    for total, parts in PARTS.items():
        stated_total = place.filter(pl.col("measure") == total)["amount_pence"].drop_nulls()
        if row["measure"] in parts and len(stated_total):
            gap = int(stated_total.sum()) - int(place.filter(pl.col("measure").is_in(parts))["amount_pence"].sum())
            return abs(gap - change) < abs(gap)
    return False


def _totals_of(measure: str) -> dict[str, int]:
    """The totals that a measure is part of: income counts against the net."""
    spent, received = PARTS["total_expenditure"], PARTS["total_income"]
    if measure in spent:
        return {"total_expenditure": 1, "net_current_expenditure": 1}
    if measure in received:
        return {"total_income": 1, "net_current_expenditure": -1}
    return {"total_expenditure": {"net_current_expenditure": 1}, "total_income": {"net_current_expenditure": -1}}.get(
        measure, {}
    )


def _take_contested_amount(returned: Return, query: Query, *, by: str, on: str) -> Return:
    if query.amount is None:
        raise StudyError(f"{query.key} names no amount.", remedy="Adjust the line, then close the contest by a reply.")
    closed = _with_query(returned, query.model_copy(update={"closed_by": by, "closed_on": on}))
    calm = _uncontested(closed, query.line)
    return adjust(calm, query.line, to=Stated(amount=query.amount), reason=query.text, by=by, on=on, rule=query.key)[0]


def _agree(returned: Return, proposed: Adjustment, *, by: str, on: str) -> Return:
    """Brings a proposal into effect, after everything that was changed before, together with what follows it."""
    costs = apply_adjustments(returned.costs, returned.review.adjustments)
    has_parts = address(costs, proposed.line).whole
    now = stated(costs, f"{proposed.line}{FIRST_PART}" if has_parts and not proposed.whole else proposed.line)
    if now != proposed.before:
        remedy = "Reverse the proposal, then look at the line again."
        raise StudyError(
            f"{proposed.key} was proposed when the line was {proposed.before}; it is {now}.", remedy=remedy
        )
    agreed = proposed.model_copy(update={"standing": "accepted", "decided_by": by, "decided_on": on})
    rest = tuple(one for one in returned.review.adjustments if one.key != proposed.key)
    more = _followers(returned, agreed, number=len(returned.review.adjustments) + 1)
    return _reviewed(returned, adjustments=(*rest, agreed, *more))


def _followers(returned: Return, first: Adjustment, *, number: int) -> tuple[Adjustment, ...]:
    """The same change of every total that includes the line.

    None where an amount appears or goes, and none where the change brings the parts nearer to a total that was right.
    """
    if first.before.amount is None or first.after.amount is None:
        return ()
    now = apply_adjustments(returned.costs, returned.review.adjustments)
    change = first.after.amount - first.before.amount
    if _was_right(now, first.line, to_pence(change)):
        return ()
    totals = [(key, sign, stated(now, key)) for key, sign in _carried_on(now, first.line)]
    known = [(key, before, before.amount + sign * change) for key, sign, before in totals if before.amount is not None]
    return tuple(
        first.model_copy(
            update={"key": f"change-{number + count}", "line": key, "whole": False, "before": before,
                    "after": Stated(amount=amount), "rule": FOLLOWS + first.key}
        )
        for count, (key, before, amount) in enumerate(known)
    )  # fmt: skip


def _numbered(review: Review) -> str:
    return f"change-{len(review.adjustments) + 1}"


def _uncontested(returned: Return, line: str) -> Return:
    rows = _rows_meant(returned, line)
    changes = tuple(
        one.model_copy(update={"standing": "applied"}) if one.line in rows and one.standing == "contested" else one
        for one in returned.review.adjustments
    )
    return _reviewed(returned, adjustments=changes)


def _decided(returned: Return, keys: Sequence[str], *, standing: str, by: str, on: str, why: str = "") -> Return:
    decision = {"standing": standing, "decided_by": by, "decided_on": on, "decided_why": why}
    changes = tuple(one.model_copy(update=decision) if one.key in keys else one for one in returned.review.adjustments)
    return _reviewed(returned, adjustments=changes)


def _builds_on(one: Adjustment, change: Adjustment, returned: Return) -> bool:
    order = [each.key for each in returned.review.adjustments]
    same_line = one.line in set(parts_of(returned.costs, change.line)["key"])
    return same_line and order.index(one.key) > order.index(change.key)


def _rows_meant(returned: Return, line: str) -> frozenset[str]:
    """The keys of the rows that a query means; none where a new file has the line no more."""
    try:
        meant = address(returned.costs, line)
    except StudyError:
        return frozenset()
    return frozenset(rows_meant(returned.costs, meant.key, whole=meant.whole)["key"])


def _with_query(returned: Return, query: Query) -> Return:
    queries = tuple(query if one.key == query.key else one for one in returned.review.queries)
    return _reviewed(returned, queries=queries)


def _reviewed(returned: Return, **changes: object) -> Return:
    fields = {name: getattr(returned.review, name) for name in Review.model_fields} | changes
    return replace(returned, review=Review(**fields))


def _query(returned: Return, key: str) -> Query:
    for one in returned.review.queries:
        if one.key == key:
            if not one.is_open:
                raise StudyError(f"{key} was closed by {one.closed_by} on {one.closed_on}.", remedy="Ask anew.")
            return one
    raise StudyError(f"There is no '{key}'.", remedy=_listed(one.key for one in returned.review.open_queries))


def _change(returned: Return, key: str) -> Adjustment:
    for one in returned.review.adjustments:
        if one.key == key:
            return one
    raise StudyError(f"There is no '{key}'.", remedy=_listed(one.key for one in returned.review.adjustments))


def _next_key(returned: Return, word: str) -> str:
    """Queries and contests are numbered apart: the first contest is contest-1, whatever was asked before."""
    numbers = [one.key.removeprefix(f"{word}-") for one in returned.review.queries if one.key.startswith(f"{word}-")]
    return f"{word}-{max((int(number) for number in numbers if number.isdigit()), default=0) + 1}"


def _listed(keys: Iterable[str]) -> str:
    known = ", ".join(keys)
    return f"There are: {known}." if known else "There are none."
