"""Authorities of England and Wales, found by any spelling or code they hold or held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from consortia.errors import UnknownAuthority
from consortia.findings import Value, named
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.spelling import plain, without_style

REMEDY = (
    "Give a council's name, its ONS code (E10000017) or its E-code (E2321); "
    "`consortia reference authorities` lists them."
)


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority; `end` is empty while it exists.

    `kind`: SD shire district, SC shire county, UA unitary, MD metropolitan district, LB London borough, WA Welsh
    authority, O other body (police, fire, waste, parks, combined authorities). Start dates of councils older than the
    register are those of the register.
    """

    code: str
    name: str
    name_cy: str
    kind: str
    nation: str
    region: str
    e_code: str
    start: str
    end: str
    replaced_by: tuple[str, ...]
    former_codes: tuple[str, ...]

    @property
    def said(self) -> Value:
        """The name as a value of a finding, in both languages."""
        return named(self.name, self.name_cy)

    def in_language(self, language: str) -> str:
        """The name in "en" or "cy"; in English where it has no Welsh one."""
        return self.name_cy or self.name if language == "cy" else self.name

    @property
    def is_current(self) -> bool:
        """True while the authority has not been abolished."""
        return not self.end

    def existed_in(self, year: FinancialYear) -> bool:
        """True when the authority had not been abolished by 1 April of the year."""
        return not self.end or self.end > f"{year.start}-04-01"


@cache
def _by_code() -> dict[str, Authority]:
    return {row["code"]: _authority(row) for row in shelf.rows("authorities")}


def _authority(row: dict[str, str]) -> Authority:
    lists = {name: shelf.split(row[name]) for name in ("replaced_by", "former_codes")}
    return shelf.record(Authority, row, **lists)


@cache
def _by_any_code() -> dict[str, Authority]:
    every = dict(_by_code())
    for body in all_authorities():
        for code in (*body.former_codes, body.e_code):
            if code:
                every.setdefault(code, body)
    return every


@cache
def _by_spelling() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    full: dict[str, set[str]] = {}
    bare: dict[str, set[str]] = {}
    for row in shelf.rows("spellings"):
        full.setdefault(row["plain"], set()).add(row["authority"])
        bare.setdefault(without_style(row["plain"]), set()).add(row["authority"])
    return {k: frozenset(v) for k, v in full.items()}, {k: frozenset(v) for k, v in bare.items() if k}


def all_authorities() -> tuple[Authority, ...]:
    """All authorities of the edition, current and past, in the order of their codes."""
    return tuple(_by_code().values())


def authority(code: str) -> Authority:
    """The authority with this code (ONS code it holds or held, or E-code); raises UnknownAuthority."""
    try:
        return _by_any_code()[code]
    except KeyError:
        raise UnknownAuthority(
            f"'{code}' is not the code of an authority in England or Wales.", remedy=REMEDY
        ) from None


def find_authority(text: str, *, year: FinancialYear | None = None) -> Authority:
    """The authority meant by any spelling or code, in English or Welsh, upper or lower case.

    Where a past and a present body share a name, the one that existed in `year` is meant, or without a year the present
    one; the past one answers to its codes. Raises UnknownAuthority with near names when none answers, or several.
    """
    found = _by_any_code().get(text.strip().upper())
    if found:
        return found
    full, bare = _by_spelling()
    key = plain(text)
    for index, word in ((full, key), (bare, key), (bare, without_style(key))):
        chosen = _choose(text, (_by_code()[code] for code in index.get(word, ())), year=year)
        if chosen:
            return chosen
    raise UnknownAuthority(f"No authority in England or Wales is called '{text.strip()}'.", remedy=_nearest(key))


def _choose(text: str, bodies: Iterable[Authority], *, year: FinancialYear | None) -> Authority | None:
    """Narrows several bodies of one name to those of the time, then to councils; still several is an error."""
    left = list(bodies)
    started = [b for b in left if year and b.existed_in(year) and not _began_after(b, left, year)]
    for narrowed in (started if year else [b for b in left if b.is_current], [b for b in left if b.kind != "O"]):
        if len(left) > 1 and narrowed:
            left = [b for b in left if b in narrowed] or left
    if len(left) > 1:
        named = " or ".join(f"{b.name} ({b.kind}, {b.code})" for b in sorted(left, key=lambda b: b.code))
        raise UnknownAuthority(f"'{text.strip()}' may mean {named}.", remedy="Give the code.")
    return left[0] if left else None


def _began_after(body: Authority, bodies: Iterable[Authority], year: FinancialYear) -> bool:
    """A body that follows another one of these began when that one ended."""
    return any(body.code in other.replaced_by and other.end > f"{year.start}-04-01" for other in bodies)


def _nearest(key: str) -> str:
    """Names of councils that begin with the words, or else the names spelt most alike."""
    full, _ = _by_spelling()
    present = {name: codes for name, codes in full.items() if any(_by_code()[code].is_current for code in codes)}
    begun = sorted(name for name in present if f" {name} ".find(f" {key} ") >= 0) if key else []
    near = [*begun, *get_close_matches(key, list(present), n=6, cutoff=0.6)]
    bodies = [_by_code()[code] for name in near for code in sorted(present[name])]
    councils = [body.name for body in bodies if body.kind != "O"] or [body.name for body in bodies]
    names = list(dict.fromkeys(councils))[:3]
    if not names:
        return REMEDY
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"Did you mean {listed}?"
