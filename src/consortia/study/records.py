"""What every record of a study has in common: frozen, closed to unknown fields, checked on the way in."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from consortia.findings import Finding, Place, Severity, Value


class Record(BaseModel):
    """A frozen record; change returns a copy (`model_copy(update=...)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    def to_plain(self) -> dict[str, Any]:
        """The record as plain values for YAML and JSON; fields that hold their default are left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


class Refused(ValueError):
    """Raised by the checks of a record: a finding without its place, which the reader of the document adds.

    `at` is the place below the record that was checked, where the check looks at more than one field.
    """

    def __init__(self, code: str, sentence: str, remedy: str, /, *, at: str = "", **values: Value) -> None:
        self.finding = Finding(code, Severity.ERROR, sentence, remedy, Place("", cell=at), tuple(values.items()))
        super().__init__(self.finding.text())
