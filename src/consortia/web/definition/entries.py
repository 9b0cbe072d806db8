"""The plain forms of the commonest records: which fields they have, in which groups, with words of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from consortia.report.words import msgid
from consortia.study.estimates import Shape
from consortia.study.projects import CostKind
from consortia.web.definition.parts import Plain, Spot

Kind = Literal["text", "number", "area", "flag", "choice", "many", "years", "places"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: its place inside the record, its label, what is typed, and where its choices come from."""

    name: str
    label: str
    kind: Kind = "text"
    help: str = ""
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a heading."""

    title: str
    entries: tuple[Entry, ...]


KEY = Entry("key", msgid("Key"), help=msgid("A short name without spaces or full stops; other records name it so."))
TITLE = (Entry("title.en", msgid("Title in English")), Entry("title.cy", msgid("Title in Welsh")))
SOURCE = Entry("source", msgid("Source"), help=msgid("The document, with its page or cell."))
REASON = Entry("reason", msgid("Reason"), "area")
START = Entry("start", msgid("First year"), help=msgid("A financial year, such as 2027-28."))
YEARS_HELP = msgid("One year on each line: 2027-28: 120000")
RANGE = (
    Entry("low", msgid("Lowest value"), "number"),
    Entry("mode", msgid("Most likely value"), "number"),
    Entry("high", msgid("Highest value"), "number"),
)
SHAPES = get_args(Shape)
COST_KINDS = get_args(CostKind)


def range_of(name: str) -> tuple[Entry, ...]:
    """The fields of a range that stands at a place."""
    return tuple(Entry(f"{name}.{one.name}", one.label, "number") for one in RANGE)


def estimate(name: str, title: str) -> Group:
    """The fields of an estimate: one number or a range, with where it comes from."""
    return Group(
        title,
        (
            Entry(
                f"{name}.value", msgid("One value"), "number", msgid("Or a range below. A part may be written as 10%.")
            ),
            *range_of(name),
            Entry(f"{name}.shape", msgid("Shape of the range"), "choice", choices="shapes"),
            Entry(f"{name}.source", msgid("Source")),
            Entry(f"{name}.grade", msgid("Grade of the evidence, 1 best to 6"), "number"),
            Entry(f"{name}.reason", msgid("Reason")),
        ),
    )


WHAT, WORTH, TIMING, WHY = msgid("What it is"), msgid("What it is worth"), msgid("Timing"), msgid("Why")
INITIATIVE = (
    Group(
        WHAT,
        (
            KEY, *TITLE,
            Entry("service", msgid("Service"), "choice", choices="services"),
            Entry("level", msgid("Depth of working together"), "choice", choices="levels"),
        ),
    ),
    Group(
        msgid("Saving as a part of what can change; empty: the reference range"),
        (*range_of("saving"), Entry("addressable_share", msgid("Part of the spending that can change"), "number")),
    ),
    Group(TIMING, (Entry("maturity", msgid("How far the plan is"), "choice", choices="maturity"), START)),
    Group(
        WHY,
        (
            Entry("lever", msgid("How it saves"), "choice", choices="levers"),
            Entry("comparator", msgid("Case that reached more than the reference range")), REASON,
        ),
    ),
)  # fmt: skip
LINE = (
    Group(
        WHAT,
        (
            KEY, *TITLE,
            Entry("partner", msgid("Partner"), "choice", choices="partners"),
            Entry("service", msgid("Service"), "choice", choices="services"),
            Entry("amount", msgid("Pounds a year"), "number", msgid("Empty: taken from the partner's return.")),
            Entry("floor", msgid("Least that it can be, pounds a year"), "number"), SOURCE,
        ),
    ),
    estimate("growth", msgid("Growth of demand a year")),
    estimate("price_growth", msgid("Growth of prices a year beyond inflation")),
)  # fmt: skip
ASSUMPTION = (
    Group(
        WHAT,
        (
            Entry("key", msgid("Assumption"), "choice", choices="parameters"),
            Entry("value", msgid("One value"), "number", msgid("Or a range below. A part may be written as 10%.")),
            *range_of("range"),
        ),
    ),
    Group(
        WHY,
        (
            SOURCE, Entry("grade", msgid("Grade of the evidence, 1 best to 6"), "number"),
            Entry("reason", msgid("Reason"), "area"),
        ),
    ),
)  # fmt: skip
SCENARIO = (
    Group(
        WHAT,
        (
            KEY, Entry("title.en", msgid("Title in English")), TITLE[1],
            Entry(
                "overrides", msgid("Other values, by place"), "places",
                msgid("One on each line: projects.libraries.effects.counter.rate: 0.1"),
            ),
        ),
    ),
)  # fmt: skip
PROJECT = (
    Group(
        WHAT,
        (
            KEY, Entry("title.en", msgid("Title in English")), TITLE[1],
            Entry("owner", msgid("Who answers for it")),
            Entry("active", msgid("Part of the appraisal"), "flag"),
            Entry("service", msgid("Service"), "choice", choices="services"),
            Entry(
                "split", msgid("Weights by partner for what is on no line"), "places",
                msgid("One partner on each line: E07000117: 1"),
            ),
            Entry("prices", msgid("Prices of the amounts by year"), "choice", choices="prices"), SOURCE,
        ),
    ),
    Group(
        TIMING,
        (
            Entry("maturity", msgid("How far the plan is"), "choice", choices="project_maturity"), START,
            Entry("depends_on", msgid("Projects that must have started before it"), "many", choices="projects"),
            Entry("excludes", msgid("Projects that cannot be done beside it"), "many", choices="projects"),
            Entry("programme", msgid("Programme"), help=msgid("Projects of one team or platform fare alike.")),
        ),
    ),
    estimate("delivery", msgid("Part that is delivered, in place of what its maturity says")),
    estimate("delay_months", msgid("Months late, in place of what its maturity says")),
)  # fmt: skip
ON = (
    KEY, *TITLE,
    Entry("lines", msgid("Budget lines that it falls on"), "many", choices="lines"),
    Entry("partner", msgid("Partner, where it is on no line"), "choice", choices="partners"),
    Entry("money", msgid("Kind of saving"), "choice", choices="money"),
)  # fmt: skip
COMES_IN = (
    Group(
        TIMING,
        (
            START, Entry("until", msgid("Last year"), help=msgid("Empty: to the end of the horizon.")),
            Entry("adoption.curve", msgid("How it comes in"), "choice", choices="curves"),
            Entry("adoption.years", msgid("Years until full"), "number"),
            Entry("persistence.lasts", msgid("How long it lasts"), "choice", choices="lasts"),
            Entry("persistence.further_years", msgid("Years that it still counts after the first"), "number"),
            Entry("persistence.kept", msgid("Part that is left after each year, when it fades"), "number"),
        ),
    ),
    Group(WHY, (REASON, SOURCE)),
)  # fmt: skip
RATE = (Group(WHAT, ON), estimate("rate", msgid("Part of each line that is saved")), *COMES_IN)
AMOUNTS = (
    Group(
        WHAT,
        (
            *ON, Entry("amounts", msgid("Pounds by year"), "years", YEARS_HELP),
            Entry("then", msgid("After the last year that is named"), "choice", choices="then"),
        ),
    ),
    estimate("times", msgid("Uncertain multiplier of all amounts")), *COMES_IN,
)  # fmt: skip
UNITS = (
    Group(WHAT, (*ON, Entry("unit.en", msgid("Unit in English")), Entry("unit.cy", msgid("Unit in Welsh")))),
    estimate("unit_cost", msgid("Pounds saved for each unit")), estimate("volume", msgid("Units a year")),
    estimate("rate", msgid("Part of the volume that changes")), *COMES_IN,
)  # fmt: skip
COST = (
    Group(
        WHAT,
        (
            KEY, *TITLE, Entry("kind", msgid("Kind of cost"), "choice", choices="cost_kinds"),
            Entry("partner", msgid("Who pays; empty: as the project is split"), "choice", choices="partners"),
            Entry("amounts", msgid("Pounds by year"), "years", YEARS_HELP),
            Entry("running", msgid("Comes every year: the last amount goes on"), "flag"),
            Entry("with_effects", msgid("As late and as large as the effects turn out"), "flag"),
            Entry("chance", msgid("Chance that it comes at all, 0 to 1"), "number"),
        ),
    ),
    estimate("times", msgid("Uncertain multiplier of all amounts")), Group(WHY, (REASON, SOURCE)),
)  # fmt: skip
BY_KIND: dict[str, dict[str, tuple[Group, ...]]] = {
    "effects": {"rate_of_line": RATE, "amounts": AMOUNTS, "units": UNITS},
    "costs": dict.fromkeys(COST_KINDS, COST),
}
BY_PART: dict[str, tuple[Group, ...]] = {
    "initiatives": INITIATIVE, "lines": LINE, "assumptions": ASSUMPTION, "scenario-assumptions": ASSUMPTION,
    "scenarios": SCENARIO, "projects": PROJECT,
}  # fmt: skip


def groups_for(spot: Spot, record: Plain) -> tuple[Group, ...]:
    """The groups of fields for a record; none where it is written as text only."""
    if kinds := BY_KIND.get(spot.part.key):
        return kinds.get(str(record.get("kind", "")), ())
    return BY_PART.get(spot.part.key, ())
