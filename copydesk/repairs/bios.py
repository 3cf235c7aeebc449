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
from copydesk.repairs.name_shapes import PARTICLES, is_house, is_person
from copydesk.tables import pattern_of, phrases
from copydesk.view import View

VERSION = 2

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

NAME = (
    r"(?:(?:Dr|Prof|Professor|Sir|Dame|Rev|Mr|Mrs|Ms|Lord|Lady)\b\.?\s+)?(?:[^\W\d_a-z][\w.'’-]*\s+)"
    r"(?:(?:[^\W\d_a-z][\w.'’-]*|(?:el|al)-\w+|de|der|den|van|von|bin|al|el|la|di|da|dos|du|y)\s+){0,4}"
)
_NO_NAME_WORDS = frozenset(
    (
        "The This That These Those It He She We They There Here In On At But "
        "And If As For What Who How When Where Why My Our His Her Its Their "
        "Your You Not No All Some Most One Each Every Both Another Other Such Yet So "
        "Still Now Then Der Die Das Ein Eine Es Er Sie Wir Le La Les Un "
        "Une Il Elle El Los Las De Het Een Это Он Она "
    ).split()
)
_NOT_NAMES = rf"(?!(?:{'|'.join(sorted(_NO_NAME_WORDS))})\b)"
_MARKS = frozenset("([*_@—–-")
_TITLES = frozenset("Dr Dr. Prof Prof. Professor Sir Dame Rev Rev. Lord Lady".split())
_BEGINNING = re.compile(r"[^\w@]*(\w[^\s\W]*)(?:[.'’-]\S*)?[^\w\s]*(?:\s+(\S+))?")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{2,}")
_NETWORK = re.compile(r"\b(?:Twitter|Facebook|Instagram|LinkedIn|Mastodon|Bluesky|Threads|TikTok|Telegram|X)\b")
_SPEECH = re.compile(
    r"[“”\"„»«](?!\s*$)[^“”\"„»«]{60,}|\b(?:said|says|told|added|sagte|a déclaré|dijo|ha detto|сказал\w*|заявил\w*)\b"
)
_BREAK = re.compile(
    r"\b(?:of|to|for|in|at|with|on|by|from|that|who|which|für|in|an|bei|im|à|au|de|du|en|di|del|della|op|van|bij)\b|[,.;:()]"
)
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


@cache
def _phrase(role: str) -> re.Pattern[str]:
    return re.compile(rf"[\s(\[*—–-]*(?P<phrase>{pattern_of('bios.tsv', role)})(?!\w)", re.IGNORECASE)


@cache
def _within(role: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern_of('bios.tsv', role)})(?:s|in|innen|e|es)?(?!\w)", re.IGNORECASE)


@cache
def _presented() -> re.Pattern[str]:
    """Return the pattern of a name at the start, and what authors are or do behind it."""
    being, does, reached = (pattern_of("bios.tsv", role) for role in ("is", "does", "reached"))
    did = pattern_of("bios.tsv", "did")
    names = rf"(?P<name>{NAME})(?:(?:and|und|et|y|e|en|&|и)\s+(?P<other>{NAME}))?"
    return re.compile(
        rf"[*_—–\s-]*{_NOT_NAMES}{names}(?:(?P<reached>{reached})|(?P<does>{does})|(?P<did>{did})|(?P<is>{being}))(?!\w)"
    )


@cache
def _owner() -> re.Pattern[str]:
    """Return the pattern of a name with a book ("Ida Holm's latest") or a calling ("Ida Holm, a lawyer, lives")."""
    book, does, being = (pattern_of("bios.tsv", role) for role in ("book", "does", "is"))
    name = r"(?P<name>[^\W\d_a-z][\w.-]*(?:\s+[^\W\d_a-z][\w.-]*){1,4}?)"
    return re.compile(
        rf"{_NOT_NAMES}{name}(?:['’]s?\s+(?:{book})\b|,\s+(?P<calling>[^,]{{3,80}}),\s+(?:{does}|{being})\b)"
    )


