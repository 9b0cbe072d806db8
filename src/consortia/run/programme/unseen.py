"""What a study states and its appraisal would not see: after the last year, ended before it begins, below a floor.

Nothing vanishes without a word: each is a finding with its place and, where it has one, its amount as stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consortia.findings import Finding, Place, Severity, Value
from consortia.run.programme.frame import Frame
from consortia.run.programme.leavers import leavers_of, redundancy_paid, strain_paid
from consortia.run.programme.workings import Calendar, worked_streams
from consortia.study.effects import AmountsEffect, Effect
from consortia.study.project_findings import active_projects
from consortia.study.projects import Break, Contribution, Cost, Extension, Guarantee, OneOff, Project, Redundancy
from consortia.study.workings import LostVat, PartialExemption, PayLift, SystemWork, Worked

FAR = 60
"""Years after the horizon that are looked at."""
HALF_A_POUND = 0.5


def unseen_findings(frame: Frame, *, file: str) -> Iterator[Finding]:
    """A warning for each part of the active projects, or line, of which something is not counted."""
    for line in frame.definition.lines:
        if line.key in frame.amounts and float(line.floor) > frame.amounts[line.key]:
            yield _floor(line.key, float(line.floor), frame.amounts[line.key], file)
    for project in active_projects(frame.definition):
        for what, part, amounts in _amounts(project, frame):
            late = {t: amount for t, amount in amounts.items() if t > frame.horizon and abs(amount) > HALF_A_POUND}
            if late:
                yield _beyond(part, late, frame, Place(file, cell=f"projects.{project.key}.{what}.{part}"))
        yield from _ended(project, frame, file)


def _amounts(project: Project, frame: Frame) -> Iterator[tuple[str, str, dict[int, float]]]:
    """Each part of a project that names amounts by year: where it stands, its key, the pounds of each year."""
    for effect in project.effects:
        if isinstance(effect, AmountsEffect):
            yield "effects", effect.key, _placed(effect.amounts, frame)
    for cost in project.costs:
        yield "costs", cost.key, _spent(cost, frame)
    for term in project.terms:
        if isinstance(term, Contribution | Guarantee):
            yield "terms", term.key, _placed(term.amounts, frame)
    for funding in project.funding:
        yield "funding", funding.key, _placed(funding.amounts, frame)


def _placed(amounts: Mapping[str, object], frame: Frame) -> dict[int, float]:
    return {frame.place(year): float(str(amount)) for year, amount in amounts.items()}


def _spent(cost: Cost, frame: Frame) -> dict[int, float]:
    """The pounds of each year of a cost, those that go on for good left out: they have no last year."""
    if isinstance(cost, OneOff):
        return _placed(cost.amounts, frame)
    if isinstance(cost, Redundancy):
        return _left(cost, frame)
    return _worked(cost, frame)


def _left(cost: Redundancy, frame: Frame) -> dict[int, float]:
    """What leavers are paid and what the pension fund asks; worked out only where some of it comes too late."""
    last = frame.place(cost.year) + cost.strain_payments - 1
    if last <= frame.horizon:
        return {}
    leavers = leavers_of(cost, frame.definition)
    found = _placed(strain_paid(cost, leavers), frame)
    year = frame.place(cost.year)
    if year > frame.horizon:
        found[year] = found.get(year, 0.0) + redundancy_paid(cost, leavers)
    return found


def _worked(cost: Worked, frame: Frame) -> dict[int, float]:
    if isinstance(cost, PayLift):
        return {}
    if isinstance(cost, LostVat | PartialExemption):
        cost = cost.model_copy(update={"then": "stop"})
    streams = worked_streams(cost, Calendar(frame.definition.year, frame.horizon + FAR))
    once = [one for one in streams if not (isinstance(cost, SystemWork) and one.kind == "running_cost")]
    return {t: sum(one.planned[t] for one in once) for t in range(frame.horizon + FAR + 1)}


def _ended(project: Project, frame: Frame, file: str) -> Iterator[Finding]:
    for effect in project.effects:
        first = _first_year(effect, project, frame)
        place = f"projects.{project.key}.effects.{effect.key}"
        if effect.until and frame.place(effect.until) < first:
            yield _before(effect.key, effect.until, first, frame, Place(file, cell=f"{place}.until"))
        elif isinstance(effect, AmountsEffect):
            yield from _outside(effect, frame, Place(file, cell=f"{place}.amounts"))
        elif first > frame.horizon and effect.start:
            yield _starts_late(effect.key, frame, Place(file, cell=f"{place}.start"))
    for term in project.terms:
        if isinstance(term, Break) and frame.place(term.first) > frame.horizon:
            yield _starts_late(term.key, frame, Place(file, cell=f"projects.{project.key}.terms.{term.key}.first"))
        if isinstance(term, Extension) and frame.place(term.extended_to) < frame.place(term.ends):
            place = f"projects.{project.key}.terms.{term.key}.extended_to"
            yield _before(term.key, term.extended_to, frame.place(term.ends), frame, Place(file, cell=place))


def _outside(effect: AmountsEffect, frame: Frame, place: Place) -> Iterator[Finding]:
    """Amounts named for years in which the effect has not begun, or has ended."""
    first = frame.place(effect.start) if effect.start else 0
    last = frame.place(effect.until) if effect.until else frame.horizon
    outside = {
        t: amount
        for t, amount in _placed(effect.amounts, frame).items()
        if t <= frame.horizon and not first <= t <= last and abs(amount) > HALF_A_POUND
    }
    if outside:
        yield Finding(
            "outside-its-years",
            Severity.WARNING,
            "'{part}' has £{amount} in {years}, when it has not begun or has ended: it is not counted.",
            "Correct the amounts, or the years in which it begins and ends.",
            place,
            (
                ("part", effect.key),
                ("amount", f"{sum(outside.values()):,.0f}"),
                ("years", _span([str(frame.definition.year.plus(t)) for t in (min(outside), max(outside))])),
            ),
        )


def _first_year(effect: Effect, project: Project, frame: Frame) -> int:
    if isinstance(effect, AmountsEffect) and not effect.start:
        return min(map(frame.place, effect.amounts))
    return frame.first_year(project, effect.start)


def _floor(line: str, floor: float, amount: float, file: str) -> Finding:
    return Finding(
        "floor-above-line",
        Severity.WARNING,
        "The floor of line '{line}', £{floor}, is above what it costs, £{amount}: nothing can be saved on it.",
        "Correct the floor or the amount; where the line will outgrow its floor, savings count from then on.",
        Place(file, cell=f"lines.{line}.floor"),
        (("line", line), ("floor", f"{floor:,.0f}"), ("amount", f"{amount:,.0f}")),
    )


def _beyond(part: str, late: Mapping[int, float], frame: Frame, place: Place) -> Finding:
    years = [str(frame.definition.year.plus(t)) for t in (min(late), max(late))]
    return Finding(
        "beyond-the-horizon",
        Severity.WARNING,
        "'{part}' has £{amount} in {years}, after {last}, the last year that is appraised: it is not counted.",
        "Appraise more years (`horizon_years`), or say why it may be left out.",
        place,
        (
            ("part", part),
            ("amount", f"{sum(late.values()):,.0f}"),
            ("years", _span(years)),
            ("last", frame.years[-1]),
        ),
    )


def _span(years: list[str]) -> Value:
    first, last = years
    return first if first == last else (f"{first} to {last}", f"{first} i {last}")


def _before(part: str, ends: str, first: int, frame: Frame, place: Place) -> Finding:
    return Finding(
        "ends-before-it-starts",
        Severity.WARNING,
        "'{part}' would end in {ends}, before {first}: nothing of it is seen.",
        "Correct one of the two years.",
        place,
        (("part", part), ("ends", ends), ("first", str(frame.definition.year.plus(first)))),
    )


def _starts_late(part: str, frame: Frame, place: Place) -> Finding:
    return Finding(
        "after-the-horizon",
        Severity.WARNING,
        "'{part}' starts after {last}, the last year that is appraised: nothing of it is seen.",
        "Appraise more years (`horizon_years`), or start it earlier.",
        place,
        (("part", part), ("last", frame.years[-1])),
    )
