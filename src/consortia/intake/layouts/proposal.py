"""The layout that a sheet seems to have: a role for each column with its reason, from heading and content.

Heading words give a score (`roles.RULES`), the content raises or bars it: a "Service Code" that holds words is a
service, an "Expense Type" whose values are CIPFA's groups is the account group. Then the surest pair of column and role
is settled first. Nothing looks at the name of the file or of the council.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consortia.intake.layouts.document import numbered
from consortia.intake.layouts.headings import words_of
from consortia.intake.layouts.profiles import Profile, follows, profile_of
from consortia.intake.layouts.roles import Family, Role, best_rule

# Below this score nothing is proposed: an empty role is honest, a wrong column is not.
LEAST = 30.0
# The score of a column headed "Description" only: a kind of account when few texts return again and again.
BARE_DESCRIPTION = 55.0


@dataclass(frozen=True)
class Choice:
    """One proposed column: its role, place (from 0), heading, reason, and how sure that is (0 to 100)."""

    role: Role
    column: int
    heading: str
    reason: str
    score: float


@dataclass(frozen=True)
class Proposal:
    """The proposed columns of a sheet, and the runner-up of each role where it came near."""

    choices: tuple[Choice, ...]
    runners_up: tuple[Choice, ...]

    def column_of(self, role: Role) -> int | None:
        """The place of the role's column, from 0."""
        return next((choice.column for choice in self.choices if choice.role == role), None)


@dataclass(frozen=True)
class _Column:
    number: int
    heading: str
    words: frozenset[str]
    texts: Sequence[str]
    profile: Profile


