"""Small documents of a study as they would be typed, and what is found wrong with their form."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from consortia.findings import Finding
from consortia.study import Definition
from consortia.study.document_findings import document_findings

STUDY = {
    "key": "x",
    "title": {"en": "X"},
    "base_year": "2024-25",
    "partners": [{"code": "E1", "name": {"en": "Ash"}}],
    "lines": [{"key": "libraries", "partner": "E1", "amount": 1000}],
}


def faults_of(fields: dict[str, Any]) -> tuple[Finding, ...]:
    """The findings on a study with these fields in place of those above."""
    plain = STUDY | fields
    with pytest.raises(ValidationError) as refused:
        Definition.model_validate(plain)
    return document_findings(refused.value, plain, Definition, file="study.yaml")
