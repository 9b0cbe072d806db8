"""Documents in YAML as people write them: `on:` is a word and 2027-03-31 is text, not a truth and a date.

A field that stands twice is refused: the readers of YAML keep the last of them and drop the others without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from consortia.findings import Finding, Place, Severity

TRUTH, DATE = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"
MERGE = "tag:yaml.org,2002:merge"
NAMED_BY = ("key", "code")


class PlainLoader(yaml.SafeLoader):
    """Reads plain values only; `true` and `false` are the only truths, and nothing is a date."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # as the class above has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (TRUTH, DATE)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


PlainLoader.add_implicit_resolver(TRUTH, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A field that stands once more in one record: its place in the document, and the lines of both."""

    place: str
    name: str
    first: int
    again: int


class RepeatedKeys(yaml.MarkedYAMLError):
    """Fields stand twice. `plain` has the last of each, so that whatever else is wrong can be told as well."""

    def __init__(self, repeats: tuple[Repeat, ...], plain: Any, mark: yaml.Mark) -> None:
        """Keep what was found, and where the first of it stands."""
        super().__init__(problem="a field stands twice", problem_mark=mark)
        self.repeats, self.plain = repeats, plain

    def findings(self, file: str) -> tuple[Finding, ...]:
        """One finding for each field that stands once more."""
        return tuple(_finding(repeat, file) for repeat in self.repeats)


def plain_yaml(text: str) -> Any:
    """The plain values of a document. Raises yaml.YAMLError, with its line, where it cannot be read or repeats a field.

    A merge (`<<`) repeats nothing: what a record says itself stands by design in place of what it takes over.
    """
    loader = PlainLoader(text)
    try:
        node = loader.get_single_node()
        found = tuple(_repeats(node, "", set())) if node is not None else ()
        plain = loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()
    if found:
        raise RepeatedKeys(tuple(repeat for repeat, _ in found), plain, found[0][1])
    return plain


def remedy_of(error: yaml.YAMLError) -> str:
    """What to do about a document that cannot be read: a tab, which looks like spaces, is named as the cause."""
    if isinstance(error, yaml.MarkedYAMLError) and r"'\t'" in (error.problem or ""):
        return "A tab is the cause, which YAML does not take: put spaces in its place, then try again."
    return "Mend that line, then try again."


def _repeats(node: yaml.Node, place: str, seen: set[int]) -> Iterator[tuple[Repeat, yaml.Mark]]:
    """Every field that stands once more at or below a node; a part that is named from elsewhere is met once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, 1):
            yield from _repeats(item, f"{place}{_of_list(item, number)}", seen)
    elif isinstance(node, yaml.MappingNode):
        # Line of the first of each name: 1 and "1" are one field once names are text.
        lines: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            own, line = f"{place}.{name}".lstrip("."), key.start_mark.line + 1
            if name in lines and key.tag != MERGE:
                yield Repeat(own, name, lines[name], line), key.start_mark
            lines.setdefault(name, line)
            yield from _repeats(value, own, seen)


def _of_list(item: yaml.Node, number: int) -> str:
    """How a part of a list is called in a place: by its key, else by its number."""
    fields = item.value if isinstance(item, yaml.MappingNode) else []
    named = [str(value.value) for key, value in fields if key.value in NAMED_BY and isinstance(value, yaml.ScalarNode)]
    return f".{named[0]}" if named else f"[{number}]"


def _finding(repeat: Repeat, file: str) -> Finding:
    return Finding(
        "field-twice",
        Severity.ERROR,
        "'{name}' stands twice, in line {first} and in line {again}, and only one of them could count.",
        "Take one of them out, or put what both say under one `{name}:`.",
        Place(file, cell=repeat.place),
        (("name", repeat.name), ("first", str(repeat.first)), ("again", str(repeat.again))),
    )
