"""The first screen of a paper in plain words: what is proposed, gain, cost, risk, who gains, and the catch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from consortia.report.paper import PaperContent, Summary
from consortia.report.project_headline import (
    cost_of_projects,
    gain_of_projects,
    proposal_of_projects,
    risk_of_projects,
)
from consortia.report.project_summary import ProjectSummary
from consortia.report.words import Absent, Kind, Link, Message, Quantity, msgid, say, say_count
from consortia.study.definition import Text

NAMED = 6
"""More services or partners than this are counted on the first screen, not named."""
CATCH = (
    say(msgid("Each council gives up some control: a shared service is steered together or by a lead authority.")),
    say(
        msgid(
            "Savings from sharing are often promised and seldom proved: the largest study of English councils "
            "(2008 to 2016) found that sharing back-office work did not go with lower administrative spending. "
            "The ranges used here are sceptical for that reason, and most of them are judgement."
        )
    ),
)


COUNTED_TOGETHER = msgid(
    "The tables of this section count the partners' own projects together with the services to be shared, so that no "
    "pound of a budget line is saved twice. What each would be by itself stands at the front of this paper."
)
NOTHING_SHARED = msgid(
    "No service is to be shared as the study stands: what partners would gain, their cash flow, ways to share a gain "
    "and whether groups hold are left out here."
)
WHERE = say(
    msgid("Each stands with its place, and what to do about it, under {where}."),
    where=Link(msgid("What was found in the data"), "findings"),
)
STATED = say(
    msgid(
        "What a project saves and costs is as its partners state it. How much of such plans is delivered rests on a "
        "record of other councils, of all kinds of savings, up to 2013."
    )
)


@dataclass(frozen=True, slots=True)
class Headline:
    """Sentences for each question that a member asks first."""

    proposal: tuple[Message, ...]
    gain: tuple[Message, ...]
    cost: tuple[Message, ...]
    risk: tuple[Message, ...]
    gainers: tuple[Message, ...]
    catch: tuple[Message, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Message, ...]], ...]:
        """Each question with its answer, in the order of the paper."""
        return (
            (msgid("What is proposed"), self.proposal),
            (msgid("What would be gained"), self.gain),
            (msgid("What it costs first"), self.cost),
            (msgid("The risk"), self.risk),
            (msgid("Who gains and who pays"), self.gainers),
            (msgid("The catch"), self.catch),
        )


def headline(content: PaperContent) -> Headline:
    """The first screen of a paper, from its summary: of sharing, and of the partners' own projects beside it."""
    summary = content.summary
    if not summary.shared:
        sharing = _nothing_to_share(summary)
    else:
        sharing = Headline(
            proposal=_proposal(summary),
            gain=_gain(content),
            cost=_cost(content),
            risk=_risk(content),
            gainers=_gainers(content, summary.gainers, summary.losers),
            catch=CATCH,
        )
    told = _with_projects(sharing, content, content.own) if content.own else sharing
    # Before anything is proposed: whether what it rests on may be relied on at all.
    return replace(told, proposal=(*summary.unfit, *told.proposal))


def projects_first(content: PaperContent) -> bool:
    """Whether the projects come before the services: where no service is to be shared they are all that is proposed."""
    return content.own is not None and not content.summary.shared


def _with_projects(sharing: Headline, content: PaperContent, own: ProjectSummary) -> Headline:
    """Sharing first, then the partners' own projects; who gains is told of the whole."""
    told = sharing if content.summary.shared else Headline(sharing.proposal, (), (), (), (), ())
    return Headline(
        proposal=(*told.proposal, *proposal_of_projects(own)),
        gain=(*told.gain, *gain_of_projects(content, own)),
        cost=(*told.cost, *cost_of_projects(content, own)),
        risk=(*told.risk, *risk_of_projects(own)),
        gainers=_gainers(content, own.gainers, own.losers),
        catch=(*told.catch, *own.cautions, *((WHERE,) if own.cautions else ()), STATED),
    )


