"""The mapping on the site: suggestions with reasons, accepted, chosen or split; nothing is applied by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import polars as pl
import pytest

from consortia.errors import BlockedByFindings
from consortia.intake.open_work import QUERY_OPEN, SECTION_OPEN
from consortia.intake.reviewing import ACCEPTABLE
from consortia.web.mappings.actions import apply_mapping
from consortia.web.mappings.codes import codes_in
from consortia.web.mappings.in_hand import in_hand
from consortia.web.remedies import LACKS
from consortia.web.studies.access import objections_to_signing
from consortia.web.studies.documents import load_return
from consortia.web.studies.models import PartnerReturn

from .ledger_files import LEDGER, TOTAL, address, confirm, send_ledger
from .people import BURNLEY, PENDLE

SPLIT = {
    "target_1": "environmental.waste_collection", "share_1": "0.6",
    "target_2": "environmental.street_cleansing", "share_2": "40%", "reason": "by floor area",
}  # fmt: skip


@pytest.fixture
def client_of(officer: Any, as_: Any) -> Any:
    return as_(officer)


@pytest.fixture
def read(client_of: Any) -> Any:
    """Burnley's ledger is read; nothing is mapped."""
    return confirm(client_of, send_ledger(client_of))


def row() -> PartnerReturn:
    return PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)


def boxes(text: str) -> list[str]:
    return [unescape(value) for value in re.findall(r'name="accept" id="[^"]+" value="([^"]+)"', text)]


def accept_all(client: Any) -> None:
    for side in ("service", "cost_type"):
        seen = boxes(client.get(address("mapping") + f"?side={side}").content.decode())
        client.post(address("accept-mapping"), {"side": side, "accept": seen})


def code_address(code: str, side: str = "service") -> str:
    return address("map-code", side) + f"?code={code}"


def apply(client: Any) -> Any:
    digest = re.search(r'name="digest" value="(\w+)"', client.get(address("mapping")).content.decode())
    return client.post(address("apply-mapping"), {"digest": digest[1] if digest else ""}, follow=True)


def test_without_a_ledger_the_page_says_what_to_do(officer: Any, page: Any) -> None:
    text = page(officer, address("mapping"))
    assert "Send a ledger file first." in text
    assert address("ledger") in text


def test_codes_stand_with_amount_suggestion_reason_and_confidence(read: Any, officer: Any, page: Any) -> None:
    text = unescape(page(officer, address("mapping")))
    assert "145,000.25" in text  # 80,000.00 + 65,000.25, without their sign
    assert "Published list: 'Street cleansing' in the service list." in text
    assert "Confidence 90%." in text
    assert "Unmapped: 100% of gross" in text


def test_shares_are_of_the_same_whole_as_what_is_unmapped(read: Any, client_of: Any) -> None:
    hand = in_hand(row())
    assert hand is not None
    spare = hand.lines.with_columns(financial_year=pl.lit("1999-00"))
    capital = hand.lines.with_columns(capital_or_revenue=pl.lit("Capital"))
    wider = replace(hand, lines=pl.concat([hand.lines, spare, capital]))
    codes = codes_in(wider, "service")
    assert [(one.pounds, one.share) for one in codes] == [(one.pounds, one.share) for one in codes_in(hand, "service")]
    assert sum(one.pounds for one in codes) == wider.applied()[1].gross_pence / 100
    assert sum(one.share for one in codes) == pytest.approx(wider.applied()[1].unmapped_share)


def test_nothing_is_mapped_or_ticked_by_itself(read: Any, client_of: Any) -> None:
    before = row().digest
    text = client_of.get(address("mapping")).content.decode()
    assert boxes(text)
    assert " checked" not in text
    assert row().digest == before


def test_the_sure_ones_can_be_ticked_at_once(read: Any, client_of: Any) -> None:
    assert client_of.get(address("mapping") + "?tick=sure").content.decode().count(" checked") == 2


def test_what_is_accepted_is_in_hand_and_not_in_the_return(read: Any, client_of: Any) -> None:
    before = row().digest
    accept_all(client_of)
    hand = in_hand(row())
    assert hand is not None
    assert {line.by for line in hand.mapping} == {"Bea"}
    assert row().digest == before


