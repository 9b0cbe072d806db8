"""The assumptions of a run as a reader sees them: value or range, unit, source, date, evidence mark, reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consortia.reference.parameters import Parameter, parameter
from consortia.report.rows import AssumptionRow
from consortia.report.words import Kind, Quantity, Words, msgid
from consortia.run.decisions import Decision
from consortia.run.formulas import source_title
from consortia.run.proposals import Proposal
from consortia.run.setting import Setting
from consortia.study import Text

NAMES = {
    "setup_share": msgid("Set-up cost, as a share of the gross saving of the first two years"),
    "coordination_per_pair": msgid("Coordination cost a year for each pair, of the mean partner's addressable cost"),
    "coordination_fixed": msgid("Coordination cost a year of any group"),
    "unlikeness": msgid("Coordination cost a year at unlikeness 1, of the mean partner's addressable cost"),
    "far_apart_km": msgid("Kilometres from which on two partners count as wholly unlike in distance"),
    "max_chance_of_loss": msgid("Highest chance of a net loss at which a group is proposed"),
    "benefit_phasing": msgid("How the saving comes in, year by year"),
    "cost_phasing": msgid("How the set-up cost is spent, year by year"),
}
OF_COST = {"gross": msgid("share of gross cost"), "net": msgid("share of net current expenditure")}
FRACTION, POUNDS, KILOMETRES = msgid("share"), msgid("pounds a year"), msgid("kilometres")


def assumption_rows(decisions: Sequence[Decision], setting: Setting) -> tuple[AssumptionRow, ...]:
    """Every assumption behind the run: the general ones, then saving range, share and delivery of each proposal."""
    general = [_discounting(setting), *(_general(key, setting) for key in NAMES)]
    return (*general, *(row for decision in decisions for row in _of_proposal(decision.proposal)))


def _discounting(setting: Setting) -> AssumptionRow:
    schedule = setting.schedule
    rate = Quantity(setting.discount_rates[0], "percent") if setting.discount_rates else None
    return AssumptionRow(
        key="assumption.discount_schedule", name=msgid("Discount rate, real"), low=None, mode=rate, high=None,
        unit=msgid("a year"), source=source_title(schedule.source), date=schedule.date, evidence=schedule.evidence,
    )  # fmt: skip


def _general(key: str, setting: Setting) -> AssumptionRow:
    found, own = parameter(key), setting.assumptions.own.get(key)
    kind = _kind(found)
    low, mode, high = _spread(found, setting, kind)
    return AssumptionRow(
        key=f"assumption.{key}", name=NAMES[key], low=low, mode=mode, high=high,
        unit={"money": POUNDS, "number": KILOMETRES}.get(kind, FRACTION),
        source=own.source if own else source_title(found.source), date="" if own else found.date,
        evidence="J" if own else found.evidence, reason=own.reason if own else "",
    )  # fmt: skip


def _kind(found: Parameter) -> Kind:
    """A chance is told as in the reasons of the decisions."""
    if found.key == "max_chance_of_loss":
        return "chance"
    if found.key == "far_apart_km":
        return "number"
    return "money" if found.unit.startswith("pounds") else "percent"


def _spread(
    found: Parameter, setting: Setting, kind: Kind
) -> tuple[Quantity | None, Quantity | Words, Quantity | None]:
    """Lowest, most likely and highest; a single value or a phasing stands in the middle alone."""
    if isinstance(found.value, tuple):
        return None, " / ".join(f"{part:.0%}" for part in found.value), None
    given = setting.assumptions.range(found.key)
    if given.low == given.high:
        return None, Quantity(given.mode, kind), None
    return Quantity(given.low, kind), Quantity(given.mode, kind), Quantity(given.high, kind)


def _of_proposal(proposal: Proposal) -> Iterable[AssumptionRow]:
    own, family, saving = proposal.initiative, proposal.family, proposal.saving
    title = Text(en=proposal.title("en"), cy=proposal.title("cy"))
    yield AssumptionRow(
        key=f"assumption.saving.{proposal.key}",
        name=_named(title, "saving of a group of four", "arbediad grŵp o bedwar"),
        low=Quantity(saving.low, "percent"), mode=Quantity(saving.mode, "percent"),
        high=Quantity(saving.high, "percent"),
        unit=msgid("share of addressable cost"), source=source_title(family.source) if own.saving is None else "",
        date="", evidence=family.evidence if own.saving is None else "J", reason=own.reason if own.saving else "",
    )  # fmt: skip
    yield AssumptionRow(
        key=f"assumption.addressable_share.{proposal.key}",
        name=_named(title, "part of the cost that sharing could change", "y rhan o'r gost y gallai rhannu ei newid"),
        low=None, mode=Quantity(proposal.addressable_share, "percent"), high=None, unit=OF_COST[proposal.basis],
        source=Text(en=proposal.service.addressable_note, cy=proposal.service.addressable_note_cy), date="",
        evidence="J",
        reason=own.reason if own.addressable_share is not None else "",
    )  # fmt: skip
    yield AssumptionRow(
        key=f"delivery.{proposal.key}",
        name=_named(title, "delivered part of what is planned (median)", "y rhan o'r cynllun a gyflawnir (canolrif)"),
        low=None, mode=Quantity(proposal.delivery, "percent"), high=None, unit=msgid("share of plan"),
        source=source_title(proposal.maturity.source), date="", evidence=proposal.maturity.evidence,
        reason=Text(en=proposal.maturity.name, cy=proposal.maturity.name_cy),
    )  # fmt: skip


def _named(title: Text, english: str, welsh: str) -> Text:
    return Text(en=f"{title.en}: {english}", cy=f"{title.in_language('cy')}: {welsh}")
