"""Lines about the rights in a text, above or below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.captions import is_credit
from copydesk.repairs.insert_words import lexicon
from copydesk.repairs.name_shapes import is_agency, is_house, is_medium
from copydesk.tables import phrases, read_table
from copydesk.view import View

VERSION = 4

MAX_LENGTH = 320
"""Characters; rights that take more are told on pages of their own."""
HEAD_LINES, TAIL_LINES = 3, 10
"""How far from the top and the end such lines stand."""
LAST_LINES, MAX_SHORT = 4, 160
"""Longer lines are looked at only at the very end."""
MAX_WORDS = 24
"""Words of a line that opens with the sign; longer ones speak about something."""
_CASELESS = re.compile("[\u0590-\u1fff\u2e80-\uffef]")
"""Scripts without capitals, and words that are told by their beginnings less well."""
STEM = 5
"""Letters by which words are told before they are read."""
SHORTEST = 3
"""Letters of a word that belongs to one language alone."""
_SIGN = re.compile(r"(?:content|text|photos?)?[\s(\[*®™&]*(?:©|ⓒ|\(c\)(?=\s)|copyright\b|copr\.)", re.IGNORECASE)
_OWNED = re.compile(
    r"\W*(?:©|\(c\))?\W*(?:(?:19|20)\d\d|by\s|of\s+[A-Z]|reserved|notice|(?:remains|rests)\s+with|(?:is\s+)?(?:held|owned)\s+by|[A-Z][\w&.]*\W)"
)
_TRAILING = re.compile(
    r"[^.!?©]{2,70}[\s,.;|–—-]+(?:©|\(c\)|copyright)\s*(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?\W*", re.IGNORECASE
)
_LICENSED = re.compile(
    r"\bCC[ -]?(?:BY|0)|\d\.0\b"
    r"|(?i:^\W*(?:creative commons|licen[sc]ed|(?:re)?published|reprinted|available|public domain)"
    r"|\b(?:this|our|dieser?s?|cet(?:te)?|ce|este|esta|questo|dit|deze)\s"
    r"|\b(?:content|contents|text|articles?|republish)\b)"
)
"""What says that a licence is that of the text in which it is named."""
_COMPANY = re.compile(
    r",?\s(?:Inc|Ltd|LLC|PLC|Plc|Corp|Co|Company|Limited|GmbH|AG|SA|S\.A|SAS|SpA|S\.p\.A|BV|B\.V|Pty(?:\sLtd)?)\.?$"
    r"|[,.]\s(?:an?\s)?(?:www\.|https?://|Visit)\S.*$"
)
_SIGNS = ("©", "(c)", "copyright")
_WORD = re.compile(r"\w+")


def find_copyright_lines(view: View) -> Iterator[Proposal]:
    r"""Propose to take copyright lines near the top and the end out of the body.

    They open with the sign, say that rights are reserved, name a licence, or forbid what may be done with a text. Left
    alone: prose on the law, lines within an article, a picture's credit (a caption).

    >>> [p.kind for p in find_copyright_lines(View("It rained.\n\n© 2019 Harbour News. All rights reserved."))]
    ['copyright']
    """
    count = len(view.lines)
    if not view.is_pasted or count < 2:
        return
    for i in (*range(min(HEAD_LINES, count)), *range(max(HEAD_LINES, count - TAIL_LINES), count)):
        line = view.lines[i]
        most = MAX_LENGTH if count - i <= LAST_LINES else MAX_SHORT
        if line.text_end - line.text_start > most:
            continue
        text = view.of(i)
        if _may_be(text) and is_about_rights(text) and not is_credit(text):
            reason, fields = "copyright line; kept as a field", (FieldSpan("copyright", line.span),)
            start, end = line.span
            rule = "copyrights.line"
            yield Proposal(start, end, "", "copyright", rule, reason, 0.93, None, fields, is_block=True)


def _may_be(text: str) -> bool:
    """Tell cheaply whether a line may be about rights: by how its words begin, in scripts that have words."""
    if (not text.isascii() and _CASELESS.search(text)) or text[0] in "©ⓒ(" or " not be " in text or "CC BY" in text:
        return True
    if text[0].isupper() and len(text) <= MAX_SHORT // 2 and text.split(maxsplit=1)[0].casefold() in _openings():
        return True
    return not _stems().isdisjoint([word[:STEM] for word in text.casefold().split()])


@cache
def _openings() -> frozenset[str]:
    """Return the first words of whole lines, and of those that name who passed a text on."""
    return frozenset(words.split()[0] for words in phrases("rights.tsv", "whole", "distributed"))


@cache
def _stems() -> frozenset[str]:
    """Return the beginnings of the longest words of all formulas and bans."""
    longest = (max(words.split(), key=len) for words in phrases("rights.tsv", "reserved", "ban", "licence"))
    return frozenset(word[:STEM] for word in longest if len(word) >= STEM) | {"©", "copyr", "(c)"}


def is_about_rights(text: str) -> bool:
    """Tell whether a line states the rights in the text that it stands in.

    >>> [is_about_rights(line) for line in ("Copyright 2020 Harbour News", "The court ruled on the copyright in 2020.")]
    [True, False]
    """
    small = " ".join(text.casefold().replace("i\u0307", "i").split())
    if small.strip(" .»>→|©") in phrases("rights.tsv", "whole") or _is_distributed(text, small):
        return True
    begun = {word[:STEM] for word in small.split()}
    if any(formula in small for formula in _formulas_near(text, begun)):
        return not _tells(small)
    sign = _SIGN.match(text)
    if sign and len(_WORD.findall(text)) <= MAX_WORDS and _OWNED.match(text + " ", sign.end()):
        return not _tells(small)
    is_trailing = any(sign in small for sign in _SIGNS) and _TRAILING.fullmatch(text)
    if is_trailing or (_LICENSED.search(text) and any(name in small for name in phrases("rights.tsv", "licence"))):
        return not _tells(small)
    forbidden = any(
        not stems.isdisjoint(begun) and all(words.search(small) for words in language) for stems, language in _bans()
    )
    return forbidden and not _tells(small)


def _formulas_near(text: str, begun: Collection[str]) -> Iterator[str]:
    """Yield the formulas that a line may hold, by how its words begin; all of those in scripts without capitals."""
    by_stem = _formulas()
    if not text.isascii() and _CASELESS.search(text):
        yield from by_stem[""]
    for stem in by_stem.keys() & begun:
        yield from by_stem[stem]


@cache
def _formulas() -> Mapping[str, Sequence[str]]:
    """Return the formulas by the beginning of their longest word; "" for scripts without capitals."""
    found = defaultdict[str, list[str]](list)
    for formula in sorted(phrases("rights.tsv", "reserved")):
        word = max(formula.split(), key=len)
        found["" if _CASELESS.search(formula) else word[:STEM]].append(formula)
    return found


def _is_distributed(text: str, small: str) -> bool:
    """Tell whether a line says which house passed a text on, and no more: "Distributed by Harbour News Service"."""
    led = next((words for words in phrases("rights.tsv", "distributed") if small.startswith(words + " ")), None)
    if led is None or len(text) > MAX_SHORT // 2:
        return False
    house = _COMPANY.sub("", text[len(led) :].strip(" .")).strip(" ,.")
    is_company = house.endswith((" Service", " Syndicate", " Services", " Agency")) or house != text[len(led) :].strip(
        " ."
    )
    return (is_medium(house) or is_agency(house) or is_company) and is_house(house)


@cache
def _bans() -> tuple[tuple[frozenset[str], tuple[re.Pattern[str], ...]], ...]:
    """Return, for each language, what forbids, what is done with texts and what the text is called.

    Before each stand the beginnings of words of which one is in all that forbids.
    """
    bans, acts, things = (_by_language(role) for role in ("ban", "act", "thing"))
    return tuple(
        (_stems_of(bans[name]), (_begun(bans[name]), _begun(acts[name]), _begun(things[name]))) for name in sorted(acts)
    )


def _stems_of(known: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of the longest word of each phrase."""
    longest = [max(words.split(), key=len) for words in known]
    return frozenset(word[:STEM] for word in longest)


def _by_language(role: str) -> Mapping[str, Sequence[str]]:
    found = defaultdict[str, list[str]](list)
    for name, language, words in read_table("rights.tsv"):
        if name == role:
            found[language] += words.split("|")
    return found


def _begun(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})")


def _tells(small: str) -> bool:
    """Tell whether a line tells what happened, as prose on rights does."""
    return any(word in lexicon().speech for word in _WORD.findall(small) if len(word) > SHORTEST)
