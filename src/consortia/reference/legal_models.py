"""The legal models by which a shared service is run, and the levels of working together that they suit [judgement]."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class LegalModel:
    """One legal model. Judgement from the provision that it names; no legal advice."""

    code: str
    name: str
    name_cy: str
    levels: tuple[str, ...]
    """Codes of the levels that it can carry."""
    nation: str
    """"W": in Wales only; empty: in both nations."""
    needs_lead: bool
    """Whether one of the councils leads, provides or employs."""
    needs_delegation: bool
    """Whether each member hands its function over by a decision of its own."""
    provision: str
    provision_cy: str
    evidence: str
    source: str


@cache
def _models() -> dict[str, LegalModel]:
    return {row["code"]: _model(row) for row in shelf.rows("legal_models")}


def _model(row: dict[str, str]) -> LegalModel:
    yes = {name: row[name] == "1" for name in ("needs_lead", "needs_delegation")}
    return shelf.record(LegalModel, row, levels=shelf.split(row["levels"]), **yes)


def legal_model(code: str) -> LegalModel:
    """One legal model by its code; KeyError where there is none (records allow no other)."""
    return _models()[code]