def test_a_suggestion_that_changed_meanwhile_is_not_accepted(read: Any, client_of: Any) -> None:
    value = '["0101", [["housing", "1"]]]'
    response = client_of.post(address("accept-mapping"), {"side": "service", "accept": [value]})
    assert response.status_code == 409
    assert "changed after you opened the page" in response.content.decode()


def test_a_code_is_split_with_shares_that_sum_to_one(read: Any, client_of: Any) -> None:
    client_of.post(code_address("0103"), SPLIT)
    hand = in_hand(row())
    assert hand is not None
    assert {(line.target, line.share, line.reason) for line in hand.mapping} == {
        ("environmental.waste_collection", Decimal("0.6"), "by floor area"),
        ("environmental.street_cleansing", Decimal("0.4"), "by floor area"),
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"share_2": "0.3"}, "The shares sum to 0.9, not to 1."),
        ({"share_2": "lots"}, "Write a share above 0 and at most 1"),
        ({"share_2": ""}, "Write a share above 0 and at most 1"),
        ({"target_2": ""}, "There is a share but no target."),
        ({"target_2": "environmental.waste_collection"}, "A target stands twice."),
        ({"target_2": "moon"}, "Choose one of the list."),
    ],
)
def test_a_split_that_is_not_whole_is_refused(changes: dict[str, str], said: str, read: Any, client_of: Any) -> None:
    response = client_of.post(code_address("0103"), SPLIT | changes)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_code_can_be_unmapped_again(read: Any, client_of: Any) -> None:
    client_of.post(code_address("0103"), SPLIT)
    client_of.post(code_address("0103"), {})
    hand = in_hand(row())
    assert hand is not None
    assert hand.mapping == ()


def test_a_code_that_the_ledger_has_not_is_not_found(read: Any, client_of: Any) -> None:
    assert client_of.get(code_address("9999")).status_code == 404
    assert client_of.get(code_address("0103", side="moon")).status_code == 404


