"""The table of quality rules, in the order in which they are applied: what each says, what it asks, what it may mend.

Q1 to Q13 are those of the methods note, 12.4, after the editors of the 2014 survey of savings (DCLG 2014, appendix B);
R101 is what they removed because nobody could say what was meant. Only rules marked so mend by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from consortia.findings import Finding, Severity
from consortia.intake.quality import detections
from consortia.intake.quality.detections import Hit
from consortia.intake.quality.entries import Book


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `mends` marks those that are applied without asking; the others propose, or only ask."""

    id: str
    finds: Callable[[Book], Iterator[Hit]]
    finding: Finding
    mends: bool = False

    @property
    def severity(self) -> Severity:
        """How much a hit holds up."""
        return self.finding.severity


RULES = (
    Rule(
        "Q9", detections.other_that_is_listed,
        Finding("Q9", Severity.NOTE, "{partner}: '{title}' speaks of {named} and was put there.",
                "Reverse it if it is something else."), mends=True,
    ),
    Rule(
        "Q8", detections.future_actual,
        Finding("Q8", Severity.WARNING, "{partner}: an actual of {amount} for {title}; actuals end with {last}.",
                "It was taken out; give it when the year is over."), mends=True,
    ),
    Rule(
        "Q1", detections.zero_outside_remit,
        Finding("Q1", Severity.NOTE, "{partner} does not provide {title}: its zero was taken as Not provided.",
                "Reverse it if the council does run the service."), mends=True,
    ),
    Rule(
        "R101", detections.cannot_be_read,
        Finding("R101", Severity.WARNING, "{partner}: {amount} for {title} is over 200 times the median, {median}.",
                "Ask what was meant; taking it out is proposed."),
    ),
    Rule(
        "Q3", detections.looks_like_thousands,
        Finding("Q3", Severity.WARNING, "{partner}: {amount} for {title} looks like thousands: {evidence}.",
                "Times 1,000 is proposed; confirm it with the council."),
    ),
    Rule(
        "Q4", detections.negative_base,
        Finding("Q4", Severity.WARNING, "{partner}: a negative cost, {amount}, for {title}.",
                "Ask what it is; taking it out is proposed. Only planning and highways may go below zero."),
    ),
    Rule(
        "Q5", detections.negative_saving,
        Finding("Q5", Severity.ERROR, "{partner}: a negative saving, {amount}, for {title}.",
                "Confirm that the sign should be turned round, as proposed."),
    ),
    Rule(
        "Q6", detections.saving_above_base,
        Finding("Q6", Severity.ERROR, "{partner}: {amount} for {title} is more than the base of {base}.",
                "One of the two may be out by a factor of ten; ask which."),
    ),
    Rule(
        "Q2", detections.delivered_without_budget,
        Finding("Q2", Severity.NOTE, "{partner}: {delivered} was delivered where none was budgeted, {title}.",
                "Nothing to do: the zero is kept as a true zero."),
    ),
    Rule(
        "Q7", detections.delivered_as_budgeted,
        Finding("Q7", Severity.NOTE, "{partner}: {amount} for {title} is exactly what was budgeted, possibly assumed.",
                "Ask for the evidence; the figure is kept."),
    ),
    Rule(
        "Q10", detections.total_unlike_parts,
        Finding("Q10", Severity.WARNING, "{partner}: {amount} for {title} is over 0.5% off its parts, {parts}.",
                "Correct whichever is wrong."),
    ),
    Rule(
        "Q11", detections.sudden_change,
        Finding("Q11", Severity.WARNING, "{partner}: {amount} for {title} is {change} on the year before, {before}.",
                "Ask what changed: a transfer, a new rule, or a slip."),
    ),
    Rule(
        "Q12", detections.answered_once,
        Finding("Q12", Severity.WARNING, "{partner} and {other} returned the same amounts or have the same signatory.",
                "Ask whether one answer stands for both; then count it once."),
    ),
    Rule(
        "Q13", detections.narrative_unlike_number,
        Finding("Q13", Severity.WARNING, "{partner}: the words on {title} say {said}, the numbers {short} short.",
                "Show both, and ask which is right."),
    ),
)  # fmt: skip


def rule(id: str) -> Rule:
    """The rule of that id; ValueError when there is none."""
    for one in RULES:
        if one.id == id:
            return one
    raise ValueError(f"{id} is no quality rule")
