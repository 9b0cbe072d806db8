"""What stands behind a figure is told in the language of its reader, down to units, formulas and sources."""

from __future__ import annotations

from consortia.report.figures import Figure, Ingredient
from consortia.report.language import translator
from consortia.report.words import Message, Words
from consortia.run import Run, run_study
from consortia.study import Initiative, Study

from .conftest import DAY, with_definition

WELSH = translator("cy")


def test_every_formula_and_unit_of_the_trail_has_welsh_words(finished: Run) -> None:
    told = {one.formula for one in finished.figures.figures} | {one.unit for one in finished.figures.figures}
    assert sorted(_english(words) for words in told if not _is_welsh(words)) == []


def test_every_unit_of_an_assumption_has_welsh_words(finished: Run) -> None:
    assumed = [one for one in finished.figures.ingredients if not one.key.startswith("volume.")]
    assert sorted({_english(one.unit) for one in assumed if not _is_welsh(one.unit)}) == []


def test_the_period_of_a_figure_is_worded(finished: Run) -> None:
    figure = finished.figures.find("net.central")
    assert isinstance(figure, Figure)
    assert WELSH.words(figure.period) == "2024-25 i 2034-35"


def test_where_only_net_is_held_nothing_is_called_gross(finished: Run) -> None:
    share = finished.figures.find("assumption.addressable_share.share-education")
    addressable = finished.figures.find("addressable.share-education.W06000023")
    gross = finished.figures.find("gross.education.W06000023")
    assert isinstance(share, Ingredient)
    assert isinstance(addressable, Figure)
    assert isinstance(gross, Figure)
    told = [_english(words) for words in (share.unit, addressable.formula, gross.formula)]
    assert [words for words in told if "gross" in words or "net current expenditure" not in words] == []


def test_the_assumptions_say_what_the_share_is_a_share_of(finished: Run) -> None:
    table = finished.tables["assumptions"]
    units = {unit for unit in table.column("unit") if isinstance(unit, str)}
    assert "share of net current expenditure" in units
    assert "share of gross cost" not in units


def test_an_assumption_of_the_study_is_told_with_its_reason(three_councils: Study) -> None:
    own = Initiative(key="share-education", service="education", addressable_share=0.2, reason="our own count of posts")
    run = run_study(with_definition(three_councils, initiatives=(own,)), made_on=DAY)
    share = run.figures.find("assumption.addressable_share.share-education")
    assert isinstance(share, Ingredient)
    assert WELSH.words(share.source).startswith("yr astudiaeth hon: ")


def _is_welsh(words: Words) -> bool:
    key = words.msgid if isinstance(words, Message) else _english(words)
    return WELSH.catalogue.gettext(key) != key


def _english(words: Words) -> str:
    return translator("en").words(words)
