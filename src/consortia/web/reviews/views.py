"""The review of a return: what is open, what was done to the numbers, and what people say to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from consortia.errors import NotAllowed, StudyError
from consortia.findings import Finding
from consortia.intake.open_work import all_open_work
from consortia.intake.reviewing import ACCEPTABLE, FOLLOWS
from consortia.report.tables import Table
from consortia.report.worded import worded
from consortia.run.ledger_changes import ledger_changes
from consortia.run.review_tables import changes_table, delegations_table, open_verdicts, queries_table
from consortia.run.signing import signing_objections
from consortia.study import Acceptance, Return, Study
from consortia.web.accounts.access import signed_in
from consortia.web.language import counted, language, refusal, sentence
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.store import lines_of
from consortia.web.pages import notice, page
from consortia.web.remedies import LACKS, for_the_site
from consortia.web.reviews import actions
from consortia.web.reviews.access import is_analyst, is_officer
from consortia.web.reviews.forms import AskForm, ContestForm, DelegateForm, ReplyForm, TextForm
from consortia.web.studies.access import get_return_for
from consortia.web.studies.documents import load_definition, load_return
from consortia.web.studies.models import PartnerReturn

Deed = Callable[[dict[str, Any]], object]


@require_GET
def review(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Everything said and done about one return, and everything that is open."""
    return _show(request, get_return_for(signed_in(request), slug, partner))


