"""English verb forms: from a lemma to the words that it shows as, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_CVC = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdfgklmnprtvz]")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)$")


class Form(StrEnum):
    """The forms of a verb. A regular past and past participle are one word: both are listed for it."""

    BASE = "base"
    THIRD = "third"
    """Third person singular, present: says."""
    PAST = "past"
    PARTICIPLE = "participle"
    """The past participle: said, shown."""
    ING = "ing"


class VerbForm(NamedTuple):
    """What a word may be: a form of a verb."""

    lemma: str
    form: Form


@cache
def load(name: str) -> Any:  # noqa: ANN401 - JSON: each caller knows the shape of its own file
    """Return the JSON of a data file of this package."""
    return json.loads((resources.files("copydesk") / "data" / name).read_text(encoding="utf-8"))


def inflect(lemma: str) -> Mapping[Form, tuple[str, ...]]:
    """Return the words that a verb shows as, by form (Huddleston and Pullum 2002, chapter 18, for the spelling).

    >>> inflect("say")[Form.PAST], inflect("plan")[Form.ING], inflect("deny")[Form.THIRD]
    (('said',), ('planning',), ('denies',))
    """
    past, participle = _past(lemma)
    return {
        Form.BASE: (lemma,),
        Form.THIRD: (_third(lemma),),
        Form.PAST: past,
        Form.PARTICIPLE: participle,
        Form.ING: (_stem(lemma, "ing") + "ing",),
    }


def _past(lemma: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    irregular: Mapping[str, Sequence[str]] = load("verbs_en.json")["irregular"]
    if lemma in irregular:
        past, participle = irregular[lemma]
        return tuple(past.split("/")), tuple(participle.split("/"))
    regular = (_stem(lemma, "ed") + "ed",)
    return regular, regular


def _third(lemma: str) -> str:
    if lemma in ("have", "be"):
        return {"have": "has", "be": "is"}[lemma]
    if _SIBILANT.search(lemma):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def _stem(lemma: str, ending: str) -> str:
    """Return what stands before -ed or -ing."""
    if ending == "ing" and lemma.endswith("ie"):
        return lemma[:-2] + "y"
    if lemma.endswith("e") and not (ending == "ing" and re.search(r"(?:ee|oe|ye)$", lemma)):
        return lemma[:-1]
    if ending == "ed" and re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "i"
    return lemma + lemma[-1] if _doubles(lemma) else lemma


def _doubles(lemma: str) -> bool:
    return bool(_CVC.fullmatch(lemma)) or lemma in load("verbs_en.json")["doubling"]


def forms_of(lemmas: Iterable[str]) -> Mapping[str, tuple[VerbForm, ...]]:
    """Return, for each word that some of the verbs show as, which forms of which verbs it may be."""
    index: dict[str, tuple[VerbForm, ...]] = {}
    for lemma in lemmas:
        for form, words in inflect(lemma).items():
            for word in words:
                index[word] = (*index.get(word, ()), VerbForm(lemma, form))
    return index
