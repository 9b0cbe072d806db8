"""A ledger on the site: proposed with reasons, confirmed or corrected, read with its control total, remembered."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from consortia.errors import NotAllowed
from consortia.study.ledger import read_ledger_table
from consortia.web.accounts.models import Event, Organisation
from consortia.web.ledgers.actions import receive_ledger
from consortia.web.ledgers.models import Ledger
from consortia.web.ledgers.store import header_of, ledger_as_it_is_now, let_go, lines_of
from consortia.web.studies.models import PartnerReturn
from consortia.web.studies.uploads import path_of

from .ledger_files import LEDGER, TOTAL, address, chosen_on, columns_of, confirm, send_ledger
from .people import BURNLEY, PENDLE


@pytest.fixture
def row(study: Any) -> PartnerReturn:
    return PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)


@pytest.fixture
def client_of(officer: Any, as_: Any) -> Any:
    return as_(officer)


def test_before_the_first_file_the_page_says_what_to_do(officer: Any, page: Any) -> None:
    assert "Send an extract of the ledger." in page(officer, address("ledger"))


def test_a_file_is_proposed_with_reasons_and_nothing_is_read(client_of: Any, row: Any) -> None:
    text = send_ledger(client_of).content.decode()
    assert "Nothing was read yet." in text
    assert "The heading says &#39;cost centre&#39;. It holds codes." in text
    assert "Street cleansing" in text
    assert lines_of(ledger_as_it_is_now(row)) is None


def test_confirmed_it_is_read_with_its_control_total_and_findings(client_of: Any, row: Any) -> None:
    text = confirm(client_of, send_ledger(client_of)).content.decode()
    assert f"5 lines were read from april.csv, £{TOTAL} in all." in text
    assert "the lines agree to the penny" in text
    assert header_of(ledger_as_it_is_now(row)).files[0].sum_pence == 14_700_026


def test_a_column_can_be_corrected(client_of: Any, row: Any) -> None:
    asked = send_ledger(client_of)
    confirm(client_of, asked, **{columns_of(asked)["Supplier"]: "description"})
    lines = lines_of(ledger_as_it_is_now(row))
    assert lines is not None
    assert lines["description"].to_list()[1] == "Workwear Ltd"
    assert set(lines["supplier"]) == {""}


@pytest.mark.parametrize(
    ("heading", "role", "said"),
    [
        ("Supplier", "amount", "Two columns are taken for Amount; choose one."),
        ("Amount", "", "No column is taken for the amount. Choose it."),
        ("Supplier", "moon", "Choose one of the list."),
    ],
)
def test_a_layout_that_makes_no_sense_is_not_read(heading: str, role: str, said: str, client_of: Any, row: Any) -> None:
    asked = send_ledger(client_of)
    response = confirm(client_of, asked, **{columns_of(asked)[heading]: role})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert lines_of(ledger_as_it_is_now(row)) is None


def test_the_next_file_like_it_is_read_at_once(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    text = send_ledger(client_of, LEDGER.replace("120000.00", "100000.00"), name="may.csv").content.decode()
    assert "5 lines were read from may.csv" in text
    assert [one.name for one in header_of(ledger_as_it_is_now(row)).files] == ["april.csv", "may.csv"]


UNDATED = re.sub(r"(?m)^(Date|[0-9/]*),", "", LEDGER)


def test_a_file_without_dates_asks_for_its_year(client_of: Any, row: Any) -> None:
    asked = send_ledger(client_of, UNDATED)
    assert "No column of this file gives a date or a financial year" in asked.content.decode()
    confirm(client_of, asked, period_year="2024/25")
    lines = lines_of(ledger_as_it_is_now(row))
    assert lines is not None
    assert set(lines["financial_year"]) == {"2024-25"}


def test_without_a_year_its_lines_are_told(client_of: Any) -> None:
    text = confirm(client_of, send_ledger(client_of, UNDATED)).content.decode()
    assert "Lines whose financial year is not known, so that they stand in no return: 5" in text
    assert "State the year when you confirm the columns" in text


def test_what_is_no_year_is_said(client_of: Any, row: Any) -> None:
    response = confirm(client_of, send_ledger(client_of, UNDATED), period_year="2024-27")
    assert "This is no financial year. Write it as 2024-25." in response.content.decode()
    assert lines_of(ledger_as_it_is_now(row)) is None


def test_the_year_that_was_stated_for_a_file_is_not_that_of_the_next(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of, UNDATED), period_year="2024-25")
    text = send_ledger(client_of, UNDATED.replace("3000.50", "4000.50"), name="next.csv").content.decode()
    assert "Nothing was read yet." in text
    assert 'value="2024-25"' not in text


def test_a_file_unlike_it_is_shown_first(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    other = LEDGER.replace("Amount\n", "Net payment\n").replace("Account", "Subjective")
    text = send_ledger(client_of, other, name="may.csv").content.decode()
    assert "Nothing was read yet." in text
    assert len(header_of(ledger_as_it_is_now(row)).files) == 1


def test_the_same_file_under_another_name_is_refused(client_of: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    text = send_ledger(client_of, name="twin.csv").content.decode()
    assert "would count twice" in text


def test_a_file_without_a_ledger_gets_a_sentence(client_of: Any) -> None:
    response = send_ledger(client_of, "hello\nworld\n")
    assert response.status_code == 400
    assert "shows no headings of a ledger" in response.content.decode()
    assert Event.objects.filter(action="refuse_return").exists()


def test_lines_that_others_took_the_place_of_are_deleted_and_files_as_sent_are_kept(
    client_of: Any, row: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client_of, send_ledger(client_of))
    former = ledger_as_it_is_now(row).sha256
    with django_capture_on_commit_callbacks(execute=True):
        send_ledger(client_of, LEDGER.replace("120000.00", "100000.00"), name="may.csv")
    assert not path_of(former).exists()
    assert path_of(ledger_as_it_is_now(row).sha256).exists()
    assert all(path_of(one.sha256).exists() for one in row.uploads.all())


def test_lines_that_another_ledger_has_too_are_kept(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    kept = ledger_as_it_is_now(row).sha256
    let_go(kept)
    assert path_of(kept).exists()


def test_the_lines_of_a_file_can_be_taken_out_again(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    send_ledger(client_of, LEDGER.replace("120000.00", "100000.00"), name="may.csv")
    refused = client_of.post(address("leave-out-ledger-file"), {"file": "april.csv"})
    assert refused.status_code == 400
    client_of.post(address("leave-out-ledger-file"), {"file": "april.csv", "reason": "Sent by mistake"})
    lines = lines_of(ledger_as_it_is_now(row))
    assert lines is not None
    assert set(lines["file"]) == {"may.csv"}
    assert "april.csv: 5 lines, Bea" in client_of.get(address("ledger")).content.decode()
    client_of.post(address("leave-out-ledger-file"), {"file": "may.csv", "reason": "That too"})
    assert lines_of(ledger_as_it_is_now(row)) is None


def test_the_page_is_there_in_welsh_reasons_and_all(client_of: Any) -> None:
    client_of.cookies["django_language"] = "cy"
    text = send_ledger(client_of).content.decode()
    assert "Ni ddarllenwyd dim eto." in text
    assert '<span lang="en">' not in text


def test_a_large_file_is_refused(client_of: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    assert b"larger than 50 MB" in send_ledger(client_of).content


def test_a_member_reads_but_does_not_send(study: Any, row: Any, person: Any, as_: Any) -> None:
    member = person("mel", BURNLEY, "member")
    with pytest.raises(NotAllowed):
        receive_ledger(row, name="april.csv", content=LEDGER.encode(), by=member)
    assert send_ledger(as_(member)).status_code == 403
    assert b"Send a ledger file" not in as_(member).get(address("ledger")).content


@pytest.mark.parametrize("name", ["ledger", "ledger-rows", "mapping", "costs"])
def test_the_officer_of_another_partner_finds_nothing(name: str, client_of: Any, person: Any, as_: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    other = person("petra", PENDLE, "finance_officer")
    assert as_(other).get(address(name)).status_code == 404


def test_columns_of_another_partner_s_file_are_not_found(client_of: Any, person: Any, as_: Any) -> None:
    send_ledger(client_of)
    upload = PartnerReturn.objects.get(organisation__code=BURNLEY).uploads.get()
    petra = as_(person("petra", PENDLE, "finance_officer"))
    assert petra.get(address("ledger-columns", upload.pk, partner=PENDLE)).status_code == 404


def test_the_folder_carries_the_ledger_there_and_back(
    client_of: Any, analyst: Any, as_: Any, tmp_path: Path, row: Any
) -> None:
    confirm(client_of, send_ledger(client_of))
    content = as_(analyst).get(reverse("export", args=["pennine"])).content
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    kept = read_ledger_table(tmp_path / "pennine", BURNLEY)
    assert kept is not None
    assert kept.collect()["amount_pence"].sum() == 14_700_026
    Organisation.objects.get_or_create(code="office")
    call_command("addstudy", tmp_path / "pennine", organisation="office", stdout=io.StringIO())
    again = Ledger.objects.exclude(partner_return=row).get()
    assert (again.sha256, again.layout, again.header) == (
        (before := ledger_as_it_is_now(row)).sha256,
        before.layout,
        before.header,
    )


def test_another_year_s_file_of_the_same_name_makes_way_only_when_it_is_said(client_of: Any, row: Any) -> None:
    confirm(client_of, send_ledger(client_of))
    asked = send_ledger(client_of, LEDGER.replace("2024,", "2022,").replace("2025,", "2023,"))
    text = asked.content.decode()
    assert "is loaded already, with other years" in text
    assert confirm(client_of, asked).status_code == 400
    assert "5 lines were read" in confirm(client_of, asked, instead="on").content.decode()
    assert [one.name for one in header_of(ledger_as_it_is_now(row)).files] == ["april.csv"]


def test_another_table_of_the_file_can_be_named(client_of: Any, row: Any) -> None:
    """Two tables in one file; the second has other headings."""
    second = "Month,Cost Centre,Total paid\nApril,Parks,10.00\nMay,Parks,12.00\n"
    asked = send_ledger(client_of, f"{LEDGER}\n\n{second}")
    upload = row.uploads.get()
    place = address("ledger-columns", upload.pk)
    assert "Another table is meant" in asked.content.decode()
    assert "Cost Centre Code" in columns_of(client_of.get(place))
    assert "Total paid" in columns_of(client_of.get(place + "?table=A10"))
    assert client_of.get(place + "?table=A99").status_code == 400


def test_a_file_with_many_totals_shows_the_gravest_findings_and_counts_the_rest(client_of: Any) -> None:
    line = "{day:02d}/04/2024,0101,Parks,1001,Fuel,Shell,1.00\n,,,,,Total,{day}.00\n"
    lines = "".join(line.format(day=day) for day in range(1, 29))
    head = LEDGER.splitlines()[0]
    text = confirm(client_of, send_ledger(client_of, f"{head}\n" + lines * 4)).content.decode()
    assert "more findings, no graver, are not shown." in text
    assert text.count('<li class="') == 100


def test_what_the_council_confirmed_in_another_study_is_where_the_next_one_starts(
    client_of: Any, documents: Any, analyst: Any, officer: Any
) -> None:
    from consortia.web.studies.actions import create_study

    asked = send_ledger(client_of)
    confirm(client_of, asked, **{columns_of(asked)["Supplier"]: "description"})
    office = Organisation.objects.get(code="office")
    create_study(documents.study, owner=office, by=analyst)
    sent = client_of.post(
        reverse("ledger", args=["pennine-2", BURNLEY]),
        {"file": SimpleUploadedFile("a.csv", LEDGER.encode())},
        follow=True,
    )
    assert chosen_on(sent.content.decode())[columns_of(sent)["Supplier"]] == "description"
