"""Paragraphs that tell who the author is, who helped, and where the article comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from copydesk.document import Span
from copydesk.proposals import FieldSpan, Proposal
from copydesk.repairs.bylines import is_byline
from copydesk.repairs.datelines import is_date_line
from copydesk.repairs.late_predicates import is_presented_late
from copydesk.repairs.name_shapes import PARTICLES, is_house
from copydesk.repairs.presentations import (
    ADDRESS,
    NO_NAME_WORDS,
    SPEECH,
    has_house,
    is_presented,
    owner,
    presented,
    within,
)
from copydesk.tables import pattern_of, phrases
from copydesk.view import View

VERSION = 4

MAX_LENGTH = 520
MAX_NOTE = 320
"""Characters of a note on who helped or where an article comes from."""
MAX_WITHIN = 300
"""The same of a bio in the midst of the article."""
TAIL_PARAGRAPHS = 6
"""How far from the end a bio stands, and what else counts as the end of an article."""
MAX_PRESENTED = 5
"""Where more paragraphs than that present people, the article is a list of people."""
MIN_PROSE = 120
"""Shorter paragraphs that name somebody may be bylines and captions."""

_MARKS = frozenset("([*_@—–-")
_TITLES = frozenset("Dr Dr. Prof Prof. Professor Sir Dame Rev Rev. Lord Lady".split())
_BEGINNING = re.compile(r"[^\w@]*(\w[^\s\W]*)(?:[.'’-]\S*)?[^\w\s]*(?:\s+(\S+))?")
_NETWORK = re.compile(r"\b(?:Twitter|Facebook|Instagram|LinkedIn|Mastodon|Bluesky|Threads|TikTok|Telegram|X)\b")
_SMALL = frozenset(
    "and in by with additional reporting writing editing for of the from at on und et y e & as a to also this report "
    "story article additionally further help assistance research graphics video production by: files contributions "
    "material english german french spanish russian arabic chinese japanese italian portuguese".split()
)
_HELP_WORDS = (
    "contribut",
    "assist",
    "helped",
    "provided",
    "reported",
    "reached",
    "contacted",
    "followed",
    "tweets",
    "is on ",
    "found",
)
_HELPED = "contributed to this"
_BY_HOUSE = " is published by "
_OF_LANGUAGE = r"(?:(?:from|de\sl['’]|du|de|aus\sdem|del|dal|dall['’]|do|uit\shet|z)\s?(?:the\s(?:original\s)?)?\w+\s)?"
"""From which language a text was translated."""
_BOOK_NOTE = re.compile(
    r"[^.]{3,80}\sby\s[^\W\d_a-z][^.]{3,40}\sis\s(?:published|out|available)\s(?:by|now|from|in|on)\b.{0,80}"
    r"|To\s(?:order|buy|pre-order)\s(?:a|your)\scopy\b.{3,120}"
)
"""How to get the book that an article is taken from."""
_HELP_END = re.compile(
    r"\b(?:report(?:ing|s|ed)?|story|article|piece|research|analysis|file|contributed|assisted|coverage)\b",
    re.IGNORECASE,
)


_THIS_CAME = re.compile(
    r"\s+(?:article|story|piece|report|post|essay|column|interview|op-ed|commentary|excerpt|feature|investigation|review|"
    r"analysis|speech|blog(?:\s+post)?|dispatch)\s+(?:(?:was|is|has|have|been|originally|first|also|previously|an?|being)\s+)*"
    r"(?:published|appeared|republished|reprinted|reproduced|syndicated|produced|written|commissioned|translated|adapted|"
    r"excerpted|funded|supported|licensed|based\s+on|provided|compiled|part\s+of|excerpt)",
    re.IGNORECASE,
)


_OWN = re.compile(
    r"\b(?:own|personal|not (?:necessarily )?(?:reflect|represent)|"
    r"(?:are|is|belong to|those of|sont|es|son)\b[^.]{0,30}\b(?:author|columnist|writer|contributor|auteur|autor))"
)
"""Whose opinion it is."""
_FROM = re.compile(
    r"\b(?:originally|first|previously|permission|licen[cs]e\w*|earlier|partnership|collaboration|edition|newsletter|"
    r"series|project|excerpt\w*|adapted|translated|commissioned|funded|supported|produced|provided|syndicated|"
    r"republished|reprinted)\b|\b(?:by|in|on|at|with|from|for|of)\s+(?:the\s+)?[\W_]*[A-Z]"
)
_OF_BOOK = re.compile(r"^[^.]{10,60},\s+(?:the|it|his|her)\s+[^.]*\b(?:was|has|had|were|remains)\b")
"""What tells of a book: "First published in 1931, the novel has been forgotten"."""


@cache
def _phrase(role: str) -> re.Pattern[str]:
    return re.compile(rf"[\s(\[*—–-]*(?P<phrase>{pattern_of('bios.tsv', role)})(?!\w)", re.IGNORECASE)


def find_author_bios(view: View) -> Iterator[Proposal]:
    r"""Propose to take author bios, and notes on who helped or where the article comes from, out of the body.

    A bio presents somebody by name, in the present, with a calling, and the article does not speak of that person
    elsewhere; near the end less is asked for than in the midst. Left alone: people that the article is about,
    paragraphs in which somebody speaks, lists of people.

    >>> text = "Rents rose again. " * 9 + "\n\nAda B Lund is an economist and editor at the Quay Institute."
    >>> [p.fields[0].name for p in find_author_bios(View(text))]
    ['bio']
    """
    end = view.lines[-1].text_end if view.lines else 0
    found = [
        (span, rule, conf)
        for span, is_tail in _short_paragraphs(view)
        for rule, conf in _judge(view, span, is_tail=is_tail, is_last=span.end == end)
    ]
    presented = [span for span, rule, _ in found if rule == "presented"]
    names = _Names(view, presented) if 0 < len(presented) <= MAX_PRESENTED else None
    for span, rule, confidence in found:
        if rule == "presented" and (names is None or names.is_elsewhere(span)):
            continue
        reason, fields = "author bio; kept as a field", (FieldSpan("bio", span),)
        yield Proposal(*span, "", "author_bio", f"bios.{rule}", reason, confidence, None, fields, is_block=True)


def _short_paragraphs(view: View) -> Iterator[tuple[Span, bool]]:
    """Yield the paragraphs behind the first that may be bios by their length, and whether they stand near the end.

    On a page only those near the end are: boxes in its midst are none of the article's blocks.
    """
    lines = view.lines
    groups = (
        view.paragraphs if len(view.paragraphs) > 2 or len(lines) < 5 else [range(i, i + 1) for i in range(len(lines))]
    )
    tail = _tail_start(view, groups)
    for number in range(1 if view.is_pasted else max(1, tail), len(groups)):
        group = groups[number]
        start, end = lines[group[0]].text_start, lines[group[-1]].text_end
        is_tail = number >= tail
        if end - start <= (MAX_LENGTH if is_tail else MAX_WITHIN):
            yield Span(start, end), is_tail


def _tail_start(view: View, groups: Sequence[range]) -> int:
    """Return the number of the paragraph with which the end begins: short ones there count half."""
    room, number = float(TAIL_PARAGRAPHS), len(groups)
    while number > 1 and room > 0:
        number -= 1
        group = groups[number]
        length = view.lines[group[-1]].text_end - view.lines[group[0]].text_start
        room -= 0.5 if length < MIN_PROSE else 1
    return number


def _judge(view: View, span: Span, *, is_tail: bool, is_last: bool) -> Iterator[tuple[str, float]]:
    """Yield the rule that a paragraph is a bio or note by, if any, and how sure that is."""
    if is_tail and _may_be_late(view.text, span) and is_presented_late(view.text[slice(*span)]):
        yield "author", 0.9
        return
    begins = _first_words(view.text[span.start : min(span.end, span.start + 80)])
    if begins is None:
        return
    first, second = begins
    may_be_named = _may_be_name(first, second)
    has_sign = _has_sign(view.text, span)
    is_opened = _opens_note(first.lower(), (second or "").lower())
    if not (may_be_named or is_opened or has_sign or _holds_note(view.text, span, is_tail=is_tail)):
        return
    text = view.text[slice(*span)]
    rule = (
        _note_of(text, is_tail=is_tail)
        if is_opened or has_sign or not may_be_named or any(word in text for word in _HELP_WORDS)
        else None
    )
    if rule:
        yield rule, 0.92 if is_tail else 0.85
    elif may_be_named and is_presented(text, is_tail=is_tail, is_last=is_last):
        yield "presented", 0.95 if is_tail else 0.8


def _holds_note(text: str, span: Span, *, is_tail: bool) -> bool:
    """Tell cheaply whether words of a note stand within a paragraph that opens like prose."""
    return (
        is_tail
        and span.end - span.start <= MAX_WITHIN
        and (text.find(_HELPED, *span) >= 0 or text.find(_BY_HOUSE, *span) >= 0 or text.startswith("To ", span.start))
    )


def _first_words(text: str) -> tuple[str, str | None] | None:
    """Return the first two words of a paragraph, or its only one; None when it has none."""
    words = text.split(None, 2)
    first = words[0].strip("\"'“”‘’.,:;()") if len(words) > 1 else ""
    if first.isalpha():
        return first, words[1]
    begins = _BEGINNING.match(text)
    return (begins[1], begins[2]) if begins else None


def _may_be_late(text: str, span: Span) -> bool:
    """Tell cheaply whether a paragraph may be in a language that tells last what somebody is."""
    first = text[span.start]
    return first > "\u0590" or first in "（(【" or "r" in text[span.end - 4 : span.end]


def _has_sign(text: str, span: Span) -> bool:
    """Tell whether a paragraph holds an address, or begins with a mark or in a script without capitals."""
    first = text[span.start]
    return first in _MARKS or "\u0590" < first < "\u2000" or first > "\u2e80" or text.find("@", span[0], span[1]) >= 0


def _may_be_name(first: str, second: str | None) -> bool:
    """Tell cheaply whether a paragraph begins with a name of two words or with a title."""
    if not second or first in NO_NAME_WORDS or not (first[0].isupper() or first[0] > "\u0590"):
        return False
    return second[0].isupper() or second in PARTICLES or first in _TITLES or second[-1:] == ":" or second in _alone()


@cache
def _alone() -> AbstractSet[str]:
    """Return the words that stand behind a first name alone."""
    return {words.split()[0] for words in phrases("bios.tsv", "is", "writes")} | {"joined", "of", "from"}


def _opens_note(first: str, second: str) -> bool:
    """Tell cheaply whether a paragraph may open a note, by its first two words in lower case."""
    known = _openings().get(first)
    return known is not None and ("" in known or second.strip(".,:") in known)


@cache
def _openings() -> Mapping[str, AbstractSet[str]]:
    """Return the first words of notes with those that may come second, lower case; "" stands for any."""
    found = defaultdict[str, set[str]](set)
    for words in phrases("bios.tsv", "about", "author", "work", "origin", "opinion", "reach"):
        match = _BEGINNING.match(words)
        if match:
            found[match[1].lower()].add((match[2] or "").lower())
    if "this" in found:
        found["this"] = {
            "article",
            "story",
            "piece",
            "report",
            "post",
            "essay",
            "column",
            "interview",
            "op-ed",
            "commentary",
            "excerpt",
            "feature",
            "investigation",
            "review",
            "analysis",
            "speech",
            "blog",
            "dispatch",
            "is",
        }
    return found


def _note_of(text: str, *, is_tail: bool) -> str | None:
    """Return the rule of a note that needs no name: on the author, on who helped, on where the article comes from."""
    about = _phrase("about").match(text)
    if about and _opens_bio(text, about.end()):
        return "about"
    if _phrase("author").match(text) and _is_on_author(text):
        return "author"
    return None if len(text) > MAX_NOTE else _short_note_of(text, is_tail=is_tail)


def _opens_bio(text: str, end: int) -> bool:
    """Tell whether what stands behind "about the author" is nothing, a mark, or who that is."""
    rest = text[end:].lstrip(" .*_)]")
    return not rest or rest[0] in ":：—–-|" or bool(within("calling").search(rest))


def _short_note_of(text: str, *, is_tail: bool) -> str | None:
    """Return the rule of a note on whose opinion it is, how to reach the author, who helped, where it comes from."""
    if _phrase("opinion").match(text) and _OWN.search(text):
        return "opinion"
    if _is_reach(text, is_tail=is_tail):
        return "reach"
    if _is_work(text) or _is_help(text):
        return "work"
    if is_tail and _BOOK_NOTE.fullmatch(text):
        return "origin"
    return "origin" if _is_origin(text) else None


def _is_on_author(text: str) -> bool:
    """Tell whether what follows "the author" presents or says how to reach him or her."""
    end = _phrase("author").match(text)
    rest = text[end.end() :] if end else ""
    if ADDRESS.search(rest):
        return True
    match = _of_author().match(rest)
    if not match or SPEECH.search(text) or within("prose").search(text):
        return False
    behind = rest[match.end() : match.end() + 120]
    if within("calling").search(behind) or (text[0] == "(" and text[-1] == ")" and match["is"]):
        return True
    return bool(match["does"]) and not _BORN.search(match["does"]) and has_house(behind)


_BORN = re.compile(r"\bn[aéè]|geboren|born|родил|live|leb|viv")


@cache
def _of_author() -> re.Pattern[str]:
    """Return the pattern of what stands between "the author" and what he or she is."""
    being, does = pattern_of("bios.tsv", "is"), pattern_of("bios.tsv", "does")
    return re.compile(
        rf"(?:\s+[^\W\d_a-z][\w.'’-]*){{0,4}}\s*(?:,[^,]+,)?\s*(?:(?P<does>{does})|(?P<is>(?!a\s+été){being})|[—–]|has)(?!\w)"
    )


def _is_reach(text: str, *, is_tail: bool) -> bool:
    """Tell whether a line asks to write to or follow somebody, and says where."""
    bare = text.strip(" .*()[]—–-")
    if ADDRESS.fullmatch(bare):
        return is_tail
    match = _phrase("reach").match(text)
    address = ADDRESS.search(text)
    is_follow = match and match["phrase"].lower().startswith(("follow", "tweet"))
    if match and len(text) < 200 and (is_tail or is_follow):
        return bool(address or (_NETWORK.search(text) and len(text) < 100))
    named = presented().match(text)
    return bool(named and named["reached"] and (address or _NETWORK.search(text)))


def _is_work(text: str) -> bool:
    """Tell whether a line names who wrote, edited, translated: "Reporting by ...; editing by ..."."""
    match = _phrase("work").match(text)
    if not match:
        return False
    rest = text[match.end() :].lstrip()
    mark = re.match(
        _OF_LANGUAGE + r"(?:(?:by|von|par|por|di|da|door|de|a cargo de|przez|av|af)\b\s*:?|[:：/／]|"
        r"(?:et|und|and|e)\s+\w+\s+(?:by|par|von)\b|(?:and|&)\s+\w+\s*:)\s*",
        rest,
        re.IGNORECASE,
    )
    eastern = re.match(r"[\u3400-\u9fff\uac00-\ud7af]{2,12}[)）]?$", rest)
    if not mark:
        return bool(eastern and text[:1] in "(（") or (
            match["phrase"].lower().endswith((" from", " by", "von", "par", "de")) and is_house(rest.rstrip("."), 10)
        )
    return _are_credits(rest[mark.end() :]) or bool(eastern)


def _are_credits(text: str) -> bool:
    """Tell whether all words are those of names and of other credits."""
    words = re.findall(r"[^\W_][\w.'’-]*", text)
    return (
        not any(map(str.isdigit, text))
        and 0 < len(words) <= 40
        and all(
            not word[0].islower()
            or word.lower() in _SMALL
            or is_house(word)
            or word in ("van", "von", "de", "el", "al", "der", "den", "di", "da")
            for word in words
        )
    )


def _is_help(text: str) -> bool:
    """Tell whether a line says that somebody contributed: names, then the verb, then this report or a place."""
    match = re.search(rf"\s(?:{pattern_of('bios.tsv', 'help')})\b", text)
    if not match or match.start() > 160:
        return False
    head = re.sub(
        r"^[\s(\[*—–-]+|\b(?:in|from|and|also|staff|writers?|reporters?|correspondents?|editors?|researchers?)\b",
        " ",
        text[: match.start()],
    )
    words = [word for word in re.split(r"[\s,;]+", head) if word]
    return (
        bool(words)
        and all(is_house(word) or word in ("of", "the", "for", "van", "von", "de", "el", "al") for word in words)
        and bool(_HELP_END.search(text, match.start()))
    )


def _is_origin(text: str) -> bool:
    """Tell whether a line says where this article comes from."""
    match = _phrase("origin").match(text)
    if not match:
        return False
    if match["phrase"].lower() == "the post":
        return bool(re.search(r"\bappeared first on\b|\bfirst appeared on\b", text))
    if match["phrase"].lower() == "this" and not (_THIS_CAME.match(text, match.end()) and _FROM.search(text)):
        return False
    if _OF_BOOK.search(text):
        return False
    return bool(within("came").search(text, match.start() + 5)) and not SPEECH.search(text)


class _Names:
    """Where else the article names the people whom paragraphs present; each paragraph is looked up once."""

    def __init__(self, view: View, presented: list[Span]) -> None:
        self._view = view
        self._text = "".join(_prose(view, presented))

    def is_elsewhere(self, span: Span) -> bool:
        """Tell whether prose names the person: by the full name, or by the last name alone, twice or more."""
        text = self._view.text[slice(*span)]
        match = presented().match(text) or owner().match(text)
        name = match["name"].split() if match else []
        if not name:
            return True
        return " ".join(name) in self._text or self._text.count(name[-1]) > 1


def _prose(view: View, left_out: list[Span]) -> Iterator[str]:
    """Yield the lines of prose outside some spans; bylines and other short lines at the top are none."""
    starts = {span.start for span in left_out}
    for i, line in enumerate(view.lines):
        if line.text_start in starts:
            continue
        text = view.text[line.text_start : line.text_end]
        if len(text) < MIN_PROSE and (
            text[-1] not in '.!?”"' or (i < TAIL_PARAGRAPHS * 2 and (is_byline(text) or is_date_line(text)))
        ):
            continue
        yield text + "\n"
