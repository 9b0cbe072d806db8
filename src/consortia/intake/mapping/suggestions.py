"""What a local code may stand for, with the reason and a confidence. A suggestion is never applied by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from consortia.intake.mapping.codes import LocalCode
from consortia.intake.mapping.everyday_names import everyday_name
from consortia.intake.mapping.everyday_words import spoken_of
from consortia.intake.mapping.likeness import Phrasebook, same_words, says_something, stems
from consortia.intake.mapping.memory import Memory, Remembered
from consortia.intake.wording import MEASURES
from consortia.reference.code_lists import listed_codes, listed_headings
from consortia.reference.taxonomy import services
from consortia.study.mapping import EXCLUDED, UNMAPPED, Side

# How every reason of a suggestion begins.
WORDINGS = ("remembered: ", "published list: ", "everyday name: ", "everyday words: ", "like '")
# Judgement [J], in this order: what this partner accepted, what another did, what a council published, what is alike.
SAME_CODE, SAME_WORDS, CODE_RENAMED = Decimal("0.99"), Decimal("0.95"), Decimal("0.6")
ANOTHER_PARTNER, PUBLISHED = Decimal("0.9"), Decimal("0.9")
OUTSIDE = "outside."
MOST_BY_LIKENESS, LEAST_BY_LIKENESS = 0.85, 0.25
# Leaving money out takes a person: what stands under Capital in one council's list is revenue in another's ledger.
MOST_TO_EXCLUDE = Decimal("0.5")
# A listed phrase of nearly the same words ("Consultants" for "Consultants - Other"), or of the directorate only.
NEARLY_LISTED, NEARLY_BROADER, LISTED_BROADER = Decimal("0.6"), Decimal("0.4"), Decimal("0.75")
# A whole service by its everyday name: surer than nearly the same words, less sure than what a list says.
EVERYDAY, EVERYDAY_BROADER = Decimal("0.7"), Decimal("0.6")
# Everyday words among others, of the code itself and of the unit above it; and remembered words that are only alike.
SPOKEN, SPOKEN_BROADER, ALIKE_WORDS = Decimal("0.55"), Decimal("0.45"), Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A target, or a split over targets, for one local code; `targets` pairs each with its share."""

    code: LocalCode
    targets: tuple[tuple[str, Decimal], ...]
    confidence: Decimal
    reason: str


def suggest_targets(codes: Iterable[LocalCode], memory: Memory) -> tuple[Suggestion, ...]:
    """The best suggestion for each code that has one; codes that nothing answers to are left to people."""
    found = (_best(code, memory) for code in codes)
    return tuple(one for one in found if one)


def _best(code: LocalCode, memory: Memory) -> Suggestion | None:
    candidates = [*_remembered(code, memory), *_said(code), *_alike(code)]
    return max(candidates, key=lambda one: one.confidence) if candidates else None


def _remembered(code: LocalCode, memory: Memory) -> Iterable[Suggestion]:
    for found in memory.of_code(code.side, code.local):
        same = stems(found.words) == stems(code.words)
        confidence = SAME_CODE if same else CODE_RENAMED
        changed = "" if same else f", but was called '{found.words}' then"
        yield Suggestion(code, found.targets, confidence, f"remembered: {found.where} mapped this code so{changed}")
    for found in memory.of_words(code.side, code.words):
        yield _of_words(code, found)


def _of_words(code: LocalCode, found: Remembered) -> Suggestion:
    """Only the very same words are sure; words that are alike ("Other parks" for "Parks") are told as they were."""
    if same_words(found.words, code.words):
        sure = SAME_WORDS if found.own else ANOTHER_PARTNER
        reason = f"remembered: {found.where} mapped the same words so (code {found.local})"
        return Suggestion(code, found.targets, sure, reason)
    reason = f"remembered: {found.where} mapped '{found.words}', whose words are alike, so (code {found.local})"
    return Suggestion(code, found.targets, ALIKE_WORDS, reason)


def _said(code: LocalCode) -> Iterable[Suggestion]:
    """What the words say by lists and everyday names: the code's own words before those of service and directorate."""
    parts = code.words.split(" / ")
    whole = [*_published(code, code.words, own=True), *_everyday(code, code.words, own=True)]
    for number, part in enumerate(parts):
        own = number == 0
        # Of equal confidence the first counts: what is outside the services is told with its reason.
        found = [*_spoken(code, part, own=own), *_published(code, part, own=own), *_everyday(code, part, own=own)]
        if found or whole:
            return [*found, *whole]
    return ()


def _published(code: LocalCode, part: str, *, own: bool) -> Iterable[Suggestion]:
    """The words stand in a published list; where lists disagree nothing is suggested."""
    listed = _listed(code.side).get(stems(part), {})
    # "Adult social care" is not "Other adult social care": where one says the very same, the others do not count.
    same = {target: them for target, them in listed.items() if any(same_words(words, part) for words, _ in them)}
    found = same or listed
    if len(found) == 1:
        target, phrases = next(iter(found.items()))
        phrase, where = next(((words, at) for words, at in phrases if same_words(words, part)), phrases[0])
        sure = PUBLISHED if own else LISTED_BROADER
        nearly = NEARLY_LISTED if own else NEARLY_BROADER
        confidence = sure if same_words(phrase, part) else nearly
        yield _capped(code, target, confidence, f"published list: '{phrase}' in {where}")


def _everyday(code: LocalCode, part: str, *, own: bool) -> Iterable[Suggestion]:
    """The words are what councils call a whole service."""
    found = everyday_name(part) if code.side == "service" else None
    if found:
        sure = EVERYDAY if own else EVERYDAY_BROADER
        yield Suggestion(code, ((found[0], Decimal(1)),), sure, f"everyday name: '{found[1]}'")


