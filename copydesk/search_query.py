"""Queries as people write them: words, phrases in quotes, and a minus before what is not wanted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from copydesk.errors import CopydeskError
from copydesk.search_terms import Word, forms_of, read_words

MOST_WORDS = 64
"""Different words of a query: a text can be searched for by its words, not by another text."""
_PARTS = re.compile(r"""(?P<minus>(?<!\S)[-−–])?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<plain>[^\s"“”„«»]+))""")
_ADVICE = "Write words, phrases in quotes, and a minus before what is not wanted."

Forms: TypeAlias = tuple[str, ...]
"""The terms that stand for one word; any of them will do."""
Phrase: TypeAlias = tuple[str, ...]
"""Folded words that stand side by side."""


class BadQuery(CopydeskError):
    """A query that asks for nothing, or for too much."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    Attributes:
        words: texts are ranked by these, whichever they have.
        needed: these a text must have.
        phrases: so must it these, word for word.
        unwanted: none of these, and
        unwanted_phrases: none of these may it have.

    """

    words: tuple[Forms, ...] = ()
    needed: tuple[Forms, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    unwanted: tuple[Forms, ...] = ()
    unwanted_phrases: tuple[Phrase, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """The terms of all words that are wanted."""
        return frozenset(term for forms in self.words for term in forms)


def parse_query(text: str) -> Query:
    """Read a query.

    Raises:
        BadQuery: it has no word that is wanted, or too many.

    >>> parse_query('ferries "pier nine" -strike')
    Query(words=(('ferries', 'ferry'), ('pier',), ('nine',)), needed=(('pier',), ('nine',)), \
phrases=(('pier', 'nine'),), unwanted=(('strike', 'strik'),), unwanted_phrases=())
    """
    words: dict[Forms, None] = {}
    needed: dict[Forms, None] = {}
    phrases: dict[Phrase, None] = {}
    unwanted: dict[Forms, None] = {}
    unwanted_phrases: dict[Phrase, None] = {}
    for part in _PARTS.finditer(text):
        quoted = part["phrase"]
        for found in _pieces(part["plain"] if quoted is None else quoted, is_whole=quoted is not None):
            forms = _forms(found)
            phrase = tuple(word.folded for word in found)
            is_phrase = len(forms) > 1 or (quoted is not None and len(found) == 1)
            if part["minus"] and is_phrase:
                unwanted_phrases[phrase] = None
            elif part["minus"]:
                unwanted |= dict.fromkeys(forms)
            else:
                words |= dict.fromkeys(forms)
                needed |= dict.fromkeys(forms) if quoted is not None or len(found) > 1 else {}
                phrases |= {phrase: None} if is_phrase else {}
    if not words:
        raise BadQuery("the query names nothing to look for.", advice=_ADVICE)
    if max(len(words), len(unwanted) + len(unwanted_phrases)) > MOST_WORDS:
        raise BadQuery(f"the query has more than {MOST_WORDS} different words.", advice="Leave some out.")
    return Query(*(tuple(kept) for kept in (words, needed, phrases, unwanted, unwanted_phrases)))


def _pieces(text: str, *, is_whole: bool) -> list[list[Word]]:
    """Return the words of a part of a query: as one phrase, or one by one, but runs without spaces together."""
    pieces: list[list[Word]] = []
    for word in read_words(text):
        if pieces and (is_whole or word.is_joined):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _forms(words: Sequence[Word]) -> list[Forms]:
    """Return what finds the words of a phrase; of characters that stand together, their pairs."""
    forms: list[Forms] = []
    for number, word in enumerate(words):
        if word.is_joined:
            forms.append((words[number - 1].folded + word.folded,))
        elif number + 1 == len(words) or not words[number + 1].is_joined:
            forms.append(forms_of(word.folded))
    return forms


def has_phrase(words: Sequence[str], phrase: Phrase) -> bool:
    """Tell whether the words of a phrase stand side by side among the folded words of a text, word for word."""
    first, size, place = phrase[0], len(phrase), -1
    while True:
        try:
            place = words.index(first, place + 1)
        except ValueError:
            return False
        if tuple(words[place : place + size]) == phrase:
            return True
