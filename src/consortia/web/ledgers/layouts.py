"""The layout of a ledger file as a person looks at it: column by column, with first values, role and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortia.intake.layouts.document import Layout, LayoutColumn, numbered
from consortia.intake.layouts.headings import words_of
from consortia.intake.layouts.roles import Role
from consortia.intake.ledger_proposals import ProposedLayout, propose_layout
from consortia.intake.ledger_sheets import ledger_sheets, sample_of
from consortia.report.words import msgid
from consortia.web.accounts.models import User
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.store import layout_of
from consortia.web.studies import models
from consortia.web.studies.access import studies_for
from consortia.web.studies.uploads import under_its_name

SAMPLES = 3
CHOSEN = "a person said so"  # the words of the intake for the same
ROLE_NAMES: Mapping[Role, str] = {
    "date": msgid("Date"),
    "amount": msgid("Amount"),
    "debit": msgid("Debit"),
    "credit": msgid("Credit"),
    "supplier": msgid("Supplier"),
    "supplier_code": msgid("Supplier code"),
    "company_number": msgid("Company number"),
    "directorate": msgid("Directorate"),
    "service": msgid("Service"),
    "cost_centre_code": msgid("Cost centre code"),
    "cost_centre": msgid("Cost centre"),
    "account_code": msgid("Account code"),
    "account": msgid("Account"),
    "account_group": msgid("Account group"),
    "reference": msgid("Transaction reference"),
    "capital_or_revenue": msgid("Capital or revenue"),
    "description": msgid("Description"),
    "year": msgid("Financial year"),
    "row_total": msgid("Total of the months"),
}


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the file: place (from 0), heading, first values, the role it is taken for and why.

    `also` is another role that was near, with its reason; `is_month` marks one of the columns of amounts by month.
    """

    number: int
    heading: str
    values: tuple[str, ...]
    role: str
    reason: str
    also: str = ""
    also_reason: str = ""
    is_month: bool = False


def proposed_for(row: models.PartnerReturn, upload: models.Upload, *, tables: Sequence[str] = ()) -> ProposedLayout:
    """The layout that a file seems to have, or that of the tables named by their first cells, with the reasons.

    Raises IntakeError when it shows no ledger there.
    """
    with under_its_name(upload.sha256, upload.name) as path:
        return propose_layout(path, partner=row.partner, tables=tables)


def earlier_layout(row: models.PartnerReturn, user: User) -> Layout | None:
    """What the council confirmed last in another study that the person takes part in; a start, never applied unseen."""
    others = Ledger.objects.filter(
        partner_return__organisation=row.organisation, partner_return__study__in=studies_for(user)
    )
    found = others.exclude(layout="").select_related("partner_return__organisation").order_by("-pk").first()
    return layout_of(found) if found else None


def shown_columns(upload: models.Upload, proposed: ProposedLayout, start: Layout) -> tuple[ShownColumn, ...]:
    """The columns that hold anything, as `start` takes them."""
    samples = _samples(upload, proposed)
    taken = {column.heading: column for column in start.columns}
    near = {choice.heading: choice for choice in proposed.proposal.runners_up}
    months = {month.heading: month.reason for month in start.months}
    shown = []
    for number, heading in enumerate(numbered(proposed.header.headings)):
        values = samples[number] if number < len(samples) else ()
        column, other = taken.get(heading), near.get(heading)
        if values or column:
            shown.append(
                ShownColumn(
                    number, heading, values, column.role if column else "",
                    column.reason if column else months.get(heading, ""),
                    other.role if other else "", other.reason if other else "", heading in months,
                )
            )  # fmt: skip
    return tuple(shown)


def starting_layout(proposed: ProposedLayout, remembered: Layout | None) -> Layout:
    """The partner's earlier choices where the file still has their headings; the proposal where it has none of them."""
    if remembered is None:
        return proposed.layout
    names = numbered(proposed.header.headings)
    alike = {words_of(name): name for name in reversed(names)}
    found = [
        (one, one.heading if one.heading in names else alike.get(words_of(one.heading))) for one in remembered.columns
    ]
    columns = tuple(one.model_copy(update={"heading": name}) for one, name in found if name)
    if not columns:
        return proposed.layout
    return proposed.layout.model_copy(
        update={"columns": columns, "unit": remembered.unit, "dates": remembered.dates, "sheets": remembered.sheets}
    )


def chosen_layout(start: Layout, roles: Mapping[str, Role]) -> Layout:
    """The layout with the role that a person gave each heading; what they left as it was keeps its reason."""
    before = {(column.heading, column.role): column for column in start.columns}
    columns = tuple(
        before.get((heading, role)) or LayoutColumn(role=role, heading=heading, reason=CHOSEN, chosen_by="person")
        for heading, role in roles.items()
    )
    return start.model_copy(update={"columns": columns})


def _samples(upload: models.Upload, proposed: ProposedLayout) -> list[tuple[str, ...]]:
    """The first different values of each column, in the file's own words."""
    with under_its_name(upload.sha256, upload.name) as path:
        sheet = next((one for one in ledger_sheets(path) if one.sheet == proposed.sheet), None)
        texts = sample_of(sheet, proposed.header, count=400) if sheet else []
    return [tuple(dict.fromkeys(text for text in column if text))[:SAMPLES] for column in texts]