def find_author_bios(view: View) -> Iterator[Proposal]:
    r"""Propose to take author bios, and notes on who helped or where the article comes from, out of the body.

    A bio presents somebody by name, in the present, with a calling, and the article does not speak of that person
    elsewhere; near the end less is asked for than in the midst. Left alone: people that the article is about,
    paragraphs in which somebody speaks, lists of people.

    >>> text = "Rents rose again. " * 9 + "\n\nAda B Lund is an economist and editor at the Quay Institute."
    >>> [p.fields[0].name for p in find_author_bios(View(text))]
    ['bio']
    """
    found = [
        (span, rule, conf)
        for span, is_tail in _short_paragraphs(view)
        for rule, conf in _judge(view, span, is_tail=is_tail)
    ]
    presented = [span for span, rule, _ in found if rule == "presented"]
    names = _Names(view, presented) if 0 < len(presented) <= MAX_PRESENTED else None
    for span, rule, confidence in found:
        if rule == "presented" and (names is None or names.is_elsewhere(span)):
            continue
        reason, fields = "author bio; kept as a field", (FieldSpan("bio", span),)
        yield Proposal(*span, "", "author_bio", f"bios.{rule}", reason, confidence, None, fields, is_block=True)


def _short_paragraphs(view: View) -> Iterator[tuple[Span, bool]]:
    """Yield the paragraphs behind the first that may be bios by their length, and whether they stand near the end."""
    lines = view.lines
    groups = (
        view.paragraphs if len(view.paragraphs) > 2 or len(lines) < 5 else [range(i, i + 1) for i in range(len(lines))]
    )
    tail = _tail_start(view, groups)
    for number, group in enumerate(groups):
        start, end = lines[group[0]].text_start, lines[group[-1]].text_end
        is_tail = number >= tail
        if number and end - start <= (MAX_LENGTH if is_tail else MAX_WITHIN):
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


def _judge(view: View, span: Span, *, is_tail: bool) -> Iterator[tuple[str, float]]:
    """Yield the rule that a paragraph is a bio or note by, if any, and how sure that is."""
    begins = _BEGINNING.match(view.text, span.start, min(span.end, span.start + 80))
    if begins is None:
        return
    may_be_named = _may_be_name(begins[1], begins[2])
    has_sign = _has_sign(view.text, span)
    is_opened = _opens_note(begins[1].lower(), (begins[2] or "").lower())
    if not may_be_named and not is_opened and not has_sign:
        return
    text = view.text[slice(*span)]
    rule = (
        _note_of(text, is_tail=is_tail) if is_opened or has_sign or any(word in text for word in _HELP_WORDS) else None
    )
    if rule:
        yield rule, 0.92 if is_tail else 0.85
    elif may_be_named and _is_presented(text, is_tail=is_tail) and not _SPEECH.search(text):
        yield "presented", 0.95 if is_tail else 0.8


def _has_sign(text: str, span: Span) -> bool:
    """Tell whether a paragraph holds an address, or begins with a mark or in a script without capitals."""
    first = text[span.start]
    return first in _MARKS or "\u0590" < first < "\u2000" or first > "\u2e80" or text.find("@", *span) >= 0


def _may_be_name(first: str, second: str | None) -> bool:
    """Tell cheaply whether a paragraph begins with a name of two words or with a title."""
    if not second or first in _NO_NAME_WORDS or not (first[0].isupper() or first[0] > "\u0590"):
        return False
    return second[0].isupper() or second in PARTICLES or first in _TITLES or second[-1:] == ":"


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
        }
    return found


def _note_of(text: str, *, is_tail: bool) -> str | None:
    """Return the rule of a note that needs no name: on the author, on who helped, on where the article comes from."""
    if _phrase("about").match(text) and (len(text) < 60 or ":" in text[:40] or _within("calling").search(text)):
        return "about"
    if _phrase("author").match(text) and _is_on_author(text):
        return "author"
    return None if len(text) > MAX_NOTE else _short_note_of(text, is_tail=is_tail)


def _short_note_of(text: str, *, is_tail: bool) -> str | None:
    """Return the rule of a note on whose opinion it is, how to reach the author, who helped, where it comes from."""
    if _phrase("opinion").match(text) and re.search(
        r"\b(?:author|own|personal|not (?:necessarily )?(?:reflect|represent)|columnist|writer|auteur|autor)\w*", text
    ):
        return "opinion"
    if _is_reach(text, is_tail=is_tail):
        return "reach"
    if _is_work(text) or _is_help(text):
        return "work"
    return "origin" if _is_origin(text) else None


