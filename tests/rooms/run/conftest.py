"""A small real study that runs in under a second: three Welsh councils, one published year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consortia.intake.published import baseline
from consortia.run import Run, run_study
from consortia.study import Definition, Study

DAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def three_councils() -> Study:
    """Ceredigion, Pembrokeshire and Powys on what they published for 2024-25, with few draws."""
    study, _ = baseline(["Ceredigion", "Pembrokeshire", "Powys"], ["wales-2024-25"], name="three", title="Three")
    return with_definition(study, draws=256)


@pytest.fixture(scope="session")
def finished(three_councils: Study) -> Run:
    """The run of the three councils."""
    return run_study(three_councils, made_on=DAY)


def with_definition(study: Study, **changes: object) -> Study:
    """The study with other values in its definition, checked as from a file."""
    plain = study.definition.to_plain() | {
        key: [one.to_plain() if hasattr(one, "to_plain") else one for one in value]
        if isinstance(value, tuple)
        else value
        for key, value in changes.items()
    }
    return replace(study, definition=Definition.model_validate(plain))
