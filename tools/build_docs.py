"""Writes docs/reference from the declarations in the code, so that the pages cannot differ from it: `make docs`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by tools/build_docs.py from the code; `make docs` writes it anew. -->"


def main() -> None:
    """Writes every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


def pages() -> dict[str, str]:
    """The text of each generated page by file name; the same text for the same code."""
    return {
        "records.md": records_page(),
        "commands.md": commands_page(),
        "reference-data.md": reference_page(),
        "services.md": services_page(),
    }


def records_page() -> str:
    """Every record of a study and of the savings account: field, type, default and meaning."""
    from consortia.delivery import ActualLine
    from consortia.study import Activities, CostLine, Definition, ReturnHeader, Volume

    listed: list[Any] = []
    for record in (Definition, ReturnHeader, CostLine, Volume, Activities, ActualLine):
        listed += [each for each in _with_parts(record) if each not in listed]
    intro = "What a study folder holds. Money is in pounds; a field that is left out takes its default."
    return _page("Records", intro, (_record(record) for record in listed))


def commands_page() -> str:
    """Every command with its options, as `consortia COMMAND --help` shows them."""
    from consortia.cli import app

    text = app.generate_docs(output_format="markdown")
    # Under `python -m` the usage lines would name that module; the page is the same whoever writes it.
    body = re.sub(r"^(consortia \S+) -m \S+", r"\1", text, flags=re.MULTILINE).partition("## consortia ")
    return _page("Commands", "As `consortia COMMAND --help` prints them.", [f"{body[1]}{body[2]}".strip()])


def reference_page() -> str:
    """Every shipped table, parameter and source with date, licence and evidence mark."""
    from consortia.reference.catalogue import catalogue
    from consortia.reference.parameters import parameters
    from consortia.reference.sources import sources

    tables = _table(
        ("table", "what it holds", "rows", "date", "sources", "licence"),
        [(f"`{t.name}`", t.title, t.rows, t.date, ", ".join(t.sources), t.licence) for t in catalogue()],
    )
    values = _table(
        ("parameter", "value", "low", "most likely", "high", "unit", "evidence", "source", "note"),
        [(f"`{p.key}`", p.value, p.low, p.mode, p.high, p.unit, p.evidence, p.source, p.note) for p in parameters()],
    )
    cited = _table(
        ("source", "title", "publisher", "licence", "date"),
        [(f"`{s.id}`", s.title, s.publisher, s.licence, s.date) for s in sources()],
    )
    marks = (
        "Evidence: S stands in the source named; V read in a public copy of it; R recalled, and the published result "
        "comes out; U recalled and not re-read, check before quoting; D derived by us; J judgement. "
        "`consortia reference NAME` shows the rows of a table."
    )
    parts = {"Tables": tables, "Parameters": values, "Sources": cited}
    return _page("Reference data", marks, (f"## {name}\n\n{part}" for name, part in parts.items()))


def services_page() -> str:
    """The service taxonomy with families, denominators and the judged ceilings."""
    from consortia.reference.taxonomy import families, services

    lines = _table(
        ("code", "service", "gwasanaeth", "family", "unit cost per", "addressable", "deepest level"),
        [
            (f"`{s.code}`", s.name, s.name_cy, s.family, s.denominator, f"{s.addressable_share:.0%}", s.ceiling)
            for s in services()
        ],
    )
    kinds = _table(
        ("family", "name", "low", "most likely", "high", "evidence", "note"),
        [(f"`{f.code}`", f.name, f.low, f.mode, f.high, f.evidence, f.note) for f in families()],
    )
    intro = (
        "Addressable share and deepest level are judgement: defaults that a study may change with a reason. "
        "Savings of a family are shares of addressable gross spending at full integration."
    )
    return _page("Services", intro, (f"## Services\n\n{lines}", f"## Families\n\n{kinds}"))


def _page(title: str, intro: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"# {title}", NOTE, intro, *parts]) + "\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; None is an empty cell."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def _record(record: Any) -> str:
    rows = [
        (f"`{name}`", _type(field.annotation), _default(field), _meaning(field))
        for name, field in record.model_fields.items()
    ]
    return (
        f"## {record.__name__}\n\n{record.__doc__.strip()}\n\n{_table(('field', 'type', 'default', 'meaning'), rows)}"
    )


def _meaning(field: Any) -> str:
    """The description with the limits of a number."""
    limits = {name: getattr(limit, name) for limit in field.metadata for name in ("ge", "le") if hasattr(limit, name)}
    words = {"ge": "at least", "le": "at most"}
    stated = " and ".join(f"{words[name]} {value:,}" for name, value in limits.items())
    return "; ".join(part for part in (field.description or "", _fraction(field), stated) if part)


def _fraction(field: Any) -> str:
    """The bounds of a field that means a fraction, whether of itself or of each of its parts."""
    from consortia.study.fractions import Correlation, Fraction

    parts = [*field.metadata, *(one for part in _named_types(field.annotation) for one in _metadata(part))]
    found = next((one for one in parts if isinstance(one, Fraction)), None)
    what = "a number" if isinstance(found, Correlation) else "a fraction"
    return f"{what} from {found.low:g} to {found.high:g}" if found else ""


def _metadata(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__metadata__", ())


def _default(field: Any) -> str:
    if field.is_required():
        return "required"
    default = getattr(field.default, "en", field.default)
    return "" if default in ("", None, ()) else f"`{default}`"


PLAIN = {str: "text", int: "whole number", float: "number", Decimal: "exact decimal", bool: "yes or no"}


def _type(annotation: Any) -> str:
    """The annotation as a person reads it, the same under every version of Python."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(parts[0])
    if origin is Literal:
        return " / ".join(f"`{part}`" for part in parts)
    if origin is dict:
        return f"{_type(parts[1])} for each code"
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin in (Union, UnionType):
        known = [part for part in parts if part is not type(None)]
        return " or ".join(_type(part) for part in known) + (", or empty" if len(known) < len(parts) else "")
    return PLAIN.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _with_parts(record: Any) -> list[Any]:
    """The record and the records that its fields hold, in the order of the fields."""
    from consortia.study.records import Record

    found = [record]
    for field in record.model_fields.values():
        for part in _named_types(field.annotation):
            if isinstance(part, type) and issubclass(part, Record) and part not in found:
                found += [each for each in _with_parts(part) if each not in found]
    return found


def _named_types(annotation: Any) -> list[Any]:
    parts = getattr(annotation, "__args__", ())
    return [annotation, *(named for part in parts for named in _named_types(part))]


if __name__ == "__main__":
    main()
