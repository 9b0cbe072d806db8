"""The savings account of a study: the agreed case from its run, the actuals from what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterable

from consortia.delivery import ActualLine, SavingsAccount
from consortia.errors import ConsortiaError
from consortia.findings import Finding
from consortia.run.savings import book, name_partners, open_account
from consortia.study import Definition
from consortia.web.clock import this_year
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.runs.calculation import result_of
from consortia.web.studies.access import Standing


def account_of(case: AgreedCase) -> SavingsAccount:
    """The account as it stands today, real pence at the prices of the run's base year. Raises ConsortiaError."""
    sent = Actuals.objects.filter(case__study=case.study_id, withdrawn=False).order_by("pk")
    return account_with(case, [line for one in sent for line in lines_from_text(one.lines)])


def account_with(case: AgreedCase, lines: Iterable[ActualLine]) -> SavingsAccount:
    """The account of a case with these actuals and no others, as it stands today. Raises ConsortiaError."""
    result = result_of(case.run)
    if not result.case:
        raise ConsortiaError("The agreed run promises nothing: no service is to be shared.")
    return book(open_account(result.case, base_year=result.content.base_year), lines, as_of=this_year())


def lines_to_text(lines: Iterable[ActualLine]) -> str:
    """Lines as JSON text; amounts stay exact."""
    return json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False)


def lines_from_text(text: str) -> tuple[ActualLine, ...]:
    """The lines that `lines_to_text` was given."""
    return tuple(ActualLine.model_validate(plain) for plain in json.loads(text))


def visible_findings(account: SavingsAccount, definition: Definition, standing: Standing) -> tuple[Finding, ...]:
    """The account's findings with the names of the partners; partners see those about their own lines."""
    seen = (each for each in account.findings if standing.sees(str(dict(each.values).get("partner", ""))))
    return name_partners(seen, definition)
