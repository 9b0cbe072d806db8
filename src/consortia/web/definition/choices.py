"""What can be chosen in the forms of a definition: codes with their names in the person's language."""

from __future__ import annotations

from collections.abc import Iterable

from consortia.errors import ConsortiaError
from consortia.reference.collaboration import levels
from consortia.reference.delivery_classes import maturity_classes
from consortia.reference.parameters import parameters
from consortia.reference.taxonomy import families, services
from consortia.run.programme.compiled import compile_programme
from consortia.run.programme.naming import input_words
from consortia.study import Definition, Text
from consortia.web.definition.codes import CODES
from consortia.web.language import language, sentence

Choices = list[tuple[str, str]]
NONE = ("", "\N{EN DASH}")
NO_LEVEL = "none"
REFERRED = {
    "partner": "partners", "host": "partners", "partners": "partners", "members": "partners", "line": "lines",
    "lines": "lines", "posts": "posts", "depends_on": "projects", "excludes": "projects",
    "compatible_with": "systems", "service": "services", "services": "scope", "level": "levels",
    "must": "projects", "leave_out": "projects", "criterion": "criteria",
    "Placement.level": "placed_levels", "Initiative.maturity": "maturity",
    "Project.maturity": "project_maturity", "Assumption.key": "parameters", "Correlation.between.0": "inputs",
    "Correlation.between.1": "inputs",
}  # fmt: skip
"""The list of the study that a field names one or more of, by the name of the field or of its record and itself."""


def choices_for(name: str | tuple[str, ...], definition: Definition) -> Choices:
    """The choices of a list of the study, or of codes of a record."""
    if isinstance(name, tuple):
        return [(code, sentence(CODES.get(code, code))) for code in name]
    return list(_of_study(name, definition))


def _of_study(name: str, definition: Definition) -> Iterable[tuple[str, str]]:
    words = language()
    welsh = words.code == "cy"
    if name in ("services", "scope"):
        own = {one.service for one in definition.initiatives}
        return (
            (one.code, f"{(one.name_cy if welsh else '') or one.name} ({one.code})")
            for one in services()
            if name == "services" or one.code in own
        )
    if name in ("levels", "placed_levels"):
        none = [(NO_LEVEL, sentence(CODES[NO_LEVEL]))] if name == "placed_levels" else []
        return [*none, *((one.code, (one.name_cy if welsh else "") or one.name) for one in levels())]
    if name in ("maturity", "project_maturity"):
        stated = [("as_stated", sentence("as stated: in full and on time"))] if name == "project_maturity" else []
        return [*stated, *((one.code, (one.name_cy if welsh else "") or one.name) for one in maturity_classes())]
    if name == "partners":
        return ((one.code, one.name.in_language(words.code)) for one in definition.partners)
    if name == "parameters":
        keys = [one.key for one in parameters() if not isinstance(one.value, tuple)]
        return ((key, key) for key in (*keys, *(f"saving.{one.code}" for one in families())))
    if name == "criteria":
        held = definition.priorities.criteria if definition.priorities else ()
        return ((one.key, _titled(one.key, one.title)) for one in held if one.measure is None)
    if name == "yes_or_no":
        return [("true", sentence("yes")), ("false", sentence("no"))]
    if name == "inputs":
        return ((one, words.words(input_words(one, definition))) for one in uncertain_inputs(definition))
    return ((one.key, _titled(one.key, getattr(one, "title", None))) for one in getattr(definition, name))


def uncertain_inputs(definition: Definition) -> tuple[str, ...]:
    """The names of what is uncertain in the projects of a study; none where they cannot be appraised yet."""
    # Only names are wanted: an amount that would be taken from a return is any amount.
    lines = tuple(one.model_copy(update={"amount": one.amount or 1}) for one in definition.lines)
    whole = definition.model_copy(update={"lines": lines, "correlations": ()})
    try:
        return tuple(compile_programme(whole).programme.inputs)
    except ConsortiaError:
        return ()


def _titled(key: str, title: Text | None) -> str:
    return f"{language().words(title)} ({key})" if title else key
