"""A record as YAML text: out of the study and into it, with the limits of a text that strangers may write."""

from __future__ import annotations

from typing import Any

import yaml

from consortia.errors import IntakeError
from consortia.report.words import msgid
from consortia.study.plain_yaml import RepeatedKeys, plain_yaml
from consortia.web.definition.spots import Plain
from consortia.web.language import language, sentence

LARGEST = 256 * 1024
DEEPEST = 12


def to_text(record: Plain) -> str:
    """The record as it stands in study.yaml."""
    text: str = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    return text


def from_text(text: str) -> Plain:
    """The plain record of a text. Raises IntakeError: too long, names for parts of itself, no YAML, no record."""
    if len(text.encode()) > LARGEST:
        raise IntakeError(sentence("The text is longer than 256 kB."), remedy=sentence("Make it shorter."))
    try:
        _check(text)
        found: Any = plain_yaml(text)
    except RepeatedKeys as error:
        told = " ".join(language().finding(one) for one in error.findings(""))
        raise IntakeError(told) from None
    except (yaml.MarkedYAMLError, RecursionError, ValueError) as error:
        raise IntakeError(sentence(msgid("This is not readable YAML{where}."), where=_where(error))) from None
    except yaml.YAMLError:
        raise IntakeError(sentence("This is not readable YAML{where}.", where="")) from None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise IntakeError(sentence("Write the fields of one record, each with its name, a colon and its value."))
    record: Plain = _as_written(found)
    return record


def _check(text: str) -> None:
    """Names that stand for others let a small text grow without end; so does depth."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise IntakeError(
                sentence("The text uses names for parts of itself."), remedy=sentence("Write those parts out.")
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise IntakeError(sentence("The text is nested too deeply."), remedy=sentence("Make it shorter."))


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" ({mark.line + 1}:{mark.column + 1})" if mark else ""


def _as_written(value: Any) -> Any:
    """Names of fields are text, years too."""
    if isinstance(value, dict):
        return {str(name): _as_written(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_written(one) for one in value]
    return value
