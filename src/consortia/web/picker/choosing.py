"""What has been chosen on the map, as the address of a page says it; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from consortia.errors import ConsortiaError
from consortia.reference.atlas import Area, MapRow, area, area_of, areas, members, next_to, other_bodies, rows, unplaced
from consortia.reference.authorities import Authority, authority, find_authority
from consortia.study import Text
from consortia.web.accounts.models import User

FIELD = "council"


@dataclass(frozen=True, slots=True)
class Choice:
    """One map, and the authorities chosen on it and on others."""

    shown: Area
    chosen: tuple[Authority, ...]
    fixed: frozenset[str] = frozenset()
    """Codes of those who are partners already."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of those chosen, and of those who are partners already."""
        return self.fixed | {body.code for body in self.chosen}

    @property
    def address(self) -> str:
        """What stands after the question mark of the page that shows this."""
        return "?" + urlencode([("area", self.shown.key), *((FIELD, body.code) for body in self.chosen)])

    @property
    def rows(self) -> tuple[MapRow, ...]:
        """The map from north to south."""
        return rows(self.shown)

    @property
    def columns(self) -> int:
        """How many hexagons the map is wide."""
        return len(self.rows[0].cells)

    @property
    def names(self) -> tuple[Text, ...]:
        """The names of those chosen."""
        return tuple(Text(en=body.name, cy=body.name_cy) for body in self.chosen)

    @property
    def unplaced(self) -> tuple[Authority, ...]:
        """Councils of the region without a hexagon."""
        return unplaced(self.shown)

    @property
    def others(self) -> tuple[Authority, ...]:
        """Police, fire and other authorities of the region."""
        return other_bodies(self.shown)

    @property
    def elsewhere(self) -> tuple[Authority, ...]:
        """Those chosen that this map is not about."""
        here = {*members(self.shown), *self.others}
        return tuple(body for body in self.chosen if body not in here)

    @property
    def bordering(self) -> frozenset[str]:
        """Codes of those that border the chosen, on this map and beyond it."""
        return next_to(self.codes, self.shown)

    @property
    def bordering_elsewhere(self) -> tuple[Authority, ...]:
        """Those of them that this map is not about, by name."""
        beyond = self.bordering - {body.code for body in members(self.shown)}
        return tuple(sorted(map(authority, beyond), key=lambda body: body.name))


def choice_of(asked: QueryDict, user: User, *, fixed: Iterable[str] = ()) -> Choice:
    """What an address or a form asks for; without a map that of the first one chosen, or of where the person works.

    `fixed`: codes of those who are partners already. Http404 for a map or an authority that is not there.
    """
    key, already = asked.get("area", ""), tuple(fixed)
    try:
        chosen = tuple(authority(code) for code in dict.fromkeys(asked.getlist(FIELD)) if code not in already)
        shown = area(key) if key else _nearest((*chosen, *map(authority, already)), user)
        return Choice(shown, chosen, frozenset(already))
    except ConsortiaError:
        raise Http404 from None


def as_lines(chosen: Iterable[Authority]) -> str:
    """Authorities as the form for a new study takes them: one on a line, by name where that names no other."""
    return "\n".join(map(_line, chosen))


def _line(body: Authority) -> str:
    try:
        return body.name if find_authority(body.name) == body else body.code
    except ConsortiaError:
        return body.code


def _nearest(chosen: Sequence[Authority], user: User) -> Area:
    for body in (*chosen, *_own(user)):
        if found := area_of(body):
            return found
    return areas()[0]


def _own(user: User) -> Iterable[Authority]:
    for code in user.memberships.values_list("organisation__code", flat=True):
        try:
            yield authority(code)
        except ConsortiaError:
            continue
