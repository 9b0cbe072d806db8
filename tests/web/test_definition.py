"""The definition of a study is changed on the site: plain forms, the records' own checks, nothing silently lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse

from consortia.study import read_study
from consortia.web.accounts.models import Event
from consortia.web.definition.parts import PARTS
from consortia.web.definition.spots import digest_of

from .definition_pages import LINE, PROJECT, at, faults
from .people import BURNLEY, PENDLE

BEGUN = "key: p\ntitle: {en: P}\neffects:\n- "


def test_a_line_a_project_and_an_effect_are_added_in_fields(project: None, definition_of: Any) -> None:
    found = definition_of()
    effect = found.projects[0].effects[0]
    assert (str(found.lines[0].amount), effect.kind, effect.lines) == ("1200000", "rate_of_line", ("ict",))
    assert (effect.rate.low, effect.rate.mode, effect.rate.high) == (0.05, 0.1, 0.2)
    assert found.projects[0].maturity == "full_case"


def test_a_cost_by_year_is_added_in_fields(project: None, send: Any, definition_of: Any) -> None:
    fields = {"key": "move", "kind": "ict", "amounts": "2025-26: £20,000\n2026-27: 5000"}
    assert send("costs", fields, within="desk", kind="ict").status_code == 302
    cost = definition_of().projects[0].costs[0]
    assert {year: str(amount) for year, amount in cost.amounts.items()} == {"2025-26": "20000", "2026-27": "5000"}


def test_assumptions_and_scenarios_are_added_in_fields(project: None, send: Any, definition_of: Any) -> None:
    assert (
        send("assumptions", {"key": "setup_share", "value": "25%", "grade": "2", "reason": "Own case"}).status_code
        == 302
    )
    fields = {"key": "low", "title.en": "Low", "overrides": "projects.desk.effects.fewer.rate: 0.05"}
    assert send("scenarios", fields).status_code == 302
    own = {"key": "setup_share", "range.low": "0.1", "range.mode": "0.2", "range.high": "0.3", "reason": "Tender"}
    assert send("scenario-assumptions", own, within="low").status_code == 302
    found = definition_of()
    assert (found.assumptions[0].value, found.assumptions[0].grade) == (0.25, 2)
    assert found.scenarios[0].overrides == {"projects.desk.effects.fewer.rate": 0.05}
    assert found.scenarios[0].assumptions[0].range.mode == 0.2


def test_an_initiative_is_proposed_and_taken_out_again(
    study: Any, send: Any, as_: Any, analyst: Any, definition_of: Any
) -> None:
    assert send("initiatives", {"key": "tax", "service": "central.council_tax_collection"}).status_code == 302
    digest = digest_of(definition_of().to_plain()["initiatives"][-1])
    address = reverse("remove-record", args=[study.slug, "initiatives"])
    assert as_(analyst).post(f"{address}?key=tax", {"digest": digest}).status_code == 302
    assert "tax" not in {one.key for one in definition_of().initiatives}


def test_what_a_form_has_no_field_for_stays(project: None, send: Any, definition_of: Any) -> None:
    assert send("projects", PROJECT | {"owner": "Head of ICT"}, key="desk").status_code == 302
    found = definition_of().projects[0]
    assert (found.owner, found.effects[0].key) == ("Head of ICT", "fewer")


def test_saving_a_form_as_it_was_shown_changes_nothing(
    project: None, study: Any, analyst: Any, as_: Any, definition_of: Any
) -> None:
    before = definition_of()
    for part, query in (
        ("lines", {"key": "ict"}),
        ("projects", {"key": "desk"}),
        ("effects", {"key": "fewer", "within": "desk"}),
    ):
        client = as_(analyst)
        form = client.get(at(study, part, **query))
        fields = _typed(form.content.decode())
        assert client.post(at(study, part, **query), fields).status_code == 302
    assert definition_of() == before


def _typed(text: str) -> dict[str, Any]:
    """What a browser would send back of the last form of the page that holds the record."""
    from html.parser import HTMLParser

    class Form(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.fields: dict[str, Any] = {}
            self.select = self.area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            held = dict(attrs)
            name = held.get("name") or ""
            if tag == "input" and held.get("type") == "checkbox":
                if "checked" in held:
                    self.fields.setdefault(name, []).append(held.get("value", "on"))
            elif tag == "input":
                self.fields[name] = held.get("value") or ""
            elif tag == "select":
                self.select = name
            elif tag == "textarea":
                self.area, self.fields[name] = name, ""
            elif tag == "option" and (self.select not in self.fields or "selected" in held):
                self.fields[self.select] = held.get("value") or ""

        def handle_data(self, data: str) -> None:
            if self.area:
                self.fields[self.area] += data

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

    form = Form()
    form.feed(text.partition('id="write"')[2].partition("</form>")[0])
    return form.fields


@pytest.mark.parametrize(
    ("part", "fields", "field", "words"),
    [
        ("lines", {"key": "a b", "partner": BURNLEY}, "key", "A key has no spaces"),
        ("lines", LINE | {"amount": "lots"}, "amount", "Write a number"),
        ("lines", LINE | {"amount": "-5"}, "amount", "must be 0 or more"),
        ("lines", LINE | {"growth.low": "0.3", "growth.mode": "0.2", "growth.high": "0.4"}, "growth.value", "not fall"),
        ("lines", LINE | {"growth.value": "nan"}, "growth.value", "Write a number"),
        ("projects", {"key": "x"}, "title.en", "Fill this in"),
        ("projects", PROJECT | {"start": "2027"}, "start", "not a financial year"),
        ("projects", PROJECT | {"split": "E99: 1"}, "split", "not among the partners"),
        ("assumptions", {"key": "setup_share", "value": "1"}, "reason", "Fill this in"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field(part: str, fields: dict[str, Any], field: str, words: str, send: Any) -> None:
    told = faults(send(part, fields))
    assert f'href="#id_{field}"' in told
    assert words in told


def test_faults_are_told_in_welsh(study: Any, analyst: Any, as_: Any) -> None:
    client = as_(analyst)
    client.cookies["django_language"] = "cy"
    assert "Ysgrifennwch rif" in faults(client.post(at(study, "lines"), LINE | {"amount": "lots"}))


def test_two_of_one_key_are_refused(project: None, send: Any) -> None:
    assert "There is one with the key 'ict' already." in faults(send("lines", LINE))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x", "names for parts of itself"),
        ("key: [", "not readable YAML (1:"),
        ("- 1", "fields of one record"),
        ("key: p\nfoo: 1", "foo: There is no such field."),
        (f"{BEGUN}{{kind: amounts, key: e, amounts: {{2026-27: x}}}}", "effects.1.amounts.2026-27: Write a number"),
        (f"{BEGUN}{{kind: rate_of_line, key: e, rate: 0.1, lines: [nope]}}", "effects.e.lines: 'nope' is not among"),
        ("key: " + "x" * 300_000, "too long"),
        ("[" * 50, "nested too deeply"),
    ],
)  # fmt: skip
def test_a_text_is_checked_as_a_file_is(text: str, words: str, send: Any) -> None:
    assert words in faults(send("projects", {"text": text}, text="1"))


def test_somebody_else_s_change_is_not_lost(
    project: None, study: Any, send: Any, analyst: Any, as_: Any, definition_of: Any
) -> None:
    seen = digest_of(definition_of().to_plain()["lines"][0])
    assert send("lines", LINE | {"amount": "900000"}, key="ict").status_code == 302
    response = as_(analyst).post(at(study, "lines", key="ict"), LINE | {"digest": seen, "amount": "800000"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "900000" in text
    assert "800000" in text
    assert str(definition_of().lines[0].amount) == "900000"
    fields = _typed(text) | {"amount": "800000"}
    assert as_(analyst).post(at(study, "lines", key="ict"), fields).status_code == 302
    assert str(definition_of().lines[0].amount) == "800000"


def test_what_was_taken_out_meanwhile_is_said_and_can_be_kept(
    project: None, study: Any, analyst: Any, as_: Any, definition_of: Any
) -> None:
    client = as_(analyst)
    digest = digest_of(definition_of().to_plain()["projects"][0])
    assert (
        client.post(
            f"{reverse('remove-record', args=[study.slug, 'projects'])}?key=desk", {"digest": digest}
        ).status_code
        == 302
    )
    response = client.post(at(study, "projects", key="desk"), PROJECT | {"digest": digest})
    assert response.status_code == 409
    assert "took this out" in response.content.decode()
    assert client.post(at(study, "projects", key="desk"), _typed(response.content.decode())).status_code == 302
    assert definition_of().projects[0].title.en == "One service desk"


def test_a_stale_removal_is_refused(project: None, study: Any, analyst: Any, as_: Any, definition_of: Any) -> None:
    address = f"{reverse('remove-record', args=[study.slug, 'projects'])}?key=desk"
    assert as_(analyst).post(address, {"digest": "old"}).status_code == 409
    assert definition_of().projects


def test_the_export_is_the_same_study(
    project: None, study: Any, analyst: Any, as_: Any, tmp_path: Path, definition_of: Any
) -> None:
    content = as_(analyst).get(reverse("export", args=[study.slug])).content
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    assert read_study(tmp_path / study.slug).definition == definition_of()
    written = yaml.safe_load((tmp_path / study.slug / "study.yaml").read_text(encoding="utf-8"))
    assert written["projects"][0]["effects"][0]["lines"] == ["ict"]


def test_each_change_is_on_record_and_ages_the_study(project: None, study: Any) -> None:
    study.refresh_from_db()
    assert study.version == 4
    events = Event.objects.filter(subject=study.slug, action="change_definition")
    assert {one.detail["place"] for one in events} == {"lines.ict", "projects.desk", "projects.desk.effects.fewer"}


def test_partners_do_not_see_the_definition(project: None, study: Any, officer: Any, as_: Any) -> None:
    for address in (reverse("definition", args=[study.slug]), at(study, "lines", key="ict")):
        assert as_(officer).get(address).status_code == 403
    assert as_(officer).post(at(study, "lines"), LINE | {"key": "more", "partner": PENDLE}).status_code == 403


@pytest.mark.parametrize("part", list(PARTS))
def test_every_part_can_be_opened_for_a_new_record(
    part: str, project: None, send: Any, study: Any, analyst: Any, page: Any
) -> None:
    send("scenarios", {"key": "low", "title.en": "Low"})
    within = {"projects": "desk", "scenarios": "low"}.get(PARTS[part].held_by, "")
    assert 'id="write"' in page(analyst, at(study, part, within=within))
