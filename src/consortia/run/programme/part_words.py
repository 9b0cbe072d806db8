"""What the parts of a project are called: by their own title, else by their kind; the key only where kinds meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consortia.report.words import Words, msgid, say
from consortia.study import Text
from consortia.study.projects import Project

COST_WORDS: dict[str, Words] = {
    "redundancy": msgid("Redundancy"),
    "pension_strain": msgid("Pension strain"),
    "ict": msgid("ICT"),
    "system_change": msgid("Change of ICT"),
    "programme": msgid("Programme team"),
    "by_the_month": msgid("Paid by the month"),
    "dual_running": msgid("Dual running"),
    "pay_alignment": msgid("Alignment of pay"),
    "pay_lift": msgid("Alignment of pay"),
    "vat": msgid("VAT that is lost"),
    "lost_vat": msgid("VAT lost on what is charged"),
    "partial_exemption": msgid("VAT lost by partial exemption"),
    "contract_exit": msgid("Leaving a contract"),
    "early_exit": msgid("Leaving a contract"),
    "coterminous_extension": msgid("Contracts made to end together"),
    "accommodation": msgid("Accommodation"),
    "office_move": msgid("Accommodation"),
    "stranded_overheads": msgid("Overheads that stay behind"),
    "capital": msgid("Capital"),
    "receipt": msgid("Receipt"),
    "other": msgid("Other cost"),
}
EFFECT_WORDS: dict[str, Words] = {
    "rate_of_line": msgid("Part of budget lines"),
    "amounts": msgid("Amounts by year"),
    "units": msgid("Units, their cost and volume"),
    "posts": msgid("Posts that end"),
    "procurement": msgid("A better price on spending"),
    "contract": msgid("A contract in place of a cost"),
}
TERM_WORDS: dict[str, Words] = {
    "guarantee": msgid("Guarantee"),
    "gain_share": msgid("Share of the gain"),
    "profit_share": msgid("Share of profit"),
    "ratcheted_outcomes": msgid("Outcomes that must rise"),
    "contribution": msgid("Contribution"),
    "break": msgid("Break clause"),
    "default": msgid("Failure of the other side"),
    "extension": msgid("Extension of the contract"),
}
KIND_NAMES: dict[str, Words] = COST_WORDS | EFFECT_WORDS | TERM_WORDS


def parts_of(project: Project) -> Iterator[tuple[str, Any]]:
    """Every effect, cost, term and source of money of a project, with the list of the document that it stands in."""
    for name in ("effects", "costs", "terms", "funding"):
        for part in getattr(project, name):
            yield name, part


def words_of_part(project: Project, part: Any) -> Words:
    """What a part is called: its title; else its kind, with its key where another without a title is of that kind."""
    title: Text | None = getattr(part, "title", None)
    if title is not None:
        return title
    kind = getattr(part, "kind", "")
    if kind not in KIND_NAMES:
        return str(part.key)
    alike = [
        one for _, one in parts_of(project) if getattr(one, "kind", "") == kind and not getattr(one, "title", None)
    ]
    if len(alike) == 1:
        return KIND_NAMES[kind]
    return say(msgid("{what} ({key})"), what=KIND_NAMES[kind], key=part.key.replace("_", " "))