def _spoken(code: LocalCode, part: str, *, own: bool) -> Iterable[Suggestion]:
    """Words of everyday speech among them tell of a service, or of what is outside all of them."""
    found = spoken_of(part) if code.side == "service" else None
    if found:
        words = ", ".join(f"'{one}'" for one in found.words)
        why = f"; leaves it out: {found.outside}" if found.outside else ""
        sure = SPOKEN if own else SPOKEN_BROADER
        confidence = min(sure, MOST_TO_EXCLUDE) if found.outside else sure
        yield Suggestion(code, ((found.target, Decimal(1)),), confidence, f"everyday words: {words}{why}")


def _capped(code: LocalCode, target: str, confidence: Decimal, reason: str) -> Suggestion:
    """A suggestion; one to leave the code out is never sure by itself."""
    excludes = target == EXCLUDED
    sure = min(confidence, MOST_TO_EXCLUDE) if excludes else confidence
    return Suggestion(code, ((target, Decimal(1)),), sure, f"{reason}; leaves it out" if excludes else reason)


def _alike(code: LocalCode) -> Iterable[Suggestion]:
    """What is most like the code's own words; like all its words where the own are like nothing."""
    own = code.words.split(" / ")[0] if code.side == "service" else code.words
    for text in dict.fromkeys((own, code.words)):
        if text is own and not says_something(own):
            continue
        found = _phrasebook(code.side, is_welsh=_is_welsh(code.side, text)).likest(text, count=2)
        if found and found[0].score >= LEAST_BY_LIKENESS:
            best, second = found[0], found[1].score if len(found) > 1 else 0.0
            # A runner-up that is just as alike halves the confidence.
            lead = 1 - 0.5 * second / best.score
            confidence = Decimal(repr(round(MOST_BY_LIKENESS * best.score * lead, 2)))
            return [_capped(code, best.target, confidence, f"like '{best.phrase}'")]
    return []


def _is_welsh(side: Side, text: str) -> bool:
    """True where more words of a text are known from Welsh names only than from English ones only.

    "AD Finance" is an assistant director's, and not like "Ad-dalu dyledion".
    """
    english, welsh = _vocabulary(side, is_welsh=False), _vocabulary(side, is_welsh=True)
    said = {stem for stem in stems(text) if len(stem) > 2}
    return len(said & (welsh - english)) > len(said & (english - welsh))


@cache
def _vocabulary(side: Side, *, is_welsh: bool) -> frozenset[str]:
    names = _welsh_names(side)
    phrases = [phrase for phrase, _, _ in _phrases(side) if (phrase in names) == is_welsh]
    return frozenset(stem for phrase in phrases for stem in stems(phrase))


@cache
def _welsh_names(side: Side) -> frozenset[str]:
    if side == "cost_type":
        return frozenset(pair[1] for pair in MEASURES.values())
    return frozenset(one.name_cy for one in services())


@cache
def _phrases(side: Side) -> tuple[tuple[str, str, str], ...]:
    """Phrase, target and where it stands, for everything published that speaks of a side."""
    listed = [(one.words, one.target, f"the list {one.list}") for one in listed_codes() if one.side == side]
    known = known_targets(side)
    if side == "cost_type":
        groups = [(one.group, one.target, f"the list {one.list}") for one in listed_codes() if one.side == side]
        names = [(words, code, "the return") for code, pair in MEASURES.items() for words in pair]
        return tuple(one for one in (*listed, *groups, *names) if one[1] in known)
    named = [(name, one.code, "the service list") for one in services() for name in (one.name, one.name_cy)]
    headings = [(words, code, "the published returns") for words, code in listed_headings()]
    phrases = ((words, _in_reach(target), where) for words, target, where in (*listed, *named, *headings))
    return _unless_a_service(one for one in phrases if one[1] in known)


def _unless_a_service(phrases: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Phrases without those that leave money out under the words of a service, as the capital returns do."""
    kept = tuple(phrases)
    named = {stems(words) for words, target, _ in kept if target != EXCLUDED}
    return tuple(one for one in kept if one[1] != EXCLUDED or stems(one[0]) not in named)


def _in_reach(target: str) -> str:
    """What the forms print outside the services (financing, reserves, the housing account) is left out of a return."""
    return EXCLUDED if target.startswith(OUTSIDE) else target


@cache
def _listed(side: Side) -> Mapping[tuple[str, ...], Mapping[str, Sequence[tuple[str, str]]]]:
    """What each set of words stands for in the lists, with every phrase of it and where it stands."""
    found: dict[tuple[str, ...], dict[str, list[tuple[str, str]]]] = {}
    for phrase, target, where in _phrases(side):
        found.setdefault(stems(phrase), {}).setdefault(target, []).append((phrase, where))
    return found


@cache
def _phrasebook(side: Side, *, is_welsh: bool) -> Phrasebook:
    """The phrases of one language: what is alike across languages is so by chance."""
    names = _welsh_names(side)
    return Phrasebook((phrase, target) for phrase, target, _ in _phrases(side) if (phrase in names) == is_welsh)


def known_targets(side: Side) -> Sequence[str]:
    """What a line may be mapped to on this side, `excluded` last; `unmapped` and totals are no targets."""
    if side == "service":
        return (*(one.code for one in services() if one.code not in {"total", UNMAPPED}), "excluded")
    totals = {"total_expenditure", "total_income", "net_current_expenditure"}
    return (*(code for code in MEASURES if code not in totals), "excluded")
