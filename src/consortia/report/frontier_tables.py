"""Frontiers in words: how far the councils of a nation lie from the best by two methods, and what that does not say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from consortia.benchmarking import Envelopment, Frontier, Refused
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.study.definition import Text

STOCHASTIC = msgid("Stochastic frontier")
CONSTANT = msgid("Data envelopment, constant returns")
VARIABLE = msgid("Data envelopment, variable returns")
TITLE = msgid("How far from the frontier: {service}")
CAPTION = msgid(
    "The part of its cost that each council would have at the frontier, from {edition}; quarter by quarter over "
    "{count} councils."
)
NO_SAVING = msgid(
    "A part below 100% is no saving that waits to be made: whatever is not {per} or area counts as waste here, need, "
    "quality, income of the area and ways of accounting among it. Never add it up, never rank by it, set no target."
)
TWO_METHODS = msgid("Where the two methods differ widely, neither is to be relied on.")
INEFFICIENCY = msgid("Of what the stochastic frontier leaves unexplained, {part} looks like inefficiency.")
SINGLE_TIER = msgid("Only single-tier councils: counties and districts each do a part of this service.")
REFUSED = msgid("{method}: not done. {reason}")
METHOD_NOTE = msgid("{method}: {note}")


@dataclass(frozen=True, slots=True)
class FrontierWords:
    """What the frontiers are about; `names` in the order of the scores, `asked` the places of councils to be shown."""

    service: Text
    edition: str
    year: str
    per: Text
    names: tuple[Text, ...]
    asked: tuple[int, ...]
    is_single_tier: bool


def frontier_table(stochastic: Frontier | Refused, envelopment: Envelopment | Refused, words: FrontierWords) -> Table:
    """One row for each method that could be done, with the councils asked for; shares of the own cost."""
    methods = tuple(_methods(stochastic, envelopment))
    columns = (
        Column("method", msgid("Method")),
        Column("first", msgid("A quarter lie below"), "percent"),
        Column("median", msgid("Half lie below"), "percent"),
        Column("third", msgid("Three quarters lie below"), "percent"),
        *(Column(f"council{place}", words.names[place], "percent") for place in words.asked),
    )
    return Table(
        key="frontier",
        title=say(TITLE, service=words.service),
        caption=say(CAPTION, edition=words.edition, count=len(words.names)),
        columns=columns,
        rows=tuple(_cells(method, scores, words.asked) for method, scores in methods),
        notes=tuple(_notes(stochastic, envelopment, words)),
        period=words.year,
    )


def _methods(
    stochastic: Frontier | Refused, envelopment: Envelopment | Refused
) -> Iterable[tuple[str, Sequence[float] | None]]:
    yield STOCHASTIC, None if isinstance(stochastic, Refused) else stochastic.efficiencies
    done = None if isinstance(envelopment, Refused) else envelopment
    yield CONSTANT, [each.score for each in done.constant] if done else None
    yield VARIABLE, [each.score for each in done.variable] if done else None


def _cells(method: str, scores: Sequence[float] | None, asked: Sequence[int]) -> tuple[Cell, ...]:
    if scores is None:
        return (method, *([Absent.NOT_APPLICABLE] * (3 + len(asked))))
    quarters = (float(each) for each in np.quantile(scores, [0.25, 0.5, 0.75]))
    return (method, *quarters, *(scores[place] for place in asked))


def _notes(stochastic: Frontier | Refused, envelopment: Envelopment | Refused, words: FrontierWords) -> Iterable[Words]:
    yield say(NO_SAVING, per=words.per)
    if isinstance(stochastic, Refused):
        yield say(REFUSED, method=STOCHASTIC, reason=_reason(stochastic))
    else:
        yield say(INEFFICIENCY, part=Quantity(stochastic.gamma, "percent"))
        yield from (say(METHOD_NOTE, method=STOCHASTIC, note=note) for note in stochastic.caveats)
    if isinstance(envelopment, Refused):
        yield say(REFUSED, method=VARIABLE, reason=_reason(envelopment))
    else:
        yield from (say(METHOD_NOTE, method=VARIABLE, note=note) for note in envelopment.caveats)
        yield TWO_METHODS
    if words.is_single_tier:
        yield SINGLE_TIER


def _reason(refused: Refused) -> Words:
    return say(refused.sentence, **dict(refused.values))