def propose(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> Proposal:
    """Roles for the columns of a sheet from their headings and a sample of their texts, in order of the columns."""
    names = numbered(tuple(headings))
    seen = [
        _Column(number, names[number], words_of(headings[number]), texts, profile_of(texts))
        for number, texts in enumerate(columns)
    ]
    seen = [column for column in seen if not column.profile.is_empty]
    ranked = sorted(_weighed(seen), key=lambda choice: (-choice.score, choice.column))
    taken = _settle([*_organisation(seen), *ranked])
    return Proposal(tuple(sorted(taken, key=lambda one: one.column)), _runners_up(ranked, taken))


def _settle(ranked: Sequence[Choice]) -> list[Choice]:
    """Goes from the surest choice to the least sure; each column and each role is given once."""
    taken: dict[Role, Choice] = {}
    columns: set[int] = set()
    for choice in ranked:
        if choice.score >= LEAST and choice.role not in taken and choice.column not in columns:
            taken[choice.role] = choice
            columns.add(choice.column)
    if "amount" in taken:
        return [choice for role, choice in taken.items() if role not in {"debit", "credit"}]
    return list(taken.values())


def _weighed(columns: Sequence[_Column]) -> list[Choice]:
    supplier = next((column for column in columns if _score(column, "supplier") >= 80 and _is_words(column)), None)
    found: list[Choice] = []
    for column in columns:
        found += _figures(column)
        found += _parties(column, supplier)
        found += _codes_and_names(column)
        found += _marks(column)
    return found


def _figures(column: _Column) -> list[Choice]:
    """Amounts and days: the heading says which, the content must agree."""
    profile, found = column.profile, []
    for role in ("amount", "debit", "credit"):
        if profile.amounts >= 0.6 or (profile.amounts >= 0.3 and profile.codes < 0.1):
            found += _by_heading(column, role, role, f"{profile.amounts:.0%} of its cells are amounts")
    if profile.dates >= 0.6:
        found += _by_heading(column, "date", "date", f"{profile.dates:.0%} of its cells are days")
    return found


def _parties(column: _Column, supplier: _Column | None) -> list[Choice]:
    """Suppliers: names where it holds words, codes where it holds codes, whatever the heading calls them."""
    if _is_words(column):
        return _by_heading(column, "supplier", "supplier", "it holds names")
    found = _by_heading(column, "supplier", "supplier_code", "it holds codes")
    if found and _score(column, "supplier") < 60 and not _belongs_to(column, supplier):
        return []
    return found + _by_heading(column, "company", "company_number", "it holds numbers")


def _belongs_to(column: _Column, supplier: _Column | None) -> bool:
    """An "Account Number" is the supplier's when each number stands with one supplier only, but for a few."""
    if supplier is None:
        return False
    return follows(column.texts, supplier.texts) >= 0.9 and column.profile.distinct >= 0.5 * supplier.profile.distinct


def _codes_and_names(column: _Column) -> list[Choice]:
    """Cost centres and accounts: the code where it holds codes, the name where it holds words; CIPFA's groups apart."""
    profile, found = column.profile, []
    holds_words = _is_words(column)
    reason = "it holds words" if holds_words else "it holds codes"
    damp = 0.3 if profile.capital >= 0.9 else 1.0
    found += _by_heading(column, "cost centre", "cost_centre" if holds_words else "cost_centre_code", reason)
    if holds_words:
        few = profile.distinct <= max(20, 0.2 * len(column.texts))
        damp *= 1.0 if few or _score(column, "account") > BARE_DESCRIPTION else 0.5
        found += _by_heading(column, "account", "account", reason, damp=damp)
    else:
        # Of two codes of the same kind the finer one is the account, the coarser one its group.
        finer = 1.0 + min(profile.distinct, 1000) / 100_000
        found += _by_heading(column, "account code", "account_code", reason, damp=finer)
    if holds_words and profile.groups >= 0.6 and profile.distinct <= 30:
        share = f"{profile.groups:.0%} of its cells are CIPFA's subjective groups"
        found.append(Choice("account_group", column.number, column.heading, share, 96 + 4 * profile.groups))
    elif holds_words and "cipfa" in column.words and "subsidiary" not in column.words:
        found += _by_heading(
            column, "account", "account_group", "its heading names CIPFA's or SeRCOP's groups", damp=0.8
        )
    return found


def _marks(column: _Column) -> list[Choice]:
    """References, capital or revenue, narratives and years."""
    profile, found = column.profile, []
    found += _by_heading(
        column, "reference", "reference", f"{profile.distinct:,} different values in the rows looked at"
    )
    if profile.capital >= 0.9:
        score = _score(column, "capital") or 75.0
        found.append(Choice("capital_or_revenue", column.number, column.heading, "it says capital or revenue", score))
    if _is_words(column):
        found += _by_heading(column, "description", "description", "it holds text")
    found += _by_heading(column, "year", "year", "it holds years")
    return found


def _organisation(columns: Sequence[_Column]) -> list[Choice]:
    """The units that spend: the one called directorate, else the coarsest, is the directorate; then the service."""
    units = [column for column in columns if _score(column, "unit") > 0 and _is_words(column) and not _is_days(column)]
    units.sort(key=lambda column: ("directorate" not in column.words, column.profile.distinct, column.number))
    if not units:
        return []
    named = "directorate" in units[0].words
    reason = "its heading says so" if named else "it is the coarsest of the columns that name units"
    if len(units) == 1 and not named:
        reason = "it is the only column that names units"
    first = _unit(units[0], "directorate", reason)
    rest = sorted(units[1:], key=lambda one: ("service" not in one.words, one.profile.distinct, one.number))
    return [first, *(_unit(column, "service", "it parts the directorates further") for column in rest[:1])]


def _unit(column: _Column, role: Role, reason: str) -> Choice:
    sentence = f"'{column.heading}' names a unit of the council; {reason} ({column.profile.distinct} values)"
    return Choice(role, column.number, column.heading, sentence, _score(column, "unit"))


def _by_heading(column: _Column, family: Family, role: Role, content: str, *, damp: float = 1.0) -> list[Choice]:
    score = _score(column, family) * damp * (0.6 + 0.4 * column.profile.filled)
    if not score:
        return []
    rule = best_rule(column.words, family)
    known = rule.text if rule else ""
    return [Choice(role, column.number, column.heading, f"the heading says {known}; {content}", score)]


def _score(column: _Column, family: Family) -> float:
    rule = best_rule(column.words, family)
    return float(rule.score) if rule else 0.0


def _is_words(column: _Column) -> bool:
    return column.profile.codes < 0.5 and column.profile.amounts < 0.5


def _is_days(column: _Column) -> bool:
    return column.profile.dates >= 0.6


def _runners_up(ranked: Sequence[Choice], taken: Sequence[Choice]) -> tuple[Choice, ...]:
    """The nearest other column of each role whose own role is none or less sure: what a person may want instead."""
    used = {choice.column for choice in taken}
    found: dict[Role, Choice] = {}
    for choice in ranked:
        if choice.column not in used and choice.score >= LEAST and choice.role not in found:
            found[choice.role] = choice
    return tuple(found.values())
