"""The savings account of a study: the agreed case from its run, the actuals from what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterable

from consortia.delivery import ActualLine, SavingsAccount
from consortia.errors import ConsortiaError
from consortia.findings import Finding
from consortia.periods import FinancialYear, PriceBase
from consortia.reference.prices import deflators
from consortia.web.clock import this_year
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.runs.calculation import result_of
from consortia.web.studies.access import Standing


def account_of(case: AgreedCase) -> SavingsAccount:
    """The account as it stands today, real pence at the prices of the run's base year. Raises ConsortiaError."""
    result = result_of(case.run)
    if not result.case:
        raise ConsortiaError("The agreed run promises nothing: no service is to be shared.")
    base = PriceBase(FinancialYear.parse(result.content.base_year))
    index = {str(each.year): each.index for each in deflators()}
    opened = SavingsAccount.open(result.case, price_base=base, deflators=index)
    sent = Actuals.objects.filter(case__study=case.study_id, withdrawn=False).order_by("pk")
    lines = [line for one in sent for line in lines_from_text(one.lines)]
    return opened.with_actuals(lines, as_of=this_year())


def lines_to_text(lines: Iterable[ActualLine]) -> str:
    """Lines as JSON text; amounts stay exact."""
    return json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False)


def lines_from_text(text: str) -> tuple[ActualLine, ...]:
    """The lines that `lines_to_text` was given."""
    return tuple(ActualLine.model_validate(plain) for plain in json.loads(text))


def visible_findings(account: SavingsAccount, standing: Standing) -> tuple[Finding, ...]:
    """The account's findings; partners see those about their own lines."""
    return tuple(each for each in account.findings if standing.sees(each.filled().get("partner", "")))
