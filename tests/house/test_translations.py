"""Every sentence that a reader meets stands in the Welsh catalogue: none missing, none fuzzy, the same places."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "consortia"
CATALOGUE = SOURCE / "report" / "locale" / "cy.po"
MARKERS = {"msgid", "say"}
PLURAL_MARKERS = {"say_count"}
Sentence = str | tuple[str, str]


def test_every_sentence_is_in_the_welsh_catalogue() -> None:
    missing = sorted(str(sentence) for sentence in sentences() if not _translated(sentence))
    assert missing == [], "add these to src/consortia/report/locale/cy.po:\n" + "\n".join(missing)


def test_no_translation_is_fuzzy() -> None:
    assert [message.id for message in _messages() if message.fuzzy] == []


def test_translations_have_the_same_places_for_values() -> None:
    assert [message.id for message in _messages() if not _same_places(message)] == []


def test_a_plural_has_all_six_welsh_forms() -> None:
    plurals = [message for message in _messages() if isinstance(message.id, tuple)]
    assert plurals
    assert [message.id for message in plurals if len(message.string) != 6 or not all(message.string)] == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said() -> None:
    said = {part for sentence in sentences() for part in (sentence if isinstance(sentence, tuple) else (sentence,))}
    kept = {message.id[0] if isinstance(message.id, tuple) else message.id for message in _messages()}
    assert sorted(kept - said) == []


@cache
def sentences() -> frozenset[Sentence]:
    """Every sentence that is marked for translation: in code, in findings, in the reference, and in the templates.

    The website has a catalogue and a test of its own.
    """
    code = [path for path in SOURCE.rglob("*.py") if "web" not in path.relative_to(SOURCE).parts]
    found = {sentence for path in code for sentence in _of_code(ast.parse(path.read_text(encoding="utf-8")))}
    templates = (SOURCE / "report" / "templates").glob("*.j2")
    found |= {sentence for path in templates for sentence in _of_template(path.read_text(encoding="utf-8"))}
    found |= set(_of_table(SOURCE / "reference" / "tables" / "edition_notes.csv"))
    halves = {half for sentence in found if isinstance(sentence, tuple) for half in sentence}
    return frozenset(sentence for sentence in found - halves if _has_words(sentence))


def _has_words(sentence: Sentence) -> bool:
    """False for a bare place such as {hint}, which another sentence fills."""
    return isinstance(sentence, tuple) or any(letter.isalpha() for letter in re.sub(r"{\w+}", "", sentence))


def _of_code(tree: ast.AST) -> Iterator[Sentence]:
    named = _named_texts(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [_constant(argument) for argument in call.args]
        if name in PLURAL_MARKERS and len(texts) > 1 and texts[0] and texts[1]:
            yield texts[0], texts[1]
        elif name in MARKERS and texts and texts[0]:
            yield texts[0]
        elif name == "CellFault":
            yield from (text for text in texts[:2] if text)
        elif name == "CashableTest":
            yield from _of_test(call)
        elif name == "Finding":
            yield from (text for text in _of_finding(call, named) if text)


def _of_test(call: ast.Call) -> list[str]:
    """What a test of a saving asks and says."""
    said = [call.args[1], *(word.value for word in call.keywords if word.arg in ("failed", "unanswered"))]
    return [_constant(node) for node in said]


def _named_texts(tree: ast.AST) -> dict[str, str]:
    """Texts that a module gives a name, so that a finding may be made of the name."""
    given = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return {name.id: _constant(node.value) for node in given for name in node.targets if isinstance(name, ast.Name)}


def _of_finding(call: ast.Call, named: dict[str, str]) -> list[str]:
    """The sentence and the remedy of a finding, each written out or by its name in the module."""
    words = {word.arg: word.value for word in call.keywords}
    given = [*call.args[2:4], *(words[name] for name in ("sentence", "remedy") if name in words)]
    return [_constant(node) or named.get(getattr(node, "id", ""), "") for node in given]


def _of_table(path: Path) -> Iterator[Sentence]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row[column] for row in csv.DictReader(file) for column in ("sentence", "remedy") if row[column])


def _constant(node: ast.expr) -> str:
    """The text of an argument; that of `msgid("...")` inside another call is taken when that call is met."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "msgid":
        return _constant(node.args[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _of_template(source: str) -> Iterator[Sentence]:
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


@cache
def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="cy")


def _messages() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _translated(sentence: Sentence) -> bool:
    message = _catalogue().get(sentence[0] if isinstance(sentence, tuple) else sentence)
    return bool(message and (all(message.string) if isinstance(message.string, tuple) else message.string))


def _same_places(message: Message) -> bool:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = set().union(*map(_places, ids))
    # A plural form for none, one or two may say the number in a word.
    return all(_places(text) | {"count"} == wanted | {"count"} for text in strings)


def _places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))