def _nothing_to_share(summary: Summary) -> Headline:
    proposal = say_count(
        msgid("{count} service was examined, and sharing it is not worth proposing. The proposal is to share nothing."),
        msgid("{count} services were examined, and sharing any of them is not worth proposing. "
              "The proposal is to share nothing."),
        summary.services_considered,
    ) if summary.services_considered else say(msgid("No service was examined for sharing."))  # fmt: skip
    none = (say(msgid("Nothing: today's arrangements go on.")),)
    catch = say(msgid("Better figures from the partners may change this answer; the reasons stand in the table below."))
    risk = say(msgid("None: without a shared service there is nothing to lose by one."))
    gainers = say(msgid("Nobody gains and nobody pays: each council goes on by itself."))
    return Headline((proposal,), none, none, (risk,), (gainers,), (catch,))


def _proposal(summary: Summary) -> tuple[Message, ...]:
    share = say_count(
        msgid("Share {count} service: {services}."),
        msgid("Share {count} services: {services}."),
        len(summary.shared),
        services=summary.shared,
    )
    if not summary.not_shared:
        return (share,)
    if len(summary.not_shared) > NAMED:
        rest = msgid("Do not share the other services examined, {count} of them; the table gives the reasons.")
        return (share, say(rest, count=len(summary.not_shared)))
    keep = say_count(
        msgid("Do not share {count} other service that was examined: {services}."),
        msgid("Do not share {count} other services that were examined: {services}."),
        len(summary.not_shared),
        services=summary.not_shared,
    )
    return (share, keep)


def _gain(content: PaperContent) -> tuple[Message, ...]:
    summary = content.summary
    beside = msgid(
        "Sharing services by itself, all partners: {middle} net over {years} years in the middle view, {low} in a "
        "cautious view and {high} in a hopeful view (present value, {year} prices)."
    )
    only = msgid(
        "All partners together: {middle} net over {years} years in the middle view, {low} in a cautious view and "
        "{high} in a hopeful view (present value, {year} prices)."
    )
    whole = say(
        beside if content.own else only,
        middle=_quantity(summary, "middle"),
        low=_quantity(summary, "low"),
        high=_quantity(summary, "high"),
        years=content.horizon_years,
        year=content.base_year,
    )
    each_year = say(
        msgid(
            "Once everything is in place, the saving is {saving} a year before the cost of working together (central "
            "case, {year} prices)."
        ),
        saving=_quantity(summary, "saving"),
        year=content.base_year,
    )
    return (whole, each_year)


def _cost(content: PaperContent) -> tuple[Message, ...]:
    summary = content.summary
    setup = say(
        msgid("Setting up costs {setup} (central case, {year} prices, not discounted)."),
        setup=_quantity(summary, "setup"),
        year=content.base_year,
    )
    if summary.payback is Absent.NEVER:
        return (setup, say(msgid("The savings do not pay this back within the period.")))
    if not isinstance(summary.payback, int | float):
        return (setup, say(msgid("When the savings will have paid this back is not known.")))
    back = say(
        msgid("The savings have paid this back {payback} years after the base year."),
        payback=_quantity(summary, "payback", "years"),
    )
    return (setup, back)


def _risk(content: PaperContent) -> tuple[Message, ...]:
    summary = content.summary
    chance = say(
        msgid("The chance that sharing by itself ends with a net loss for all partners together is {chance}.")
        if content.own
        else msgid("The chance that all partners together end with a net loss is {chance}."),
        chance=_quantity(summary, "chance_of_loss", "drawn"),
    )
    if not summary.unstable:
        return (chance,)
    unstable = say(
        msgid("Some groups may not hold, because partners would do better by leaving: {services}."),
        services=summary.unstable,
    )
    return (chance, unstable)


def _gainers(content: PaperContent, gainers: tuple[Text, ...], losers: tuple[Text, ...]) -> tuple[Message, ...]:
    told = []
    if len(gainers) == len(content.partners):
        return (say(msgid("Every partner gains in the central case.")),)
    if gainers:
        told.append(say(msgid("Gain in the central case: {partners}."), partners=gainers))
    if losers:
        told.append(say(msgid("Pay more than they gain in the central case: {partners}."), partners=losers))
    else:
        told.append(say(msgid("No partner pays more than it gains in the central case.")))
    return tuple(told)


def _quantity(summary: Summary, name: str, kind: Kind = "money") -> Quantity:
    return Quantity(getattr(summary, name), kind, summary.keys.get(name, ""))
