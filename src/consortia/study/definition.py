"""The definition of a study: partners, initiatives, links between partners, assumptions, scenarios, sharing rule."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from consortia.periods import FinancialYear
from consortia.study.records import Record

SCHEMA_VERSION = 1


def _is_financial_year(text: str) -> str:
    return str(FinancialYear.parse(text))


Year = Annotated[str, AfterValidator(_is_financial_year)]
LevelCode = Literal["networking", "coordination", "cooperation", "collaboration", "full_integration"]
Lever = Literal["share_practice", "remove_duplication", "build_critical_mass"]
SharingRule = Literal["equal", "budget", "shapley"]


class Text(Record):
    """The same words in English and Welsh; Welsh may be empty, then the English is shown and marked as such."""

    en: str
    cy: str = ""

    def in_language(self, language: str) -> str:
        """The words in "en" or "cy"."""
        return self.cy or self.en if language == "cy" else self.en


class Range(Record):
    """Lowest, most likely and highest value that an expert would defend; read as a PERT distribution."""

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low}, mode {self.mode}, high {self.high} must not fall")
        return self


class Partner(Record):
    """A council or other body that takes part."""

    code: str = Field(description="GSS code, or the E-code of a body that has none")
    name: Text


class Initiative(Record):
    """A proposal to share one service at one level. What is left out is the reference default."""

    key: str
    service: str = Field(description="code in the service taxonomy")
    title: Text | None = None
    level: LevelCode | None = Field(default=None, description="depth of working; default: the deepest sensible")
    saving: Range | None = Field(default=None, description="steady-state saving as a share of addressable gross spend")
    addressable_share: float | None = Field(default=None, ge=0, le=1, description="share of the line that can change")
    maturity: str = Field(default="outline_idea", description="maturity of the plan, for the chance of delivery")
    start: Year | None = Field(default=None, description="first year of change; default: the year after the base year")
    lever: Lever = "remove_duplication"
    comparator: str = Field(default="", description="named case that reached a saving above the reference range")
    reason: str = Field(default="", description="why this differs from the default")

    @model_validator(mode="after")
    def _changes_have_a_reason(self) -> Self:
        changed = [name for name in ("saving", "addressable_share") if getattr(self, name) is not None]
        if changed and not self.reason:
            raise ValueError(f"{' and '.join(changed)} of '{self.key}' differ from the default; give the reason")
        return self


class Link(Record):
    """Partners that must share together or must not, for all services or for those named."""

    kind: Literal["together", "apart"]
    partners: tuple[str, ...] = Field(min_length=2)
    services: tuple[str, ...] = ()
    reason: str


class Assumption(Record):
    """A value that replaces a reference parameter in this study, with the reason for it."""

    key: str
    value: float | None = None
    range: Range | None = None
    source: str = ""
    reason: str

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if (self.value is None) == (self.range is None):
            raise ValueError(f"assumption '{self.key}' needs either a value or a range")
        return self


class Scenario(Record):
    """A named set of assumptions that replace those of the base."""

    key: str
    title: Text
    assumptions: tuple[Assumption, ...] = ()


class Definition(Record):
    """Everything that determines a study apart from what the partners return."""

    schema_version: int = SCHEMA_VERSION
    key: str
    title: Text
    purpose: Text = Text(en="")
    base_year: Year = Field(description="last year of the baseline; t = 0, undiscounted; its prices are the price base")
    horizon_years: int = Field(default=10, ge=1, le=60)
    editions: tuple[str, ...] = Field(default=(), description="published returns that the baseline was taken from")
    partners: tuple[Partner, ...] = Field(min_length=1)
    initiatives: tuple[Initiative, ...] = ()
    links: tuple[Link, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    sharing_rule: SharingRule = "budget"
    draws: int = Field(default=4096, ge=64, le=1_048_576, description="number of draws; a power of two")
    seed: int = Field(default=20_260_401, ge=0)

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        for what, keys in self._keys().items():
            twins = sorted({key for key in keys if keys.count(key) > 1})
            if twins:
                raise ValueError(f"{what} {', '.join(twins)} stand twice; keep one")
        return self

    @model_validator(mode="after")
    def _links_name_partners(self) -> Self:
        known = {partner.code for partner in self.partners}
        unknown = sorted({code for link in self.links for code in link.partners} - known)
        if unknown:
            raise ValueError(f"links name {', '.join(unknown)}, which are not partners of this study")
        return self

    @model_validator(mode="after")
    def _draws_are_a_power_of_two(self) -> Self:
        if self.draws & (self.draws - 1):
            raise ValueError(f"draws must be a power of two (a Sobol sequence needs it); {self.draws} is not")
        return self

    def _keys(self) -> dict[str, list[str]]:
        return {
            "partners": [partner.code for partner in self.partners],
            "initiatives": [initiative.key for initiative in self.initiatives],
            "assumptions": [assumption.key for assumption in self.assumptions],
            "scenarios": [scenario.key for scenario in self.scenarios],
        }

    def to_plain(self) -> dict[str, Any]:
        """The definition as plain values; the version of the schema is always stated."""
        return {"schema_version": self.schema_version} | super().to_plain()

    @property
    def codes(self) -> tuple[str, ...]:
        """The partners' codes in the order of the definition: the order of every axis and bit mask."""
        return tuple(partner.code for partner in self.partners)

    @property
    def year(self) -> FinancialYear:
        """The base year."""
        return FinancialYear.parse(self.base_year)

    def partner(self, code: str) -> Partner:
        """The partner with that code; ValueError when there is none."""
        for partner in self.partners:
            if partner.code == code:
                return partner
        raise ValueError(f"{code} is not a partner of study {self.key}")
