"""Pages of the mapping: the partner's codes with suggestions, one code to choose or split, and the application."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.intake.mapping.ledger_return import MOST_UNMAPPED
from consortia.money import from_pence
from consortia.report.worded import worded
from consortia.report.words import Quantity
from consortia.study.mapping import Side
from consortia.web.accounts.access import signed_in
from consortia.web.fields import posted
from consortia.web.language import counted, language, sentence
from consortia.web.mappings import actions
from consortia.web.mappings.codes import codes_in, with_suggestions
from consortia.web.mappings.forms import SplitForm, seen_suggestion, suggestion_value
from consortia.web.mappings.in_hand import InHand, in_hand, in_hand_or_refuse, own_memory
from consortia.web.mappings.tables import account_table
from consortia.web.mappings.targets import SIDES, targets_in_words
from consortia.web.pages import caution, notice, page
from consortia.web.remedies import for_the_site
from consortia.web.studies.access import can_send, check_can_send, get_return_for
from consortia.web.studies.models import PartnerReturn

ON_A_PAGE = 50
SURE, NEVER = Decimal("0.9"), Decimal(2)


@require_GET
def mapping(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """The codes of the ledger with amount, suggestion and reason, and what comes of the mapping in hand."""
    row = get_return_for(signed_in(request), slug, partner)
    hand = in_hand(row)
    if hand is None:
        return page(request, "mappings/none.html", study=row.study, row=row, may_send=can_send(signed_in(request), row))
    return _show(request, row, hand, _side(request.GET.get("side", "service")))


@require_POST
def accept(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Takes the ticked suggestions into the mapping in hand."""
    row = get_return_for(signed_in(request), slug, partner)
    side = _side(request.POST.get("side", ""))
    seen = [one for value in request.POST.getlist("accept") if (one := seen_suggestion(value))]
    count = actions.accept_suggestions(row, side=side, seen=seen, by=signed_in(request))
    if count:
        notice(request, counted("{count} code was mapped.", "{count} codes were mapped.", count))
    else:
        caution(request, sentence("No suggestion was ticked; nothing was changed."))
    return redirect(_address(row, side))


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, slug: str, partner: str, side: str) -> HttpResponse:
    """One code: chosen, split with shares that sum to one, or left unmapped."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    check_can_send(user, row)
    of_side, hand = _side(side), in_hand_or_refuse(row)
    local = request.GET.get("code", "")
    rows = [one for one in codes_in(hand, of_side) if one.code.local == local]
    if not rows:
        raise Http404
    (shown,) = with_suggestions(rows, own_memory(hand, user))
    start = shown.targets or (shown.suggestion.targets if shown.suggestion else ())
    form = SplitForm(posted(request), side=of_side, targets=start)
    if form.is_valid():
        said = form.cleaned_data
        actions.map_code(row, side=of_side, local=local, targets=said["targets"], reason=said["reason"], by=user)
        mapped, unmapped = sentence("{code} was mapped.", code=local), sentence("{code} is unmapped.", code=local)
        notice(request, mapped if said["targets"] else unmapped)
        return redirect(_address(row, of_side))
    return page(
        request, "mappings/code.html", study=row.study, row=row, side=of_side, shown=shown, form=form,
        targets_in_words=targets_in_words, status=400 if form.errors else 200,
    )  # fmt: skip


@require_POST
def apply(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Makes the return from the ledger by the mapping in hand."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    actions.apply_mapping(row, digest=request.POST.get("digest", ""), by=user)
    notice(request, sentence("The return was made from the ledger. Look at it, then sign it."))
    return redirect("return", slug, partner)


@require_POST
def discard(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Goes back to the mapping of the return."""
    row = get_return_for(signed_in(request), slug, partner)
    actions.discard_mapping(row, by=signed_in(request))
    notice(request, sentence("The mapping is that of the return again."))
    return redirect("mapping", slug, partner)


def _side(text: str) -> Side:
    if text not in SIDES:
        raise Http404
    return text


def _address(row: PartnerReturn, side: Side) -> str:
    return f"{reverse('mapping', args=[row.study.slug, row.partner])}?{urlencode({'side': side})}"


def _show(request: HttpRequest, row: PartnerReturn, hand: InHand, side: Side) -> HttpResponse:
    user = signed_in(request)
    returned, built = hand.applied()
    codes = codes_in(hand, side)
    unmapped = [one for one in codes if not one.targets]
    show = "all" if request.GET.get("show") == "all" or not unmapped else "unmapped"
    shown = Paginator(codes if show == "all" else unmapped, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = with_suggestions(shown.object_list, own_memory(hand, user))
    return page(
        request,
        "mappings/mapping.html",
        study=row.study,
        row=row,
        account=worded(account_table(hand.lines, built), language()),
        unmapped=Quantity(float(from_pence(built.unmapped_pence)), "unit_cost"),
        unmapped_share=language().percent(built.unmapped_share, 2),
        most=Quantity(MOST_UNMAPPED, "percent"),
        too_much=built.unmapped_share > MOST_UNMAPPED,
        findings=for_the_site(one for one in built.findings if one.code != "unmapped"),
        lines=returned.costs.height,
        hand=hand,
        sides=SIDES,
        side=side,
        show=show,
        codes=codes,
        open_codes=unmapped,
        shown=shown,
        rows=rows,
        tick=SURE if request.GET.get("tick") else NEVER,
        sure=Quantity(float(SURE), "percent"),
        value_of=suggestion_value,
        targets_in_words=targets_in_words,
        may_send=can_send(user, row),
    )
