"""What sort of value a field of a document takes, as it is said to somebody who has left it out."""

from __future__ import annotations

from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from consortia.findings import Value
from consortia.study.estimates import Estimate
from consortia.study.records import Record
from consortia.study.values import Day, Key, Text, Year

SORTS: tuple[tuple[Any, Value], ...] = (
    (Year, ("a financial year such as 2026-27", "blwyddyn ariannol megis 2026-27")),
    (Day, ("a day such as 2027-03-31", "diwrnod megis 2027-03-31")),
    (Key, ("a key, without spaces or full stops", "allwedd, heb fylchau nac atalnodau llawn")),
    (Text, ("words, with `en` and `cy` below it", "geiriau, gydag `en` a `cy` oddi tano")),
    (Estimate, ("a number, or a range as {low: 1, mode: 2, high: 3}",
                "rhif, neu ystod fel {low: 1, mode: 2, high: 3}")),
    (str, ("text", "testun")),
    (bool, ("true or false", "true neu false")),
    (int, ("a whole number", "rhif cyfan")),
    (float, ("a number", "rhif")),
    (Decimal, ("a number, such as 120000", "rhif, megis 120000")),
)  # fmt: skip
LIST: Value = ("a list in square brackets", "rhestr mewn cromfachau sgwâr")
BY_NAME: Value = ("values by name, such as {2026-27: 120000}", "gwerthoedd yn ôl enw, megis {2026-27: 120000}")


def declared(owner: Any, name: str) -> Any:
    """The type of a field as its record has it; None where the record is not known, or one of several."""
    field = owner.model_fields.get(name) if isinstance(owner, type) and issubclass(owner, Record) else None
    return None if field is None else _whole(field.annotation, field.metadata)


def words_of(wanted: Any) -> tuple[str, ...]:
    """The words of which one can stand there; none where it is no choice of words."""
    return get_args(wanted) if get_origin(wanted) is Literal else ()


def sort_of(wanted: Any) -> Value:
    """What sort of value it is; empty where there is no short way to say it."""
    for known, said in SORTS:
        if wanted == known:
            return said
    origin = get_origin(wanted)
    if origin is Annotated:
        return sort_of(get_args(wanted)[0])
    if origin in (Union, UnionType):
        return ""
    if origin in (tuple, dict):
        return LIST if origin is tuple else BY_NAME
    if isinstance(wanted, type) and issubclass(wanted, Record):
        return "{" + ", ".join(wanted.model_fields) + "}"
    return ""


def _whole(annotation: Any, metadata: list[Any]) -> Any:
    """The type with what was said about it, which the record keeps apart from it."""
    return Annotated[annotation, *metadata] if metadata else annotation
