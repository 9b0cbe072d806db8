"""The page of a run on what partners agree: who gets what and pays when, whether it holds, how closely they work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consortia.report.paper import PaperContent
from consortia.report.tables import Table
from consortia.report.worded import worded
from consortia.report.words import msgid
from consortia.web.accounts.access import signed_in
from consortia.web.language import language
from consortia.web.pages import page
from consortia.web.runs.access import get_finished_run_for, is_out_of_date, sees_everything, visible_tables
from consortia.web.runs.calculation import result_of
from consortia.web.runs.figures import figure_links
from consortia.web.studies.access import standing_in

LONG = 24
"""Tables of more rows are folded, so that the page can be read."""
HOLDS = "holds"
PLACES = "places"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the page: the beginnings of the keys of its tables, in their order."""

    key: str
    title: str
    about: str
    tables: tuple[str, ...]

    def of(self, tables: Iterable[Table]) -> tuple[Table, ...]:
        """Those of the tables that belong here."""
        mine = [(place, each) for each in tables if (place := self._place(each.key)) is not None]
        return tuple(each for _, each in sorted(mine, key=lambda one: one[0]))

    def _place(self, key: str) -> int | None:
        return next((place for place, begins in enumerate(self.tables) if key.startswith(begins)), None)


CHAPTERS = (
    Chapter(
        "gets", msgid("Who gets what, and who pays whom in which year"),
        msgid("Every rule of sharing side by side, the one to agree on and why, and the payments that follow."),
        ("shares", "recommended", "limits", "payments"),
    ),
    Chapter(
        HOLDS, msgid("Will it hold?"),
        msgid("Who would do better alone, what leaving costs and who would follow, and whose work outweighs its gain."),
        ("stability", "leavers", "walk_away", "work", "choice", "wishes", "simplicity", "drift"),
    ),
    Chapter(
        PLACES, msgid("How closely who works together"),
        msgid("Each function on its level of the continuum, why, who agreed, and what is to be done."),
        ("continuum", "level_rules", "actions"),
    ),
    Chapter(
        "run", msgid("How it is run"),
        msgid("Pooled budgets, shared posts, lead bodies, what each partner is like to work with, and reviews."),
        ("pool", "post", "leads", "profiles", "needs"),
    ),
)  # fmt: skip
FURTHER = Chapter("further", msgid("Further agreements"), "", ("",))


def agreement_tables(content: PaperContent, visible: Iterable[Table]) -> tuple[Table, ...]:
    """What a person may see of the tables on what partners agree."""
    about = {content.shares.key, content.stability.key, *(each.key for each in content.agreements)}
    return tuple(each for each in visible if each.key in about)


@require_GET
def agreement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the partners of a finished run agree, chapter by chapter, as far as the person may see it."""
    user = signed_in(request)
    row = get_finished_run_for(user, slug, number)
    standing, result = standing_in(row.study, user), result_of(row)
    everything = sees_everything(row, standing)
    tables = agreement_tables(result.content, visible_tables(row, result, standing))
    return page(
        request,
        "runs/agreement.html",
        run=row,
        study=row.study,
        chapters=[(each, [worded(one, language()) for one in held]) for each, held in _in_chapters(tables)],
        placed=any(each.key == "continuum" for each in tables),
        long=LONG,
        holds=HOLDS,
        places=PLACES,
        links=figure_links(row) if everything else None,
        everything=everything,
        analyst=standing.analyst,
        out_of_date=is_out_of_date(row),
    )


def _in_chapters(tables: Iterable[Table]) -> list[tuple[Chapter, tuple[Table, ...]]]:
    """Each chapter with its tables; what is of none of them comes last, in a chapter that is there only then."""
    left = list(tables)
    found: list[tuple[Chapter, tuple[Table, ...]]] = []
    for chapter in CHAPTERS:
        held = chapter.of(left)
        left = [each for each in left if each not in held]
        found.append((chapter, held))
    return [*found, (FURTHER, tuple(left))] if left else found
