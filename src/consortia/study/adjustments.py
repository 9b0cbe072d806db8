"""Adjustments applied to cost lines and taken back: the exact inverse of each other, the lines as sent stay kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from consortia.errors import StudyError
from consortia.findings import Finding, Severity
from consortia.money import from_pence, to_pence
from consortia.study.line_parts import address, parts_of, rows_meant
from consortia.study.review import Adjustment, Stated, Status

# Lines that exist only because of an adjustment; the bridge shows them as a step of their own.
PREFIX = "adjustment:"
ANEW = "Reverse the adjustment (`consortia reverse`), then make it anew."


def apply_adjustments(costs: pl.DataFrame, adjustments: Iterable[Adjustment]) -> pl.DataFrame:
    """The cost lines after the adjustments that are in effect, one upon the other; nominal pence.

    Raises StudyError where an adjustment names no line, or does not find what it says stood there before.
    """
    return _changed(costs, [one for one in adjustments if one.is_in_effect])


def take_back(costs: pl.DataFrame, adjustments: Iterable[Adjustment]) -> pl.DataFrame:
    """The cost lines before the adjustments: the exact inverse of `apply_adjustments`, the last one first."""
    in_effect = [one for one in adjustments if one.is_in_effect]
    inverse = [one.model_copy(update={"before": one.after, "after": one.before}) for one in reversed(in_effect)]
    return _changed(costs, inverse)


def for_the_bridge(costs: pl.DataFrame, adjustments: Sequence[Adjustment]) -> pl.DataFrame:
    """The adjusted lines with what was sent and what was changed on rows apart, so that the bridge shows both.

    A line whose amount changes keeps its amount and gets a row with the difference; a line that had no amount gets one
    under the adjustment's key; one that lost its amount states that. The sums are those of `apply_adjustments`.
    """
    in_effect = [one for one in adjustments if one.is_in_effect]
    if not in_effect:
        return costs
    lines = pl.col("key").replace_strict({one.line: one.key for one in in_effect}, default=None)
    both = apply_adjustments(costs, in_effect).with_columns(
        costs["amount_pence"].alias("sent"), pl.int_range(pl.len()).alias("number"), change=lines
    )
    is_changed = pl.col("change").is_not_null() & (pl.col("amount_pence") != pl.col("sent")).fill_null(False)
    is_new = pl.col("change").is_not_null() & pl.col("sent").is_null() & pl.col("amount_pence").is_not_null()
    as_sent = pl.when(is_changed).then("sent").otherwise("amount_pence")
    unchanged = both.filter(~is_new).with_columns(amount_pence=as_sent)
    added = both.filter(is_changed | is_new).with_columns(
        key=pl.concat_str(pl.lit(PREFIX), "change", pl.lit("/"), "key"),
        heading=pl.col("change").replace_strict({one.key: _told(one) for one in in_effect}),
        amount_pence=pl.col("amount_pence") - pl.col("sent").fill_null(0),
    )
    return pl.concat([unchanged, added]).sort("number", maintain_order=True).select(costs.columns)


def stale(costs: pl.DataFrame, adjustments: Iterable[Adjustment]) -> tuple[Finding, ...]:
    """A finding when adjustments no longer fit the lines, as after a partner sent a new file."""
    try:
        apply_adjustments(costs, adjustments)
    except StudyError as error:
        return (
            Finding(
                "adjustment-stale",
                Severity.ERROR,
                "An adjustment does not fit the return: {fault}",
                "Reverse it, then make it anew.",
                values=(("fault", error.what),),
            ),
        )
    return ()


def stated(costs: pl.DataFrame, line: str) -> Stated:
    """What a line states, all its parts together; not known where one of several parts is not.

    Raises StudyError when the return has no such line.
    """
    meant = address(costs, line)
    rows = rows_meant(costs, meant.key, whole=meant.whole)
    return _together(rows["amount_pence"].to_list(), rows["status"].to_list())


def _told(one: Adjustment) -> str:
    return f"{one.key} by {one.by}, {one.on}: {one.before} to {one.after}. {one.reason}"


def _changed(costs: pl.DataFrame, adjustments: Sequence[Adjustment]) -> pl.DataFrame:
    """Each adjustment in turn; every one must find the state that it was made from."""
    if not adjustments:
        return costs
    keys = costs["key"].to_list()
    rows = {key: number for number, key in enumerate(keys)}
    amounts: list[Any] = costs["amount_pence"].to_list()
    statuses: list[Any] = costs["status"].to_list()
    for one in adjustments:
        if one.line not in rows:
            raise StudyError(f"{one.key} names the line '{one.line}', which the return does not have.", remedy=ANEW)
        number = rows[one.line]
        meant = [rows[key] for key in parts_of(costs, one.line)["key"]] if one.whole else [number]
        now = _together([amounts[each] for each in meant], [statuses[each] for each in meant])
        if now != one.before:
            raise StudyError(f"{one.key} changes '{one.line}' from {one.before}, but it is {now}.", remedy=ANEW)
        if one.whole:
            amounts[number] += _difference(one)
        else:
            amounts[number], statuses[number] = _pence(one.after), one.after.status
    return costs.with_columns(
        pl.Series("amount_pence", amounts, dtype=pl.Int64), pl.Series("status", statuses, dtype=pl.String)
    )


def _together(pence: Sequence[int | None], statuses: Sequence[Status]) -> Stated:
    """What rows state together: their sum where every one is known, else that it is not."""
    known = [each for each in pence if each is not None]
    if len(known) == len(pence):
        return Stated(amount=from_pence(sum(known)), status=statuses[0])
    return Stated(status=statuses[0] if len(set(statuses)) == 1 else "not_known")


def _difference(one: Adjustment) -> int:
    if one.before.amount is None or one.after.amount is None:
        raise StudyError(f"{one.key} changes a line of several parts to no amount.", remedy=ANEW)
    return to_pence(one.after.amount) - to_pence(one.before.amount)


def _pence(after: Stated) -> int | None:
    return None if after.amount is None else to_pence(after.amount)
