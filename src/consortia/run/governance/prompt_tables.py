"""The questions that others' experience puts to a consortium, with the answers that partners have given."""

from __future__ import annotations

from collections.abc import Iterable

from consortia.findings import Finding, Severity
from consortia.reference.review_prompts import Prompt, prompts
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, msgid, say
from consortia.study import Definition, Text
from consortia.study.prompts import PromptAnswer

TITLES = {
    "shared_post": msgid("What others learned of sharing a chief executive"),
    "coalition": msgid("What others learned of coalitions of the willing"),
    "lessons": msgid("What others learned of working together"),
}


def prompt_tables(definition: Definition) -> list[Table]:
    """A table for each kind of question; those on shared posts only where one is shared."""
    kinds = dict.fromkeys(one.kind for one in prompts())
    wanted = [kind for kind in kinds if kind != "shared_post" or definition.partnership.shared_posts]
    return [_table(kind, definition) for kind in wanted]


def prompt_findings(definition: Definition) -> Iterable[Finding]:
    """A note on answers to questions that there are none of."""
    known = {one.code for one in prompts()}
    strange = [one.prompt for one in definition.partnership.answers if one.prompt not in known]
    if strange:
        yield Finding(
            "no-such-prompt",
            Severity.WARNING,
            "There are no questions {codes}; their answers are not shown.",
            "`consortia reference review_prompts` lists the questions.",
            values=(("codes", ", ".join(strange)),),
        )


def _table(kind: str, definition: Definition) -> Table:
    answers = {one.prompt: one for one in definition.partnership.answers}
    return Table(
        f"prompts_{kind}",
        TITLES[kind],
        msgid("Questions for a review, with the last answer to each."),
        (
            Column("question", msgid("Question")),
            Column("answer", msgid("Answer")),
            Column("by", msgid("Answered by")),
        ),
        tuple(_row(one, answers.get(one.code)) for one in prompts() if one.kind == kind),
        (msgid("The questions are ours, from lessons that others reported: `consortia reference review_prompts`."),),
    )


def _row(one: Prompt, answer: PromptAnswer | None) -> tuple[Cell, ...]:
    question = Text(en=one.text, cy=one.text_cy)
    if answer is None:
        return question, msgid("Not answered yet"), Absent.NOT_APPLICABLE
    return question, answer.answer, say(msgid("{by}, {day}"), by=answer.by, day=answer.on) if answer.on else answer.by
