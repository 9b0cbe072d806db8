"""Documents in YAML as people write them: `on:` is a word and 2027-03-31 is text, not a truth and a date."""

from __future__ import annotations

import re
from typing import Any

import yaml

TRUTH, DATE = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"


class PlainLoader(yaml.SafeLoader):
    """Reads plain values only; `true` and `false` are the only truths, and nothing is a date."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # as the class above has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (TRUTH, DATE)]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


PlainLoader.add_implicit_resolver(TRUTH, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def plain_yaml(text: str) -> Any:
    """The plain values of a document. Raises yaml.YAMLError, with its line, where it cannot be read."""
    return yaml.load(text, Loader=PlainLoader)  # noqa: S506  # a safe loader
