"""A report's words against its own numbers: "25 per cent short" when the numbers say 37 (rule Q13)."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.findings import Finding, Place, Severity
from consortia.money import from_pence


@dataclass(frozen=True, slots=True)
class Claim:
    """What a report says of a programme, whole pence, nominal unless the report says otherwise.

    `printed_to_pence` is the step to which the amounts were printed (0.1m pounds = 10_000_000): half of it is the
    room that each amount leaves. `stated_percent_short` is the report's own words, `stated_to_percent` their step.
    """

    promised_pence: int
    delivered_pence: int
    found_later_pence: int
    stated_percent_short: float
    printed_to_pence: int = 1
    stated_to_percent: float = 1.0
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the numbers: what is short, in pence and as a percentage of the promise, with its sum."""

    name: str
    short_pence: int
    percent_short: float
    lowest: float
    highest: float
    formula: str

    def agrees(self, stated: float, step: float) -> bool:
        """True when the stated percentage, to its own rounding, may come from the printed amounts."""
        return self.lowest <= stated + step / 2 and stated - step / 2 <= self.highest


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """Every reading of the numbers, side by side, and a finding when the words do not follow from them."""

    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]


def check_claim(claim: Claim) -> CheckedClaim:
    """Gives both readings of a shortfall (at the date, and after savings found later) and raises Q13 on disagreement.

    The words are held against the reading at the date: what was promised less what was delivered.
    Raises ValueError when nothing was promised.
    """
    if claim.promised_pence <= 0:
        raise ValueError("a claim needs a promise above zero")
    at_date = _reading(claim, "short at the date", later=False)
    found = (_reading(claim, "short after savings found later", later=True),) if claim.found_later_pence else ()
    if at_date.agrees(claim.stated_percent_short, claim.stated_to_percent):
        return CheckedClaim((at_date, *found), ())
    return CheckedClaim((at_date, *found), (_disagreement(claim, at_date, found),))


def _reading(claim: Claim, name: str, *, later: bool) -> Reading:
    found = claim.found_later_pence if later else 0
    short = claim.promised_pence - claim.delivered_pence - found
    # Each printed amount may be off by half its step; the promise stands in both numerator and denominator.
    half = claim.printed_to_pence / 2
    doubt = half * (3 if later else 2)
    parts = [f"{_pounds(claim.promised_pence)} - {_pounds(claim.delivered_pence)}"]
    parts += [f"- {_pounds(found)}"] if later else []
    return Reading(
        name,
        short,
        100 * short / claim.promised_pence,
        100 * (short - doubt) / (claim.promised_pence - half),
        100 * (short + doubt) / (claim.promised_pence + half),
        f"({' '.join(parts)}) / {_pounds(claim.promised_pence)}",
    )


def _disagreement(claim: Claim, at_date: Reading, others: tuple[Reading, ...]) -> Finding:
    values = [
        ("stated", f"{claim.stated_percent_short:g}"),
        ("counted", f"{at_date.percent_short:.1f}"),
        ("formula", at_date.formula),
    ]
    sentence = "The words say {stated}% short, the numbers {counted}%: {formula}."
    for other in others:
        if other.agrees(claim.stated_percent_short, claim.stated_to_percent):
            sentence += " {stated}% is near {other}%, {name}: {other_formula}."
            values += [("other", f"{other.percent_short:.1f}"), ("name", other.name), ("other_formula", other.formula)]
    return Finding(
        "narrative-disagrees",
        Severity.WARNING,
        sentence,
        "Show both with what each counts, and ask the author which is meant.",
        claim.place,
        tuple(values),
    )


def _pounds(pence: int) -> str:
    return f"{from_pence(pence):,}"
