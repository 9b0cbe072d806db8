"""The trail of projects from the streams down: amount by year, budget line, delivery, and what the documents state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from consortia.appraisal.distributions import Slip
from consortia.appraisal.streams import Settlement, Stream
from consortia.reference.delivery_classes import maturity_class
from consortia.report.figures import Figure, FigureBook, Ingredient, SourceCell
from consortia.report.words import Message, Quantity, Words, msgid, say
from consortia.run import formulas as words
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cost_tables import CostItem, cost_items, part_of
from consortia.run.programme.document_leaves import leaf, leaves_of
from consortia.run.programme.naming import project_title
from consortia.run.programme.planned_amounts import factor_text, planned_amount
from consortia.study import Text
from consortia.study.projects import Project
from consortia.study.records import Record

TIMING = ("maturity", "delivery", "delay_months", "start", "split", "prices")
ON_LINE = msgid(
    "planned part of the line ({planned} in that year), moved by the delay, x part delivered ({delivered}) x mean of "
    "what multiplies it ({multipliers}) x contract or price path ({path}), of what the line costs; with others on the "
    "line 1 - (1 - a)(1 - b), told apart by ln(1 - a)"
)
FROM_LINE = msgid(
    "planned amount ({planned} in that year), moved by the delay, x part delivered ({delivered}) x mean of what "
    "multiplies it ({multipliers}) x contract or price path ({path}); at most what is left of the line above its floor"
)
AMOUNT = msgid(
    "planned amount ({planned} in that year), moved by the delay, x part delivered ({delivered}) x mean of what "
    "multiplies it ({multipliers}) x contract or price path ({path})"
)
AS_PLANNED = msgid(
    "planned amount ({planned} in that year) x mean of what multiplies it ({multipliers}) x contract or price path "
    "({path}); with neither delay nor part delivered"
)
SETTLED = msgid(
    "contract term: share below x what falls short + share above x what is beyond, within its bounds, of what the "
    "project delivers in that year"
)
SLIP = msgid("years more: taken as none in the central case; in the draws a year more with a chance of {chance}")
GROWN = msgid("amount of the base year x growth of demand and prices up to that year")
AS_BASE = msgid("amount of the base year; it does not grow")
REFERENCE_CLASS = msgid("what plans of that maturity and service have delivered, moved by the study's other outturns")
GrossKey = Callable[[str, str, float], str]
"""Makes the trail of a return's harmonised cost (service, partner, pounds) and gives its key."""


@dataclass
class ProjectTrail:
    """Gathers figures and leaves of projects.

    `sharing` names the figures of the run behind a shared service, by its key and the kind of a stream, or by the key
    of a member's line and "line".
    """

    found: Appraised
    gross: GrossKey | None = None
    sharing: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    ingredients: dict[str, Ingredient] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)

    def figure(
        self, key: str, value: object, unit: Words, formula: Words, inputs: Iterable[str], *, period: Words, base: str
    ) -> str:
        """Adds a figure with those of its inputs that there are, each once; gives its key."""
        known = tuple(dict.fromkeys(one for one in inputs if one and one != key))
        self.figures[key] = Figure(key, value, unit, period, base, formula, known)  # type: ignore[arg-type]
        return key

    def leaf(self, found: Ingredient) -> str:
        """Adds a leaf; gives its key."""
        self.ingredients.setdefault(found.key, found)
        return found.key

    def joined(self, book: FigureBook) -> FigureBook:
        """The trail of the run with this one; what both have stands once, as the run has it."""
        known = {one.key for held in (book.figures, book.ingredients, book.cells) for one in held}
        kept = {*self.figures, *self.ingredients, *self.cells, *known}
        figures = tuple(_cut(one, kept) for key, one in self.figures.items() if key not in known)
        ingredients = tuple(one for key, one in self.ingredients.items() if key not in known)
        cells = tuple(one for key, one in self.cells.items() if key not in known)
        return FigureBook((*book.figures, *figures), (*book.ingredients, *ingredients), (*book.cells, *cells))

    @cached_property
    def items(self) -> dict[str, CostItem]:
        """The costs by the name of their row: place in the document, partner, kind."""
        return {f"{one.key}.{one.partner}.{one.kind}": one for one in cost_items(self.found)}

    @property
    def base(self) -> str:
        """The price base of real amounts."""
        return self.found.definition.base_year


def _cut(figure: Figure, known: Iterable[str]) -> Figure:
    """A figure without inputs of which nothing is known."""
    inputs = tuple(key for key in figure.inputs if key in known)
    return Figure(
        figure.key, figure.value, figure.unit, figure.period, figure.price_base, figure.formula, inputs, figure.note
    )


def flow_key(stream: str, year: str) -> str:
    """The key of what a stream comes to in a year."""
    return safe(f"flow.{stream}.{year}")


def stream_key(stream: str) -> str:
    """The key of what a stream comes to over all years."""
    return safe(f"stream.{stream}")


def safe(key: str) -> str:
    """A key without the bar that a command line takes for its own."""
    return key.replace("|", ":")


def add_flows(trail: ProjectTrail) -> None:
    """Every stream and contract term: what it comes to in each year and in all, down to the documents."""
    central = trail.found.central
    for stream, flow in zip(central.streams, central.flows, strict=True):
        inputs = _inputs_of(stream, trail)
        years = [_flow(trail, stream, int(t), float(flow[t]), inputs) for t in np.flatnonzero(flow)]
        title = project_title(stream.project, trail.found.definition)
        formula = say(msgid("{project}: sum over the years"), project=title)
        trail.figure(stream_key(stream.key), float(flow.sum()), words.POUNDS, formula, years or inputs,
                     period=_period(trail), base=trail.base)  # fmt: skip


