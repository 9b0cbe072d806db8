"""Scotland and Northern Ireland by service: for looking at only, since their definitions are not those of England."""

from __future__ import annotations

from pathlib import Path

from reference_build.files import Shelf, records

NATIONS = {"S": "Scotland", "N": "Northern Ireland"}
SERVICES = {
    "education": "education", "transport": "highways", "adultSocialCare": "social_care", "housing": "housing",
    "cultural": "cultural", "environment": "environmental", "planning": "planning", "central": "central",
    "totalService": "total",
}  # fmt: skip
WHY_NOT = {
    "Scotland": "Not comparable: other duties and headings; all social care under one head.",
    "Northern Ireland": "Not comparable: real terms, and a narrow set of services.",
}


def write(shelf: Shelf, data: Path) -> None:
    """Writes net current expenditure in thousand pounds; a total of zero is a missing return and left out."""
    rows = []
    for row in records(data / "finance_uk/uk_upper_tier_by_service.csv.gz"):
        nation = NATIONS.get(row["code"][0], "")
        if nation and float(row["totalService"] or 0):
            amounts = (row[name].removesuffix(".0") for name in SERVICES)
            rows.append((row["code"], row["name"], nation, row["financial_year"], *amounts, WHY_NOT[nation]))
    shelf.write("scotland_northern_ireland", ("code", "name", "nation", "year", *SERVICES.values(), "comparable"), rows)
