"""From an initiative and the reference defaults to the plain numbers that the calculating rooms take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from consortia.appraisal.distributions import offset_median
from consortia.errors import StudyError
from consortia.findings import Finding, Severity, Value, named
from consortia.periods import FinancialYear
from consortia.reference.authorities import authority
from consortia.reference.collaboration import Level, level, levels
from consortia.reference.delivery_classes import MaturityClass, maturity_class, service_offset
from consortia.reference.taxonomy import Family, Service, family, service
from consortia.run.assumptions import Assumptions
from consortia.study import Definition, Initiative, Range

REACHES_SCALE = 2  # a group needs two partners


@dataclass(frozen=True)
class Proposal:
    """One service that could be shared: who provides it, what it costs, and the range of what sharing could save.

    Costs are real pounds a year at the prices of the base year, in the order of `members`.
    """

    initiative: Initiative
    service: Service
    family: Family
    members: tuple[str, ...]
    gross: tuple[float, ...]
    cost: tuple[float, ...]
    addressable_share: float
    saving: Range
    levels: tuple[Level, ...]
    maturity: MaturityClass
    offset: float
    start: int
    basis: str

    @property
    def key(self) -> str:
        """Key of the initiative."""
        return self.initiative.key

    @property
    def delivery(self) -> float:
        """Median of delivered over planned, for the class of maturity and the service."""
        return offset_median(self.maturity.median, self.offset)

    def title(self, language: str = "en") -> str:
        """What the proposal is called in "en" or "cy"."""
        if self.initiative.title:
            return self.initiative.title.in_language(language)
        return self.service.name_cy if language == "cy" else self.service.name

    @property
    def said(self) -> Value:
        """The title as a value of a finding, in both languages."""
        return named(self.title("en"), self.title("cy"))


@dataclass(frozen=True)
class Proposals:
    """Every initiative that could be priced, and a finding for each that could not."""

    ready: tuple[Proposal, ...]
    findings: tuple[Finding, ...]


def propose(definition: Definition, lines: pl.DataFrame, *, assumptions: Assumptions) -> Proposals:
    """Resolves each initiative against harmonised lines (real pence) and the reference defaults."""
    _refuse_overlaps(definition.initiatives)
    ready: list[Proposal] = []
    findings: list[Finding] = []
    for initiative in definition.initiatives:
        found = _costs_of(initiative.service, definition, lines)
        if len(found) < REACHES_SCALE:
            findings.append(_too_few(initiative, len(found)))
            continue
        ready.append(_proposal(initiative, found, definition=definition, assumptions=assumptions))
        findings.extend(_beyond_evidence(ready[-1]))
    return Proposals(tuple(ready), tuple(findings))


def _refuse_overlaps(initiatives: Sequence[Initiative]) -> None:
    """The same pound must not be saved twice: no two initiatives on one line, or on a head and a line below it."""
    for number, first in enumerate(initiatives):
        for second in initiatives[number + 1 :]:
            one, other = sorted((first.service, second.service), key=len)
            if one == other or other.startswith(f"{one}."):
                raise StudyError(
                    f"'{first.key}' and '{second.key}' would both save on {one}: the same money twice.",
                    remedy="Keep one of them in study.yaml.",
                )


def _proposal(
    initiative: Initiative, found: Mapping[str, tuple[float, str]], *, definition: Definition, assumptions: Assumptions
) -> Proposal:
    provided = service(initiative.service)
    kind = family(provided.family)
    share = initiative.addressable_share
    share = provided.addressable_share if share is None else share
    gross = tuple(pounds for pounds, _ in found.values())
    return Proposal(
        initiative=initiative,
        service=provided,
        family=kind,
        members=tuple(found),
        gross=gross,
        cost=tuple(pounds * share for pounds in gross),
        addressable_share=share,
        saving=initiative.saving or assumptions.saving_range(kind),
        levels=levels_up_to(initiative.level or provided.ceiling),
        maturity=maturity_class(initiative.maturity),
        offset=service_offset(initiative.service),
        start=_start(initiative, definition),
        basis="gross" if all(basis == "gross" for _, basis in found.values()) else "net",
    )


def levels_up_to(deepest: str) -> tuple[Level, ...]:
    """The levels of the continuum from the shallowest to the deepest allowed."""
    top = level(deepest).order
    return tuple(one for one in levels() if one.order <= top)


def _costs_of(service_code: str, definition: Definition, lines: pl.DataFrame) -> dict[str, tuple[float, str]]:
    """Real pounds in the base year of each partner whose class provides the service, with whether gross or net."""
    rows = lines.filter((pl.col("service") == service_code) & (pl.col("year") == definition.base_year))
    classes = service(service_code).provided_by
    providers = [code for code in definition.codes if authority(code).kind in classes]
    providers = [code for code in providers if not definition.partnership.abstains(code, service_code)]
    return {code: cost for code in providers if (cost := _cost_of(code, rows)) is not None}


def _cost_of(code: str, rows: pl.DataFrame) -> tuple[float, str] | None:
    """Gross cost where the return has it, net otherwise; nothing when the cost is not known or not above zero."""
    for measure, basis in (("total_cost", "gross"), ("net_current_expenditure", "net")):
        found = rows.filter((pl.col("partner") == code) & (pl.col("measure") == measure))["amount_pence"].drop_nulls()
        if len(found) and found[0] > 0:
            return found[0] / 100, basis
    return None


def _start(initiative: Initiative, definition: Definition) -> int:
    if initiative.start is None:
        return 1
    return max(1, FinancialYear.parse(initiative.start).start - definition.year.start)


def _too_few(initiative: Initiative, count: int) -> Finding:
    return Finding(
        "too-few-providers",
        Severity.NOTE,
        "{service} was not examined: the returns hold a cost above zero of {count} partners, and a group needs two.",
        "Load the missing figures, add a partner that provides it, or take '{key}' out of the study.",
        values=(("service", service(initiative.service).said), ("count", str(count)), ("key", initiative.key)),
    )


def _beyond_evidence(proposal: Proposal) -> Sequence[Finding]:
    highest = proposal.family.high
    if highest is None or proposal.saving.high <= highest or proposal.initiative.comparator:
        return ()
    return (
        Finding(
            "saving-beyond-evidence",
            Severity.WARNING,
            "'{key}' assumes savings of up to {high}, above the reference range, and names no case that reached it.",
            "Name the comparator in study.yaml, or lower the range.",
            values=(("key", proposal.key), ("high", f"{proposal.saving.high:.1%}")),
        ),
    )
