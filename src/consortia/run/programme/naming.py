"""The inputs of a programme in words: what is uncertain, in which project, on which line."""

from __future__ import annotations

from consortia.reference.taxonomy import service
from consortia.report.words import Words, msgid, say
from consortia.run.programme.part_words import parts_of, words_of_part
from consortia.study import Definition, Text
from consortia.study.projects import BudgetLine

OF_PROJECT = {
    "delivery": msgid("{what}: part that is delivered"),
    "delay": msgid("{what}: months late"),
    "slip": msgid("{what}: slips by a year"),
    "saving": msgid("{what}: rate of saving"),
    "level": msgid("{what}: depth of sharing reached"),
    "setup": msgid("{what}: set-up cost"),
}
OF_LINE = {
    "demand": msgid("{what}: growth of demand"),
    "prices": msgid("{what}: growth of prices beyond inflation"),
}
OF_PART = {
    "rate": msgid("{project}, {what}: rate"),
    "open": msgid("{project}, {what}: part that can be let anew"),
    "times": msgid("{project}, {what}: how large"),
    "unit_cost": msgid("{project}, {what}: cost of a unit"),
    "volume": msgid("{project}, {what}: volume"),
    "growth": msgid("{project}, {what}: growth of the volume"),
    "price": msgid("{project}, {what}: price"),
    "index": msgid("{project}, {what}: index of the price"),
    "now": msgid("{project}, {what}: index of what is paid now"),
    "chance": msgid("{project}, {what}: whether it comes"),
    "profit": msgid("{project}, {what}: profit of the other side"),
}
ENDS = msgid("{project}, {what}: when it ends")
MOST_NAMED = 4
"""Members of a group that are named; of a larger one the first, and how many others."""


def input_words(name: str, definition: Definition) -> Words:
    """What an input is about, from its name."""
    kind, _, key = name.partition("|")
    if kind in OF_PROJECT:
        return say(OF_PROJECT[kind], what=project_title(key, definition))
    if kind in OF_LINE:
        return say(OF_LINE[kind], what=line_title(key, definition))
    if kind == "end":
        project, _, part = key.partition(".")
        part = part.split(".")[0]
        return say(ENDS, project=project_title(project, definition), what=part_title(project, part, definition))
    project, part, what, *_ = *name.split("."), ""
    if what not in OF_PART:
        return name
    return say(OF_PART[what], project=project_title(project, definition), what=part_title(project, part, definition))


def project_title(key: str, definition: Definition) -> Text:
    """What a project is called, or a service to be shared with its members; the key where it is neither."""
    found = next((one.title for one in definition.projects if one.key == key), None)
    return found or _of_sharing(key, definition) or Text(en=key)


def _of_sharing(key: str, definition: Definition) -> Text | None:
    initiative, _, members = key.partition("/")
    found = next((one for one in definition.initiatives if one.key == initiative), None)
    if found is None or not members:
        return None
    shared = service(found.service)
    title = found.title or Text(en=shared.name, cy=shared.name_cy)
    names = [definition.partner(code).name for code in members.split("+")]
    return Text(
        en=f"{title.en}: {_listed([name.en for name in names], 'and {} others')}",
        cy=f"{title.in_language('cy')}: {_listed([name.in_language('cy') for name in names], 'a {} arall')}",
    )


def _listed(names: list[str], others: str) -> str:
    """The members of a group: all of a small one, of a large one the first, who are in no other group."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[: MOST_NAMED - 1])} {others.format(len(names) - MOST_NAMED + 1)}"


def line_title(key: str, definition: Definition) -> Text:
    """What a line is called: its own title, or its partner's name with its service, or with its key."""
    for line in definition.lines:
        if line.key == key:
            return line.title or _of_service(line, definition)
    return Text(en=key)


def _of_service(line: BudgetLine, definition: Definition) -> Text:
    name = definition.partner(line.partner).name
    if not line.service:
        said = line.key.replace("_", " ")
        return Text(en=f"{name.en}: {said}", cy=f"{name.in_language('cy')}: {said}")
    found = service(line.service)
    return Text(en=f"{name.en}: {found.name}", cy=f"{name.in_language('cy')}: {found.name_cy}")


def part_title(project: str, part: str, definition: Definition) -> Words:
    """What an effect, cost or term of a project is called: its title, else its kind."""
    for one in (each for each in definition.projects if each.key == project):
        for _, held in parts_of(one):
            if held.key == part:
                return words_of_part(one, held)
    return Text(en=part)