@require_POST
def ask(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Puts a question on a line."""
    row, form = get_return_for(signed_in(request), slug, partner), AskForm(request.POST, prefix="ask")
    done = sentence("The question was asked.")
    return _do(request, row, form, lambda said: actions.ask(row, **said, by=signed_in(request)), done, ask=form)


@require_POST
def contest(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Objects to a line."""
    row, form = get_return_for(signed_in(request), slug, partner), ContestForm(request.POST, prefix="contest")
    done = sentence("The line is contested.")
    return _do(request, row, form, lambda said: actions.contest(row, **said, by=signed_in(request)), done, contest=form)


@require_POST
def delegate(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Gives a section to somebody."""
    row, form = get_return_for(signed_in(request), slug, partner), DelegateForm(request.POST, prefix="delegate")
    done = sentence("The section was handed over.")
    return _do(
        request, row, form, lambda said: actions.delegate(row, **said, by=signed_in(request)), done, delegate=form
    )


@require_POST
def reply(request: HttpRequest, slug: str, partner: str, key: str) -> HttpResponse:
    """Answers a query or a contest."""
    row, form = get_return_for(signed_in(request), slug, partner), ReplyForm(request.POST, prefix=key)
    done = sentence("The reply was kept.")
    return _do(
        request, row, form, lambda said: actions.reply(row, key=key, **said, by=signed_in(request)), done,
        replies={key: form},
    )  # fmt: skip


@require_POST
def reverse(request: HttpRequest, slug: str, partner: str, key: str) -> HttpResponse:
    """Takes a change back."""
    row, form = get_return_for(signed_in(request), slug, partner), TextForm(request.POST, prefix=key)
    done = sentence("The change was taken back.")
    return _do(
        request, row, form, lambda said: actions.reverse(row, key=key, **said, by=signed_in(request)), done,
        reversals={key: form},
    )  # fmt: skip


@require_POST
def accept(request: HttpRequest, slug: str, partner: str, key: str) -> HttpResponse:
    """Accepts a change, or the amount of a contest."""
    row = get_return_for(signed_in(request), slug, partner)
    actions.accept(row, key=key, by=signed_in(request))
    notice(request, sentence("It was accepted."))
    return redirect("review", slug, partner)


@require_POST
def accept_finding(request: HttpRequest, slug: str, partner: str, code: str) -> HttpResponse:
    """Accepts what a finding tells of the ledger, with a reason."""
    row, form = get_return_for(signed_in(request), slug, partner), TextForm(request.POST, prefix=code)
    done = sentence("It was accepted, with your reason.")
    return _do(
        request, row, form, lambda said: actions.accept_finding(row, code=code, **said, by=signed_in(request)), done,
        acceptances={code: form},
    )  # fmt: skip


@require_POST
def propose(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Records what the quality rules propose."""
    row = get_return_for(signed_in(request), slug, partner)
    count = actions.propose(row, by=signed_in(request))
    notice(request, counted("{count} change was recorded.", "{count} changes were recorded.", count))
    return redirect("review", slug, partner)


@require_POST
def done(request: HttpRequest, slug: str, partner: str, section: str) -> HttpResponse:
    """Marks a delegated section as done."""
    row = get_return_for(signed_in(request), slug, partner)
    actions.finish_section(row, section=section, by=signed_in(request))
    notice(request, sentence("The section is done."))
    return redirect("review", slug, partner)


def _do(request: HttpRequest, row: PartnerReturn, form: Form, deed: Deed, done: str, /, **forms: Any) -> HttpResponse:
    """Does it when the form is in order; otherwise shows the page with the form's faults."""
    if form.is_valid():
        try:
            deed(form.cleaned_data)
        except NotAllowed:
            raise
        except StudyError as error:
            form.add_error(None, refusal(error))
        else:
            notice(request, done)
            return redirect("review", row.study.slug, row.partner)
    return _show(request, row, status=400, **forms)


def _accepted(returned: Return) -> list[tuple[Acceptance, str | None]]:
    """What was accepted, each with what it tells in the person's language; None where the finding is no more."""
    known = {
        one.text(): language().finding(replace(one, remedy=""))
        for one in (*returned.findings, *(replace(one, remedy="") for one in all_open_work(returned)))
    }
    return [(one, known.get(one.told)) for one in returned.review.accepted]


def _acceptance_forms(objections: Iterable[Finding]) -> dict[str, TextForm]:
    """A form for each kind of objection that may be accepted with a reason."""
    return {one.code: TextForm(prefix=one.code) for one in objections if one.code in ACCEPTABLE}


def _made_of(row: PartnerReturn, returned: Return) -> tuple[Table, ...]:
    """What making the return from a ledger did to the numbers; of this partner alone."""
    if not returned.is_from_ledger:
        return ()
    kept = Ledger.objects.filter(partner_return=row).first()
    alone = Study(load_definition(row.study), (returned,))
    return ledger_changes(alone, partner=row.partner, ledger=lines_of(kept) if kept else None)


def _show(
    request: HttpRequest,
    row: PartnerReturn,
    *,
    status: int = 200,
    ask: AskForm | None = None,
    contest: ContestForm | None = None,
    delegate: DelegateForm | None = None,
    replies: dict[str, ReplyForm] | None = None,
    reversals: dict[str, TextForm] | None = None,
    acceptances: dict[str, TextForm] | None = None,
) -> HttpResponse:
    user, returned = signed_in(request), load_return(row)
    line = {"line": request.GET.get("line", "")}
    base_year = load_definition(row.study).base_year
    standing = {one.key: one for one in returned.review.adjustments}
    open_ones = {one.key: one for one in returned.review.open_queries}
    own = [one for one in standing.values() if one.standing != "reversed" and not one.rule.startswith(FOLLOWS)]
    objections = signing_objections(returned, base_year=base_year)
    return page(
        request,
        "reviews/review.html",
        study=row.study,
        row=row,
        verdicts=open_verdicts(returned, base_year=base_year),
        objections=for_the_site(objections),
        acceptances=_acceptance_forms(objections) | (acceptances or {}),
        accepted=_accepted(returned),
        lacks=LACKS,
        changes=worded(changes_table(returned), language()),
        own_changes=own,
        made_of=[worded(one, language()) for one in _made_of(row, returned)],
        queries=worded(queries_table(returned), language()),
        open_queries=open_ones.values(),
        delegations=worded(delegations_table(returned), language()),
        in_hand=[one for one in returned.review.delegations if not one.done_on],
        ask=ask or AskForm(initial=line, prefix="ask"),
        contest=contest or ContestForm(initial=line, prefix="contest"),
        delegate=delegate or DelegateForm(prefix="delegate"),
        replies={key: ReplyForm(prefix=key) for key in open_ones} | (replies or {}),
        reversals={one.key: TextForm(prefix=one.key) for one in own} | (reversals or {}),
        officer=is_officer(user, row),
        analyst=is_analyst(user, row),
        status=status,
    )
