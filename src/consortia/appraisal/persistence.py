"""How long an effect lasts once it is won: what each year's new savings still give in later years.

Source: methods.md 5.6. A persistence is the part still in effect 0, 1, 2... years later; `profiles.persisted` adds the
vintages up. The case behind it is Brighton's re-ablement, where a person helped this year needs less care for one
further year.
"""

from __future__ import annotations

from consortia.appraisal.refusals import AppraisalError


def recurrent(horizon: int) -> tuple[float, ...]:
    """In effect for good, as far as anybody looks."""
    return (1.0,) * (horizon + 1)


def lasting(further_years: float) -> tuple[float, ...]:
    """In effect in its own year and for that many further years; half a further year gives half of that year."""
    if further_years < 0:
        raise AppraisalError(
            f"An effect cannot last {further_years:g} further years.", remedy="Give 0 for an effect of one year only."
        )
    whole = int(further_years)
    part = further_years - whole
    return (1.0,) * (whole + 1) + ((part,) if part else ())


def fading(kept: float, *, horizon: int) -> tuple[float, ...]:
    """Each year keeps the same part of what the year before had: 1, kept, kept^2..."""
    if not 0 <= kept <= 1:
        raise AppraisalError(
            f"A part kept of {kept:g} is no part.",
            remedy="Give the part that is still there a year later, from 0 to 1.",
        )
    return tuple(kept**year for year in range(horizon + 1))
