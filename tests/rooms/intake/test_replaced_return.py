"""A file that blanks what was known does not take the place of a return unasked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from consortia.errors import IntakeError
from consortia.intake.blank import write_blank_return
from consortia.intake.files import read_return
from consortia.intake.published import baseline
from consortia.intake.replaced_return import check_replaces
from consortia.study import CostLine, Return, Study
from consortia.study.tables import records_of, table_of

PARTNER = "E06000001"


@pytest.fixture(scope="module")
def study() -> Study:
    return baseline([PARTNER, "Darlington"], ["rsx-2024-25"], name="two", title="Two")[0]


def blanked(returned: Return, count: int) -> Return:
    """The return with its first known amounts not known."""
    lines = [one for one in records_of(CostLine, returned.costs) if isinstance(one, CostLine)]
    known = [one.key for one in lines if one.amount is not None][:count]
    blank = {"amount": None, "status": "not_known"}
    made = [one.model_copy(update=blank) if one.key in known else one for one in lines]
    return replace(returned, costs=table_of(CostLine, made))


def test_a_blank_template_is_not_loaded_over_known_amounts_unasked(study: Study, tmp_path: Path) -> None:
    write_blank_return(tmp_path / "blank.xlsx", study.definition, PARTNER)
    empty = read_return(tmp_path / "blank.xlsx", partner=PARTNER, years=["2024-25"])[0]
    with pytest.raises(IntakeError, match="amounts blank that this return holds"):
        check_replaces(study.return_of(PARTNER), empty)
    assert check_replaces(study.return_of(PARTNER), empty, replace=True)


def test_a_few_blanks_are_told(study: Study) -> None:
    (found,) = check_replaces(study.return_of(PARTNER), blanked(study.return_of(PARTNER), 3))
    assert (found.code, Decimal(found.filled()["count"])) == ("amounts-blanked", 3)


def test_the_same_amounts_again_have_nothing_to_say(study: Study) -> None:
    assert check_replaces(study.return_of(PARTNER), study.return_of(PARTNER)) == ()
