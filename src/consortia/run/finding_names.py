"""Findings of the calculating rooms speak of codes; here each code of a partner or service becomes its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from consortia.findings import Finding, Value, listed, named
from consortia.reference.taxonomy import services
from consortia.study import Definition


def in_names(findings: Iterable[Finding], definition: Definition) -> tuple[Finding, ...]:
    """The findings with the names of the partners and services in both languages in place of their codes."""
    names: dict[str, Value] = {one.code: one.said for one in services()}
    names |= {one.code: named(one.name.en, one.name.cy) for one in definition.partners}
    return tuple(
        replace(finding, values=tuple((place, _told(value, names)) for place, value in finding.values))
        for finding in findings
    )


def _told(value: Value, names: dict[str, Value]) -> Value:
    """A value, or a list of values, that is wholly made of codes is told by their names."""
    parts = value.split(", ") if isinstance(value, str) else []
    known = [names[part] for part in parts if part in names]
    return listed(known) if known and len(known) == len(parts) else value
