"""The central case of projects as the workbook takes it: inputs as the documents state them, then streams year by year.

What a stream plans is the product of what its document states (a rate, a unit cost, a salary) and a profile by year;
the profile is worked out from the plan, so that both always give the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite, prod

import numpy as np

from consortia.appraisal.paths import Growth, Path, Product
from consortia.appraisal.streams import CASH_KINDS, COST_KINDS, Settlement, Stream
from consortia.report.language import gravest_first
from consortia.report.projects_model import FlowRow, InputCell, LineRow, PathRow, ProjectsModel, TermRow
from consortia.report.words import Words, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cautions import findings_of, project_cautions
from consortia.run.programme.cost_tables import part_of
from consortia.run.programme.inputs import central_of
from consortia.run.programme.naming import input_words, line_title, project_title
from consortia.run.programme.part_words import words_of_part
from consortia.run.programme.tables import KIND_WORDS
from consortia.study import Text
from consortia.study.estimates import Estimate

STATED = ("rate", "open_share", "unit_cost", "volume", "times")
"""The estimates of an effect or a cost whose product, by the profile, is its plan."""
SHARING = {
    "saving": msgid("Saving on the shared service"),
    "set-up": msgid("Setting up a shared service"),
    "fixed": msgid("Working together"),
    "depth": msgid("Working together, by depth"),
}
WHAT_IT_IS = {
    "rate": msgid("rate"),
    "open_share": msgid("part that can be let anew"),
    "unit_cost": msgid("cost of a unit"),
    "volume": msgid("volume"),
    "times": msgid("multiplier"),
    "salary": msgid("salary"),
    "fte": msgid("full-time equivalents"),
    "on_cost": msgid("1 + on-cost"),
}


def project_sheets(found: Appraised) -> ProjectsModel:
    """The sheets' model of what was appraised, with the library's own flows beside it."""
    return _Sheets(found).model()


@dataclass
class _Sheets:
    """Gathers the inputs while the rows are made."""

    found: Appraised
    inputs: dict[str, InputCell] = field(default_factory=dict)
    paths: dict[str, PathRow] = field(default_factory=dict)

    def model(self) -> ProjectsModel:
        central, programme = self.found.central, self.found.compiled.programme
        flows = dict(zip([one.key for one in central.streams], central.flows, strict=True))
        used = {one.line for one in programme.streams}
        lines = tuple(self._line(line.key) for line in programme.lines if line.key in used)
        places = {line.key: place for place, line in enumerate(lines)}
        last = len(places)
        ordered = sorted(programme.streams, key=lambda one: (places.get(one.line or "", last), not one.of_line))
        rows = tuple(self._flow(one, flows[one.key]) for one in ordered)
        terms = tuple(self._term(one, flows[one.key]) for one in programme.settlements)
        definition, findings = self.found.definition, findings_of(self.found)
        return ProjectsModel(
            inputs=tuple(self.inputs.values()),
            paths=tuple(self.paths.values()),
            lines=lines,
            flows=rows,
            terms=terms,
            titles=tuple((key, project_title(key, definition)) for key in self.found.appraisal.projects),
            kinds=tuple((kind, KIND_WORDS[kind]) for kind in self.found.flows()),
            cautions=project_cautions(findings, definition),
            findings=gravest_first(findings),
        )

    def _line(self, key: str) -> LineRow:
        line = next(one for one in self.found.compiled.programme.lines if one.key == key)
        title = self._line_title(key)
        return LineRow(key, title, line.partner, line.base[0], line.floor, self._path(line.path, title))

    def _line_title(self, key: str) -> Text:
        """A line of the study by its title; that of a shared service by its service and partner."""
        definition = self.found.definition
        case, _, member = key.rpartition("|")
        if not case:
            return line_title(key, definition)
        service, name = project_title(f"{case.split('/')[0]}/{member}", definition), definition.partner(member).name
        return service if service.en != case else name

    def _flow(self, stream: Stream, flow: np.ndarray) -> FlowRow:
        programme = self.found.compiled.programme
        name = self._name(stream)
        scalars = tuple(self._scalars(stream))
        whole = prod(self.inputs[key].value for key in scalars)
        profile = tuple(amount / whole for amount in stream.planned) if whole else stream.planned
        if not whole or not all(map(isfinite, profile)):
            scalars, profile = (), stream.planned
        timing = programme.timings.get(stream.project) if stream.delivered else None
        central = [each for each in stream.inputs if programme.inputs[each].central != 1.0]
        return FlowRow(
            key=stream.key, project=stream.project, name=name, partner=stream.partner, kind=stream.kind,
            sign=sign_of(stream.kind), line=stream.line or "", of_line=stream.of_line,
            cap=min(1.0 if stream.cap is None else stream.cap, 1.0), scalars=scalars, profile=tuple(profile),
            multipliers=tuple(map(self._drawn, central)),
            delivery=self._drawn(timing.delivery) if timing and timing.delivery else "",
            delay=self._drawn(timing.delay_months) if timing and timing.delay_months else "",
            slip=self._drawn(timing.slip) if timing and timing.slip else "",
            path=self._path(stream.path, name[1]), flow=tuple(map(float, flow)),
        )  # fmt: skip

    def _term(self, term: Settlement, flow: np.ndarray) -> TermRow:
        name = self._name(term)
        streams = self.found.compiled.programme.streams
        of = [one.key for one in streams if (one.project, one.partner) == (term.project, term.partner)
              and one.kind in term.of]  # fmt: skip
        return TermRow(
            key=term.key, project=term.project, name=name, partner=term.partner, kind=term.kind,
            sign=sign_of(term.kind), of=tuple(of), lower=term.lower, upper=term.upper, share_below=term.share_below,
            share_above=term.share_above, floor=term.floor, cap=term.cap, path=self._path(term.path, name[1]),
            flow=tuple(map(float, flow)),
        )  # fmt: skip

    def _name(self, stream: Stream | Settlement) -> tuple[Words, ...]:
        """The project and the part; the partner and the line stand beside them."""
        definition = self.found.definition
        title, part = project_title(stream.project, definition), part_of(stream, self.found)
        if part is None:
            return title, SHARING.get(stream.key.split("|")[0], "")
        project = next(one for one in definition.projects if one.key == stream.project)
        return title, words_of_part(project, part[1])

    def _scalars(self, stream: Stream) -> Iterator[str]:
        """The keys of the inputs that the plan is a product of."""
        part = part_of(stream, self.found)
        if part is None:
            return
        listed, held = part
        place = f"projects.{stream.project}.{listed}.{getattr(held, 'key', '')}"
        post = self.found.compiled.frame.posts.get(stream.key.rpartition(".")[2]) if hasattr(held, "posts") else None
        if post is not None and getattr(held, "kind", "") == "posts":
            stated = {"salary": float(post.salary), "fte": post.fte, "on_cost": 1 + post.on_cost}
            for what, value in stated.items():
                yield self._add(InputCell(f"posts.{post.key}.{what}", self._of(post.title, what), value))
            return
        for what in STATED:
            estimate = getattr(held, what, None)
            if isinstance(estimate, Estimate) and what in type(held).model_fields:  # type: ignore[attr-defined]
                yield self._add(self._estimate(f"{place}.{what}", self._of(self._name(stream)[1], what), estimate))

    def _of(self, part: Words, what: str) -> Words:
        return say(msgid("{part}: {what}"), part=_said(part), what=say(WHAT_IT_IS[what]))

    def _estimate(self, key: str, name: Words, estimate: Estimate) -> InputCell:
        value = central_of(estimate)
        if estimate.value is not None:
            return InputCell(key, name, value)
        return InputCell(key, name, value, estimate.low, estimate.mode, estimate.high, estimate.shape)

    def _drawn(self, name: str) -> str:
        """The central value of what is drawn."""
        central = self.found.compiled.programme.inputs[name].central
        return self._add(InputCell(f"input.{name}", input_words(name, self.found.definition), central))

    def _add(self, cell: InputCell) -> str:
        self.inputs.setdefault(cell.key, cell)
        return cell.key

    def _path(self, name: str | None, title: Words) -> str:
        if name is None:
            return ""
        programme = self.found.compiled.programme
        path = programme.paths[name]
        drawn = {each: np.array([programme.inputs[each].central]) for each in path.inputs}
        factors = path.factors(drawn, years=programme.years, lanes=1)[:, 0]
        rates = _growths(path)
        growths = tuple(self._growth(name, rate, number, title) for number, rate in enumerate(rates, 1))
        self.paths.setdefault(name, PathRow(name, title, growths, tuple(map(float, factors))))
        return name

    def _growth(self, path: str, rate: str | float, number: int, title: Words) -> str:
        if isinstance(rate, str):
            return self._drawn(rate)
        name = say(msgid("{part}: growth a year"), part=_said(title))
        return self._add(InputCell(f"growth.{path}.{number}", name, rate))


def _growths(path: Path) -> tuple[str | float, ...]:
    """The rates of a path that only grows; none for one that does anything else."""
    parts = path.of if isinstance(path, Product) else (path,)
    return (
        tuple(one.rate for one in parts if isinstance(one, Growth))
        if all(isinstance(one, Growth) for one in parts)
        else ()
    )


def sign_of(kind: str) -> int:
    """1 for what a net present value counts as coming in, -1 for what goes out, 0 for what it leaves out."""
    if kind not in CASH_KINDS:
        return 0
    return -1 if kind in COST_KINDS else 1


def _said(words: Words) -> Words:
    return say(words) if isinstance(words, str) else words
