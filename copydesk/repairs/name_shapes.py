"""The shape of names: what may be a person's or a house's, by its letters alone."""

from __future__ import annotations

import re
from functools import cache

from copydesk.moments import day_names, months
from copydesk.tables import phrases, read_table

PARTICLES = frozenset(
    "de del della der den di da das dos do du des la le las los el al bin ibn ben abu van von zu zur ter ten te y e "
    "af av of the and for & et und en i’ d’ l’".split()
)
"""Small words within names of people and houses, in the languages that write them small."""
_IN_PEOPLE = PARTICLES - {"of", "the", "and", "for", "&", "et", "und", "en"}
_BOUND = re.compile(r"(?:el|al|d|l|bin|ibn|as|ad|ar|an|ash|at|az)[-'’]\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.'’&+-]*|[&+]")
EASTERN = re.compile("[\u1100-\u11ff\u2e80-\ud7af]")
"""Letters of the scripts of East Asia, Hangul's parts to its syllables."""
_UNCASED = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1100-\u11ff\u2e80-\ud7af]")
_EASTERN_NAME = re.compile(
    "[\u3400-\u9fff\uac00-\ud7af々]{2,5}|[\u3400-\u9fff]{1,3}[  ][\u3400-\u9fff]{1,3}|[\u30a0-\u30ff・＝]{3,20}"
)
MAX_PERSON_WORDS = 5
_NAMES_OF_MONTHS = frozenset("april august june julio abril mayo julia mart avril".split())
"""Months after which people are named."""


def is_capital(word: str) -> bool:
    """Tell whether a word begins like a name: with a capital, or in a script that has none."""
    return word[0].isupper() or bool(_UNCASED.match(word)) or (bool(_BOUND.match(word)) and any(map(str.isupper, word)))


def is_house(text: str, most: int = 8) -> bool:
    """Tell whether all words of a text are those of names of people or houses.

    >>> is_house("The Daily Observer"), is_house("University of Skarvik"), is_house("a history of light")
    (True, True, False)
    """
    words = text.split()
    if not 0 < len(words) <= most or not any(
        is_capital(word.lstrip("(@“\"'‘")) for word in words if word.strip("(@“\"'‘")
    ):
        return False
    for word in words:
        bare = word.strip("()[]“”\"'‘’,.;@#")
        if (
            bare
            and bare.lower() not in PARTICLES
            and not is_capital(bare)
            and not bare.isdigit()
            and bare not in "&+-–/"
        ):
            return False
    return True


def is_person(text: str, least: int = 2) -> bool:
    """Tell whether a text may be the name of one person.

    >>> [is_person(name) for name in ("Ida K. Holm", "Hassan el-Sayed", "By Tuesday", "Dark lamp", "山田太郎")]
    [True, True, False, False, True]
    """
    if _EASTERN_NAME.fullmatch(text):
        return True
    words = text.replace(",", " ,").split()
    if not least <= len(words) <= MAX_PERSON_WORDS:
        return False
    if (not is_capital(words[0]) and words[0].lower() not in _IN_PEOPLE) or not is_capital(words[-1]):
        return False
    return all(_is_person_word(word) for word in words)


def _is_person_word(word: str) -> bool:
    lower = word.lower().strip(".")
    if lower in _IN_PEOPLE:
        return True
    if not is_capital(word) or any(map(str.isdigit, word)) or not _WORD.fullmatch(word) or "&" in word:
        return False
    return lower not in _no_names() and not (len(lower) > 3 and lower in months() and lower not in _NAMES_OF_MONTHS)


@cache
def _no_names() -> frozenset[str]:
    """Words in capitals that no person is called: days, and what begins sentences and headings."""
    days = frozenset(name for name in day_names() if len(name) > 5)
    return days | frozenset(
        "the a an this that these those it we he she they you i in on at for from with what why how when where who "
        "and but or not no is are was were my our your his her its their der die das ein eine le les une un "
        "los las el lo il gli about after before all new more most today tomorrow yesterday christmas easter".split()
    )


@cache
def given_names() -> frozenset[str]:
    """Return common given names, lower case; not those that are ordinary words at the start of a sentence."""
    lines = (line for (line,) in read_table("given_names.txt"))
    return frozenset(name for line in lines if not line.startswith("?") for name in line.split())


def has_given_name(text: str) -> bool:
    """Tell whether a name begins with a given name that is known, or has the particles or initials of one."""
    words = text.split()
    first = words[0].lower().split("-")[0] if words else ""
    return first in given_names() or any(
        (word in _IN_PEOPLE and word not in ("la", "e", "y"))
        or re.fullmatch(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*", word)
        or _BOUND.match(word)
        for word in words
    )


@cache
def agencies() -> frozenset[str]:
    """Return the names of agencies, as they write them."""
    return phrases("credits.tsv", "agency")


@cache
def _long_agencies() -> frozenset[str]:
    """Return the agencies whose names are no words in any case."""
    return frozenset(name.casefold() for name in agencies() if len(name) > 5)


@cache
def media() -> frozenset[str]:
    """Return the words that names of media, agencies and institutes end with."""
    return phrases("credits.tsv", "medium")


def is_agency(text: str) -> bool:
    """Tell whether a text is the name of an agency that is known."""
    bare = text.strip(" .()[]")
    bare = bare.removeprefix("the ").removeprefix("The ")
    return bare in agencies() or (len(bare) > 5 and bare.casefold() in _long_agencies())


def is_medium(text: str) -> bool:
    """Tell whether a text has the shape of a house's name and ends as those of media, agencies and institutes do."""
    words = text.strip(" .()[]").split()
    return len(words) > 1 and words[-1].lower() in media() and is_house(text)
