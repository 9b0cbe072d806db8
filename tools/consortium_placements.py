"""Functions of the consortium in the examples on the continuum of working together [judgement: an illustration].

What a consortium of six published of itself in 2007 names the levels and says that not one way fits all; which function
stands where here, why, and who would have agreed are made up for the example, in our own words.
"""

from __future__ import annotations

from consortia.study import Text
from consortia.study.placements import Agreed, NextAction, Placement

CARMARTHENSHIRE, CEREDIGION, POWYS = "W06000010", "W06000008", "W06000023"
NEATH, PEMBROKESHIRE, SWANSEA = "W06000012", "W06000009", "W06000011"
SIX = (CARMARTHENSHIRE, CEREDIGION, NEATH, PEMBROKESHIRE, POWYS, SWANSEA)


def placements() -> tuple[Placement, ...]:
    """Four functions: one common service, one shared by four and only coordinated by two, one of talk, one kept."""
    return (_school_improvement(), _welsh_for_four(), _welsh_for_two(), _governors(), _admissions())


def _school_improvement() -> Placement:
    return Placement(
        key="school-improvement",
        function=Text(en="Support and challenge for schools", cy="Cymorth a her i ysgolion"),
        service="education",
        level="full_integration",
        opportunities=(
            Text(en="Specialists that none could keep alone", cy="Arbenigwyr na allai'r un eu cadw ar ei ben ei hun"),
            Text(en="One standard of advice", cy="Un safon o gyngor"),
        ),
        challenges=(
            Text(en="Equal contributions weigh most on the smallest", cy="Cyfraniadau cyfartal drymaf ar y lleiaf"),
        ),
        reasons=(
            Text(
                en="The same schools' data and the same inspections call for one team.",
                cy="Mae'r un data ysgolion a'r un arolygiadau'n galw am un tîm.",
            ),
        ),
        in_place=("exchange", "aligned_policies", "joint_solutions", "shared_resources", "shared_risk"),
        agreed=tuple(Agreed(partner=code, by="Cabinet", on="2019-09-12") for code in SIX[:5]),
        actions=(
            NextAction(
                what=Text(
                    en="Agree one budget with contributions by use in place of equal ones",
                    cy="Cytuno ar un gyllideb gyda chyfraniadau yn ôl defnydd yn lle rhai cyfartal",
                ),
                owner="Directors of education",
                due="2020-03-31",
                aims=("efficiency", "partnership"),
            ),
        ),
    )


def _welsh_for_four() -> Placement:
    return Placement(
        key="welsh-courses",
        function=Text(en="Welsh language courses for teachers", cy="Cyrsiau Cymraeg i athrawon"),
        members=(CARMARTHENSHIRE, CEREDIGION, PEMBROKESHIRE, SWANSEA),
        level="collaboration",
        opportunities=(Text(en="Full courses in every term", cy="Cyrsiau llawn ym mhob tymor"),),
        challenges=(Text(en="Travel", cy="Teithio"),),
        reasons=(Text(en="They run the same courses a few miles apart.", cy="Cynhaliant yr un cyrsiau yn agos."),),
        agreed=(Agreed(partner=CARMARTHENSHIRE, by="Director", on="2019-06-03"),),
        actions=(
            NextAction(
                what=Text(en="One list of courses for the year", cy="Un rhestr o gyrsiau am y flwyddyn"),
                owner="Carmarthenshire",
                due="2019-12-20",
                aims=("innovation",),
            ),
        ),
    )


def _welsh_for_two() -> Placement:
    return Placement(
        key="welsh-courses",
        function=Text(en="Welsh language courses for teachers", cy="Cyrsiau Cymraeg i athrawon"),
        members=(NEATH, POWYS),
        level="coordination",
        challenges=(Text(en="Too far for a course of one evening", cy="Rhy bell am gwrs un noson"),),
        reasons=(
            Text(en="Their own courses, in step with the rest.", cy="Eu cyrsiau eu hunain, yn gyson â'r lleill."),
        ),
    )


def _governors() -> Placement:
    return Placement(
        key="governors",
        function=Text(en="Support for governors", cy="Cymorth i lywodraethwyr"),
        level="networking",
        opportunities=(Text(en="Material that can be shared at once", cy="Deunydd y gellir ei rannu ar unwaith"),),
        reasons=(Text(en="Each council answers for its own governors.", cy="Mae pob un yn atebol am ei rai ei hun."),),
        agreed=tuple(Agreed(partner=code, by="Officer group", on="2019-05-14") for code in SIX),
    )


def _admissions() -> Placement:
    return Placement(
        key="admissions",
        function=Text(en="School admissions", cy="Derbyniadau ysgol"),
        level="none",
        reasons=(Text(en="A duty of each council, decided locally.", cy="Dyletswydd pob un, a benderfynir yn lleol."),),
        agreed=tuple(Agreed(partner=code, by="Officer group", on="2019-05-14") for code in SIX),
    )
