"""The list of editions of published returns and the catalogue of all tables."""

from __future__ import annotations

from reference_build.crosswalk import MEASURES, Column
from reference_build.files import Shelf

TITLES = {
    "ra": ("Revenue Account budget (RA) {year}", "budget", "England", "mhclg-ra", "RA {year} data by local authority", "RA data"),
    "rs": ("Revenue Outturn Summary (RS) {year}", "outturn", "England", "mhclg-rs", "RS {year} data by local authority", "RS data"),
    "rsx": ("Service Expenditure Summary (RSX) {year}", "outturn", "England", "mhclg-rsx-{year}", "RSX {year} data by local authority", "Worksheet 2"),
    "lancashire": ("Revenue Outturn line detail, Lancashire {year}", "outturn", "England", "mhclg-lancashire", "Revenue Outturn of Lancashire councils 2021-22 to 2024-25", "long table"),
    "wales": ("Revenue outturn by service, Wales {year}", "outturn", "Wales", "statswales-outturn", "Revenue outturn of Welsh authorities 2001-02 to 2024-25", "table"),
}  # fmt: skip
# name: (title, source ids, date, licence)
TABLES = {
    "authorities": ("Authorities of England and Wales, now and in the past", "mysociety-authorities;ons-lookups;mhclg-ra", "2025"),
    "spellings": ("Spellings of authority names", "mysociety-authorities;ons-lookups;mhclg-ra", "2025"),
    "denominators": ("Residents, children, older people, pupils and area", "ons-mye-2023;ons-census-2021;dfe-population-0-17;statswales-population;statswales-pupils;statswales-outturn", "2025"),
    "borders": ("Authorities that border each other", "ons-boundaries;ons-contiguity-2021;ons-lookups", "2025"),
    "hexes": ("Hex map layouts", "open-innovations-hexmaps", "2023"),
    "services": ("Services, level 1 and 2", "consortia-taxonomy", "2026"),
    "families": ("Service families with their default saving ranges", "methods-note", "2026"),
    "levels": ("Five levels of working together with their factors", "methods-note;swamwac-2007", "2026"),
    "approaches": ("Twelve approaches to savings in nine groups", "dclg-2014", "2014-12"),
    "deflators": ("GDP deflator by financial year, 2024-25 = 100", "hmt-deflator-2019;hmt-deflator-2025;obr-march-2026", "2026-03"),
    "discount_schedules": ("Discount schedules, real", "hmt-green-book-2026", "2026-02"),
    "maturity_classes": ("Delivery by maturity of the plan", "methods-note;dclg-2014", "2026"),
    "service_offsets": ("Delivery by service: medians and log offsets", "methods-note;dclg-2014", "2026"),
    "parameters": ("Default parameters", "methods-note", "2026"),
    "crosswalk": ("Headings of the published returns and the service each speaks of", "mhclg-ra;mhclg-rs;mhclg-rsx-2023-24;mhclg-rsx-2024-25;mhclg-lancashire;statswales-outturn", "2026"),
    "editions": ("Editions of published returns", "mhclg-ra;mhclg-rs;mhclg-rsx-2023-24;mhclg-rsx-2024-25;mhclg-lancashire;statswales-outturn", "2026"),
    "indicators": ("Area indicators for nearest neighbours", "ons-clustering-2025", "2025"),
    "indicator_meanings": ("What each area indicator means", "ons-clustering-2025", "2025"),
    "sources": ("Sources, publishers, licences and editions", "", "2026"),
}  # fmt: skip


def write_editions(shelf: Shelf, columns: list[Column]) -> dict[str, tuple[str, str, str]]:
    """Writes one row per edition; gives what the catalogue says of each."""
    measures: dict[str, set[str]] = {}
    for column in columns:
        measures.setdefault(column.edition, set()).add(column.measure)
    rows, about = [], {}
    for code in sorted(measures):
        form, year = code.split("-", 1)
        title, basis, nation, source, file, sheet = (text.format(year=year) for text in TITLES[form])
        held = ";".join(m for m in MEASURES if m in measures[code])
        rows.append((code, form.upper(), year, basis, held, "GBP thousand", title, source, nation, file, sheet))
        about[f"returns/{code}"] = (title, source, year)
    shelf.write(
        "editions",
        ("code", "form", "year", "basis", "measures", "unit", "title", "source", "nation", "file", "sheet"),
        rows,
    )
    return about


def write_catalogue(shelf: Shelf, returns: dict[str, tuple[str, str, str]]) -> None:
    """Writes the catalogue: every table with its title, rows, sources and date."""
    shelf.write("catalogue", ("name", "title", "rows", "sources", "date"), [
        (name, title, shelf.rows[name], sources, date) for name, (title, sources, date) in sorted((TABLES | returns).items())
    ])  # fmt: skip
    unlisted = set(shelf.rows) - set(TABLES) - set(returns) - {"catalogue"}
    if unlisted:
        raise ValueError(f"tables without a line in the catalogue: {sorted(unlisted)}")
