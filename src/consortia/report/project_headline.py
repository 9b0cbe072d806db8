"""The partners' own projects on the first screen of a paper: beside the sharing of services, and together with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consortia.report.project_summary import Outlook, ProjectSummary
from consortia.report.rows import Amount
from consortia.report.words import Kind, Message, Quantity, msgid, say, say_count

if TYPE_CHECKING:
    from consortia.report.paper import PaperContent

NAMED = 6
"""More projects than this are counted on the first screen, not named."""

HALF_A_POUND = 0.5
COST_AND_RUNNING = msgid(
    "The partners' own projects cost {one_off} once, and {running} a year to run by {last} (central case, {year} "
    "prices, not discounted)."
)
COST_ONCE = msgid(
    "The partners' own projects cost {one_off} once, and nothing a year to run by {last} (central case, {year} prices, "
    "not discounted)."
)
COST_NOTHING = msgid("The partners' own projects cost nothing once, and nothing to run by {last} (central case).")


def proposal_of_projects(own: ProjectSummary) -> tuple[Message, ...]:
    """What is asked for: the projects, named where they are few; not asked for where they break the study's limits."""
    if own.beyond:
        return (_carried_out(own), *own.beyond)
    if len(own.titles) > NAMED:
        return (say(msgid("Go ahead with the partners' own projects, {count} of them."), count=len(own.titles)),)
    return (
        say_count(
            msgid("Go ahead with {count} project of the partners' own: {projects}."),
            msgid("Go ahead with {count} projects of the partners' own: {projects}."),
            len(own.titles),
            projects=own.titles,
        ),
    )


def _carried_out(own: ProjectSummary) -> Message:
    if len(own.titles) > NAMED:
        many = msgid("The study carries out {count} projects of the partners' own. They do not keep its limits.")
        return say(many, count=len(own.titles))
    return say_count(
        msgid("The study carries out {count} project of the partners' own: {projects}. It does not keep the limits."),
        msgid("The study carries out {count} projects of the partners' own: {projects}. They do not keep its limits."),
        len(own.titles),
        projects=own.titles,
    )


def gain_of_projects(content: PaperContent, own: ProjectSummary) -> tuple[Message, ...]:
    """The projects by themselves and, where services are shared, both together."""
    alone = msgid(
        "The partners' own projects by themselves: {middle} net in the middle view, {low} in a cautious view and "
        "{high} in a hopeful view (present value over {years} years, {year} prices)."
    )
    both = msgid(
        "Sharing and projects together: {middle} net in the middle view, {low} in a cautious view and {high} in a "
        "hopeful view (present value over {years} years, {year} prices). What they would save on the same budget "
        "lines is counted once."
    )
    years, year = content.horizon_years, content.base_year
    told = say(alone, **_quantiles(own, own.own, "own"), years=years, year=year)
    if own.meeting is None:
        return (told, *own.aims)
    return (told, say(both, **_quantiles(own, own.together, "together"), years=years, year=year), *own.aims)


def cost_of_projects(content: PaperContent, own: ProjectSummary) -> tuple[Message, ...]:
    """What the projects cost once, and what they then cost every year."""
    once, running = _quantity(own, own.one_off, "one_off"), _quantity(own, own.running, "running")
    year = content.base_year
    if abs(own.running) >= HALF_A_POUND:
        return (say(COST_AND_RUNNING, one_off=once, running=running, last=own.last_year, year=year),)
    if abs(own.one_off) >= HALF_A_POUND:
        return (say(COST_ONCE, one_off=once, last=own.last_year, year=year),)
    return (say(COST_NOTHING, last=own.last_year),)


def risk_of_projects(own: ProjectSummary) -> tuple[Message, ...]:
    """The chance of a loss of the projects and, where services are shared, of the whole."""
    alone = _chance(own, own.own, "own")
    if own.meeting is None:
        return (
            say(msgid("The chance that the partners' own projects end with a net loss is {chance}."), chance=alone),
        )
    whole = _chance(own, own.together, "together")
    told = msgid(
        "The chance that the partners' own projects end with a net loss is {chance}; that of sharing and projects "
        "together is {whole}."
    )
    return (say(told, chance=alone, whole=whole),)


def _chance(own: ProjectSummary, outlook: Outlook, name: str) -> Quantity:
    """Counted in draws; known only where every draw comes to the same."""
    kind: Kind = "chance" if outlook.low == outlook.high else "drawn"
    return _quantity(own, outlook.chance_of_loss, f"{name}.chance_of_loss", kind)


def _quantiles(own: ProjectSummary, outlook: Outlook, name: str) -> dict[str, Quantity]:
    return {each: _quantity(own, getattr(outlook, each), f"{name}.{each}") for each in ("low", "middle", "high")}


def _quantity(own: ProjectSummary, value: Amount, name: str, kind: Kind = "money") -> Quantity:
    return Quantity(value, kind, own.keys.get(name, ""))
