"""The HTML paper needs nothing else, says the same in both languages, and carries the key of each figure."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from consortia.findings import Finding, Severity
from consortia.report.page import page
from consortia.report.paper import PaperContent
from consortia.report.words import Absent
from consortia.study.definition import Text

VOID = {"meta", "br", "link", "img", "input"}


class Outline(HTMLParser):
    """Headings, ids, links and the nesting of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if tag == "a" else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


@pytest.fixture(params=["en", "cy"])
def outline(request: pytest.FixtureRequest, content: PaperContent) -> Outline:
    read = Outline()
    read.feed(page(content, language=request.param))
    return read


def test_the_page_is_well_nested_and_its_headings_do_not_jump(outline: Outline) -> None:
    assert outline.open == []
    assert outline.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(outline.headings, outline.headings[1:], strict=False))


def test_ids_are_unique_and_every_link_on_the_page_arrives(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))
    assert [link for link in outline.links if link.startswith("#") and link[1:] not in outline.ids] == []


def test_the_page_asks_for_nothing_from_anywhere(content: PaperContent) -> None:
    shown = page(content, language="en")
    assert re.findall(r"<(?:script|link|img|iframe)\b|@import|url\((?!#)|\bsrc=", shown) == []


def test_each_language_names_itself_and_links_to_the_other(content: PaperContent) -> None:
    english = page(content, language="en", other_href="cy.html")
    welsh = page(content, language="cy", other_href="en.html")
    assert '<html lang="en">' in english
    assert '<a href="cy.html" hreflang="cy" lang="cy">Cymraeg</a>' in english
    assert '<html lang="cy">' in welsh
    assert '<a href="en.html" hreflang="en" lang="en">English</a>' in welsh


def test_both_languages_show_the_same_raw_values(content: PaperContent) -> None:
    figures = re.compile(r'<data value="([^"]+)" data-figure="([^"]+)"')
    english, welsh = (figures.findall(page(content, language=language)) for language in ("en", "cy"))
    assert english == welsh
    assert ("1234567.0", "tax.npv") in english


def test_a_figure_leads_to_its_formula(content: PaperContent) -> None:
    shown = page(content, language="en")
    assert 'href="#figure-tax.npv"' in shown
    assert "DF × (saving − cost)" in shown


def test_the_first_screen_gives_proposal_risk_catch_and_doing_nothing(content: PaperContent) -> None:
    first = page(content, language="en").split('<nav class="contents"')[0]
    told = ("Share 2 services: Council tax collection, Waste collection.", "net loss is", "The catch", "Do nothing")
    assert [words for words in told if words not in first] == []


def test_a_service_not_to_be_shared_says_so_with_the_reason(content: PaperContent) -> None:
    assert "<strong>Do not share this.</strong> Every group costs more than it saves." in page(content, language="en")
    assert "<strong>Peidiwch â rhannu hwn.</strong>" in page(content, language="cy")


def test_a_study_that_shares_nothing_says_so_first(content: PaperContent) -> None:
    summary = replace(content.summary, shared=(), gainers=(), low=Absent.NOT_APPLICABLE)
    shown = page(replace(content, summary=summary, by_service=(), fan=None, maps=()), language="en")
    assert "3 services were examined, and sharing any of them is not worth proposing." in shown


def test_long_lists_are_counted_on_the_first_screen(content: PaperContent) -> None:
    many = tuple(Text(en=f"Service {number}") for number in range(30))
    shown = page(replace(content, summary=replace(content.summary, not_shared=many)), language="en")
    assert "Do not share the other services examined, 30 of them" in shown


def test_what_people_typed_is_escaped(content: PaperContent) -> None:
    shown = page(replace(content, title=Text(en="<script>alert(1)</script>")), language="en")
    assert "<script>" not in shown


def test_judgement_is_labelled_as_judgement(content: PaperContent) -> None:
    shown = page(content, language="en")
    assert '<td class="judgement">J: judgement, to be changed where you know better</td>' in shown


def test_a_name_without_welsh_is_marked_as_english(content: PaperContent) -> None:
    decision = content.decision
    rows = ((Text(en="Payroll"), *decision.rows[0][1:]), *decision.rows[1:])
    shown = page(replace(content, decision=replace(decision, rows=rows)), language="cy")
    assert '<span lang="en">Payroll</span>' in shown


def test_the_same_content_gives_the_same_page(content: PaperContent) -> None:
    assert page(content, language="cy") == page(content, language="cy")


def test_the_gravest_findings_come_first_and_english_ones_are_marked(content: PaperContent) -> None:
    note = Finding("x", Severity.NOTE, "A sentence that nobody has translated.", "Nor this.")
    shown = page(replace(content, findings=(note, *content.findings)), language="cy")
    assert '<span lang="en">A sentence that nobody has translated. Nor this.</span>' in shown
    assert shown.index("Rhybudd:") < shown.index("Nodyn:")


def test_a_long_decision_table_shows_what_is_to_be_shared_and_folds_the_rest(content: PaperContent) -> None:
    shared, *_, refused = content.decision.rows
    many = replace(content.decision, rows=(shared, shared, *[refused] * 44), figure_keys=())
    seen, folded = page(replace(content, decision=many), language="en").split("Show the 44 services not to be shared")
    assert "Alderbrook, Brynmoor" in seen
    assert "Do not share this" not in seen
    assert folded.count("Do not share this.") == 44


def test_a_decision_to_share_nothing_lies_open(content: PaperContent) -> None:
    nothing = replace(content.decision, rows=content.decision.rows[-1:] * 44, figure_keys=())
    shown = page(replace(content, decision=nothing), language="en")
    assert shown.count("Do not share this.") == 44
    assert "Show the 44" not in shown


def test_where_nothing_is_shared_nobody_gains_or_pays(content: PaperContent) -> None:
    summary = replace(content.summary, shared=())
    shown = page(replace(content, summary=summary), language="en")
    assert "Nobody gains and nobody pays: each council goes on by itself." in shown
