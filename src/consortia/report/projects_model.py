"""What the sheets of projects in the workbook are made from: the central case as inputs, lines, flows and terms."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.findings import Finding
from consortia.report.words import Message, Words
from consortia.study.definition import Text


@dataclass(frozen=True, slots=True)
class InputCell:
    """A number that a formula uses; `key` is its place in the study. A range has its ends and its shape."""

    key: str
    name: Words
    value: float
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class PathRow:
    """A yearly multiplier: (1 + growth)^t for each of `growths` (keys of inputs), or the factors as they are."""

    key: str
    name: Words
    growths: tuple[str, ...]
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A budget line: real pounds of the base year, its floor, and the key of the path that it grows by, if any."""

    key: str
    name: Text
    partner: str
    amount: float
    floor: float
    path: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A stream: plan = product of `scalars` x `profile`; then delay, part delivered, multipliers, path; then its line.

    `scalars`, `multipliers`, `delivery`, `delay`, `slip` are keys of inputs, "" for none. `flow` is the library's own
    result of each year, real pounds.
    """

    key: str
    project: str
    name: tuple[Words, ...]
    partner: str
    kind: str
    sign: int
    line: str
    of_line: bool
    cap: float
    scalars: tuple[str, ...]
    profile: tuple[float, ...]
    multipliers: tuple[str, ...]
    delivery: str
    delay: str
    slip: str
    path: str
    flow: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A contract term on what `of` (keys of flows) come to in a year; bounds that are not set are None."""

    key: str
    project: str
    name: tuple[Words, ...]
    partner: str
    kind: str
    sign: int
    of: tuple[str, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    share_below: float
    share_above: float
    floor: tuple[float, ...] | None
    cap: tuple[float, ...] | None
    path: str
    flow: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ProjectsModel:
    """The central case of projects and of the services shared beside them; flows with a line first, line by line."""

    inputs: tuple[InputCell, ...]
    paths: tuple[PathRow, ...]
    lines: tuple[LineRow, ...]
    flows: tuple[FlowRow, ...]
    terms: tuple[TermRow, ...]
    titles: tuple[tuple[str, Text], ...]
    """The projects by key, and the services to be shared, with what they are called."""
    kinds: tuple[tuple[str, Words], ...]
    """The kinds of saving and cost that there are, with what they are called."""
    cautions: tuple[Message, ...] = ()
    """What the figures leave out or open, in short."""
    findings: tuple[Finding, ...] = ()
    """What was found about the projects, in full, the gravest first."""

    def input(self, key: str) -> InputCell:
        """The input of that key; KeyError when there is none."""
        return {one.key: one for one in self.inputs}[key]

    def path_factors(self, key: str, years: int) -> tuple[float, ...]:
        """The multiplier of each year; 1 where there is no path."""
        return next((one.factors for one in self.paths if one.key == key), (1.0,) * years)
