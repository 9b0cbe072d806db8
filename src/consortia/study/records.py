"""What every record of a study has in common: frozen, closed to unknown fields, checked on the way in."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class Record(BaseModel):
    """A frozen record; change returns a copy (`model_copy(update=...)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def to_plain(self) -> dict[str, Any]:
        """The record as plain values for YAML and JSON; fields that hold their default are left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


def sentences(error: ValidationError) -> list[str]:
    """One sentence per fault of a record, each with the place inside the document."""
    return [f"{_path(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}." for fault in error.errors()]


def _path(location: tuple[int | str, ...]) -> str:
    """`initiatives[3].saving.low` from the location that the validator gives."""
    text = ""
    for part in location:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "document"
