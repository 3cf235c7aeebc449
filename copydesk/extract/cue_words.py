"""Whether a word that attributes is a verb here, and whether words are a clause (English).

``claims``, ``posts``, ``states`` and ``reporting`` are as often nouns, or parts of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from copydesk.extract.clauses import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE_MARKS,
    RELATIVES,
    SAYING,
    VerbGroup,
)
from copydesk.extract.verbs import Form, inflect, load
from copydesk.extract.words import Word

_BRINGS = (
    DETERMINERS | PRONOUNS | frozenset("that to there him them her us me how why what whether not never no".split())
)
"""Words behind a verb that has an object or a clause, where a noun would have none."""
_OTHER_CLAUSES = RELATIVES | frozenset("because how if what when where whether while whose why".split())
_CONTRACTED = frozenset("’re ’ve ’ll ’m n’t".split())
_SUBJECTS = frozenset("i he she it we they you there this these those nobody everyone everybody".split())
_NOMINATIVES = frozenset("i he she we they".split())
_NO_VERB = PREPOSITIONS | {"and", "or"}
_NO_PAST = DETERMINERS | PREPOSITIONS | AUXILIARIES | frozenset("and or but most more less so very well newly".split())
_COUNTS = frozenset("all both few many more most other several some such two three four five six ten united".split())
_TITLE_SHARE = 0.7
_LONG = 3


@cache
def _nouns() -> frozenset[str]:
    return frozenset((*load("verbs_en.json")["also_nouns"], *load("attribution_en.json")["also_nouns"]))


@cache
def _pasts() -> frozenset[str]:
    """Return irregular past forms that are no participles: went, took."""
    lemmas = load("verbs_en.json")["irregular"]
    forms = {lemma: inflect(lemma) for lemma in lemmas if lemma not in ("read", "put", "cut", "set", "let", "hit")}
    return frozenset(word for lemma, form in forms.items() for word in form[Form.PAST] if word != lemma)


def is_verb(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell whether a word is a verb, not a noun or a piece of a name: ``United States``, ``bakery posts``."""
    word = words[group.head]
    if word.is_name and group.head and words[group.head - 1].text not in QUOTE_MARKS:
        is_place = group.lemma in _nouns() and group.form is Form.BASE
        if is_place or not is_title(words):
            return False  # Washington State
    is_clear = group.head > group.first or group.lemma not in _nouns() or group.form not in (Form.BASE, Form.THIRD)
    is_clear = is_clear or group.head + 1 >= len(words)
    return is_clear or not group.head or words[group.head - 1].lower in PRONOUNS or _is_no_noun(words, group)


def _is_no_noun(words: Sequence[Word], group: VerbGroup) -> bool:
    """Tell from the words at its sides whether what may be a noun is a verb."""
    before, after = words[group.head - 1], words[group.head + 1]
    if group.form is Form.THIRD and _is_counted(before):
        return False
    particles: Sequence[str] = load("attribution_en.json")["with"].get(group.lemma, ())
    if after.lower in particles and after.lower not in ("on", "for", "of", "about"):
        return True
    if after.lower in PREPOSITIONS - {"to"}:
        return group.form is Form.THIRD and before.is_name
    return after.lower in _BRINGS or after.is_name or not after.is_word


def _is_counted(before: Word) -> bool:
    """Tell whether a plural noun follows: ``several states``."""
    return before.lower in _COUNTS or before.text.isdigit()


def is_past(word: str) -> bool:
    """Tell whether a word (in lower case) is an irregular past: went, took."""
    return word in _pasts()


def is_title(words: Sequence[Word]) -> bool:
    """Tell whether most long words of a sentence begin with a capital, as in headlines."""
    long = [w for w in words if len(w.text) > _LONG and w.is_word]
    return len(long) > _LONG and sum(w.is_name for w in long) >= _TITLE_SHARE * len(long)


def is_clause(words: Sequence[Word], *, anywhere: bool = False) -> bool:
    """Tell whether words have a finite verb of their own; with ``anywhere``, one in a relative clause counts too.

    >>> from copydesk.extract.words import Word
    >>> [is_clause([Word(0, 0, w, w) for w in words.split()]) for words in ("the talks failed", "a line of code")]
    [True, False]
    """
    for at, word in enumerate(words):
        lower = word.lower
        if lower in _OTHER_CLAUSES and at and not anywhere:
            return False
        before = words[at - 1].lower if at else ""
        if lower in _CONTRACTED or (lower in AUXILIARIES and lower not in ("be", "been", "being", "having")):
            return True
        if lower in _SUBJECTS and before not in PREPOSITIONS and at + 1 < len(words):
            after = words[at + 1]
            opens = at == 0 or lower in _NOMINATIVES
            if opens and (after.lower == "’s" or (after.is_word and after.lower not in _NO_VERB)):
                return True
        if not at or word.is_name or before in _NO_PAST:
            continue
        is_told = lower in SAYING or lower in _pasts() or (lower.endswith("ed") and len(lower) > _LONG)
        if (is_told and (at + 1 == len(words) or words[at + 1].lower != "by")) or _is_third(words, at):
            return True
    return False


def _is_third(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word in -s is rather a verb: a singular before it, an object or ``to`` behind it."""
    lower, before = words[at].lower, words[at - 1]
    if (
        not lower.endswith("s")
        or lower.endswith(("ss", "us", "’s"))
        or not before.is_word
        or before.lower.endswith("s")
    ):
        return False
    return at + 1 < len(words) and words[at + 1].lower in DETERMINERS | {"to", "more", "less", "that", "not"}
