"""Headings as councils write them, brought to plain words: "Directotate", "TransNo", "Strgrpcc(T)", "Net £ Ex VAT"."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

# What finance systems and people shorten or spell in more than one way -> the word that the rules use.
MEANINGS: dict[str, str] = {
    "no": "number", "num": "number", "nbr": "number", "nr": "number",
    "ref": "reference", "refs": "reference", "id": "number", "identifier": "number", "doc": "document",
    "trans": "transaction", "tran": "transaction", "txn": "transaction", "transact": "transaction",
    "inv": "invoice", "invoiced": "invoice", "invoices": "invoice", "amt": "amount", "amounts": "amount",
    "values": "value", "val": "value", "desc": "description", "descr": "description", "descrip": "description",
    "dir": "directorate", "director": "directorate", "directorates": "directorate", "cyfarwyddiaeth": "directorate",
    "serv": "service", "services": "service", "gwasanaeth": "service", "dept": "department", "dep": "department",
    "adran": "department", "div": "division", "strat": "strategic", "str": "strategic", "grp": "group",
    "cc": "centre", "center": "centre", "cst": "cost", "canolfan": "centre", "cost": "cost",
    "cap": "capital", "rev": "revenue", "cyfalaf": "capital", "refeniw": "revenue",
    "ex": "excluding", "exc": "excluding", "excl": "excluding", "excludes": "excluding", "exclusive": "excluding",
    "expenses": "expense", "expenditure": "expense", "exp": "expense", "gwariant": "expense", "spending": "spend",
    "gl": "ledger", "nominal": "ledger", "subj": "subjective", "subs": "subsidiary", "cipf": "cipfa",
    "acc": "account", "acct": "account", "accounts": "account", "cyfrif": "account",
    "vendor": "supplier", "payee": "supplier", "beneficiary": "supplier", "creditor": "supplier",
    "suppliers": "supplier", "cyflenwr": "supplier", "coded": "code", "codes": "code", "cod": "code",
    "dr": "debit", "cr": "credit", "debits": "debit", "credits": "credit",
    "org": "organisation", "organisational": "organisation", "organizational": "organisation",
    "organization": "organisation", "pd": "paid", "pay": "payment", "pymt": "payment", "payments": "payment",
    "taliad": "payment", "swm": "amount", "dyddiad": "date", "dated": "date", "enw": "name", "names": "name",
    "posted": "posting", "post": "postal", "yr": "year", "blwyddyn": "year", "prd": "period", "per": "period",
    "cyfnod": "period", "cyfanswm": "total", "disgrifiad": "description", "narr": "narrative", "uri": "address",
    "url": "address", "k": "thousand", "000s": "thousand", "000": "thousand", "thousands": "thousand",
    "bvacop": "cipfa", "sercop": "cipfa", "ap": "supplier",
}  # fmt: skip
PLAIN = (
    "account actual address amount area authority balance body book business capital card category centre charity "
    "cipfa class company cost credit date debit department description detail detailed details directorate "
    "division document due effective excluding expense file financial function fund gross group head internal "
    "invoice irrecoverable journal label ledger level line local merchant month name narrative net nominal number "
    "order organisation paid party payment period portfolio postal posting proclass procurement profit programme "
    "project purpose recoverable reference registered registration revenue service spend strategic sub subjective "
    "subsidiary sum supplier system team text theme thousand total transaction type unique unit updated value vat "
    "voucher where year "
)
VOCABULARY = frozenset(PLAIN.split()) | frozenset(MEANINGS)
# Below this length a misspelling cannot be told from another word.
LEAST_TYPO = 6


@cache
def words_of(heading: str) -> frozenset[str]:
    """The words of a heading in their plain form; `text` marks the "(T)" by which Agresso shows a code's words."""
    words: set[str] = set()
    if _tokens(heading) == ["cc"]:
        return frozenset({"cost", "centre"})
    for token in _tokens(heading):
        words.update(_meanings(token))
    if re.search(r"\(T\)\s*$", heading):
        words = (words - {"t"}) | {"text"}
    return frozenset(words)


def known_words(text: str) -> frozenset[str]:
    """The words of headings in a text, in their plain form, where they are a third of it or more; else none.

    Quick, for texts that mostly are no headings: misspellings and words run together are not known.
    """
    tokens = _tokens(text)
    known = frozenset(MEANINGS.get(token, token) for token in tokens if token in VOCABULARY)
    return known if 3 * len(known) >= len(tokens) else frozenset()


def plain_heading(heading: str) -> str:
    """A heading for comparing: small letters and figures only, so that a changed blank or point does not matter."""
    return " ".join(_tokens(heading))


def _tokens(heading: str) -> list[str]:
    text = re.sub(r"g\s*/\s*l\b", "gl", heading.replace("\u00a0", " "), flags=re.IGNORECASE)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{3})(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"[£']\s*000s?", " thousand ", text)
    return re.findall(r"[^\W_]+", text.casefold())


@cache
def _meanings(token: str) -> tuple[str, ...]:
    if token in VOCABULARY:
        return (MEANINGS.get(token, token),)
    parts = _run_together(token)
    if parts:
        return tuple(MEANINGS.get(part, part) for part in parts)
    near = get_close_matches(token, sorted(VOCABULARY), n=1, cutoff=0.82) if len(token) >= LEAST_TYPO else []
    return (MEANINGS.get(near[0], near[0]),) if near else (token,)


@cache
def _run_together(token: str) -> tuple[str, ...]:
    """A word made of known ones without blanks ("strgrpcc" is str, grp, cc); empty when it cannot be parted so."""
    for end in range(len(token) - 1, 1, -1):
        if token[:end] in VOCABULARY:
            rest = token[end:]
            parts = (rest,) if rest in VOCABULARY and len(rest) > 1 else _run_together(rest)
            if parts:
                return (token[:end], *parts)
    return ()
