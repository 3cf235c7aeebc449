"""Sentences that present somebody, as papers present their authors: who is what, writes on what, lives where."""

from __future__ import annotations

import re
from functools import cache

from copydesk.moments import day_names, months
from copydesk.repairs.name_shapes import is_person
from copydesk.tables import pattern_of

MAX_ALONE = 110
"""Characters of a last paragraph that presents somebody in one sentence, and says nothing more."""
MAX_COVERS = 160
NAME = (
    r"(?:(?:Dr|Prof|Professor|Sir|Dame|Rev|Mr|Mrs|Ms|Lord|Lady)\b\.?\s+)?(?:[^\W\d_a-z][\w.'’-]*)"
    r"(?:\s+(?:[^\W\d_a-z][\w.'’-]*|(?:el|al)-\w+|de|der|den|van|von|bin|al|el|la|di|da|dos|du|y)){0,4}"
)
NO_NAME_WORDS = frozenset(
    (
        "The This That These Those It He She We They There Here In On At But "
        "And If As For What Who How When Where Why My Our His Her Its Their "
        "Your You Not No All Some Most One Each Every Both Another Other Such Yet So "
        "Still Now Then Der Die Das Ein Eine Es Er Sie Wir Le La Les Un "
        "Une Il Elle El Los Las De Het Een Это Он Она "
    ).split()
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{2,}")
SPEECH = re.compile(
    r"[“”\"„»«](?!\s*$)[^“”\"„»«]{60,}|\b(?:said|says|told|added|sagte|a déclaré|dijo|ha detto|сказал\w*|заявил\w*)\b"
)
_TITLE = re.compile(r"^(?:Dr|Prof|Professor|Sir|Dame|Rev|Mr|Mrs|Ms|Lord|Lady)\b\.?\s+")
_NOT_NAMES = rf"(?!(?:{'|'.join(sorted(NO_NAME_WORDS))})\b)"
_BREAK = re.compile(
    r"\b(?:of|to|for|in|at|with|on|by|from|that|who|which|für|in|an|bei|im|à|au|de|du|en|di|del|della|op|van|bij|w|na)\b"
    r"|[,.;:()]"
)
_WAS = re.compile(r"\s*(?:was|were|war|était|era|был|была|był|była)\b")
_WAS_EARLIER = re.compile(r"\s+(?:previously|formerly|born|educated|awarded|long|until|the recipient|shortlisted)\b")
_HOUSE = re.compile(
    r"\b(?:at|for|of|with|in|from|on|bei|für|an|am|im|aus|à|au|chez|de|du|des|di|da|do|del|della|dell|presso|en|em|no|na|"
    r"para|per|w|we|bij|van|aan|te|voor|в|из|газеты)[\s'’]\s*(?:(?:the|der|die|das|den|la|le|las|los|el|il|lo|het|une?)\s+)?"
    r"(?P<word>[^\W\d_a-zß-öø-ÿа-яё]\w*)"
)
_SENTENCE_END = re.compile(r"(?<=[^\W_]{3})[.!?][)\"”’]?\s+(?=\S)|(?<=\d)\.\s+(?=[^\W\d_])")
_EVENT = re.compile(
    r"\s+(?!(?:based|retired|tenured|award|self)\b)(?:\w+ed\b|"
    r"(?!writing|working|finishing|completing|pursuing|studying|researching|teaching)\w+ing\b|"
    r"(?:the|die|der|la|le|el|il|lo)\s(?:first|only|last|erste|einzige|première?|seule?|primera?|primo|prima|único|única)\b|"
    r"one of|best known|said|due|to|not|under|among|set|dead|ill)\b|\s+(?:n[ée]e?|nommée?|élue?|\w+née?|morte?)\s"
)
_OBJECT = re.compile(r"\s+(?:an?|the|that|in\s(?:his|her))\s+(?!weekly|monthly|daily|regular|column|blog|newsletter)")
_GERMAN = frozenset(("lebt", "arbeitet", "leitet", "wohnt", "studiert"))
"""Where all nouns have capitals, a capital names no house."""
_BOOKS = re.compile(r"\d{4}|\b(?:two|three|several|\d+) books")
_TOPIC = re.compile(r"\b(?:about|on|über|zu|sur|sobre|su|over|о|об|o)\s+\w")


@cache
def within(role: str) -> re.Pattern[str]:
    """Return the pattern of the words of a role anywhere, with the endings that make them many or a woman's."""
    return re.compile(rf"(?<!\w)(?:{pattern_of('bios.tsv', role)})(?:s|in|innen|e|es)?(?!\w)", re.IGNORECASE)


@cache
def presented() -> re.Pattern[str]:
    """Return the pattern of a name at the start, and what authors are or do behind it."""
    being, does, reached, did = (pattern_of("bios.tsv", role) for role in ("is", "does", "reached", "did"))
    aside = r"(?P<aside>\s*\([^()]{2,40}\)|,\s[^,.]{3,80},|,?\s(?:of|from)\s[^\W\d_a-z]\w+(?:\s[^\W\d_a-z]\w+)?)?"
    names = rf"(?P<name>{NAME})(?:\s+(?:and|und|et|y|e|en|&|и)\s+(?P<other>{NAME}))?{aside}"
    return re.compile(
        rf"[*_—–\s-]*{_NOT_NAMES}{names}\s+(?:(?P<reached>{reached})|(?P<does>{does})|(?P<did>{did})|(?P<is>{being}))(?!\w)"
    )


@cache
def owner() -> re.Pattern[str]:
    """Return the pattern of a name with a book ("Ida Holm's latest")."""
    book = pattern_of("bios.tsv", "book")
    name = r"(?P<name>[^\W\d_a-z][\w.-]*(?:\s+[^\W\d_a-z][\w.-]*){1,4}?)"
    return re.compile(rf"{_NOT_NAMES}{name}['’]s?\s+(?:{book})\b")


@cache
def _follow() -> re.Pattern[str]:
    """Return the pattern of how a bio's second sentence opens."""
    verbs = pattern_of("bios.tsv", "is", "does", "did", "reached", "goes_on")
    return re.compile(
        rf"(?:(?:She|He|They|Er|Sie|Il|Elle|Él|Ella|Lui|Lei|Ele|Ela|Hij|Zij|Ze|Он|Она|{NAME})\s+(?:also\s+|auch\s+|également\s+)?"
        rf"(?:{verbs})(?!\w)|(?:{pattern_of('bios.tsv', 'next')})(?!\w)|[@(]|\S+@)"
    )


def is_presented(text: str, *, is_tail: bool, is_last: bool) -> bool:
    """Tell whether a paragraph presents somebody as papers present their authors, and tells nothing else.

    >>> is_presented("Ida Holm is a reporter for the Quay Post.", is_tail=True, is_last=False)
    True
    >>> is_presented("Ida Holm is a nurse. On that night she carried four men.", is_tail=True, is_last=True)
    False
    """
    match = presented().match(text)
    if match and is_person(_TITLE.sub("", match["name"]), 1):
        return _is_of_author(text, match, is_tail=is_tail, is_last=is_last) and not _tells(text)
    book = owner().match(text) if is_tail else None
    return bool(book) and is_person(book["name"]) and not _tells(text)  # type: ignore[index]


def _tells(text: str) -> bool:
    """Tell whether words stand in a paragraph with which one tells what happened: days, modals, who said what."""
    if SPEECH.search(text) or within("prose").search(text):
        return True
    words = re.findall(r"[^\W\d_]{5,}", text)
    return any(word.lower() in day_names() for word in words)


def _is_of_author(text: str, match: re.Match[str], *, is_tail: bool, is_last: bool) -> bool:
    """Tell whether what somebody is or does is what authors are or do, and the sentences behind go on like it."""
    stops = [stop.end() for stop in _SENTENCE_END.finditer(text, match.end())]
    has_address = bool(ADDRESS.search(text))
    if has_address and is_tail and not match["is"]:
        return True
    if not has_address and not all(_follow().match(text, stop) for stop in stops):
        return False
    first = text[match.end() : stops[0]] if stops else text[match.end() :]
    if not is_tail:
        return has_address or (bool(within("penned").search(_called(first))) and has_house(first) and not stops)
    if match["is"]:
        return _is_called(text, match, first, is_alone=is_last and not stops)
    is_writer = bool(within("penned").search(text))
    if match["reached"] or len(match["name"].split()) < 2:
        return is_writer and (bool(match["reached"]) or _does_as_authors(text, match, first))
    return _does_as_authors(text, match, first)


def _called(text: str) -> str:
    """Return what somebody is called, up to the words that say where and for whom."""
    stop = _BREAK.search(text, 3)
    return text[: min(stop.start() if stop else 80, 80)]


def _is_called(text: str, match: re.Match[str], first: str, *, is_alone: bool) -> bool:
    """Tell whether somebody is something that authors are: one who writes, or another whose house is named."""
    is_past = _WAS.fullmatch(match["is"]) and not _WAS_EARLIER.match(first)
    if _EVENT.match(first) or (is_past and not has_house(first)):
        return False
    called = _called(first)
    if _is_based(first) and within("calling").search(first):
        return True
    is_full = len(match["name"].split()) > 1 or bool(_TITLE.match(match["name"]))
    if within("penned").search(called) or (match["aside"] and within("penned").search(match["aside"])):
        return is_full or has_house(first) or " our " in first
    if not within("calling").search(called):
        return False
    rest = text[match.end() :]
    return has_house(rest) or bool(within("penned").search(rest)) or (is_alone and is_full and len(text) < MAX_ALONE)


def _is_based(first: str) -> bool:
    return bool(re.match(r"\s+(?:an?\s+)?(?:\w+-)?based\b", first))


def _does_as_authors(text: str, match: re.Match[str], first: str) -> bool:
    """Tell whether somebody does what authors do: covers a field, teaches at a house, lives in a town."""
    if match["did"]:
        return bool(within("penned").search(first)) and (has_house(first) or bool(_BOOKS.search(first)))
    if re.match(r"\s+(?:his|her|their|its|up|to|every|\d)\b", first) and not within("penned").search(first):
        return False
    is_object = _OBJECT.match(first) and not has_house(first)
    if is_object or (match["does"] in _GERMAN and not within("calling").search(text)):
        return False
    has_aside = bool(match["aside"]) and bool(within("calling").search(match["aside"]))
    writes = within("writes").fullmatch(match["does"]) is not None
    if writes and len(text) < MAX_COVERS:
        return True
    return (
        has_aside or has_house(first) or (writes and bool(_TOPIC.search(first))) or bool(within("penned").search(first))
    )


def has_house(text: str) -> bool:
    """Tell whether a house or place is named behind a small word; a month is none."""
    return any(match["word"].lower() not in months() for match in _HOUSE.finditer(text))
