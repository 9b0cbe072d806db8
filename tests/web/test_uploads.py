"""Files in: good rows load, faults become findings with their cell, and what was sent is kept as it was."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consortia.intake.blank import write_blank_return
from consortia.web.accounts.models import Event
from consortia.web.studies.documents import load_definition, load_return
from consortia.web.studies.models import PartnerReturn, Upload

from .people import BURNLEY


@pytest.fixture
def send(study: Any, officer: Any, as_: Any) -> Any:
    def post(content: bytes, name: str = "return.xlsx", **said: str) -> Any:
        address = reverse("return", args=[study.slug, BURNLEY])
        return as_(officer).post(address, {"file": SimpleUploadedFile(name, content), **said}, follow=True)

    return post


@pytest.fixture
def blank_file(study: Any, tmp_path: Path) -> bytes:
    write_blank_return(tmp_path / "blank.xlsx", load_definition(study), BURNLEY)
    return (tmp_path / "blank.xlsx").read_bytes()


def burnley() -> PartnerReturn:
    return PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)


def test_a_good_file_becomes_the_return(send: Any, return_file: Any) -> None:
    lines = burnley().lines
    text = send(return_file()).content.decode()
    assert f"{lines} rows were read" in text
    assert load_return(burnley()).header.source == "upload"


def test_the_fingerprint_and_the_version_follow_the_file(send: Any, return_file: Any, study: Any) -> None:
    send(return_file())
    after = burnley().study
    assert after.version == study.version + 1
    assert after.fingerprint != study.fingerprint


def test_a_bad_cell_is_a_finding_with_its_place_and_the_rest_loads(send: Any, return_file: Any) -> None:
    lines = burnley().lines
    text = send(return_file(spoil=True)).content.decode()
    assert burnley().lines == lines - 1
    assert "about a thousand" in text
    assert "return.xlsx, Costs," in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("return.xlsx", b"this is no workbook"),
        ("return.csv", b"\x00\xff\x00\xff"),
        ("return.csv", b"one,two\n1,2\n"),
        ("return.exe", b"MZ"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(name: str, content: bytes, send: Any) -> None:
    before = burnley().digest
    response = send(content, name)
    assert response.status_code == 400
    assert b"There is something to correct" in response.content
    assert burnley().digest == before
    assert Event.objects.filter(action="refuse_return").exists()


def test_a_blank_file_does_not_take_the_place_of_known_amounts_unasked(send: Any, blank_file: bytes) -> None:
    before = burnley().digest
    response = send(blank_file)
    assert response.status_code == 400
    assert "amounts blank that this return holds; nothing was changed" in response.content.decode()
    assert burnley().digest == before
    assert not Upload.objects.exists()


def test_a_blank_file_is_taken_where_a_person_says_so(send: Any, blank_file: bytes) -> None:
    response = send(blank_file, blanks="on")
    assert "Amounts that were known and are blank in this file" in response.content.decode()
    assert load_return(burnley()).costs["amount_pence"].null_count() == burnley().lines


def test_no_file_at_all_gets_a_sentence(study: Any, officer: Any, as_: Any) -> None:
    response = as_(officer).post(reverse("return", args=[study.slug, BURNLEY]), {})
    assert b"Choose a file." in response.content


def test_a_file_that_is_too_large_is_refused(send: Any, settings: Any, return_file: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    assert b"larger than 50 MB" in send(return_file()).content


def test_the_file_is_kept_as_it_was_sent(send: Any, return_file: Any, settings: Any) -> None:
    content = return_file()
    send(content)
    digest = hashlib.sha256(content).hexdigest()
    assert (Path(settings.DATA_FOLDER) / "uploads" / digest[:2] / digest).read_bytes() == content


def test_the_file_can_be_taken_back_as_plain_bytes(send: Any, return_file: Any, officer: Any, as_: Any) -> None:
    content = return_file()
    send(content, "<b>ours</b>.xlsx")
    upload = Upload.objects.get()
    response = as_(officer).get(reverse("upload", args=[burnley().study.slug, BURNLEY, upload.pk]))
    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_name_of_a_file_cannot_become_markup(send: Any, return_file: Any) -> None:
    assert b"<script>" not in send(return_file(), "<script>alert(1)<script>.xlsx").content


def test_a_file_of_costs_only_leaves_the_volumes(send: Any, study: Any) -> None:
    before = load_return(burnley()).volumes
    rows = "Year,Service,Measure,Amount (£)\n2024-25,central,total_expenditure,1000000\n"
    send(rows.encode(), "return.csv")
    assert burnley().lines == 1
    assert load_return(burnley()).volumes.equals(before)


def test_a_row_of_a_year_outside_the_study_is_a_finding_with_its_cell(send: Any, study: Any) -> None:
    head = "Year,Service,Measure,Amount (£)"
    rows = (f"{year},central,total_expenditure,1000000" for year in ("2024-25", "2019-20"))
    text = send("\n".join((head, *rows)).encode(), "return.csv").content.decode()
    assert burnley().lines == 1
    assert "2019-20" in text
    assert '<span class="place">return.csv, A3' in text


def test_a_name_with_braces_is_no_place_for_values(send: Any) -> None:
    response = send(b"this is no workbook", "{ours}.xlsx")
    assert response.status_code == 400
    assert "{ours}.xlsx" in response.content.decode()
