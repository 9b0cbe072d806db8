"""To open a form of any record of the examples and to save it as it is shown changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from consortia.study import Definition
from consortia.study.store import read_definition
from consortia.web.definition.forms import FieldsForm
from consortia.web.definition.parts import PARTS
from consortia.web.definition.spots import Plain, Spot, changed, name_of, record_at, records_at
from consortia.web.definition.views import _groups

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
STUDIES = [
    *(path.parent for path in sorted(EXAMPLES.glob("*/study.yaml"))),
    *(path for path in sorted(EXAMPLES.glob("cases/*.yaml")) if "partners:" in path.read_text(encoding="utf-8")),
]


def spots(plain: Plain) -> Iterator[Spot]:
    for part in PARTS.values():
        if part.single:
            yield Spot(part)
            continue
        for within in (one["key"] for one in plain.get(part.held_by, ())) if part.held_by else [""]:
            held = records_at(plain, part, within)
            yield from (Spot(part, name_of(part, one, place), within) for place, one in enumerate(held))


def sent(form: FieldsForm) -> QueryDict:
    """What a browser sends of a form as it is shown."""
    fields = QueryDict(mutable=True)
    for name in form.fields:
        value: Any = form[name].value()
        if isinstance(value, list):
            fields.setlist(name, value)
        elif value is True:
            fields[name] = "on"
        elif value is not False:
            fields[name] = value or ""
    return fields


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_a_record_comes_back_as_it_was_shown(path: Path) -> None:
    definition = read_definition(path)
    plain = definition.to_plain()
    for spot in spots(plain):
        old = record_at(plain, spot)
        named: dict[str, Any] = {"groups": _groups(spot, old), "old": old, "definition": definition}
        form = FieldsForm(sent(FieldsForm(**named)), **named)
        assert form.is_valid(), (spot.place, form.errors)
        whole = Definition.model_validate(changed(plain, spot, form.record())).to_plain()
        assert record_at(whole, spot) == old, spot.place
