"""Charts and maps are drawn without a browser, say in words what they show, and never rely on colour alone."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from consortia.report.charts import charts_of, png, svg
from consortia.report.hexmap import map_summary, map_svg, map_table
from consortia.report.language import translator
from consortia.report.paper import PaperContent
from consortia.report.project_charts import chart_of
from consortia.report.tables import Column, Table

EN, CY = translator("en"), translator("cy")


def test_a_chart_has_a_summary_and_its_numbers_as_a_table(content: PaperContent) -> None:
    services, fan = charts_of(content, EN)
    assert "The largest is Council tax collection: £1.2 million" in EN.words(services.summary)
    assert "lowest in 2024-25, at −\u2060£250,000" in EN.words(fan.summary)
    assert services.data.rows[1][1:] == (-310_000.0, 1_111_111.0, 2_200_000.0)


def test_the_same_data_give_the_same_picture(content: PaperContent) -> None:
    first, second = (svg(charts_of(content, CY)[0]) for _ in range(2))
    assert first == second


def test_a_loss_has_its_own_shape_beside_its_colour(content: PaperContent) -> None:
    chart = charts_of(content, EN)[0]
    shapes = chart.spec["layer"][2]["encoding"]["shape"]["scale"]
    assert dict(zip(shapes["domain"], shapes["range"], strict=True)) == {"gain": "circle", "loss": "diamond"}
    assert [row["sign"] for row in chart.spec["data"]["values"]] == ["gain", "loss"]


def test_pictures_of_one_page_keep_their_ids_apart(content: PaperContent) -> None:
    drawn = [svg(chart) for chart in charts_of(content, EN)] + [
        map_svg(hexes, EN, key=f"map{number}") for number, hexes in enumerate(content.maps)
    ]
    ids = [found for picture in drawn for found in re.findall(r'\bid="([^"]+)"', picture)]
    assert len(ids) == len(set(ids))


def test_svg_is_well_formed_and_png_is_png(content: PaperContent) -> None:
    chart = charts_of(content, EN)[0]
    assert ElementTree.fromstring(svg(chart)).tag.endswith("svg")
    assert png(chart).startswith(b"\x89PNG")


def test_every_hexagon_names_its_partner_and_group(content: PaperContent) -> None:
    drawn = ElementTree.fromstring(map_svg(content.maps[1], EN, key="m"))
    titles = [element.text for element in drawn.iter() if element.tag.endswith("title")]
    assert titles == ["Alderbrook: A", "Brynmoor: B", "Castle Vale: B"]


def test_a_map_is_told_in_sentences_and_as_a_table(content: PaperContent) -> None:
    tax = content.maps[0]
    told = ["Group A: Alderbrook, Brynmoor.", "On their own: Castle Vale."]
    assert [EN.words(sentence) for sentence in map_summary(tax)] == told
    assert [EN.cell(group) for group in map_table(tax, "").column("group")] == ["A", "A", "–"]


def test_north_is_at_the_top(content: PaperContent) -> None:
    drawn = map_svg(content.maps[0], EN, key="m")
    heights = {name: float(y) for y, name in re.findall(r'y="([-\d.]+)" font-size="9">(\w+)', drawn)}
    assert heights["Castle"] < heights["Alderbrook"]


def test_a_long_label_stands_in_lines_and_is_not_cut() -> None:
    name = "Education: Alderbrook, Brynmoor and Castle Vale: part that is delivered, by itself"
    table = Table(
        "tornado", "What moves the answer most", "", (
            Column("input", "Input"), Column("at_low", "Low", "money"), Column("at_high", "High", "money"),
        ), ((name, 1.0, 2.0),), period="2024-25", price_base="2024-25",
    )  # fmt: skip
    chart = chart_of(table, EN)
    assert chart is not None
    drawn = re.sub(r"<[^>]+>", " ", svg(chart))
    assert "…" not in drawn
    assert all(word in drawn for word in name.split())
