"""How far a partner's figures bear a comparison: whether they are of a whole year, free of open errors, and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consortia.findings import Finding, Severity
from consortia.intake import signing
from consortia.intake.quality.of_return import review_findings
from consortia.report.words import Message, msgid, say, say_count
from consortia.run.release import is_published
from consortia.study import Definition, Return, Study
from consortia.study.adjustments import stale
from consortia.study.fingerprints import return_digest

PART_YEAR = "ledger-part-year"
# What says nothing against the figures that the return holds: a ledger lies beside it and was never used.
BESIDE_THE_FIGURES = frozenset({"ledger-not-used"})


@dataclass(frozen=True, slots=True)
class Reliance:
    """What stands against a partner's figures of the base year; `months` of 12 (None: nothing says it is a part).

    `errors` counts what stands in the way of a signature, `grave` what of it touches the figures. `unsigned` is asked
    only of figures that are the partner's own: a published return stands as its publisher has it.
    """

    months: str | None = None
    errors: int = 0
    grave: int = 0
    unsigned: bool = False

    @property
    def is_withheld(self) -> bool:
        """True where the figures are left out of medians, counts and potentials: a part of a year, or errors open."""
        return self.months is not None or self.grave > 0

    @property
    def marks(self) -> tuple[Message, ...]:
        """What stands against the figures, in a few words each; none where nothing does."""
        part = say(msgid("part of the year, {count} of 12 months"), count=self.months or "")
        errors = say_count(msgid("{count} error open"), msgid("{count} errors open"), self.errors)
        told = ((self.months is not None, part), (self.errors > 0, errors), (self.unsigned, say(msgid("not signed"))))
        return tuple(words for applies, words in told if applies)


def reliance_of(study: Study) -> Mapping[str, Reliance]:
    """What stands against each partner's figures of the base year, by code."""
    return {each.partner: _reliance(each, study.definition.base_year) for each in study.returns}


def unfit(reliance: Mapping[str, Reliance], definition: Definition) -> tuple[Message, ...]:
    """For the front of a paper: the partners on whose figures no decision should rest, each with the reason."""
    told = tuple(
        say(msgid("{partner} ({why})"), partner=definition.partner(code).name, why=reliance[code].marks)
        for code in definition.codes
        if code in reliance and reliance[code].is_withheld
    )
    sentence = msgid(
        "Not fit to decide on yet: returns with errors open or of a part of the year stand behind these figures: "
        "{partners}."
    )
    return (say(sentence, partners=told),) if told else ()


def unfit_findings(reliance: Mapping[str, Reliance], definition: Definition) -> tuple[Finding, ...]:
    """The same among the findings of a run: one for each partner whose figures are withheld from comparisons."""
    return tuple(
        Finding(
            "return-not-fit",
            Severity.ERROR,
            "{partner}: the return has errors open or is of a part of the year; it stands in this run all the same.",
            "Mend and sign it, then run again. It is left out of medians and potentials until then.",
            values=(("partner", (name.en, name.in_language("cy"))),),
        )
        for code, name in ((one.code, one.name) for one in definition.partners)
        if code in reliance and reliance[code].is_withheld
    )


def _reliance(returned: Return, base_year: str) -> Reliance:
    blocking = _blocking(returned)
    return Reliance(
        months=_months(returned, base_year),
        errors=len(blocking),
        grave=sum(one.code not in BESIDE_THE_FIGURES for one in blocking),
        unsigned=not is_published(returned) and returned.header.signed_digest != return_digest(returned),
    )


def _blocking(returned: Return) -> tuple[Finding, ...]:
    """What stands in the way of a signature; the national medians are not asked, as no rule on them makes an error."""
    lines = stale(returned.costs, returned.review.adjustments)
    ruled = () if lines else tuple(one.finding for one in review_findings(returned))
    return signing.objections(returned, findings=ruled)


def _months(returned: Return, base_year: str) -> str | None:
    """The months that the ledger behind the base year has; accepting that it lacks some does not make it a year."""
    for one in returned.findings:
        said = dict(one.values)
        if one.code == PART_YEAR and returned.is_from_ledger and said.get("year") == base_year:
            return str(said.get("count", ""))
    return None
