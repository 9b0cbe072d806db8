"""An estimate as people give it: one number, or a range with its shape, with source, grade and reason."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, SerializerFunctionWrapHandler, model_serializer, model_validator

from consortia.study.records import Record

Shape = Literal["pert", "triangular", "uniform", "lognormal"]
Ends = Literal["limits", "p10_p90"]
Fault = Literal["", "neither", "ends", "order", "sign"]


class Estimate(Record):
    """A number, or a range; in YAML a plain number stands for `{value: number}`.

    Whether a range is in order is checked with the whole study (`project_findings`), so that all faults are told at
    once. A lognormal is given by its P10 and P90 as `low` and `high`.
    """

    value: float | None = Field(default=None, description="one number; left out when a range is given")
    low: float | None = Field(default=None, description="lowest value; P10 of a lognormal")
    mode: float | None = Field(default=None, description="most likely value; not used by uniform and lognormal")
    high: float | None = Field(default=None, description="highest value; P90 of a lognormal")
    shape: Shape = "pert"
    ends: Ends = Field(
        default="limits", description="what low and high of a PERT or triangular are; P10 and P90 are fitted"
    )
    source: str = ""
    grade: int | None = Field(default=None, ge=1, le=6, description="grade of the evidence, 1 best to 6 (GMCA)")
    reason: str = ""

    @model_validator(mode="wrap")
    @classmethod
    def _a_number_is_a_value(cls, given: Any, handler: ModelWrapValidatorHandler[Estimate]) -> Estimate:
        plain = isinstance(given, int | float) and not isinstance(given, bool)
        return handler({"value": given} if plain else given)

    @model_serializer(mode="wrap")
    def _as_a_number(self, handler: SerializerFunctionWrapHandler) -> Any:
        plain: dict[str, Any] = handler(self)
        return plain["value"] if set(plain) == {"value"} else plain

    @property
    def given(self) -> tuple[float, ...]:
        """The numbers that were given, lowest first as they stand in the document."""
        return tuple(part for part in (self.value, self.low, self.mode, self.high) if part is not None)

    @property
    def fault(self) -> Fault:
        """What is wrong: "neither" value nor range (or both), no "ends", "order", "sign"; "" when nothing is."""
        ranged = [part for part in (self.low, self.mode, self.high) if part is not None]
        if (self.value is None) == (not ranged):
            return "neither"
        if self.value is not None:
            return ""
        if self.low is None or self.high is None or (self.mode is None and self.shape in ("pert", "triangular")):
            return "ends"
        if ranged != sorted(ranged):
            return "order"
        return "sign" if self.shape == "lognormal" and self.low <= 0 else ""