def _is_on_author(text: str) -> bool:
    """Tell whether what follows "the author" presents or says how to reach him or her."""
    end = _phrase("author").match(text)
    rest = text[end.end() :] if end else ""
    return bool(
        _ADDRESS.search(rest)
        or (
            (
                re.match(
                    r"\s*(?:,[^,]+,)?\s*(?:is|are|was|ist|war|sind|est|sont|es|è|é|jest|—|–|has|lives|teaches|tweets|writes)\b",
                    rest,
                )
                or re.match(r"\s*[—–]", rest)
            )
            and _within("calling").search(rest[:120])
            and not _SPEECH.search(text)
        )
    )


def _is_reach(text: str, *, is_tail: bool) -> bool:
    """Tell whether a line asks to write to or follow somebody, and says where."""
    bare = text.strip(" .*()[]—–-")
    if _ADDRESS.fullmatch(bare):
        return is_tail
    match = _phrase("reach").match(text)
    address = _ADDRESS.search(text)
    is_follow = match and match["phrase"].lower().startswith(("follow", "tweet"))
    if match and len(text) < 200 and (is_tail or is_follow):
        return bool(address or (_NETWORK.search(text) and len(text) < 100))
    presented = _presented().match(text)
    return bool(presented and presented["reached"] and (address or _NETWORK.search(text)))


def _is_work(text: str) -> bool:
    """Tell whether a line names who wrote, edited, translated: "Reporting by ...; editing by ..."."""
    match = _phrase("work").match(text)
    if not match:
        return False
    rest = text[match.end() :].lstrip()
    mark = re.match(
        r"(?:(?:by|von|par|por|di|da|door|de|a cargo de|przez|av|af)\b\s*:?|[:：/／]|"
        r"(?:et|und|and|e)\s+\w+\s+(?:by|par|von)\b|(?:and|&)\s+\w+\s*:)\s*",
        rest,
        re.IGNORECASE,
    )
    eastern = re.match(r"[\u3400-\u9fff\uac00-\ud7af]{2,12}[)）]?$", rest)
    if not mark:
        return bool(eastern and text[:1] in "(（") or (
            match["phrase"].lower().endswith(("with files from", "von", "par", "de")) and is_house(rest, 10)
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
    if match["phrase"].lower() == "this" and not _THIS_CAME.match(text, match.end()):
        return False
    return bool(_within("came").search(text, match.start() + 5)) and not _SPEECH.search(text)


def _is_presented(text: str, *, is_tail: bool) -> bool:
    """Tell whether a paragraph presents somebody as papers present their authors."""
    match = _presented().match(text)
    if match and is_person(
        re.sub(r"^(?:Dr|Prof|Professor|Sir|Dame|Rev|Mr|Mrs|Ms|Lord|Lady)\b\.?\s+", "", match["name"].strip())
    ):
        return _is_of_author(text, match, is_tail=is_tail)
    owner = _owner().match(text) if is_tail else None
    if owner and is_person(owner["name"]):
        return owner["calling"] is None or bool(_within("calling").search(owner["calling"]))
    return False


def _is_of_author(text: str, match: re.Match[str], *, is_tail: bool) -> bool:
    """Tell whether what somebody is or does is what authors are or do."""
    rest = text[match.end() :]
    if match["is"]:
        head = rest[:80] if len(rest) < 80 else rest
        stop = _BREAK.search(head, 3)
        is_called = bool(_within("calling").search(head[: stop.start() if stop else 80]))
        if not is_tail:
            return is_called and (
                bool(re.search(r"\b(?:for|at|of|bei|für|an der|à|chez|en|de|di|presso|bij)\b", rest))
                and text.count(". ") < 2
            )
        return is_called or bool(
            re.match(r"\s+(?:based|the author of|on Twitter|en|ein|a|un)\b.{0,60}", rest)
            and _within("calling").search(rest[:100])
        )
    if is_tail:
        return (bool(match["does"]) and len(text) < MAX_NOTE) or bool(_within("calling").search(text))
    return bool(_ADDRESS.search(text)) or (
        bool(re.match(r"\s+[\w ,]+ (?:for|at)\s+(?:the\s+)?[A-Z]", rest)) and len(text) < 160
    )


class _Names:
    """Where else the article names the people whom paragraphs present; each paragraph is looked up once."""

    def __init__(self, view: View, presented: list[Span]) -> None:
        self._view = view
        self._text = "".join(_prose(view, presented))

    def is_elsewhere(self, span: Span) -> bool:
        """Tell whether prose names the person: by the full name, or by the last name alone, twice or more."""
        text = self._view.text[slice(*span)]
        match = _presented().match(text) or _owner().match(text)
        name = match["name"].split() if match else []
        if len(name) < 2:
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
