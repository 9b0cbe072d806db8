"""Authorities of England and Wales, now and in the past, and every spelling that the published files use for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from consortia.reference.spelling import plain
from reference_build.files import Shelf, kept, records
from reference_build.forms import Form

KINDS = {
    "NMD": "SD",
    "CTY": "SC",
    "UA": "UA",
    "MD": "MD",
    "LBO": "LB",
    "CC": "LB",
    "WPA": "WA",
    "COMB": "O",
    "SRA": "O",
}
REGIONS = {
    "NE": "North East", "NW": "North West", "YH": "Yorkshire and The Humber", "EM": "East Midlands",
    "WM": "West Midlands", "EE": "East of England", "L": "London", "SE": "South East", "SW": "South West",
}  # fmt: skip
REGISTER_SOURCE, RETURN_SOURCE = "mysociety-authorities", "mhclg-ra"


@dataclass
class Body:
    """One authority while it is being put together."""

    code: str
    name: str
    kind: str
    nation: str
    region: str = ""
    e_code: str = ""
    start: str = ""
    end: str = ""
    replaced_by: list[str] = field(default_factory=list)
    former: set[str] = field(default_factory=set)
    name_cy: str = ""
    source: str = REGISTER_SOURCE


class Bodies:
    """All authorities, found by any code they hold or held, and their spellings."""

    def __init__(self) -> None:
        self.by_code: dict[str, Body] = {}
        self.by_e_code: dict[str, Body] = {}
        self.former: dict[str, str] = {}
        self.spellings: dict[tuple[str, str], str] = {}

    def add(self, body: Body) -> None:
        """Files one authority under all its codes."""
        self.by_code[body.code] = body
        if body.e_code:
            self.by_e_code[body.e_code] = body
        for code in body.former:
            self.former[code] = body.code

    def canonical(self, code: str) -> str:
        """The code that the authority held last, or an empty text when nobody here holds it."""
        code = self.former.get(code, code)
        return code if code in self.by_code else ""

    def spell(self, text: str, code: str) -> None:
        """Remembers a spelling; damaged text (lost accents) is left out."""
        if plain(text) and "\ufffd" not in text and "ï¿½" not in text and "ï¾" not in text:
            self.spellings.setdefault((plain(text), code), text.strip())


def gather(data: Path, forms: list[Form]) -> Bodies:
    """Reads the register, the code changes, the Welsh names and the return forms into one list."""
    bodies = Bodies()
    registry = _register(data, bodies)
    _code_changes(data, bodies)
    _bodies_in_returns(forms, bodies)
    _past_bodies(bodies)
    _welsh_names(data, bodies)
    _spellings(data, bodies, registry)
    return bodies


def _register(data: Path, bodies: Bodies) -> dict[str, str]:
    rows = [r for r in records(data / "reference/uk_local_authorities.csv") if r["nation"] in ("England", "Wales")]
    registry = {row["local-authority-code"]: row["gss-code"] for row in rows}
    for row in rows:
        former = {code for code in row["former-gss-codes"].split(",") if code}
        followers = [registry[c] for c in row["replaced-by"].split(",") if c in registry]
        body = Body(
            row["gss-code"], row["nice-name"], KINDS[row["local-authority-type"]], row["nation"], row["region"],
            row["ecode"], row["start-date"], row["end-date"], followers, former,
        )  # fmt: skip
        bodies.add(body)
        for name in (row["official-name"], row["nice-name"]):
            bodies.spell(name, body.code)
    return registry


def _code_changes(data: Path, bodies: Bodies) -> None:
    for row in records(data / "reference/la_changes_2014_2025.csv"):
        body = bodies.by_code.get(row["oldcd"])
        if row["type"] == "new_code" and body and row["newcd"] not in bodies.by_code:
            del bodies.by_code[body.code]
            body.former.add(body.code)
            body.code = row["newcd"]
            bodies.add(body)


def _bodies_in_returns(forms: list[Form], bodies: Bodies) -> None:
    for form in sorted(forms, key=lambda form: form.year):
        for row in form.authority_rows:
            _one_in_return(row.e_code, form.gss(row), form.name(row), form, bodies)


def _one_in_return(e_code: str, gss: str, name: str, form: Form, bodies: Bodies) -> None:
    body = bodies.by_e_code.get(e_code) or bodies.by_code.get(bodies.canonical(gss))
    if body is None:
        body = Body(gss or e_code, name, form.kind_of(e_code), "England", e_code=e_code, source=RETURN_SOURCE)
        bodies.add(body)
    elif body.source == RETURN_SOURCE:
        _renew(body, gss, name, bodies)
    elif not body.e_code and gss == body.code:
        body.e_code = e_code
        bodies.by_e_code[e_code] = body
    body.region = body.region or REGIONS.get(form.region_of(e_code), "")
    bodies.spell(name, body.code)


def _renew(body: Body, gss: str, name: str, bodies: Bodies) -> None:
    """A body known only from returns takes its newest name and code; the old code stays findable."""
    body.name = name
    if gss.startswith("E") and len(gss) == 9 and gss != body.code:
        for key, code in [k for k in bodies.spellings.items() if k[0][1] == body.code]:
            del bodies.spellings[key]
            bodies.spellings[key[0], gss] = code
        del bodies.by_code[body.code]
        body.former |= {body.code} - {body.e_code}
        body.code = gss
        bodies.add(body)


def _past_bodies(bodies: Bodies) -> None:
    """Councils of old returns that the register leaves out: when they ended and who took their place."""
    for row in kept("past_bodies"):
        body = bodies.by_e_code[row["e_code"]]
        body.end, body.source = row["end"], "mhclg-ro2"
        body.replaced_by = row["replaced_by"].split(";")


def _welsh_names(data: Path, bodies: Bodies) -> None:
    for row in records(data / "reference/ltla_to_utla_2023_england_wales.csv"):
        body = bodies.by_code.get(row["LTLA23CD"])
        if body and body.nation == "Wales":
            body.name, body.name_cy = row["LTLA23NM"], row["LTLA23NMW"] or row["LTLA23NM"]
            bodies.spell(body.name, body.code)
            bodies.spell(body.name_cy, body.code)
        elif body:
            bodies.spell(row["LTLA23NM"], body.code)


def _spellings(data: Path, bodies: Bodies, registry: dict[str, str]) -> None:
    for row in records(data / "reference/lookup_name_to_registry.csv"):
        code = bodies.canonical(registry.get(row["local-authority-code"], ""))
        if code:
            bodies.spell(row["la-name"], code)
    for row in kept("spellings"):
        bodies.spell(row["spelling"], row["authority"])
    for row in kept("names"):
        bodies.by_code[row["code"]].name = row["name"]
        bodies.spell(row["name"], row["code"])


def write(shelf: Shelf, bodies: Bodies) -> None:
    """Writes authorities and spellings."""
    columns = (
        "code",
        "name",
        "name_cy",
        "kind",
        "nation",
        "region",
        "e_code",
        "start",
        "end",
        "replaced_by",
        "former_codes",
        "source",
    )
    rows = []
    for code, body in sorted(bodies.by_code.items()):
        followers = ";".join(filter(None, (bodies.canonical(c) for c in body.replaced_by)))
        former = ";".join(sorted(body.former - {code}))
        rows.append(
            (
                code,
                body.name,
                body.name_cy,
                body.kind,
                body.nation,
                body.region,
                body.e_code,
                body.start,
                body.end,
                followers,
                former,
                body.source,
            )
        )
    shelf.write("authorities", columns, rows)
    by_spelling = defaultdict(list)
    for (key, code), text in bodies.spellings.items():
        by_spelling[key].append((key, bodies.canonical(code) or code, text))
    shelf.write(
        "spellings", ("plain", "authority", "spelling"), sorted({r for rows in by_spelling.values() for r in rows})
    )
