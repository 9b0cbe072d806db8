"""The partners' own projects beside the sharing of services: each by itself, and both together, for a paper's front."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.risk import Risk, risk_of
from consortia.appraisal.streams import Programme
from consortia.reference.delivery_classes import maturity_class
from consortia.report.project_summary import Outlook, ProjectSummary
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid
from consortia.run.priority_limits import beyond_limits
from consortia.run.programme.aims import aims_of
from consortia.run.programme.appraised import CERTAIN_DRAWS, Appraised
from consortia.run.programme.cautions import findings_of, project_cautions
from consortia.run.programme.caveats import PROJECT_CAVEATS
from consortia.run.programme.own_record import record_notes
from consortia.run.programme.tables import chance_of_loss, clean, period_of
from consortia.study import Text
from consortia.study.project_findings import active_projects
from consortia.study.projects import Project

AS_STATED = msgid("as stated: in full and on time")
SHARING_ONLY = msgid("What could be done instead of sharing as proposed; the partners' own projects are in none of it.")
LOW = Column("low", msgid("Cautious view (P10)"), "money")
MIDDLE = Column("middle", msgid("Middle view (P50)"), "money")
HIGH = Column("high", msgid("Hopeful view (P90)"), "money")


@dataclass(frozen=True, eq=False)
class Together:
    """What projects and sharing are worth apart and together; real pounds of the base year, present value."""

    found: Appraised
    sharing: Risk | None
    """Of the services to be shared, as the run appraised them; None where none is."""

    @cached_property
    def alone(self) -> ProgrammeAppraisal:
        """The projects as if no service were shared, in the draws of the same seed."""
        programme = own_programme(self.found)
        count = self.found.appraisal.count if programme.inputs else CERTAIN_DRAWS
        return appraise_programme(programme, count=count, seed=self.found.appraisal.seed)

    @cached_property
    def own(self) -> Risk:
        """Of the projects by themselves; where nothing is shared they are the whole, told by the same draws."""
        return self.whole if self.sharing is None else risk_of(self.alone.worth())

    @property
    def whole(self) -> Risk:
        """Of everything together: where nothing is shared, that of the projects."""
        return self.found.risk()

    @property
    def meeting(self) -> float | None:
        """What the whole differs by from the two by themselves in the central case; None where nothing is shared."""
        if self.sharing is None:
            return None
        return clean(self.whole.central - self.sharing.central - self.own.central)


def own_programme(found: Appraised) -> Programme:
    """The programme without the services to be shared."""
    programme = found.compiled.programme
    keys = own_keys(found)
    streams = tuple(one for one in programme.streams if one.project in keys)
    timings = {key: one for key, one in programme.timings.items() if key in keys}
    lines = {line.key for line in found.definition.lines}
    kept = tuple(line for line in programme.lines if line.key in lines)
    return replace(programme, streams=streams, timings=timings, lines=kept)


def own_keys(found: Appraised) -> frozenset[str]:
    """The keys of the partners' own projects; the others are services to be shared."""
    return frozenset(project.key for project in found.definition.projects)


def shares_services(found: Appraised) -> bool:
    """Whether services to be shared are appraised beside the projects."""
    return not own_keys(found).issuperset(found.appraisal.projects)


def project_summary(both: Together) -> ProjectSummary:
    """The numbers of the projects on the first screen."""
    found, central = both.found, both.alone.central
    names = {code: found.definition.partner(code).name for code in found.definition.codes}
    worth = {code: float(found.appraisal.worth(partners=[code])[0]) for code in names}
    outlooks = [
        f"{whose}.{what}" for whose in ("own", "together") for what in ("low", "middle", "high", "chance_of_loss")
    ]
    return ProjectSummary(
        titles=tuple(project.title for project in active_projects(found.definition)),
        own=_outlook(both.own),
        together=_outlook(both.whole),
        meeting=both.meeting,
        one_off=float(central.total(kinds=("one_off_cost",)).sum()),
        running=float(central.total(kinds=("running_cost",))[-1]),
        last_year=found.compiled.frame.years[-1],
        gainers=tuple(names[code] for code, value in worth.items() if value > 0),
        losers=tuple(names[code] for code, value in worth.items() if value < 0),
        cautions=project_cautions(findings_of(found), found.definition),
        caveats=PROJECT_CAVEATS,
        beyond=beyond_limits(found),
        aims=aims_of(found, shared=both.sharing is not None),
        keys={name: f"front.{name}" for name in (*outlooks, "one_off", "running")},
    )


def together_tables(both: Together) -> tuple[Table, ...]:
    """Sharing and projects apart and together, where services are shared; then the projects one by one."""
    tables = (together_table(both),) if both.sharing else ()
    return (*tables, own_projects_table(both))


