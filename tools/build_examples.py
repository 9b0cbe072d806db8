"""Writes the studies in examples/ from the shipped reference data and the choices below; same input, same bytes.

Run it after a change to the reference data or to the documents of a study: `.venv/bin/python tools/build_examples.py`.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from consortia.intake.published import baseline
from consortia.study import Assumption, Definition, Range, Scenario, Study, Text, write_study
from consortium_example import consortium

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FIRST_YEAR_OF_CHANGE = "2027-28"  # the earliest year that a decision taken in 2026-27 can take effect [judgement]
YEARS = 12  # 2024-25 to 2036-37: ten years of working together

LANCASHIRE = (
    "Lancashire", "Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston", "Ribble Valley",
    "Rossendale", "South Ribble", "West Lancashire", "Wyre", "Blackburn with Darwen", "Blackpool",
)  # fmt: skip
LANCASHIRE_YEARS = ("lancashire-2021-22", "lancashire-2022-23", "lancashire-2023-24", "lancashire-2024-25")
SWAMWAC = ("Carmarthenshire", "Ceredigion", "Neath Port Talbot", "Pembrokeshire", "Powys", "Swansea")
SWAMWAC_YEARS = ("wales-2006-07", "wales-2010-11", "wales-2014-15", "wales-2019-20", "wales-2023-24", "wales-2024-25")


def main() -> None:
    """Writes every study; their README files are written by hand and kept."""
    _write(_lancashire(), EXAMPLES / "lancashire-fifteen")
    _write(_swamwac(), EXAMPLES / "south-west-and-mid-wales-six")
    _write(consortium(), EXAMPLES / "education-consortium")


def _lancashire() -> Study:
    title = Text(en="Lancashire fifteen", cy="Pymtheg Swydd Gaerhirfryn")
    study, _ = baseline(LANCASHIRE, LANCASHIRE_YEARS, name="lancashire-fifteen", title=title)
    purpose = Text(
        en="Which of 39 services should the county, its twelve districts and the two unitaries share, and with whom?",
        cy="Pa rai o 39 gwasanaeth y dylai'r sir, ei deuddeg dosbarth a'r ddau awdurdod unedol eu rhannu, ac â phwy?",
    )
    scenarios = (_free_coordination(), _careful())
    return _with(study, study.definition.model_copy(update={"purpose": purpose, "scenarios": scenarios}))


def _swamwac() -> Study:
    title = Text(en="South West and Mid Wales six", cy="Chwech De-orllewin a Chanolbarth Cymru")
    study, _ = baseline(SWAMWAC, SWAMWAC_YEARS, name="south-west-and-mid-wales-six", title=title)
    purpose = Text(
        en="What could the six authorities of the former education consortium share today, on what they publish?",
        cy="Beth allai chwe awdurdod yr hen gonsortiwm addysg ei rannu heddiw, ar sail yr hyn y maent yn ei gyhoeddi?",
    )
    scenarios = (_as_promised(), _free_coordination(), _careful())
    return _with(study, study.definition.model_copy(update={"purpose": purpose, "scenarios": scenarios}))


def _with(study: Study, definition: Definition) -> Study:
    initiatives = tuple(one.model_copy(update={"start": FIRST_YEAR_OF_CHANGE}) for one in definition.initiatives)
    return replace(study, definition=definition.model_copy(update={"initiatives": initiatives, "horizon_years": YEARS}))


def _free_coordination() -> Scenario:
    reason = "Judgement, to see what the cost of working together decides: with none, larger groups always win."
    return Scenario(
        key="free-coordination",
        title=Text(en="Working together costs nothing", cy="Nid yw cydweithio'n costio dim"),
        assumptions=(
            Assumption(key="coordination_fixed", value=0.0, reason=reason),
            Assumption(key="coordination_per_pair", value=0.0, reason=reason),
            Assumption(key="unlikeness", value=0.0, reason=reason),
        ),
    )


def _careful() -> Scenario:
    reason = "Judgement: members who would rather forgo a gain than risk a loss."
    return Scenario(
        key="careful",
        title=Text(en="A loss in one case in five at most", cy="Colled mewn un achos o bob pump ar y mwyaf"),
        assumptions=(Assumption(key="max_chance_of_loss", value=0.2, reason=reason),),
    )


def _as_promised() -> Scenario:
    reason = (
        "A plan, not an outturn: ten South East Wales authorities planned 27% of education support budgets by 2014."
    )
    return Scenario(
        key="as-promised",
        title=Text(en="As a neighbouring review promised", cy="Fel yr addawodd adolygiad cyfagos"),
        assumptions=(
            Assumption(
                key="saving.education_support",
                range=Range(low=0.0, mode=0.27, high=0.30),
                source="ServQ case study: over 20 initiatives, 27% accumulative by 2014 (claim, unaudited)",
                reason=reason,
            ),
        ),
    )


def _write(study: Study, folder: Path) -> None:
    shutil.rmtree(folder / "returns", ignore_errors=True)
    write_study(study, folder)
    print(f"Wrote {folder.name}: {len(study.returns)} partners, {len(study.definition.initiatives)} initiatives.")


if __name__ == "__main__":
    main()
