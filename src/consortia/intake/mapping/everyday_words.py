"""Everyday words by which cost centres and units tell what they do: the service that each speaks of. [J]

Ours, a judgement: published lists name whole lines of the returns, ledgers name incinerators, bins and the legal team.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from consortia.intake.mapping.likeness import whole_words
from consortia.study.mapping import EXCLUDED

# What is outside the General Fund or no service at all, with the reason why it is left out.
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "outside the General Fund": ("HRA", "Housing revenue account", "Cyfrif refeniw tai", "Collection fund"),
    "the balance sheet is no service": ("Balance sheet", "Mantolen"),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "education": (
        "School", "Education", "Ysgol", "Ysgolion", "Addysg", "DSG", "Dedicated schools grant",
        "Home to school transport", "School transport", "School meals", "Special educational needs", "SEND", "Learners",
        "Cludiant ysgol",
    ),
    "education.early_years": ("Basic entitlement", "Nursery", "Nurseries"),
    "education.young_people": ("Adult learning", "Adult education", "Community learning"),
    "highways": ("Highway", "Road", "Transport", "Bridges", "Traffic", "Priffyrdd", "Ffyrdd", "Cludiant"),
    "highways.winter_service": ("Winter maintenance", "Gritting"),
    "highways.street_lighting": ("Street lighting",),
    "highways.parking": ("Car park", "Parking", "Parcio"),
    "highways.bus_support": ("Public transport", "Bus"),
    "highways.fares_statutory": ("Concessionary fares", "Concessionary travel"),
    "childrens_social_care": ("Children", "Child", "Childrens", "Early help", "Plant"),
    "childrens_social_care.looked_after": (
        "Fostering", "Foster", "Adoption", "Looked after", "Care leavers", "Leaving care", "CIOC",
        "Children in our care", "Maethu",
    ),
    "childrens_social_care.youth_justice": ("Youth justice", "Youth offending"),
    "adult_social_care": (
        "Adult", "Adult services", "Older people", "Home care", "Domiciliary care", "Day care", "Learning disability",
        "Learning disabilities", "Physical disability", "Mental health", "Direct payments", "Supported living",
        "Extra care", "Reablement", "Occupational therapy", "Oedolion",
    ),
    "public_health": ("Public health", "Healthy child", "Healthy children", "Sexual health", "Iechyd cyhoeddus"),
    "housing": ("Housing", "Tai"),
    "housing.homelessness": ("Homeless", "Homelessness", "Housing options", "Digartrefedd"),
    "housing.benefits_administration": ("Housing benefit",),
    "cultural": ("Festival", "Culture", "Diwylliant"),
    "cultural.libraries": ("Library", "Libraries", "Llyfrgell", "Llyfrgelloedd"),
    "cultural.museums": ("Museum", "Gallery", "Galleries", "Amgueddfa"),
    "cultural.arts": ("Arts",),
    "cultural.theatres": ("Theatre",),
    "cultural.recreation": ("Leisure", "Sport", "Swimming", "Hamdden"),
    "cultural.open_spaces": ("Park", "Parks", "Open spaces", "Grounds maintenance", "Parciau"),
    "cultural.tourism": ("Tourism", "Twristiaeth"),
    "environmental": ("Waste", "Gwastraff", "Environmental health", "Regulatory services", "Environmental services"),
    "environmental.waste_disposal": (
        "Incinerator", "Incineration", "Landfill", "Waste disposal", "Energy from waste", "Household waste site",
    ),
    "environmental.waste_collection": ("Bin", "Bins", "Refuse", "Waste collection"),
    "environmental.recycling": ("Recycling", "Ailgylchu"),
    "environmental.street_cleansing": ("Street cleansing", "Street cleaning", "Streetscene", "Street scene"),
    "environmental.cemeteries": ("Cemetery", "Cemeteries", "Crematorium", "Crematoria", "Bereavement"),
    "environmental.public_conveniences": ("Public toilets", "Toilets"),
    "environmental.flood_defence": ("Flood",),
    "environmental.licensing": ("Licensing",),
    "environmental.trading_standards": ("Trading standards",),
    "environmental.crime_reduction": ("Community safety",),
    "planning": ("Planning", "Cynllunio"),
    "planning.building_control": ("Building control",),
    "planning.economic_development": ("Economic development", "Economic growth", "Regeneration"),
    "central": ("Corporate", "Corfforaethol"),
    "central.corporate_core": (
        "Chief executive", "Chief executives office", "Democratic services", "Councillors", "Governance",
        "Prif weithredwr",
    ),
    "central.management_support": (
        "ICT", "Information technology", "Digital", "Legal", "Procurement", "Finance", "Accountancy", "Human resources",
        "Payroll", "Internal audit", "Audit", "Insurance", "Property services", "Facilities management",
        "Customer services", "Fleet", "Cyfreithiol", "Caffael", "Cyllid", "Adnoddau dynol",
        "Technoleg gwybodaeth",
    ),
    "central.local_tax_collection": ("Revenues and benefits",),
    "central.elections": ("Elections", "Etholiadau"),
    "central.registration": ("Registrars",),
    "central.coroners": ("Coroner",),
    "central.emergency_planning": ("Emergency planning",),
    "central.land_charges": ("Land charges",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """The service that a text speaks of, the everyday words in it that say so, and why it is left out where it is."""

    target: str
    words: tuple[str, ...]
    outside: str = ""


def spoken_of(text: str) -> Spoken | None:
    """The service of which a text has everyday words; of several the one below the others, else their common head.

    What is outside the General Fund goes before all else. None where the words speak of different services.
    """
    said = frozenset(whole_words(text))
    found = [(told, spoken) for told, spoken in _table() if told <= said]
    telling = [one for told, one in found if not any(told < other for other, _ in found)]
    outside = [one for one in telling if one.outside]
    targets = {one.target for one in outside or telling}
    lowest = {one for one in targets if not any(other.startswith(f"{one}.") for other in targets)}
    heads = {one.split(".")[0] for one in lowest}
    if len(heads) != 1:
        return None
    (target,) = lowest if len(lowest) == 1 else heads
    chosen = [one for one in outside or telling if one.target == target or target in heads - lowest]
    words = tuple(dict.fromkeys(one.words[0] for one in chosen))
    return Spoken(target, words, outside[0].outside if outside else "")


@cache
def _table() -> tuple[tuple[frozenset[str], Spoken], ...]:
    """The words of each everyday phrase with what it speaks of; of phrases with the same words the first."""
    made: dict[frozenset[str], Spoken] = {}
    for why, phrases in OUTSIDE.items():
        for phrase in phrases:
            made.setdefault(frozenset(whole_words(phrase)), Spoken(EXCLUDED, (phrase,), why))
    for target, phrases in WORDS.items():
        for phrase in phrases:
            made.setdefault(frozenset(whole_words(phrase)), Spoken(target, (phrase,)))
    return tuple(made.items())
