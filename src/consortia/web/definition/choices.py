"""What can be chosen in the forms of a definition: codes with their names in the person's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from consortia.reference.collaboration import levels
from consortia.reference.delivery_classes import maturity_classes
from consortia.reference.parameters import parameters
from consortia.reference.taxonomy import families, services
from consortia.report.words import msgid
from consortia.study import Definition
from consortia.study.projects import CostKind
from consortia.web.language import language, sentence

Choices = list[tuple[str, str]]
NONE = ("", "\N{EN DASH}")
WORDED = {
    "shapes": {
        "pert": msgid("PERT"), "triangular": msgid("triangular"), "uniform": msgid("uniform"),
        "lognormal": msgid("lognormal: P10 and P90 as lowest and highest"),
    },
    "levers": {
        "remove_duplication": msgid("It removes duplication"), "share_practice": msgid("It shares good practice"),
        "build_critical_mass": msgid("It builds critical mass"),
    },
    "prices": {"real": msgid("prices of the base year"), "nominal": msgid("cash of each year")},
    "money": {
        "cashable": msgid("cashable"), "non_cashable": msgid("not cashable"), "cost_avoidance": msgid("cost avoided"),
        "income": msgid("income"), "one_off_saving": msgid("saving once"),
    },
    "curves": {
        "at_once": msgid("at once"), "linear": msgid("in a straight line"), "logistic": msgid("along an S-curve"),
        "exponential": msgid("fast at first, then ever more slowly"),
        "bass": msgid("as a new thing spreads (Bass)"), "table": msgid("by a table (write it as text)"),
    },
    "lasts": {
        "for_good": msgid("for good"), "years": msgid("for some years"), "fades": msgid("it fades"),
    },
    "then": {"continue": msgid("the last amount goes on"), "stop": msgid("nothing more")},
    "cost_kinds": {
        "pension_strain": msgid("pension strain"), "ict": msgid("ICT"), "programme": msgid("programme team"),
        "dual_running": msgid("dual running"), "pay_alignment": msgid("alignment of pay"), "vat": msgid("VAT"),
        "contract_exit": msgid("leaving a contract"), "accommodation": msgid("accommodation"),
        "capital": msgid("capital"), "receipt": msgid("receipt (comes in)"), "other": msgid("other"),
    },
}  # fmt: skip
EFFECT_KINDS = {
    "rate_of_line": msgid("A part of budget lines"), "amounts": msgid("Amounts by year"),
    "units": msgid("Units, their cost and volume"), "posts": msgid("Posts that end"),
    "procurement": msgid("A better price on spending"), "contract": msgid("A contract in place of a cost"),
}  # fmt: skip
COST_KINDS: tuple[str, ...] = get_args(CostKind)
OPTIONAL = frozenset({"services", "levels", "partners"})


def choices_for(name: str, definition: Definition) -> Choices:
    """The choices of that name; an empty one first where nothing need be chosen."""
    if words := WORDED.get(name):
        return [(code, sentence(text)) for code, text in words.items()]
    found = list(_of_study(name, definition))
    return [NONE, *found] if name in OPTIONAL else found


def _of_study(name: str, definition: Definition) -> Iterable[tuple[str, str]]:
    words = language()
    welsh = words.code == "cy"
    if name == "services":
        return ((one.code, f"{(one.name_cy if welsh else '') or one.name} ({one.code})") for one in services())
    if name == "levels":
        return ((one.code, (one.name_cy if welsh else "") or one.name) for one in levels())
    if name in ("maturity", "project_maturity"):
        stated = [("as_stated", sentence("as stated: in full and on time"))] if name == "project_maturity" else []
        return [*stated, *((one.code, (one.name_cy if welsh else "") or one.name) for one in maturity_classes())]
    if name == "partners":
        return ((one.code, one.name.in_language(words.code)) for one in definition.partners)
    if name == "parameters":
        keys = [one.key for one in parameters() if not isinstance(one.value, tuple)]
        return ((key, key) for key in (*keys, *(f"saving.{one.code}" for one in families())))
    return ((one.key, one.key) for one in getattr(definition, name))