def test_applied_it_is_the_return_to_the_penny(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    client_of.post(code_address("0103"), SPLIT)
    text = client_of.get(address("mapping")).content.decode()
    assert "Unmapped: 0% of gross, £0.00." in text
    assert TOTAL in text
    assert "The return was made from the ledger." in apply(client_of).content.decode()
    returned = load_return(row())
    assert returned.header.source == "ledger"
    income = returned.costs["measure"] == "sales_fees_charges"
    signed = returned.costs["amount_pence"].fill_null(0) * (1 - 2 * income.cast(int))
    assert signed.sum() == 14_700_026


def test_too_much_unmapped_stands_in_the_way_of_a_signature(read: Any, client_of: Any, officer: Any) -> None:
    accept_all(client_of)
    assert "More than 0.5% stands in the way of a signature." in client_of.get(address("mapping")).content.decode()
    apply(client_of)
    assert any("3.25% of the gross is unmapped" in str(one) for one in objections_to_signing(officer, row()))


def test_what_was_not_looked_at_is_not_applied(read: Any, officer: Any) -> None:
    with pytest.raises(BlockedByFindings, match="changed after you opened"):
        apply_mapping(row(), digest="0" * 64, by=officer)


def test_the_mapping_in_hand_can_be_given_up(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    client_of.post(address("discard-mapping"))
    hand = in_hand(row())
    assert hand is not None
    assert hand.mapping == ()


def test_a_line_opens_down_to_its_ledger_rows(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    client_of.post(code_address("0103"), SPLIT)
    lines = unescape(apply(client_of).content.decode())
    link = address("ledger-rows") + "?line=2024-25%2Fenvironmental.street_cleansing%2Frunning_expenses"
    assert link in lines
    text = client_of.get(link).content.decode()
    # 3,000.50 of clothing, and 40% of 9,000.01, which is 3,600.00 to the penny
    assert "The rows add up to the line, £6,600.50." in text
    assert "Workwear Ltd" in text
    bridge = client_of.get(address("bridge") + "?service=environmental.street_cleansing").content.decode()
    assert "Down to the rows of the ledger" in bridge
    assert link in bridge


def test_a_line_that_there_is_not_has_no_rows(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    apply(client_of)
    assert client_of.get(address("ledger-rows") + "?line=2024-25/moon/employees").status_code == 404


def test_a_ledger_sent_anew_asks_for_the_mapping_to_be_applied_again(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    apply(client_of)
    assert "This mapping is applied" in client_of.get(address("mapping")).content.decode()
    send_ledger(client_of, LEDGER.replace("120000.00", "100000.00").replace("147000", "127000"))
    assert "Nothing of this is in the return yet." in client_of.get(address("mapping")).content.decode()
    link = address("ledger-rows") + "?line=2024-25/environmental.street_cleansing/employees"
    assert "the ledger changed after the mapping was applied" in client_of.get(link).content.decode()


def test_how_another_partner_mapped_its_codes_is_not_told(read: Any, client_of: Any, person: Any, as_: Any) -> None:
    petra = as_(person("petra", PENDLE, "finance_officer"))
    client_of.post(code_address("0103"), {"target_1": "housing"})
    apply(client_of)
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = petra.post(
        address("ledger", partner=PENDLE), {"file": SimpleUploadedFile("l.csv", LEDGER.encode())}, follow=True
    )
    confirm(petra, sent)
    text = petra.get(address("mapping", partner=PENDLE)).content.decode()
    assert "Zxq" in text
    assert "Remembered" not in text


def test_a_member_sees_the_mapping_and_decides_nothing(read: Any, person: Any, as_: Any) -> None:
    member = as_(person("mel", BURNLEY, "member"))
    text = member.get(address("mapping")).content.decode()
    assert "Published list" in text
    assert boxes(text) == []
    assert member.get(code_address("0103")).status_code == 403
    for name in ("accept-mapping", "apply-mapping", "discard-mapping"):
        assert member.post(address(name), {"side": "service"}).status_code == 403


def objections(user: Any) -> str:
    return " ".join(str(one) for one in objections_to_signing(user, row()))


def test_a_ledger_that_the_return_is_not_made_from_stands_in_the_way(read: Any, officer: Any) -> None:
    assert "the return was not made from it: april.csv" in objections(officer)
    assert "Map its codes and apply the mapping" in objections(officer)


def test_what_the_ledger_lacks_is_accepted_with_a_reason_or_stands_in_the_way(
    read: Any, client_of: Any, officer: Any, person: Any, as_: Any
) -> None:
    accept_all(client_of)
    client_of.post(code_address("0103"), SPLIT)
    apply(client_of)
    found = {one.code for one in load_return(row()).findings if one.severity.value == "error"}
    assert "ledger-part-year" in found
    assert objections(officer)
    text = client_of.get(address("review")).content.decode()
    assert "Accept it as it is, with a reason: Months without postings" in text
    member = as_(person("mel", BURNLEY, "member"))
    assert member.post(address("accept-finding", "ledger-part-year"), {"ledger-part-year-text": "x"}).status_code == 403
    assert client_of.post(address("accept-finding", "ledger-part-year"), {}).status_code == 400
    for code in found:
        client_of.post(address("accept-finding", code), {f"{code}-text": "Those months were quiet."})
    assert objections(officer) == ""
    assert "Those months were quiet." in client_of.get(address("review")).content.decode()
    client_of.post(address("sign"), {"digest": row().digest, "agreed": "on"})
    assert row().signature is not None


def test_what_was_accepted_is_told_in_the_language_of_the_person(read: Any, client_of: Any) -> None:
    accept_all(client_of)
    client_of.post(code_address("0103"), SPLIT)
    apply(client_of)
    client_of.post(address("accept-finding", "ledger-part-year"), {"ledger-part-year-text": "Misoedd tawel."})
    (one,) = (each for each in load_return(row()).review.accepted if each.code == "ledger-part-year")
    text = client_of.get(address("review"), headers={"accept-language": "cy"}).content.decode()
    found = re.search(r"<li>([^<]+)<span[^<]*: Misoedd tawel.</span>", text)
    assert found
    assert unescape(found[1]).strip() not in one.told
    assert one.told not in unescape(text)


def test_everything_that_can_be_accepted_has_a_name() -> None:
    assert set(LACKS) == {*ACCEPTABLE, SECTION_OPEN, QUERY_OPEN}


def test_a_service_with_a_part_that_is_not_known_has_no_bridge_to_zero(client_of: Any) -> None:
    payments = "\n".join(line for line in LEDGER.splitlines() if "Salaries" not in line and "Total" not in line)
    confirm(client_of, send_ledger(client_of, payments))
    accept_all(client_of)
    apply(client_of)
    text = client_of.get(address("bridge") + "?service=environmental.street_cleansing").content.decode()
    assert "there is no bridge to it" in text
    assert "Down to the rows of the ledger" in text
