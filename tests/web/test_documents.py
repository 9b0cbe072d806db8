"""Files and database hold the same documents."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from consortia.findings import Finding, Place, Severity
from consortia.study import Query, Return, Review, Study, fingerprint, read_study, write_study
from consortia.study.mapping import MappingLine
from consortia.web.accounts.models import Organisation
from consortia.web.studies import models
from consortia.web.studies.documents import findings_from_text, findings_to_text, load_study, study_as_zip

from .people import BURNLEY


def _unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def test_the_database_gives_back_the_study_it_was_given(study: Any, documents: Any) -> None:
    loaded = load_study(study)
    assert loaded.definition == documents.study.definition
    assert fingerprint(loaded) == fingerprint(documents.study) == study.fingerprint


def test_an_export_read_from_its_folder_has_the_same_fingerprint(study: Any, tmp_path: Path) -> None:
    folder = _unpacked(study_as_zip(study), tmp_path) / study.slug
    assert fingerprint(read_study(folder)) == fingerprint(load_study(study))


def test_what_was_mapped_said_and_done_travels_too(documents: Any, analyst: Any, tmp_path: Path) -> None:
    from consortia.web.studies.actions import create_study

    returns = (_reviewed(documents.study.returns[0]), *documents.study.returns[1:])
    row = create_study(
        Study(documents.study.definition, returns), owner=analyst.memberships.get().organisation, by=analyst
    )
    back = read_study(_unpacked(study_as_zip(row), tmp_path) / row.slug)
    assert (back.returns[0].review, back.returns[0].mapping) == (returns[0].review, returns[0].mapping)
    assert fingerprint(back) == row.fingerprint


def _reviewed(returned: Return) -> Return:
    line = returned.costs["key"][0]
    review = Review(queries=(Query(key="query-1", line=line, by="Ann", on="2026-11-21", text="Why?"),))
    return replace(
        returned, review=review, mapping=(MappingLine(side="service", local="C1", target="central", by="Ann"),)
    )


def test_a_signature_travels_with_the_export(study: Any, officer: Any, tmp_path: Path) -> None:
    from consortia.web.studies import actions

    row = study.returns.select_related("organisation").get(organisation__code=BURNLEY)
    actions.sign(row, digest=row.digest, by=officer)
    folder = _unpacked(study_as_zip(study), tmp_path) / study.slug
    assert read_study(folder).return_of(BURNLEY).header.signed_by == "Bea"


def test_the_analyst_downloads_the_folder(study: Any, analyst: Any, as_: Any, tmp_path: Path) -> None:
    response = as_(analyst).get(reverse("export", args=[study.slug]))
    assert read_study(_unpacked(response.content, tmp_path) / study.slug).definition.key == "pennine"


def test_a_study_of_the_same_name_gets_an_address_of_its_own(study: Any, documents: Any, analyst: Any) -> None:
    from consortia.web.studies.actions import create_study

    second = create_study(documents.study, owner=Organisation.objects.get(code="office"), by=analyst)
    assert (study.slug, second.slug) == ("pennine", "pennine-2")


def test_findings_come_back_as_they_were() -> None:
    place = Place("a.xlsx", "Costs", "D4")
    findings = (
        Finding("a", Severity.ERROR, "In {year} nothing.", "Add it.", place, (("year", "2024-25"),)),
        Finding("b", Severity.NOTE, "A note."),
    )
    assert findings_from_text(findings_to_text(findings)) == findings


def test_a_study_from_published_returns_by_form(analyst: Any, as_: Any) -> None:
    wanted = {
        "title": "Two of them",
        "partners": "burnley\nE07000122",
        "editions": ["rsx-2024-25"],
        "owner": Organisation.objects.get(code="office").pk,
    }
    text = as_(analyst).post(reverse("new-study"), wanted, follow=True).content.decode()
    assert "Two of them" in text
    assert "Pendle" in text


def test_an_unknown_council_gets_the_nearest_names(analyst: Any, as_: Any) -> None:
    office = Organisation.objects.get(code="office")
    wanted = {"title": "T", "partners": "Burnly\nNowhere on Sea", "editions": ["rsx-2024-25"], "owner": office.pk}
    text = as_(analyst).post(reverse("new-study"), wanted).content.decode()
    assert "Did you mean" in text
    assert "Nowhere on Sea" in text


def test_a_partner_named_twice_gets_a_sentence(analyst: Any, as_: Any) -> None:
    office = Organisation.objects.get(code="office")
    wanted = {"title": "T", "partners": "Burnley\nBurnley", "editions": ["rsx-2024-25"], "owner": office.pk}
    response = as_(analyst).post(reverse("new-study"), wanted)
    assert response.status_code == 200
    assert b"There is something to correct" in response.content


@pytest.mark.parametrize("partners", ["Burnley", "Birmingham\nSlough"], ids=["one partner", "no return"])
def test_a_study_that_could_not_be_run_is_not_made(analyst: Any, as_: Any, partners: str) -> None:
    office = Organisation.objects.get(code="office")
    wanted = {"title": "T", "partners": partners, "editions": ["rsx-2024-25"], "owner": office.pk}
    assert b"There is something to correct" in as_(analyst).post(reverse("new-study"), wanted).content
    assert not models.Study.objects.filter(title="T").exists()


def test_a_study_folder_is_put_on_the_site(documents: Any, analyst: Any, tmp_path: Path, capsys: Any) -> None:
    write_study(documents.study, tmp_path)
    call_command("addstudy", str(tmp_path), "--organisation", "office")
    assert capsys.readouterr().out.strip() == "/studies/pennine/"
    row = models.Study.objects.get(slug="pennine")
    assert row.fingerprint == fingerprint(documents.study)


def test_a_folder_without_a_study_gets_a_sentence(analyst: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no study in"):
        call_command("addstudy", str(tmp_path), "--organisation", "office")
