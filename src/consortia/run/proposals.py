"""From an initiative and the reference defaults to the plain numbers that the calculating rooms take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import polars as pl

from consortia.appraisal.distributions import offset_median
from consortia.errors import StudyError
from consortia.findings import Finding, Severity, Value, named
from consortia.periods import FinancialYear
from consortia.reference.authorities import authority
from consortia.reference.collaboration import Level, level, levels
from consortia.reference.delivery_classes import MaturityClass, maturity_class, service_offset
from consortia.reference.level_rules import allows
from consortia.reference.taxonomy import Family, Service, family, service
from consortia.run.assumptions import Assumptions
from consortia.run.gains import CurveUsed, curve_of
from consortia.run.unknown_services import refuse_unknown_services
from consortia.run.unlikeness import Matrix, unlikeness_of
from consortia.study import Definition, Initiative, Range

NOT_ALLOWED = "saving-not-allowed-at-level"
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
    curve: CurveUsed | None = None
    """The scale curve that groups are priced by; None: by the saving range."""
    unlikeness: Matrix | None = None
    """How unlike each pair of members is; None: not known, and not priced."""

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
    refuse_unknown_services(definition)
    _refuse_overlaps(definition.initiatives)
    ready: list[Proposal] = []
    findings: list[Finding] = []
    for initiative in definition.initiatives:
        found = _costs_of(initiative.service, definition, lines)
        if len(found) < REACHES_SCALE:
            findings.append(_too_few(initiative, len(found)))
            continue
        proposal = _proposal(initiative, found, definition=definition, assumptions=assumptions)
        findings.extend((*_beyond_evidence(proposal), *_no_curve(proposal), *(barred := _not_allowed(proposal))))
        if not barred:
            ready.append(proposal)
    _refuse_all_barred(ready, findings)
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
        levels=levels_open_to(initiative, definition),
        maturity=maturity_class(initiative.maturity),
        offset=service_offset(initiative.service),
        start=_start(initiative, definition),
        curve=curve_of(initiative.service, tuple(found)) if initiative.gain == "scale_curve" else None,
        unlikeness=unlikeness_of(
            tuple(found), initiative.service, definition, far_apart=assumptions.value("far_apart_km")
        ),
        basis="gross" if all(basis == "gross" for _, basis in found.values()) else "net",
    )


def without_efficient_size(proposal: Proposal) -> Proposal:
    """The same proposal as if size went on saving whatever the volume."""
    if proposal.curve is None:
        return proposal
    return replace(proposal, curve=replace(proposal.curve, curve=replace(proposal.curve.curve, efficient_size=None)))


def mean_unlikeness(proposal: Proposal, members: Sequence[str]) -> float:
    """How unlike the mean pair of a group's members is, 0 to 1; 0 where it is not known."""
    if proposal.unlikeness is None:
        return 0.0
    places = [proposal.members.index(code) for code in members]
    pairs = [proposal.unlikeness[one][other] for one, other in combinations(places, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


def levels_up_to(deepest: str) -> tuple[Level, ...]:
    """The levels of the continuum from the shallowest to the deepest allowed."""
    top = level(deepest).order
    return tuple(one for one in levels() if one.order <= top)


def levels_open_to(initiative: Initiative, definition: Definition) -> tuple[Level, ...]:
    """The levels that a proposal may be priced at: to the deepest asked for or agreed, if they allow its saving.

    The deepest is the initiative's own, else the deepest that partners have placed the service on, else the deepest
    that is sensible for the service by default.
    """
    deepest = initiative.level or _placed(initiative.service, definition) or service(initiative.service).ceiling
    return tuple(
        one
        for one in levels_up_to(deepest)
        if allows(one.code, lever=initiative.lever, pooled_budget=initiative.needs_pooled_budget)
    )


def _placed(service_code: str, definition: Definition) -> str:
    """The deepest level that a function of the service is placed on; empty where none is, or it is not to be shared."""
    placed = [one.level for one in definition.partnership.placements if one.service == service_code]
    return max((code for code in placed if code != "none"), key=lambda code: level(code).order, default="")


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


def _no_curve(proposal: Proposal) -> Sequence[Finding]:
    """Said where the scale curve was asked for and cannot tell."""
    if proposal.initiative.gain == "range" or proposal.curve is not None:
        return ()
    return (
        Finding(
            "curve-cannot-tell",
            Severity.WARNING,
            "{service}: the scale curve cannot tell what size saves here; groups are priced by the saving range.",
            "`consortia scale` says why.",
            values=(("service", proposal.said),),
        ),
    )


def _refuse_all_barred(ready: Sequence[Proposal], findings: Sequence[Finding]) -> None:
    """Where the level rules leave nothing of a study, that is its answer."""
    barred = [one for one in findings if one.code == NOT_ALLOWED]
    if barred and not ready:
        filled = barred[0].filled()
        raise StudyError(barred[0].sentence.format(**filled), remedy=barred[0].remedy)


def _not_allowed(proposal: Proposal) -> Sequence[Finding]:
    """Said where the level rules leave no level at which the saving may be booked."""
    if proposal.levels:
        return ()
    return (
        Finding(
            NOT_ALLOWED,
            Severity.WARNING,
            "{service}: the levels of working together that are open to it do not allow its saving; none is booked.",
            "Choose a deeper level, or another lever; `consortia reference level_rules` shows what each allows.",
            values=(("service", proposal.said),),
        ),
    )
