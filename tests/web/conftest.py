"""A site with one study of Lancashire councils, the people around it, and a run of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from .definition_pages import EFFECT, LINE, PROJECT, at
from .people import BURNLEY, COUNCILS, PASSWORD


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path) -> None:
    """A data folder of its own, work done at once instead of in the queue, and a hasher that costs nothing."""
    settings.DATA_FOLDER = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    translation.activate("en")


@pytest.fixture(scope="session")
def documents() -> Any:
    """The study as documents, with the findings of its baseline."""
    from consortia.intake.published import baseline

    study, findings = baseline(COUNCILS, ["rsx-2024-25"], name="pennine", title="Pennine Lancashire")
    fewer = study.definition.model_copy(update={"draws": 256})
    return SimpleNamespace(study=type(study)(fewer, study.returns), findings=findings)


@pytest.fixture(scope="session")
def result(documents: Any) -> Any:
    """A finished run of the study."""
    from consortia.run import run_study

    return run_study(documents.study, made_on=date(2026, 11, 21))


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Makes a person with a role in an organisation."""
    from consortia.web.accounts.models import Membership, Organisation, User

    def make(name: str, organisation: str = "", role: str = "member") -> Any:
        user = User.objects.create_user(email=f"{name}@example.org", name=name.title(), password=PASSWORD)
        if organisation:
            place, _ = Organisation.objects.get_or_create(code=organisation, defaults={"name": organisation})
            Membership.objects.create(user=user, organisation=place, role=role)
        return user

    return make


@pytest.fixture
def analyst(person: Callable[..., Any]) -> Any:
    """Runs the study."""
    return person("ann", "office", "analyst")


@pytest.fixture
def study(analyst: Any, documents: Any) -> Any:
    """The study in the database, owned by the analyst's office."""
    from consortia.web.accounts.models import Organisation
    from consortia.web.studies.actions import create_study

    office = Organisation.objects.get(code="office")
    return create_study(documents.study, findings=documents.findings, owner=office, by=analyst)


@pytest.fixture
def officer(person: Callable[..., Any], study: Any) -> Any:
    """Finance officer of Burnley."""
    return person("bea", BURNLEY, "finance_officer")


@pytest.fixture
def outsider(person: Callable[..., Any], study: Any) -> Any:
    """Somebody with an account and nothing to do with the study."""
    return person("olga", "elsewhere", "analyst")


@pytest.fixture
def run(study: Any, analyst: Any, result: Any) -> Any:
    """A finished run of the study."""
    from consortia.web.runs.models import Run
    from consortia.web.runs.states import finish_run

    row = Run.objects.create(study=study, number=1, study_fingerprint=study.fingerprint, requested_by=analyst)
    finish_run(row, result)
    return row


@pytest.fixture
def case(run: Any, analyst: Any) -> Any:
    """The run agreed as the case."""
    from consortia.web.delivery.actions import agree_case

    return agree_case(run, by=analyst)


@pytest.fixture
def as_() -> Callable[[Any], Client]:
    """A browser in which the person is logged in."""

    def browser(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def page(as_: Callable[[Any], Client]) -> Callable[[Any, str], str]:
    """The text of a page as the person sees it; the page must be there."""

    def text(user: Any, address: str) -> str:
        response = as_(user).get(address)
        assert response.status_code == 200, response.status_code
        return str(response.content.decode())

    return text


@pytest.fixture
def return_file(study: Any, tmp_path: Path) -> Callable[..., bytes]:
    """The workbook of Burnley's return, as the site hands it out; with `spoil` one amount is words."""
    import openpyxl

    from consortia.web.studies.documents import return_workbook
    from consortia.web.studies.models import PartnerReturn

    def content(*, spoil: bool = False) -> bytes:
        row = PartnerReturn.objects.select_related("organisation", "study").get(organisation__code=BURNLEY)
        path = tmp_path / "return.xlsx"
        path.write_bytes(return_workbook(row))
        if spoil:
            book = openpyxl.load_workbook(path)
            _spoil(book)
            book.save(path)
        return path.read_bytes()

    return content


def _spoil(book: Any) -> None:
    """Puts words where the first amount of the costs stands."""
    sheet = next(each for each in book.worksheets if "Cost" in each.title)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float) and cell.value > 1000:
                cell.value = "about a thousand"
                return


@pytest.fixture
def definition_of(study: Any) -> Callable[[], Any]:
    from consortia.web.studies.documents import load_definition

    def now() -> Any:
        study.refresh_from_db()
        return load_definition(study)

    return now


@pytest.fixture
def send(study: Any, analyst: Any, as_: Any) -> Callable[..., Any]:
    """Sends a form of the analyst; the digest is that of the record as it is, unless another is given."""

    from consortia.web.definition.parts import PARTS
    from consortia.web.definition.spots import Spot, digest_of, record_at
    from consortia.web.studies.documents import load_definition

    def post(part: str, fields: dict[str, Any], **query: str) -> Any:
        study.refresh_from_db()
        digest = ""
        if "key" in query:
            spot = Spot(PARTS[part], query["key"], query.get("within", ""))
            digest = digest_of(record_at(load_definition(study).to_plain(), spot))
        return as_(analyst).post(at(study, part, **query), {"digest": digest} | fields)

    return post


@pytest.fixture
def project(send: Any) -> None:
    """One line, and a project with one effect on it."""
    for part, fields, query in (
        ("lines", LINE, {}),
        ("projects", PROJECT, {}),
        ("effects", EFFECT, {"within": "desk"}),
    ):
        assert send(part, fields, **query).status_code == 302
