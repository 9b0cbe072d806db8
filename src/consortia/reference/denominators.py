"""What a unit cost divides by: residents, children, older people, pupils, area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.parameters import parameter

NAMES = {
    "population": {"en": "residents", "cy": "preswylwyr"},
    "population_0_17": {"en": "residents aged 0 to 17", "cy": "preswylwyr 0 i 17 oed"},
    "population_65_plus": {"en": "residents aged 65 and over", "cy": "preswylwyr 65 oed a throsodd"},
    "pupils": {"en": "pupils", "cy": "disgyblion"},
    "area_km2": {"en": "square kilometres", "cy": "cilometrau sgwâr"},
}


@dataclass(frozen=True, slots=True)
class Denominator:
    """A volume of one authority; `year` is when it was counted: mid-year, or the financial year's start for pupils."""

    value: float
    year: int
    measure: str
    source: str
    evidence: str

    @property
    def label(self) -> str:
        """The measure with its year, such as "residents, mid-2023"."""
        counted = f"{FinancialYear(self.year)}" if self.measure == "pupils" else f"mid-{self.year}"
        return f"{denominator_name(self.measure)}, {counted}"


@cache
def _points() -> dict[tuple[str, str], dict[int, Denominator]]:
    points: dict[tuple[str, str], dict[int, Denominator]] = {}
    for row in shelf.rows("denominators"):
        one = Denominator(float(row["value"]), int(row["year"]), row["measure"], row["source"], row["evidence"])
        points.setdefault((row["authority"], row["measure"]), {})[one.year] = one
    return points


def denominator(code: str, measure: str, year: FinancialYear) -> Denominator | None:
    """The volume at the start of the financial year (mid-year of its first calendar year), or of the nearest year.

    The earlier year wins a tie; `year` of the result names which was used. None means not known: nothing was published
    within the reach of the parameter `denominator_reach_years` (area has no reach: it hardly changes).
    """
    if measure not in NAMES:
        raise UnknownReference(f"'{measure}' is not a denominator.", remedy=suggest(measure, NAMES))
    points = _points().get((code, measure))
    if not points:
        return None
    nearest = min(points, key=lambda counted: (abs(counted - year.start), counted))
    reach = parameter("denominator_reach_years").number
    return points[nearest] if measure == "area_km2" or abs(nearest - year.start) <= reach else None


def denominator_name(measure: str, language: str = "en") -> str:
    """The words for a denominator in English ("en") or Welsh ("cy")."""
    if measure not in NAMES:
        raise UnknownReference(f"'{measure}' is not a denominator.", remedy=suggest(measure, NAMES))
    return NAMES[measure].get(language, NAMES[measure]["en"])


def measure_for(service_denominator: str, nation: str) -> str:
    """The denominator to use in a nation: no pupil counts are held for England, so children stand in there."""
    return "population_0_17" if service_denominator == "pupils" and nation == "England" else service_denominator