def together_table(both: Together) -> Table:
    """The net present value of sharing, of projects, of what they have in common, and of the whole."""
    none = Absent.NOT_APPLICABLE
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    if both.sharing:
        sharing = _part(both.found, own=False)
        rows.append(("sharing", (msgid("Sharing of services, by itself"), *_risk(both.sharing), float(sharing[0]))))
    own = _part(both.found, own=True)
    rows.append(("own", (msgid("The partners' own projects, by themselves"), *_risk(both.own), float(own[0]))))
    meeting = msgid("Where they meet on the same budget lines")
    rows.append(("meeting", (meeting, both.meeting, none, none, none, none, none)))
    rows.append(("together", (msgid("Together"), *_risk(both.whole), both.whole.central)))
    names = ("", "central", "low", "middle", "high", "chance_of_loss", "part")
    return Table(
        "together",
        msgid("Sharing and the partners' own projects, apart and together"),
        msgid("Net saving of all partners as present value; what both would save on one budget line is counted once."),
        (
            Column("what", msgid("What is done")),
            Column("central", msgid("Central case"), "money"),
            LOW, MIDDLE, HIGH, _chance(both.found),
            Column("part", msgid("Its part of the whole, central"), "money"),
        ),
        tuple(cells for _, cells in rows),
        notes=(
            msgid("Only the central case adds up: two cautious views together are more cautious than either."),
            msgid("On a budget line of the study, sharing saves on the line as it is stated there, with its growth."),
        ),
        period=period_of(both.found),
        price_base=both.found.definition.base_year,
        figure_keys=tuple(_keys(f"front.{row}", names, cells) for row, cells in rows),
    )  # fmt: skip


def own_projects_table(both: Together) -> Table:
    """Each project that the partners state: its plan, what it costs once, what it saves, and its part of the whole."""
    projects = active_projects(both.found.definition)
    names = ("", "", "", "", "one_off", "saving", "central", "low", "middle", "high", "chance_of_loss")
    rows = [(project.key, _project_row(project, both.found)) for project in projects]
    return Table(
        "own_projects",
        msgid("The partners' own projects, one by one"),
        msgid("What each is asked for and what it brings: its part of the whole, beside the others on its lines."),
        (
            Column("project", msgid("Project")),
            Column("partners", msgid("Partners")),
            Column("maturity", msgid("Maturity of the plan")),
            Column("start", msgid("First year"), "year"),
            Column("one_off", msgid("One-off cost"), "money"),
            Column("saving", msgid("Cashable saving in the last year"), "money"),
            Column("central", msgid("Net present value, central"), "money"),
            LOW, MIDDLE, HIGH, _chance(both.found),
        ),
        tuple(cells for _, cells in rows),
        notes=(
            msgid("One-off cost over all years and the saving of the last year are of the central case, not "
                  "discounted."),
            *record_notes(both.found),
        ),
        period=period_of(both.found),
        price_base=both.found.definition.base_year,
        figure_keys=tuple(_keys(f"own.{key}", names, cells) for key, cells in rows),
    )  # fmt: skip


def _project_row(project: Project, found: Appraised) -> tuple[Cell, ...]:
    codes, key = found.definition.codes, project.key
    partners = [code for code in codes if np.any(found.central.total(project=key, partner=code))]
    worth = risk_of(found.appraisal.by_project[:, found.appraisal.projects.index(key)])
    once = found.central.total(kinds=("one_off_cost",), project=key)
    saving = found.central.total(kinds=("cashable",), project=key)
    everything = found.central.total(project=key)
    first = next((found.compiled.frame.years[t] for t, amount in enumerate(everything) if amount), None)
    return (
        project.title, tuple(found.definition.partner(code).name for code in partners), _maturity(project),
        first or Absent.NOT_APPLICABLE, float(once.sum()), float(saving[-1]), *_risk(worth),
    )  # fmt: skip


def _maturity(project: Project) -> Words:
    if project.maturity == "as_stated":
        return AS_STATED
    known = maturity_class(project.maturity)
    return Text(en=known.name, cy=known.name_cy)


def _part(found: Appraised, *, own: bool) -> FloatArray:
    """[draw]: the part of the whole that is the projects', or that of sharing."""
    keys = own_keys(found)
    places = [place for place, key in enumerate(found.appraisal.projects) if (key in keys) == own]
    return np.asarray(found.appraisal.by_project[:, places].sum(axis=1))


def _chance(found: Appraised) -> Column:
    return Column("chance_of_loss", msgid("Chance of a net loss"), found.chances)


def _outlook(risk: Risk) -> Outlook:
    return Outlook(risk.p10, risk.p50, risk.p90, risk.chance_of_loss)


def _risk(risk: Risk) -> tuple[Cell, ...]:
    return risk.central, risk.p10, risk.p50, risk.p90, chance_of_loss(risk)


def _keys(row: str, names: tuple[str, ...], cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """The keys of the figures of a row, for what is a number in it."""
    return tuple(
        f"{row}.{name}" if name and isinstance(cell, int | float | Quantity) else ""
        for name, cell in zip(names, cells, strict=True)
    )
