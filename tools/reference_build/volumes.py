"""Denominators: residents, children, older people, pupils and area, by authority and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reference_build.bodies import Bodies
from reference_build.files import Shelf, cells, records

Point = tuple[str, str, int, str, str, str]  # authority, measure, year, value, source, evidence
# Counties that went whole into unitaries without another predecessor: their residents are the sum of those.
WHOLE_SUCCESSORS = {
    "E10000002": ("E06000060",),
    "E10000006": ("E06000063", "E06000064"),
    "E10000021": ("E06000061", "E06000062"),
    "E10000023": ("E06000065",),
    "E10000027": ("E06000066",),
}


def _number(text: str) -> str:
    value = float(text)
    return str(int(value)) if value == int(value) else repr(value)


def _residents(data: Path) -> Iterator[Point]:
    for row in records(data / "reference/ons_mye_population_2011_2023_ew.csv"):
        for name, text in row.items():
            if name.startswith("Mid-"):
                yield row["Code"], "population", int(name[4:]), _number(text), "ons-mye-2023", "V"


def _residents_wales(data: Path, bodies: Bodies) -> Iterator[Point]:
    codes = {body.name: body.code for body in bodies.by_code.values() if body.kind == "WA"}
    for row in records(data / "finance_wales/populationestimates-by-localauthority-2001-2019.csv"):
        for year, text in row.items():
            # From 2011 the ONS series of the mid-2023 release stands in its place: it is revised after the 2021 census.
            if year != "area" and row["area"] in codes and int(year) < 2011:
                yield codes[row["area"]], "population", int(year), text, "statswales-population", "V"
    for row in records(data / "finance_wales/wales_22_authorities_by_service_2001-25.csv"):
        if row["financial_year"] == "2024-25":
            yield row["code"], "population", 2024, row["population_mid2024"], "statswales-outturn", "V"


def _ages(data: Path) -> Iterator[Point]:
    yield from _by_age(data / "reference/ons_mye2023_persons_by_age_ew.csv.gz", year=2023, source="ons-mye-2023")
    yield from _by_age(
        data / "reference/census2021_population_single_year_of_age.csv.gz", year=2021, source="ons-census-2021"
    )


def _by_age(path: Path, *, year: int, source: str) -> Iterator[Point]:
    grid = cells(path)
    top = next(i for i, row in enumerate(grid) if any(c in ("mnemonic", "Code") for c in row[:2]))
    header = grid[top]
    code = next(i for i, c in enumerate(header) if c in ("mnemonic", "Code"))
    age_of = {i: age for i, name in enumerate(header) if (age := _age(name)) is not None}
    for row in grid[top + 1 :]:
        if len(row) > 10 and re.fullmatch(r"[EW]\d{8}", row[code]):
            for measure, ages in (("population_0_17", range(18)), ("population_65_plus", range(65, 120))):
                total = sum(float(row[i]) for i, age in age_of.items() if age in ages)
                yield row[code], measure, year, _number(str(total)), source, "V"


def _age(name: str) -> int | None:
    if "under 1 year" in name:
        return 0
    match = re.fullmatch(r"(?:Aged )?(\d+)(?:\.0)?(?: years?(?: and over)?)?|90\+", name.strip())
    return (int(match[1]) if match[1] else 90) if match else None


def _children(data: Path) -> Iterator[Point]:
    for row in records(data / "reference/ons_mid_year_population_0_17_2012_2024_dfe.csv.gz"):
        if row["new_la_code"] and row["population_estimate"].isdigit():
            yield (
                row["new_la_code"],
                "population_0_17",
                int(row["time_period"]),
                row["population_estimate"],
                "dfe-population-0-17",
                "V",
            )


def _pupils(data: Path, bodies: Bodies) -> Iterator[Point]:
    codes = {body.name: body.code for body in bodies.by_code.values() if body.kind == "WA"}
    codes["The Vale of Glamorgan"], codes["Rhondda Cynon Taff"] = "W06000014", "W06000016"
    header, *body = cells(data / "finance_wales/delegatedschoolbudgetsperpupil-by-sector-num-pupils.csv")
    for row in body:
        code = codes.get(row[1].strip())
        if code and not row[2].strip():
            for year, text in zip(header[3:], row[3:], strict=True):
                yield code, "pupils", int(year[:4]), _number(text), "statswales-pupils", "V"
    yield from _pupils_2010(data, codes)


def _pupils_2010(data: Path, codes: dict[str, str]) -> Iterator[Point]:
    totals: dict[str, int] = {}
    for row in records(data / "finance_wales/pupils_2010-11_by_year_group.csv"):
        count = sum(
            int(text) for name, text in row.items() if name not in ("area", "authority", "sector") and text.isdigit()
        )
        totals[row["authority"].strip()] = totals.get(row["authority"].strip(), 0) + count
    for name, total in totals.items():
        if name in codes:
            yield codes[name], "pupils", 2010, str(total), "statswales-pupils", "D"


def _areas(data: Path) -> Iterator[Point]:
    for row in records(data / "reference/ons_mye_population_density_2011_2023_ew.csv"):
        yield row["Code"], "area_km2", 2023, row["Area (sq km)"], "ons-mye-2023", "V"


def _of_abolished_counties(points: dict[tuple[str, str, int], Point]) -> Iterator[Point]:
    for county, parts in WHOLE_SUCCESSORS.items():
        for measure, year in sorted({(m, y) for a, m, y in points if a == parts[0]}):
            found = [points.get((part, measure, year)) for part in parts]
            if all(found) and (county, measure, year) not in points:
                total = sum(float(point[3]) for point in found if point)
                yield county, measure, year, _number(f"{total:.4f}"), found[0][4], "D"  # type: ignore[index]


def _settle(points: Iterable[Point], bodies: Bodies) -> dict[tuple[str, str, int], Point]:
    """One value per authority, measure and year; the first source named wins."""
    settled: dict[tuple[str, str, int], Point] = {}
    for point in points:
        code = bodies.canonical(point[0])
        if code and bodies.by_code[code].kind != "O":
            settled.setdefault((code, point[1], point[2]), (code, *point[1:]))
    return settled


def write(shelf: Shelf, data: Path, bodies: Bodies) -> None:
    """Writes all denominators as one long table."""
    points = [
        *_residents(data),
        *_residents_wales(data, bodies),
        *_children(data),
        *_ages(data),
        *_pupils(data, bodies),
        *_areas(data),
    ]
    settled = _settle(points, bodies)
    settled |= {point[:3]: point for point in _of_abolished_counties(settled)}
    shelf.write(
        "denominators",
        ("authority", "measure", "year", "value", "source", "evidence"),
        sorted(settled.values()),
        packed=True,
    )
