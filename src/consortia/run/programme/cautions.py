"""The cautions about projects in short, for a paper's front and the workbook's summary; each leads to its detail.

What is not in the figures comes first, then what is to be settled before anybody relies on them; what has no short form
here is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consortia.findings import Finding, Severity
from consortia.report.words import Link, Message, finding_anchor, msgid, say, say_count
from consortia.run.priority_limits import BEYOND, limit_findings
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.own_record import behind_findings
from consortia.run.programme.repayments import owed_findings
from consortia.run.programme.stated_tables import stated_findings
from consortia.study import Definition, Text
from consortia.study.finding_titles import in_titles

NAMED = 6
"""More projects than this are counted in a short sentence, not named."""
LEFT_OUT = msgid("Not in the figures: {what} ({projects}).")
TO_SETTLE = msgid("To be settled: {what} ({projects}).")
NO_SET = msgid("To be settled: {what}, by £{over}; no set of projects keeps the limits.")
BEST_SET = msgid("To be settled: {what}, by £{over}; the best set that keeps the limits is {best}, worth £{worth} net.")
NOT_THERE: Mapping[str, str] = {
    "strain-unknown": msgid("pension strain for which no fund has been asked"),
    "posts-end-unpaid": msgid("redundancy of people whose posts end"),
    "meets-nothing": msgid("savings for which their budget line has no room"),
    "beyond-the-horizon": msgid("amounts after the last year that is appraised"),
    "outside-its-years": msgid("amounts of years in which nothing has begun, or all has ended"),
    "ends-before-it-starts": msgid("what would end before it begins"),
    "after-the-horizon": msgid("what starts after the last year that is appraised"),
    "taken-as-stated": msgid("any allowance for shortfall or delay"),
}
"""What a finding of each code leaves out, in the order in which it is told."""
DOUBTFUL: Mapping[str, str] = {
    "redundancy-unfunded": msgid("redundancy that no money is named for"),
    "funding-short": msgid("a cost that the money named for it does not cover"),
    "cost-stops": msgid("a cost that stops while the savings go on"),
    "behind-its-forecast": msgid("less delivered so far than the forecast takes"),
    "fund-still-owed": msgid("a fund that is still owed something in the last year"),
    "shortfall-paid-twice": msgid("one shortfall that two terms pay for"),
    "below-minimum-scale": msgid("a size too small to be worth beginning"),
    "unit-rate": msgid("a saving per unit far above what a unit is known to cost"),
    "leaving-too-early": msgid("leavers who go before notice can be over"),
    "leaving-outside-its-year": msgid("leavers who go in another year than they are paid in"),
    "count-uneven": msgid("parts that do not add up to their total"),
}
"""What a finding of each code leaves open."""


def findings_of(found: Appraised, *, file: str = "study.yaml") -> tuple[Finding, ...]:
    """Everything that was found about the projects: as they were appraised, in their figures, in what stands beside."""
    of_figures = in_titles((*owed_findings(found, file=file), *behind_findings(found, file=file)), found.definition)
    beyond = limit_findings(found, file=file)
    return (*found.compiled.findings, *of_figures, *beyond, *stated_findings(found.definition, file=file))


def project_cautions(findings: Sequence[Finding], definition: Definition) -> tuple[Message, ...]:
    """Short sentences on the cautions among the findings of projects; those without a short form are counted."""
    shorts = [*_shorts(findings, definition, LEFT_OUT, NOT_THERE), *_shorts(findings, definition, TO_SETTLE, DOUBTFUL)]
    short = {BEYOND, *NOT_THERE, *DOUBTFUL}
    others = [one for one in findings if one.severity is Severity.WARNING and one.code not in short]
    counted = say_count(
        msgid("There is {count} other caution about the projects."),
        msgid("There are {count} other cautions about the projects."),
        len(others),
    )
    return (*_beyond(findings), *shorts, *((counted,) if others else ()))


def _beyond(findings: Iterable[Finding]) -> Iterator[Message]:
    """How far the projects carried out exceed each limit, and the set that keeps them all, where one does."""
    for one in (each for each in findings if each.code == BEYOND):
        what = Link(msgid("projects that cost more than the study allows"), finding_anchor(BEYOND))
        english, welsh = one.filled("en"), one.filled("cy")
        over = english["over"]
        if "set" not in english:
            yield say(NO_SET, what=what, over=over)
        else:
            best, worth = Text(en=english["set"], cy=welsh["set"]), english["worth"]
            yield say(BEST_SET, what=what, over=over, best=best, worth=worth)


def _shorts(
    findings: Iterable[Finding], definition: Definition, sentence: str, codes: Mapping[str, str]
) -> Iterator[Message]:
    titles = {project.key: project.title for project in definition.projects}
    projects: dict[str, dict[Text, None]] = {}
    for one in findings:
        if one.code in codes and (title := titles.get(_project_of(one))):
            projects.setdefault(one.code, {})[title] = None
    for code in (one for one in codes if one in projects):
        yield say(sentence, what=Link(codes[code], finding_anchor(code)), projects=_named(tuple(projects[code])))


def _named(titles: tuple[Text, ...]) -> tuple[Text, ...] | Message:
    """The projects, named where they are few."""
    if len(titles) <= NAMED:
        return titles
    return say_count(msgid("{count} project"), msgid("{count} projects"), len(titles))


def _project_of(finding: Finding) -> str:
    """The key of the project in which a finding lies; empty where it lies in none."""
    steps = finding.place.cell.split(".") if finding.place else []
    return steps[1] if steps[:1] == ["projects"] and len(steps) > 1 else ""
