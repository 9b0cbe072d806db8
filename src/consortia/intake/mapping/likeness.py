"""How alike the words of two descriptions are: shared word stems, the rare ones counting more than the common."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

STEM = 6
# How finance systems shorten the words of the returns.
SHORT = {
    "asc": "adult social care", "csc": "children social care", "cyp": "children young people", "svc": "service",
    "svcs": "services", "serv": "service", "servs": "services", "maint": "maintenance", "mtce": "maintenance",
    "mgt": "management", "mgmt": "management", "env": "environmental", "comm": "community", "dev": "development",
    "admin": "administration", "ctax": "council tax", "nndr": "business rates", "hb": "housing benefit",
    "ict": "it computing", "hr": "human resources", "lac": "children looked after", "eh": "environmental health",
    "transp": "transport", "equip": "equipment", "furn": "furniture", "mats": "materials", "rep": "repairs",
    "reps": "repairs", "govt": "government", "contribs": "contributions", "subs": "subscriptions", "sal": "salaries",
    "salary": "pay", "wages": "pay", "ni": "national insurance pay", "superann": "pension pay",
    "pension": "pension pay", "agy": "agency", "sen": "special education", "dfg": "disabled facilities housing",
    "refuse": "waste collection",
    "bins": "waste collection", "library": "libraries", "leisure": "recreation sport", "parks": "open spaces",
}  # fmt: skip
STOP = frozenset({"and", "the", "of", "for", "to", "a", "in", "other", "services", "service", "general", "misc", "cost",
                  "costs", "total", "expenditure", "c", "tfr", "ccs", "operations", "operational"})  # fmt: skip

JOINING = frozenset({"and", "the", "of", "for", "to", "a", "in"})


def stems(text: str) -> tuple[str, ...]:
    """The telling words of a text, cut to their stems, each once, in order."""
    words = re.findall(r"[^\W\d_]+", text.casefold().replace("&", " and ").replace("'", ""))
    long = " ".join(SHORT.get(word, word) for word in words).split()
    telling = [word for word in long if word not in STOP] or long
    return tuple(dict.fromkeys(_stem(word) for word in telling))


def says_something(text: str) -> bool:
    """True for a text with a word besides those that every unit may have: "Operations" says nothing."""
    return not set(re.findall(r"[^\W\d_]+", text.casefold())) <= STOP


def same_words(one: str, other: str) -> bool:
    """True when two texts say the same, but for short forms, plurals and joining words; numbers and "other" count."""
    return whole_words(one) == whole_words(other)


def whole_words(text: str) -> list[str]:
    """The words of a text in order, each once, in their long form and the singular, without those that join."""
    words = re.findall(r"\w+", re.sub("['\u2019]", "", text.casefold().replace("&", " and ").replace("_", " ")))
    long = " ".join(SHORT.get(word, word) for word in words).split()
    return [word.removesuffix("s") for word in dict.fromkeys(long) if word not in JOINING]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The phrase most like a text for one target, and how alike from 0 to 1."""

    target: str
    phrase: str
    score: float


class Phrasebook:
    """Known phrases, each of a target; finds those most like a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases`: pairs of phrase and target; the order is of no account."""
        self.phrases: Sequence[tuple[str, str]] = tuple(sorted(set(phrases)))

    def likest(self, text: str, *, count: int = 3) -> tuple[Likeness, ...]:
        """The targets whose phrases are most like the text, best first; ties in alphabetical order."""
        wanted = stems(text)
        best: dict[str, Likeness] = {}
        for number in self._candidates(wanted):
            phrase, target = self.phrases[number]
            score = self._score(wanted, self._stems[number])
            if target not in best or score > best[target].score:
                best[target] = Likeness(target, phrase, score)
        return tuple(sorted(best.values(), key=lambda one: (-one.score, one.target))[:count])

    def _score(self, text: Sequence[str], phrase: Sequence[str]) -> float:
        """Most of it is how much of the phrase is in the text; the rest how much of the text is in the phrase."""
        shared = self._weight(set(text) & set(phrase))
        return shared * (0.6 / self._weight(phrase) + 0.4 / self._weight(text))

    def _weight(self, words: Iterable[str]) -> float:
        return math.fsum(self._rarity.get(word, self._rarest) for word in sorted(words))

    def _candidates(self, wanted: Iterable[str]) -> list[int]:
        return sorted({number for stem in wanted for number in self._where.get(stem, ())})

    @cached_property
    def _stems(self) -> list[tuple[str, ...]]:
        return [stems(phrase) for phrase, _ in self.phrases]

    @cached_property
    def _where(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._stems):
            for word in words:
                found[word].append(number)
        return found

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        counts = Counter(word for words in self._stems for word in words)
        return {word: math.log(1 + len(self.phrases) / count) for word, count in counts.items()}

    @cached_property
    def _rarest(self) -> float:
        return math.log(1 + len(self.phrases))


def _stem(word: str) -> str:
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") if len(word) > 3 else word
    return singular[:STEM]