def _flow(trail: ProjectTrail, stream: Stream | Settlement, t: int, value: float, inputs: tuple[str, ...]) -> str:
    year = trail.found.compiled.frame.years[t]
    line = getattr(stream, "line", None)
    own = (_line_key(trail, line, t),) if line else ()
    return trail.figure(
        flow_key(stream.key, year), value, words.POUNDS, _formula(trail, stream, t), (*own, *inputs), period=year,
        base=trail.base,
    )  # fmt: skip


def _formula(trail: ProjectTrail, stream: Stream | Settlement, t: int) -> Message | str:
    if isinstance(stream, Settlement):
        return SETTLED
    delivered = Quantity(trail.found.part_taken(stream.project), "percent")
    plan = planned_amount(stream, t, trail.found.compiled)
    parts = {
        "planned": factor_text(plan.planned) if stream.of_line else f"{plan.planned:,.2f}",
        "multipliers": factor_text(*plan.multipliers),
        "path": factor_text(plan.path),
    }
    if stream.of_line:
        return say(ON_LINE, delivered=delivered, **parts)
    if not stream.delivered:
        return say(AS_PLANNED, **parts)
    return say(FROM_LINE if stream.line else AMOUNT, delivered=delivered, **parts)


def _inputs_of(stream: Stream | Settlement, trail: ProjectTrail) -> tuple[str, ...]:
    """The leaves behind a stream: its part of the document, and how its project comes about."""
    part = part_of(stream, trail.found)
    if part is None:
        return trail.sharing.get((stream.project, stream.kind), ())
    project = next(one for one in trail.found.definition.projects if one.key == stream.project)
    name, held = part
    keys = list(_leaves(trail, held, f"projects.{project.key}.{name}.{getattr(held, 'key', '')}", project.source))
    keys += _posts(trail, held)
    keys += [trail.leaf(one) for one in leaves_of(project, f"projects.{project.key}") if _last(one.key) in TIMING]
    return (*keys, *_timing(trail, project)) if getattr(stream, "delivered", True) else tuple(keys)


def _leaves(trail: ProjectTrail, held: object, place: str, source: str) -> Iterable[str]:
    if isinstance(held, Record):
        yield from (trail.leaf(one) for one in leaves_of(held, place, source=source))


def _posts(trail: ProjectTrail, held: object) -> Iterable[str]:
    """What the posts that an effect or a redundancy names cost, and who holds them."""
    posts = trail.found.compiled.frame.posts
    for key in (one for one in getattr(held, "posts", ()) if one in posts):
        yield from _leaves(trail, posts[key], f"posts.{key}", "")


def _timing(trail: ProjectTrail, project: Project) -> Iterable[str]:
    """What the reference says of delivery and delay where the project does not."""
    programme = trail.found.compiled.programme
    timing = programme.timings.get(project.key)
    if timing is None or project.maturity == "as_stated":
        return
    known = maturity_class(project.maturity)
    slip = programme.inputs[timing.slip] if timing.slip else None
    unit: dict[str, Words] = {"delivery": words.DELIVERED, "delay": msgid("months")}
    if isinstance(slip, Slip):
        unit["slip"] = say(SLIP, chance=f"{slip.probability:.1%}")
    for name in timing.inputs:
        what = name.split("|")[0]
        value = programme.inputs[name].central
        source = say(REFERENCE_CLASS) if what != "delay" else Text(en=known.name, cy=known.name_cy)
        yield trail.leaf(Ingredient(safe(f"input.{name}"), value, unit.get(what, ""), source, "2013", "J"))


def _line_key(trail: ProjectTrail, key: str, t: int) -> str:
    """What a line costs in a year without any project, down to the document or the return."""
    compiled, year = trail.found.compiled, trail.found.compiled.frame.years[t]
    name = safe(f"line.{key}.{year}")
    if name in trail.figures:
        return name
    line = next(one for one in compiled.programme.lines if one.key == key)
    formula = GROWN if line.path else AS_BASE
    inputs = _line_inputs(trail, key)
    amount = compiled.central_line(line)[t]
    return trail.figure(name, amount, words.A_YEAR, formula, inputs, period=year, base=trail.base)


def _line_inputs(trail: ProjectTrail, key: str) -> tuple[str, ...]:
    stated = trail.found.compiled.frame.lines.get(key)
    if stated is None:
        return trail.sharing.get((key, "line"), ())
    amount = trail.found.compiled.frame.amounts[key]
    leaves = tuple(_leaves(trail, stated, f"lines.{key}", ""))
    if stated.amount is not None:
        return leaves
    if trail.gross and stated.service:
        return (trail.gross(stated.service, stated.partner, amount), *leaves)
    return (trail.leaf(leaf(f"lines.{key}.amount", amount)), *leaves)


def line_figure(trail: ProjectTrail, key: str, t: int) -> str:
    """The key of what a line costs in a year without any project; makes the figure."""
    return _line_key(trail, key, t)


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _period(trail: ProjectTrail) -> Message:
    years = trail.found.compiled.frame.years
    return say(msgid("{first} to {last}"), first=years[0], last=years[-1])
