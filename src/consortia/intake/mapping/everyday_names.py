"""What councils call whole services in everyday speech: departments bear such names, published lists do not. [J]"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from consortia.intake.mapping.likeness import stems

NAMES: Mapping[str, tuple[str, ...]] = {
    "education": ("Schools", "Schools and learning", "Education and skills", "Ysgolion"),
    "highways": (
        "Highways", "Roads", "Roads and transport", "Highways and transportation", "Highways and infrastructure",
        "Priffyrdd", "Ffyrdd",
    ),
    "childrens_social_care": (
        "Children's services", "Children", "Children and families", "Children and young people", "Families",
        "Young people and families", "Gwasanaethau plant", "Plant a theuluoedd",
    ),
    "adult_social_care": (
        "Adult services", "Adults", "Adult social services", "Adult care", "Adults and communities",
        "Gwasanaethau oedolion", "Oedolion",
    ),
    "social_care": ("Social services", "Social care", "Gwasanaethau cymdeithasol"),
    "housing": ("Housing services", "Tai"),
    "environmental": ("Environment", "Environmental services", "Yr amgylchedd"),
    "planning": ("Planning", "Planning services", "Cynllunio"),
    "cultural": ("Culture", "Culture and leisure", "Cultural services", "Leisure and culture", "Diwylliant"),
    "fire": ("Fire and rescue", "Fire service"),
    "central": ("Central services", "Corporate services", "Central support", "Gwasanaethau canolog"),
}  # fmt: skip
# Words of the units of a council that say nothing of what it does.
UNITS = frozenset(stems("directorate department dept division section group team unit adran cyfarwyddiaeth"))


def everyday_name(text: str) -> tuple[str, str] | None:
    """The service that a text names in everyday words, and the name as it stands above; None for any other text."""
    return _by_stems().get(_telling(text))


def _telling(text: str) -> frozenset[str]:
    return frozenset(stems(text)) - UNITS


@cache
def _by_stems() -> Mapping[frozenset[str], tuple[str, str]]:
    # Of names that say the same the first is shown.
    return {_telling(name): (target, name) for target, names in NAMES.items() for name in reversed(names)}
