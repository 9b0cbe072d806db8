"""The whole journey through the site, from the first link to the proved saving; also run on PostgreSQL."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consortia.web.accounts.actions import open_set_up
from consortia.web.accounts.models import Event, Organisation

from .people import BURNLEY, COUNCILS, PASSWORD

STUDY = "/studies/pennine-lancashire/"
CASHABLE = (
    "level_kept", "quality_kept", "voluntary_sector_kept", "charges_unchanged", "no_windfall", "recurrent", "revenue",
    "base_budget_reduced", "agreed_in_advance", "budget_holder", "measurable",
)  # fmt: skip


def say(client: Client, address: str, **values: Any) -> str:
    """Sends a form and gives the page that follows."""
    response = client.post(address, values, follow=True)
    assert response.status_code == 200, response.content.decode()
    return str(response.content.decode())


def come_in(link: str, name: str, **more: str) -> Client:
    client = Client()
    say(client, link, name=name, password=PASSWORD, **more)
    return client


def invite(analyst: Client, email: str) -> str:
    burnley = Organisation.objects.get(code=BURNLEY)
    text = say(analyst, "/people/", email=email, organisation=burnley.pk, role="finance_officer")
    found = re.search(r"/invitation/[\w-]+/", text)
    assert found
    return found[0]


def account_rows(page: str) -> list[str]:
    return re.findall(r"<td class=\"number\">([^<]*)</td>", page)


def test_from_the_first_link_to_the_proved_saving(transactional_db: None) -> None:
    analyst = come_in(f"/invitation/{open_set_up()}/", "Ann", email="ann@example.org")
    office = Organisation.objects.get(code="programme-office")
    made = {"title": "Pennine Lancashire", "partners": "\n".join(COUNCILS), "editions": ["rsx-2024-25"]}
    assert "Partners and their returns" in say(analyst, "/studies/new/", owner=office.pk, **made)

    officer = come_in(invite(analyst, "bea@example.org"), "Bea")
    own = f"{STUDY}returns/{BURNLEY}/"
    workbook = officer.get(f"{own}workbook.xlsx").content
    assert "rows were read" in say(officer, own, file=SimpleUploadedFile("burnley.xlsx", workbook))
    digest = re.search(r'name="digest" value="(\w{64})"', officer.get(own).content.decode())
    assert digest
    assert "Signed by Bea" in say(officer, f"{own}sign/", digest=digest[1], agreed="on")

    decision = say(analyst, f"{STUDY}runs/")
    assert "What is proposed, service by service" in decision
    assert "Environmental and regulatory services" in decision
    # Burnley's return is its own now, and every other is published: the group would give it away.
    refused = analyst.post(f"{STUDY}runs/1/agree/")
    assert "could be worked out from the totals of their groups: Burnley" in refused.content.decode()
    assert "Let the other partners see this return" in officer.get(f"{STUDY}runs/1/").content.decode()
    assert "may see this return now" in say(officer, f"{own}release/")
    assert "Totals of all partners" in say(analyst, f"{STUDY}runs/1/agree/")

    line = ",".join(["share-environmental", "Burnley", "2026-27", "delivered", "12000", "ledger 4711", *["yes"] * 11])
    actuals = "\n".join((",".join(("initiative", "partner", "year", "kind", "amount", "evidence", *CASHABLE)), line))
    text = say(officer, f"{STUDY}account/", file=SimpleUploadedFile("actuals.csv", actuals.encode()))
    assert "1 row was booked." in text
    text = officer.get(f"{STUDY}account/?year=2026-27").content.decode()
    assert "Every test of a cashable saving is passed." in text

    done = list(Event.objects.order_by("pk").values_list("action", flat=True))
    for action in ("join", "create_study", "invite", "receive_return", "sign", "finish_run", "agree_case"):
        assert action in done
